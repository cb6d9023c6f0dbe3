import { Decimal } from 'decimal.js'
import Fraction from 'fraction.js'
import { ExpressionError } from '../errors.js'
import { FUNCTIONS } from '../functions.js'
import { type Bound, type ConstantName, type Node, symbolsOf } from '../node.js'
import { parse } from '../parse.js'
import { MAX_WHOLE_POWER, maybeWholePower, noValue } from '../scalar.js'
import { COMPLEX, complexLog, DECIMAL } from './decimalFunctions.js'
import { type BoundBody, integrate } from './decimalIntegral.js'
import { infiniteSum } from './decimalSum.js'
import { type Decimals, imaginaryPart, isReal, isZero, type Real, realPart, type Value } from './decimals.js'
import { pi } from './elementary.js'

/** `real`: outside a function's real domain there is NaN; `complex`: there its principal branch goes on. */
export type Field = 'real' | 'complex'

/**
 * Digits by which an imaginary part must be the smaller one for a number to lie on the real axis; on that axis are the
 * branch cuts, and e^{iπ} is on it but for its rounding.
 */
const AXIS_DIGITS = 8
/** Numbers whose power by logarithm loses few digits. */
const LARGEST_LOG = 20

/** Digits that integrals are computed to, and least digits of them and of infinite sums that count as a value. */
const INTEGRAL_DIGITS = 34
const LEAST_DIGITS = 20
const MOST_TERMS = 10_000

/** What evaluations at one point share, at every working precision. */
export interface Report {
  /** Digits to which the integrals and infinite sums met so far are known; ∞ where there are none. */
  digits: number
  readonly values: Map<Node, Value>
}

export const reportOf = (): Report => ({ digits: Number.POSITIVE_INFINITY, values: new Map() })

const continuations = new Map<string, Node | undefined>()

/** The principal branch of a function as an expression of u. */
function maybeContinuation(name: string): Node | undefined {
  if (!continuations.has(name)) {
    const row = FUNCTIONS.get(name)
    const text = row?.continuation ?? row?.meaning
    continuations.set(
      name,
      text === undefined ? undefined : parse(text, { variables: ['u'], imaginary: true }),
    )
  }
  return continuations.get(name)
}

/** Values of trees at one point and one working precision; a subtree that occurs again is not computed again. */
export class Evaluator {
  readonly decimals: Decimals
  readonly #arithmetic: typeof Decimal
  readonly #values: ReadonlyMap<string, Value>
  readonly #field: Field
  readonly #known = new Map<Node, Value>()
  readonly #report: Report
  readonly #outer: { readonly variable: string; readonly evaluator: Evaluator } | undefined

  /** @param outer where the values that are free of a bound variable are computed */
  constructor(
    decimals: Decimals,
    values: ReadonlyMap<string, Value>,
    field: Field,
    report: Report = reportOf(),
    outer?: { readonly variable: string; readonly evaluator: Evaluator },
  ) {
    this.decimals = decimals
    this.#report = report
    this.#outer = outer
    this.#arithmetic = decimals.arithmetic
    this.#values = values
    this.#field = field
  }

  /** @throws ExpressionError for a symbol without a value, and for what has no value at all. */
  evaluate(node: Node): Value {
    switch (node.kind) {
      case 'number':
        return node.value
      case 'symbol':
        return this.#symbol(node.name)
      case 'negative':
        return this.decimals.negate(this.evaluate(node.of))
      default: {
        let value = this.#known.get(node)
        if (value === undefined) {
          const outer = this.#outer && !freeSymbols(node).has(this.#outer.variable) ? this.#outer : undefined
          value = outer ? outer.evaluator.evaluate(node) : this.#compute(node)
          this.#known.set(node, value)
        }
        return value
      }
    }
  }

