import {
  type Assumptions,
  ExpressionError,
  expandDiff,
  functionsOf,
  type Node,
  type Notation,
  nameTex,
  OPERATOR_TEX,
  OPERATOR_UNICODE,
  parse,
  print,
  type Scope,
  symbolsOf,
  writtenDiff,
} from '../expr/index.js'
import type { SymbolRecord } from '../figure/index.js'
import { type Formula, SIGN_PATTERN, SIGN_TEX, SIGN_UNICODE, type Sign } from './formula.js'
import { type Domain, FUNCTIONS, SYMBOLS, type Vocabulary } from './vocabulary.js'

const REAL: ReadonlySet<Domain> = new Set<Domain>(['real', 'positive', 'nonnegative', 'integer'])

/** How a derivation's formulas are read and written. */
export class Language {
  readonly vocabulary: Vocabulary
  readonly assumptions: Assumptions
  readonly #scope: Scope
  readonly #parsed = new Map<string, Node>()
  readonly #expanded = new WeakMap<Node, Node>()
  readonly #tex: Notation
  readonly #unicode: Notation

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary
    const { symbols, functions } = vocabulary
    this.#scope = {
      variables: Object.keys(symbols),
      functions: Object.fromEntries(Object.entries(functions).map(([name, { of }]) => [name, of.length])),
      imaginary: true,
    }
    const names = (fits: (domain: Domain) => boolean): readonly string[] =>
      Object.entries({ ...symbols, ...functions })
        .filter(([, { domain }]) => fits(domain))
        .map(([name]) => name)
    const signs = { positive: names((d) => d === 'positive'), real: names((d) => REAL.has(d)) }
    this.assumptions = signs
    this.assumptions = {
      ...signs,
      positiveExpressions: (vocabulary.positive ?? []).map((text) => this.expression(text)),
    }
    const slots = Object.fromEntries(Object.entries(functions).map(([name, { of }]) => [name, of]))
    const shown = Object.fromEntries(
      Object.entries(functions).flatMap(([name, { shown }]) => (shown === undefined ? [] : [[name, shown]])),
    )
    const indices = Object.fromEntries(
      Object.entries(functions).map(([name, { indices = 0 }]) => [name, indices]),
    )
    const name = (text: string): string => symbols[text]?.tex ?? nameTex(text)
    this.#tex = { ...OPERATOR_TEX, name, slots, shown, indices }
    this.#unicode = { ...OPERATOR_UNICODE, slots, shown, indices }
  }

  /**
   * Reads an expression. `diff(f, x, n)` is carried out, `at(f, x, a)` takes f at x = a.
   *
   * @throws ExpressionError that says what is wrong, where, and what to try.
   */
  expression(text: string): Node {
    const raw = this.#parse(text)
    const known = this.#expanded.get(raw) ?? expandDiff(raw)
    this.#expanded.set(raw, known)
    return known
  }

  /** The sides of a formula, or one expression, as they are written, derivatives not carried out. */
  raw(text: string): readonly Node[] {
    return text.split(SIGN_PATTERN).map((side) => this.#parse(side))
  }

  /** Reads `left = right`, or another {@link Sign} in its place. @throws ExpressionError. */
  formula(text: string): Formula {
    const signs = [...text.matchAll(SIGN_PATTERN)]
    const [sign] = signs
    if (!sign || signs.length !== 1) {
      throw new ExpressionError({
        code: 'syntax',
        what: `A formula has one sign (=, <=, >=, ~ or ->) between its sides, got ${signs.length} in “${text}”`,
        remedy: 'Write it as left = right',
      })
    }
    return {
      left: this.expression(text.slice(0, sign.index)),
      sign: sign[0] as Sign,
      right: this.expression(text.slice(sign.index + sign[0].length)),
    }
  }

  /** The formula as readers see it: derivatives of expressions are not carried out. */
  written(text: string): Formula {
    const [left, right] = this.raw(text).map(writtenDiff)
    return { ...this.formula(text), left, right }
  }

  /** A text is read once: a step speaks of its formula several times. */
  #parse(text: string): Node {
    const key = text.trim()
    const known = this.#parsed.get(key) ?? parse(text, this.#scope)
    this.#parsed.set(key, known)
    return known
  }

  texOf(node: Node): string {
    return print(node, this.#tex)
  }

  tex({ left, sign, right }: Formula): string {
    return `${this.texOf(left)} ${SIGN_TEX[sign]} ${this.texOf(right)}`
  }

  unicodeOf(node: Node): string {
    return print(node, this.#unicode)
  }

  unicode({ left, sign, right }: Formula): string {
    return `${this.unicodeOf(left)} ${SIGN_UNICODE[sign]} ${this.unicodeOf(right)}`
  }

  /** What the letters of some formulas mean, in order of appearance. */
  legend(formulas: readonly Formula[]): readonly SymbolRecord[] {
    const sides = formulas.flatMap(({ left, right }) => [left, right])
    const symbols = new Set(sides.flatMap((side) => [...symbolsOf(side)]))
    const functions = new Set(sides.flatMap((side) => [...functionsOf(side)]))
    const ofSymbols = [...symbols].flatMap((name) => {
      const entry = this.vocabulary.symbols[name]
      return entry === undefined || entry.meaning === ''
        ? []
        : [{ tex: this.#tex.name(name), ...picked(entry) }]
    })
    const ofFunctions = [...functions].flatMap((name) => {
      const entry = this.vocabulary.functions[name]
      if (entry === undefined || entry.meaning === '') return []
      const { of, shown = name, indices = 0 } = entry
      const slots = of.map((slot) => this.#tex.name(slot))
      const index = indices === 0 ? '' : `_{${slots.slice(0, indices).join(',')}}`
      const args = indices === of.length ? '' : `(${slots.slice(indices).join(', ')})`
      return [{ tex: `${nameTex(shown)}${index}${args}`, ...picked(entry) }]
    })
    return [...ofSymbols, ...ofFunctions]
  }
}

function picked({
  meaning,
  domain,
  unit,
}: {
  meaning: string
  domain: Domain
  unit?: string
}): Omit<SymbolRecord, 'tex'> {
  return { meaning, domain, ...(unit !== undefined && { unit }) }
}

/** The letters of the field, all of them: what a formula may use where nothing else is declared. */
export const FIELD: Vocabulary = { symbols: SYMBOLS, functions: FUNCTIONS }
