import {
  type Assumptions,
  ExpressionError,
  expandDiff,
  mapParts,
  type Node,
  OPERATOR_TEX,
  OPERATOR_UNICODE,
  parse,
  print,
} from '../expr/index.js'

/** left = right. */
export interface Equation {
  readonly left: Node
  readonly right: Node
}

export interface Vocabulary extends Assumptions {
  /** Symbols of the derivation. */
  readonly symbols: readonly string[]
  /** Undefined functions by name, with the number of their arguments. */
  readonly functions: Readonly<Record<string, number>>
  /** Names under which functions are shown: the wave function keeps its letter ψ whatever its time is called. */
  readonly shown?: Readonly<Record<string, string>>
}

/** The names that a derivation speaks of, and how its formulas are read and written. */
export class Language {
  readonly assumptions: Assumptions
  readonly #vocabulary: Vocabulary

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
    this.assumptions = { positive: vocabulary.positive ?? [], real: vocabulary.real ?? [] }
  }

  /** Reads a formula; `diff(f, x, n)` is carried out. @throws ExpressionError. */
  expression(text: string): Node {
    const { symbols, functions } = this.#vocabulary
    return expandDiff(parse(text, { variables: symbols, functions, imaginary: true }))
  }

  /** Reads `left = right`. @throws ExpressionError. */
  equation(text: string): Equation {
    const sides = text.split('=')
    if (sides.length !== 2) {
      throw new ExpressionError({
        code: 'syntax',
        what: `An equation has one equals sign, got ${sides.length - 1} in “${text}”`,
      })
    }
    return { left: this.expression(sides[0]!), right: this.expression(sides[1]!) }
  }

  texOf(node: Node): string {
    return print(this.#rename(node), OPERATOR_TEX)
  }

  tex({ left, right }: Equation): string {
    return `${this.texOf(left)} = ${this.texOf(right)}`
  }

  unicode({ left, right }: Equation): string {
    return `${print(this.#rename(left), OPERATOR_UNICODE)} = ${print(this.#rename(right), OPERATOR_UNICODE)}`
  }

  #rename(node: Node): Node {
    const inner = mapParts(node, (part) => this.#rename(part))
    return inner.kind === 'jet'
      ? { ...inner, name: this.#vocabulary.shown?.[inner.name] ?? inner.name }
      : inner
  }
}
