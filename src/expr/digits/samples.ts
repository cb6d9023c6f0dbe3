/** Points at which two expressions are compared: values for symbols, concrete definitions for undefined functions. */
import Fraction from 'fraction.js'
import { type RandomStream, randomStream } from '../../numeric/index.js'
import { add, call, multiply, negate, number, power, subtract } from '../build.js'
import { substituteFunction } from '../differentiate.js'
import { ExpressionError } from '../errors.js'
import { nameUnicode } from '../names.js'
import { functionsOf, hasBound, type Node, parts, symbolsOf } from '../node.js'
import { unicode } from '../notations.js'
import { type DecimalInput, rational } from './decimals.js'
import type { ComplexInput } from './evaluateComplex.js'

/** What is known of a name's values, at real arguments where it is a function. */
export type ValueDomain = 'real' | 'positive' | 'nonnegative' | 'complex' | 'integer'

/** The names of two expressions; a symbol that is not listed is complex. */
export interface SampleNames {
  readonly symbols: Readonly<Record<string, { readonly domain: ValueDomain }>>
  readonly functions: Readonly<
    Record<string, { readonly of: readonly string[]; readonly domain: ValueDomain }>
  >
}

export interface Sample {
  readonly values: Readonly<Record<string, DecimalInput | ComplexInput>>
  readonly definitions: Readonly<Record<string, { readonly of: readonly string[]; readonly is: Node }>>
}

/** Denominators of random values: small, so that exact arithmetic stays short, and prime, so that little coincides. */
const DENOMINATORS = [2, 3, 5, 7] as const
/** Values are below this. */
const LARGEST = 2.5
const INTEGERS = 6
/** Each so many points the values are larger by this factor, beyond π and small whole numbers, and integers negative. */
const SPREAD = 4
const FAR = 12

/** Draws points for given expressions, the simplest first, and always the same for the same seed. */
export class Sampler {
  readonly #random: RandomStream
  readonly #symbols: readonly string[]
  readonly #functions: readonly string[]
  /** Functions inside integrals and sums without end, which must fall or rise fast enough. */
  readonly #endless: ReadonlySet<string>
  /** Symbols in the limits of sums, which are whole numbers whatever else is declared. */
  readonly #whole: ReadonlySet<string>
  /** Integrals and sums lose their digits at large values. */
  readonly #near: boolean
  readonly #names: SampleNames
  #drawn = 0

  constructor(nodes: readonly Node[], names: SampleNames, seed: number) {
    this.#random = randomStream(seed)
    this.#symbols = [...new Set(nodes.flatMap((node) => [...symbolsOf(node)]))]
    this.#functions = [...new Set(nodes.flatMap((node) => [...functionsOf(node)]))]
    this.#endless = new Set(nodes.flatMap(endlessFunctions))
    this.#whole = new Set(nodes.flatMap(limitsOfSums))
    this.#near = nodes.some(hasBound)
    this.#names = names
    const unknown = this.#functions.find((name) => !Object.hasOwn(names.functions, name))
    if (unknown !== undefined)
      throw new ExpressionError({
        code: 'undeclared',
        what: `The undefined function “${unknown}” has no declared arguments`,
      })
  }