  #compute(node: Exclude<Node, { kind: 'number' | 'symbol' | 'negative' }>): Value {
    const { decimals } = this
    switch (node.kind) {
      case 'constant':
        return this.#constant(node.name)
      case 'sum':
        return node.terms.map((term) => this.evaluate(term)).reduce((u, v) => decimals.add(u, v))
      case 'product':
        return node.factors.map((factor) => this.evaluate(factor)).reduce((u, v) => decimals.multiply(u, v))
      case 'quotient':
        return decimals.divide(this.evaluate(node.over), this.evaluate(node.under))
      case 'power':
        return this.#power(node.base, node.exponent)
      case 'call':
        return this.#call(
          node.name,
          node.args.map((arg) => this.evaluate(arg)),
        )
      case 'jet':
        throw noValue(node)
      case 'bound':
        return this.#bound(node)
    }
  }

  #constant(name: ConstantName): Value {
    if (name === 'pi') return pi(this.#arithmetic)
    if (name === 'infinity') return new this.#arithmetic(Number.POSITIVE_INFINITY)
    if (name === 'e') return this.decimals.exp(new Fraction(1))
    return this.#field === 'complex'
      ? { re: new Fraction(0), im: new Fraction(1) }
      : new this.#arithmetic(Number.NaN)
  }

  /**
   * Sums and integrals. What has no end is computed once a point, integrals to {@link INTEGRAL_DIGITS} digits whatever
   * the working precision.
   */
  #bound(node: Bound): Value {
    if (node.operator === 'limit') throw noValue(node)
    const known = this.#report.values.get(node)
    if (known !== undefined) return known
    const [from, to] = node.limits.map((limit) => this.evaluate(limit))
    if (node.operator === 'sum' && isBounded(from) && isBounded(to)) return this.#finiteSum(node, from, to)
    const { precision } = this.#arithmetic
    const found =
      node.operator === 'sum'
        ? infiniteSum(this.#body(node), from, to, precision)
        : integrate(this.#body(node), from, to, Math.min(INTEGRAL_DIGITS, precision))
    if (!(found.digits >= LEAST_DIGITS)) throw notReached(node, found.digits)
    this.#report.digits = Math.min(this.#report.digits, found.digits)
    if (this.#outer === undefined) this.#report.values.set(node, found.value)
    return found.value
  }

  #finiteSum(node: Bound, from: Value, to: Value): Value {
    const { decimals } = this
    const [first, last] = [wholeOf(from), wholeOf(to)]
    if (first === undefined || last === undefined || Math.abs(last - first) > MOST_TERMS) throw noValue(node)
    const term = this.#body(node)
    let sum: Value = new Fraction(0)
    for (let n = first; n <= last; n++) sum = decimals.add(sum, term(new Fraction(n), decimals))
    // Backwards, minus the terms between: then sums from a to b and from b + 1 to c add up for all whole numbers.
    for (let n = last + 1; n < first; n++) sum = decimals.subtract(sum, term(new Fraction(n), decimals))
    return sum
  }

  /** The body as a function of the bound variable, at a precision of its own. */
  #body(node: Bound): BoundBody {
    return (value, decimals) =>
      new Evaluator(decimals, new Map([...this.#values, [node.variable, value]]), this.#field, this.#report, {
        variable: node.variable,
        evaluator: this,
      }).evaluate(node.body)
  }

  #symbol(name: string): Value {
    const value = this.#values.get(name)
    if (value !== undefined) return value
    throw new ExpressionError({
      code: 'columns',
      what: `No value for “${name}”`,
      remedy: `Give { ${name}: … }`,
    })
  }

  #power(base: Node, exponent: Node): Value {
    if (base.kind === 'constant' && base.name === 'e') return this.decimals.exp(this.evaluate(exponent))
    const u = this.evaluate(base)
    const literal = maybeWholePower(exponent)
    const v = literal === undefined ? this.evaluate(exponent) : new Fraction(literal)
    if (isReal(u) && isReal(v)) {
      const value = this.#realPower(u, v)
      if (this.#field === 'real' || !isUndefined(value)) return value
    }
    return this.#complexPower(u, v)
  }

  #realPower(u: Real, v: Real): Real {
    const whole = maybeWhole(v)
    if (whole !== undefined && u instanceof Fraction && (whole >= 0 || u.n !== 0n))
      return realPart(this.decimals.wholePower(u, whole))
    const [b, p] = [this.decimals.decimal(u), this.decimals.decimal(v)]
    if (v instanceof Fraction && v.equals([1, 2])) return this.#arithmetic.sqrt(b)
    const ordinary = b.s > 0 && Math.abs(b.e) <= LARGEST_LOG && p.e <= 0
    if (whole !== undefined || !ordinary) return this.#arithmetic.pow(b, p)
    return realPart(this.decimals.exp(this.decimals.multiply(p, this.decimals.log(b))))
  }

  /** u^v = exp(v log u); whole powers by products, and powers of the square root likewise. */
  #complexPower(u: Value, v: Value): Value {
    const { decimals } = this
    const whole = maybeWhole(v)
    if (whole !== undefined) return decimals.wholePower(u, whole)
    const base = this.#onAxis(u)
    if (isZero(base)) return new this.#arithmetic(Number.NaN)
    const double = maybeWhole(decimals.add(v, v))
    if (double !== undefined) return decimals.wholePower(this.#root(base), double)
    return decimals.exp(decimals.multiply(v, complexLog(decimals, base)))
  }

  /** √u = s + i Im u/(2s), s = √((|u| + Re u)/2), with the real part not negative. */
  #root(u: Value): Value {
    const { decimals } = this
    const a = this.#arithmetic
    if (isReal(u)) {
      const root = a.sqrt(decimals.decimal(u).abs())
      return decimals.decimal(u).s < 0 ? { re: new Fraction(0), im: root } : root
    }
    const [re, im] = [decimals.decimal(u.re), decimals.decimal(u.im)]
    const s = a.sqrt(decimals.decimal(decimals.modulus(u)).plus(re.abs()).div(2))
    const other = im.abs().div(s.times(2))
    const [first, second] = re.s < 0 ? [other, s] : [s, other]
    return { re: first, im: im.s < 0 ? second.neg() : second }
  }

  #call(name: string, args: readonly Value[]): Value {
    const values = this.#field === 'real' ? args : args.map((arg) => this.#onAxis(arg))
    const [u] = values
    if (u instanceof Fraction && name === 'abs') return u.abs()
    if (name === 'exp') return this.decimals.exp(u)
    if (values.every(isReal)) {
      const [first, ...more] = values.map((value) => this.decimals.decimal(value as Real))
      const value = DECIMAL[name]!(this.#arithmetic, first!, ...more)
      if (this.#field === 'real' || !isUndefined(value)) return value
    }
    const primitive = COMPLEX[name]
    if (primitive) return primitive(this.decimals, u)
    const continuation = maybeContinuation(name)
    if (continuation === undefined || values.length > 1) return new this.#arithmetic(Number.NaN)
    return new Evaluator(this.decimals, new Map([['u', u]]), this.#field).evaluate(continuation)
  }

  /** The number without an imaginary part that is only rounding. */
  #onAxis(u: Value): Value {
    if (isReal(u)) return u
    const gap = this.#arithmetic.precision - AXIS_DIGITS
    const [re, im] = [this.decimals.decimal(u.re), this.decimals.decimal(imaginaryPart(u))]
    return !re.isZero() && im.e < re.e - gap ? u.re : u
  }
}

const symbolSets = new WeakMap<Node, ReadonlySet<string>>()

function freeSymbols(node: Node): ReadonlySet<string> {
  const known = symbolSets.get(node) ?? symbolsOf(node)
  symbolSets.set(node, known)
  return known
}

function notReached(node: Bound, digits: number): ExpressionError {
  return new ExpressionError({
    code: 'unsupported',
    what: `The ${node.operator} over ${node.variable} does not settle: ${Math.max(0, Math.floor(digits)) || 'no'} digits`,
    remedy: 'Check that it converges; singular and oscillating bodies are beyond this quadrature',
  })
}

const isUndefined = (value: Real): boolean => value instanceof Decimal && value.isNaN()

const isBounded = (value: Value): boolean => isReal(value) && (value instanceof Fraction || value.isFinite())

const wholeOf = (value: Value): number | undefined =>
  value instanceof Fraction && value.d === 1n ? Number(value.s * value.n) : undefined

/** The small whole number that a value exactly is, if it is one. */
function maybeWhole(value: Value): number | undefined {
  return value instanceof Fraction && value.d === 1n && value.n <= BigInt(MAX_WHOLE_POWER)
    ? Number(value.s * value.n)
    : undefined
}
