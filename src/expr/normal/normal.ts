import Fraction from 'fraction.js'
import { maybeRational } from '../build.js'
import { ExpressionError } from '../errors.js'
import { FUNCTIONS } from '../functions.js'
import type { Bound, ConstantName, Node } from '../node.js'
import { parse } from '../parse.js'
import { substitute } from '../substitute.js'
import { boundName, boundValue, isBoundName } from './binders.js'
import { gaussian, isReal } from './gaussian.js'
import { maybeModulus, opaque } from './modulus.js'
import { exponentialOf, logarithm, rationalPower } from './radicals.js'
import { type Element, Ring } from './ring.js'
import { isReal as isRealElement } from './signs.js'

/** What is known of the names in a proof; everything else is complex and generic. */
export interface Assumptions {
  /** Symbols and undefined functions with values > 0. */
  readonly positive?: readonly string[]
  /** Symbols and undefined functions with real values. */
  readonly real?: readonly string[]
  /** Expressions with values > 0 that the signs of their symbols do not show, for example sinh(ωτ) for ωτ > 0. */
  readonly positiveExpressions?: readonly Node[]
}

/** Highest power of a denominator that is kept as a power. */
const MAX_FACTORED = 16n

const meanings = new Map<string, Node>()

/** The exact normal form: turns trees into elements of one {@link Ring}, in which equality is decided. */
export class Normalizer {
  readonly ring: Ring = new Ring()
  readonly #positive: ReadonlySet<string>
  readonly #real: ReadonlySet<string>

  constructor(assumptions: Assumptions = {}) {
    this.#positive = new Set(assumptions.positive)
    this.#real = new Set(assumptions.real)
    this.ring.declarePositive(assumptions.positiveExpressions?.map((node) => this.normalize(node)) ?? [])
  }

  /** @throws ExpressionError 'division-by-zero' or 'too-complex'. */
  normalize(node: Node): Element {
    const { ring } = this
    switch (node.kind) {
      case 'number':
        return ring.rational(node.value)
      case 'constant':
        return this.#constant(node.name)
      case 'symbol':
        return this.#atom('symbol', node.name, [], this.#positive.has(node.name), this.#isReal(node.name))
      case 'sum':
        return node.terms.map((term) => this.normalize(term)).reduce((s, t) => ring.add(s, t))
      case 'negative':
        return ring.negate(this.normalize(node.of))
      case 'product':
        return node.factors.map((factor) => this.normalize(factor)).reduce((s, t) => ring.multiply(s, t))
      case 'quotient':
        return ring.multiply(this.normalize(node.over), this.#inverse(node.under))
      case 'power':
        return this.#power(node.base, this.normalize(node.exponent))
      case 'call':
        return this.#call(node.name, node.args)
      case 'jet': {
        const args = node.args.map((arg) => this.normalize(arg))
        // Declared is what a function's values are at real arguments.
        const along = args.every((arg) => isRealElement(this.ring, arg))
        return this.#atom(
          'value',
          `${node.name}@${node.orders.join('_')}`,
          args,
          along && this.#positive.has(node.name) && node.orders.every((order) => order === 0),
          along && this.#real.has(node.name),
        )
      }
      case 'bound':
        return this.#bound(node)
    }
  }

  /** True where an expression is surely real. */
  isReal(node: Node): boolean {
    return isRealElement(this.ring, this.normalize(node))
  }

  /** 1/node, factor by factor, so that a denominator keeps the factors that it is written in. */
  #inverse(node: Node): Element {
    const { ring } = this
    if (node.kind === 'product')
      return node.factors.map((factor) => this.#inverse(factor)).reduce((s, t) => ring.multiply(s, t))
    const whole = node.kind === 'power' ? maybeRational(node.exponent) : undefined
    if (node.kind === 'power' && whole?.d === 1n && whole.s > 0n && whole.n <= MAX_FACTORED)
      return ring.whole(this.#inverse(node.base), whole.valueOf())
    return ring.invert(this.normalize(node))
  }

  #constant(name: ConstantName): Element {
    if (name === 'i') return this.ring.constant(gaussian(0, 1))
    if (name === 'e') return this.ring.exponential(this.ring.one)
    return this.#atom(name === 'pi' ? 'pi' : 'symbol', name, [], true, true)
  }

  #bound(node: Bound): Element {
    const name = boundName(node)
    const variable = this.ring.intern({ kind: 'symbol', name, args: [], positive: false, real: true })
    const body = this.normalize(substitute(node.body, { [node.variable]: { kind: 'symbol', name } }))
    const limits = node.limits.map((limit) => this.normalize(limit))
    return boundValue(this.ring, node.operator, variable, body, limits)
  }

  /** Bound variables run over real numbers. */
  #isReal(name: string): boolean {
    return isBoundName(name) || this.#real.has(name)
  }

  #atom(
    kind: 'symbol' | 'pi' | 'value',
    name: string,
    args: readonly Element[],
    positive: boolean,
    real: boolean,
  ): Element {
    return this.ring.atomPower(
      this.ring.intern({ kind, name, args, positive, real: real || positive }),
      new Fraction(1),
    )
  }

  /** b^E: by rational rules for a rational exponent, else exp(E log b), which defines it. */
  #power(base: Node, exponent: Element): Element {
    if (base.kind === 'constant' && base.name === 'e') return exponentialOf(this.ring, exponent)
    const known = this.ring.maybeConstant(exponent)
    const b = this.normalize(base)
    if (known && isReal(known)) return rationalPower(this.ring, b, known.re)
    return exponentialOf(this.ring, this.ring.multiply(exponent, logarithm(this.ring, b)))
  }

  #call(name: string, args: readonly Node[]): Element {
    const row = FUNCTIONS.get(name)
    if (!row)
      throw new ExpressionError({
        code: 'undeclared',
        what: `There is no function “${name}” to prove anything about`,
      })
    if (row.meaning !== undefined) {
      const meaning = meanings.get(name) ?? parse(row.meaning, { variables: ['u'], imaginary: true })
      meanings.set(name, meaning)
      return this.normalize(substitute(meaning, { u: args[0]! }))
    }
    const inner = args.map((arg) => this.normalize(arg))
    if (name === 'exp') return exponentialOf(this.ring, inner[0]!)
    if (name === 'log') return logarithm(this.ring, inner[0]!)
    if (name === 'abs') return maybeModulus(this.ring, inner[0]!) ?? opaque(this.ring, inner[0]!)
    if (row.arity[1] === 1 && this.ring.isZero(inner[0]!) && row.value(0, 0) === 0) return this.ring.zero
    const real = row.real === true && inner.every((arg) => isRealElement(this.ring, arg))
    return this.#atom('value', name, inner, false, real)
  }
}

/**
 * True when left = right is proved: their difference has the normal form 0 under the assumptions.
 * False means that no proof was found; it is a refutation only within the class that the normal form decides
 * (rational functions, exponentials, circular and hyperbolic functions, roots under declared positivity, jets).
 *
 * @throws ExpressionError 'division-by-zero' when a denominator is identically zero, 'too-complex' when too large.
 */
export function proveEqual(left: Node, right: Node, assumptions: Assumptions = {}): boolean {
  const normal = new Normalizer(assumptions)
  return normal.ring.equal(normal.normalize(left), normal.normalize(right))
}