  next(): Sample {
    const draw = this.#drawn++
    const values = Object.fromEntries(
      this.#symbols.map((name, k) => {
        const domain = this.#whole.has(name) ? 'integer' : (this.#names.symbols[name]?.domain ?? 'complex')
        const far = !this.#near && draw % SPREAD === SPREAD - 1 ? FAR : 1
        const value = draw === 0 ? simpleValue(domain, k) : this.#value(domain, far)
        return [name, far > 1 && typeof value === 'number' && !this.#whole.has(name) ? -value : value]
      }),
    )
    const definitions = Object.fromEntries(
      this.#functions.map((name, k) => {
        const { of, domain } = this.#names.functions[name]!
        return [name, { of, is: this.#definition(name, of, domain, draw, k) }]
      }),
    )
    return { values, definitions }
  }

  #value(domain: ValueDomain, far: number): DecimalInput | ComplexInput {
    switch (domain) {
      case 'integer':
        return 1 + this.#random.integer(INTEGERS)
      case 'positive':
      case 'nonnegative':
        return this.#rational().abs().mul(far)
      case 'real':
        return this.#rational().mul(far)
      case 'complex':
        return { re: this.#rational().mul(far), im: this.#rational().mul(far) }
    }
  }

  /** A rational other than 0 between −LARGEST and LARGEST. */
  #rational(): Fraction {
    const under = DENOMINATORS[this.#random.integer(DENOMINATORS.length)]!
    const over = 1 + Math.floor(LARGEST * under * this.#random.uniform())
    return new Fraction(this.#random.uniform() < 0.5 ? -over : over, under)
  }

  #definition(name: string, of: readonly string[], domain: ValueDomain, draw: number, place: number): Node {
    const variables = of.map((slot): Node => ({ kind: 'symbol', name: slot }))
    if (this.#endless.has(name))
      return draw % 2 === 0 ? this.#falling(variables, domain) : this.#rising(variables)
    if (draw === 0) return simpleDefinition(variables, domain, place)
    const polynomial = this.#polynomial(variables, domain === 'complex')
    if (domain === 'positive')
      return draw % 2 === 0 ? call('exp', this.#polynomial(variables, false)) : this.#rising(variables)
    if (domain === 'nonnegative') return power(polynomial, number(2))
    return domain === 'integer' ? variables.reduce((s, v) => add(s, v), number(place + 1)) : polynomial
  }

  /** c₀ + Σ (aₖ vₖ + bₖ vₖ² + cₖ vₖ³) + d Π (vₖ + eₖ vₖ³): its derivatives depend on every variable. */
  #polynomial(variables: readonly Node[], complex: boolean): Node {
    const factor = (): Node => this.#coefficient(complex)
    const terms = variables.flatMap((v) => [1, 2, 3].map((n) => multiply(factor(), power(v, number(n)))))
    const waves = variables.map((v) => add(v, multiply(factor(), power(v, number(3)))))
    const mixed = variables.length > 1 ? [multiply(factor(), ...waves)] : []
    return add(...terms, ...mixed, factor())
  }

  #coefficient(complex: boolean): Node {
    const re = number(this.#rational())
    return complex ? add(re, multiply(number(this.#rational()), { kind: 'constant', name: 'i' })) : re
  }

  /** A polynomial times e^{−Σ cₖ (vₖ − bₖ)²}; e^{…} alone where it must be positive. */
  #falling(variables: readonly Node[], domain: ValueDomain): Node {
    const bell = call('exp', negate(this.#squares(variables)))
    if (domain === 'positive' || domain === 'nonnegative') return bell
    const linear = variables.map((v) => multiply(this.#coefficient(domain === 'complex'), v))
    return multiply(add(...linear, this.#coefficient(domain === 'complex')), bell)
  }

  /** c₀ + Σ cₖ (vₖ − bₖ)², all c > 0. */
  #rising(variables: readonly Node[]): Node {
    return add(number(this.#rational().abs()), this.#squares(variables))
  }

  /** Σ cₖ (vₖ − bₖ)², about places other than 0, so that v and −v are told apart. */
  #squares(variables: readonly Node[]): Node {
    return add(
      ...variables.map((v) => {
        const distance = subtract(v, number(this.#rational()))
        return multiply(number(this.#rational().abs()), power(distance, number(2)))
      }),
    )
  }
}

/** x = 1/2, t = 2/3, …: small, and no two alike. */
function simpleValue(domain: ValueDomain, place: number): DecimalInput | ComplexInput {
  if (domain === 'integer') return place + 2
  const value = new Fraction(place + 1, place + 2)
  return domain === 'complex' ? { re: value, im: new Fraction(1, place + 2) } : value
}

/** x², x³ …; 1 + x² where it must be positive; x² t for two arguments. */
function simpleDefinition(variables: readonly Node[], domain: ValueDomain, place: number): Node {
  if (variables.length === 0) return number(place + 2)
  const [first, ...rest] = variables
  const product = multiply(
    power(first, number(domain === 'positive' || domain === 'nonnegative' ? 2 : place + 2)),
    ...rest.map((v) => power(v, number(2))),
  )
  return domain === 'positive' ? add(number(place + 1), product) : product
}

function endlessFunctions(node: Node): readonly string[] {
  const endless =
    node.kind === 'bound' &&
    node.limits.some((limit) =>
      parts(limit)
        .concat(limit)
        .some((part) => part.kind === 'constant' && part.name === 'infinity'),
    )
  return endless ? [...functionsOf(node.body)] : parts(node).flatMap(endlessFunctions)
}

function limitsOfSums(node: Node): readonly string[] {
  const here =
    node.kind === 'bound' && node.operator === 'sum'
      ? node.limits.flatMap((limit) => [...symbolsOf(limit)])
      : []
  return [...here, ...parts(node).flatMap(limitsOfSums)]
}

/** A tree with the definitions of a sample in place of its functions, derivatives carried out. */
export function withDefinitions(node: Node, { definitions }: Sample): Node {
  return Object.entries(definitions).reduce(
    (tree, [name, { of, is }]) => substituteFunction(tree, name, of, is),
    node,
  )
}

/** A sample in words: x = 1/2, ζ(x) = x². */
export function writeSample({ values, definitions }: Sample): Readonly<Record<string, string>> {
  const constants = Object.entries(values).map(([name, value]) => [nameUnicode(name), writeValue(value)])
  const functions = Object.entries(definitions).map(([name, { of, is }]) => [
    `${nameUnicode(name)}(${of.map(nameUnicode).join(', ')})`,
    unicode(is),
  ])
  return Object.fromEntries([...constants, ...functions])
}

function writeValue(value: DecimalInput | ComplexInput): string {
  if (typeof value === 'number') return String(value)
  if (value instanceof Fraction) return value.toFraction().replace('-', '−')
  const [re, im] = [value.re, value.im].map((part) => rational(part))
  return `${writeValue(re!)} ${im!.s < 0n ? '−' : '+'} ${im!.abs().toFraction()} i`
}
