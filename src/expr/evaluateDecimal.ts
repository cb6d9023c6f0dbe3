/**
 * The value of a real expression to any number of digits.
 *
 * A tree is evaluated with exact rationals as far as they go (numbers, +, −, ×, ÷, whole powers, while they stay
 * short) and with decimal floating point from the first irrational value on; the functions are those of the table
 * in functions.ts, and their domains too: outside, the value is NaN.
 *
 * How many digits are right is found by evaluating twice (Ziv, ACM Trans. Math. Softw. 17, 410 (1991)): the working
 * precision grows until two values agree. What is lost in cancellation even at eight times the digits asked for, or at
 * 500, is taken to be 0.
 */
import { Decimal } from 'decimal.js'
import Fraction from 'fraction.js'
import { ExpressionError } from './errors.js'
import type { Expression } from './expression.js'
import { decimal, type Node } from './node.js'
import { maybeWholePower, noValue } from './scalar.js'

/** A number of the caller: a rational, or a double, which stands for its shortest decimal: 0.1 is 1/10. */
export type DecimalInput = Fraction | number

/** An exact rational, or a decimal rounded to the working precision. */
type Real = Fraction | Decimal
/** decimal.js at one precision. */
type Arithmetic = typeof Decimal

/** Digits beyond those asked for, for the rounding of some hundred operations. */
const GUARD = 10
/** Doublings of the working precision before a value counts as 0, and a limit that leaves π in decimal.js digits to spare. */
const DOUBLINGS = 3
const MOST_DIGITS = 500
/** Length of numerator and denominator in bits, a digit asked for, above which a rational is rounded. */
const EXACT_BITS = 16

/**
 * An expression at one point, to `digits` significant digits.
 *
 * @param point a value for each variable that occurs; parameters stand for their shortest decimals
 * @param digits 1 to 480
 * @returns rounded to `digits`; NaN or ±Infinity where a double evaluation would give these
 * @throws ExpressionError 'columns' for a variable without a value
 * @example
 * evaluateDecimal(parseExpression('sqrt(x)', { variables: ['x'] }), { x: 2 }, 30).toString() // => '1.41421356237309504880168872421'
 */
export function evaluateDecimal(
  expression: Expression,
  point: Readonly<Record<string, DecimalInput>>,
  digits: number,
): Decimal {
  const values = new Map(
    Object.entries({ ...expression.parameters, ...point }).map(([name, value]) => [name, rational(value)]),
  )
  const at = (precision: number): Real => {
    const arithmetic = Decimal.clone({ precision, defaults: true })
    return new Evaluator(arithmetic, values).evaluate(expression.node)
  }
  const rounded = Decimal.clone({ precision: digits, defaults: true })
  for (let doubling = 0; doubling <= DOUBLINGS; doubling++) {
    const precision = Math.max(digits + GUARD, Math.min(digits * 2 ** doubling + GUARD, MOST_DIGITS))
    const first = at(precision)
    if (first instanceof Fraction) return toDecimal(rounded, first)
    const second = toDecimal(
      Decimal.clone({ precision: precision + GUARD, defaults: true }),
      at(precision + GUARD),
    )
    const settled = second
      .minus(first)
      .abs()
      .lte(second.abs().times(`1e-${digits + 2}`))
    if (settled || !second.isFinite()) return rounded.add(second, 0)
  }
  return new rounded(0)
}

/** The rational that a number of the caller means. */
export function rational(value: DecimalInput): Fraction {
  return value instanceof Fraction ? value : decimal(String(value))
}

function toDecimal(arithmetic: Arithmetic, value: Real): Decimal {
  if (value instanceof Decimal) return value
  return arithmetic.div((value.s * value.n).toString(), value.d.toString())
}

/** Functions of the table on decimals; those of several arguments take them all. */
const DECIMAL: Readonly<Record<string, (arithmetic: Arithmetic, u: Decimal, ...more: Decimal[]) => Decimal>> =
  {
    sqrt: (a, u) => a.sqrt(u),
    cbrt: (a, u) => a.cbrt(u),
    exp: (a, u) => a.exp(u),
    log: (a, u) => a.ln(u),
    log2: (a, u) => a.log2(u),
    log10: (a, u) => a.log10(u),
    sin: (a, u) => a.sin(u),
    cos: (a, u) => a.cos(u),
    tan: (a, u) => a.tan(u),
    asin: (a, u) => a.asin(u),
    acos: (a, u) => a.acos(u),
    atan: (a, u) => a.atan(u),
    sinh: (a, u) => a.sinh(u),
    cosh: (a, u) => a.cosh(u),
    tanh: (a, u) => a.tanh(u),
    asinh: (a, u) => a.asinh(u),
    acosh: (a, u) => a.acosh(u),
    atanh: (a, u) => a.atanh(u),
    sigmoid: (a, u) => a.div(1, a.exp(u.neg()).plus(1)),
    abs: (a, u) => a.abs(u),
    erf: erfOf,
    sign: (a, u) => new a(a.sign(u)),
    step: (a, u) => new a((1 + a.sign(u)) / 2),
    floor: (a, u) => a.floor(u),
    min: (a, u, ...more) => a.min(u, ...more),
    max: (a, u, ...more) => a.max(u, ...more),
  }

/** erf u = (2/√π) e^{−u²} Σ_k (2u²)^k u/(2k+1)!!, all of one sign. */
function erfOf(a: Arithmetic, u: Decimal): Decimal {
  const square = u.times(u)
  let term = u
  let sum = u
  for (let k = 1; !term.isZero() && term.e >= sum.e - a.precision; k++) {
    term = term
      .times(square)
      .times(2)
      .div(2 * k + 1)
    sum = sum.plus(term)
  }
  return sum
    .times(2)
    .times(a.exp(square.neg()))
    .div(a.sqrt(a.acos(-1)))
}

class Evaluator {
  readonly #arithmetic: Arithmetic
  readonly #values: ReadonlyMap<string, Fraction>

  constructor(arithmetic: Arithmetic, values: ReadonlyMap<string, Fraction>) {
    this.#arithmetic = arithmetic
    this.#values = values
  }

  evaluate(node: Node): Real {
    switch (node.kind) {
      case 'number':
        return node.value
      case 'constant':
        if (node.name === 'pi') return this.#arithmetic.acos(-1)
        return node.name === 'e' ? this.#arithmetic.exp(1) : new this.#arithmetic(Number.NaN)
      case 'symbol':
        return this.#symbol(node.name)
      case 'sum':
        return node.terms.map((term) => this.evaluate(term)).reduce((u, v) => this.#add(u, v))
      case 'negative':
        return this.evaluate(node.of).neg()
      case 'product':
        return node.factors.map((factor) => this.evaluate(factor)).reduce((u, v) => this.#multiply(u, v))
      case 'quotient':
        return this.#divide(this.evaluate(node.over), this.evaluate(node.under))
      case 'power':
        return this.#power(node.base, node.exponent)
      case 'call':
        return this.#call(node.name, node.args)
      case 'jet':
      case 'bound':
        throw noValue(node)
    }
  }

  #symbol(name: string): Fraction {
    const value = this.#values.get(name)
    if (value !== undefined) return value
    throw new ExpressionError({
      code: 'columns',
      what: `No value for “${name}”`,
      remedy: `Give { ${name}: … }`,
    })
  }

  #add(u: Real, v: Real): Real {
    if (u instanceof Fraction && v instanceof Fraction) return this.#shortened(u.add(v))
    return this.#arithmetic.add(this.#decimal(u), this.#decimal(v))
  }

  #multiply(u: Real, v: Real): Real {
    if (u instanceof Fraction && v instanceof Fraction) return this.#shortened(u.mul(v))
    return this.#arithmetic.mul(this.#decimal(u), this.#decimal(v))
  }

  #divide(u: Real, v: Real): Real {
    if (u instanceof Fraction && v instanceof Fraction && v.n !== 0n) return this.#shortened(u.div(v))
    return this.#arithmetic.div(this.#decimal(u), this.#decimal(v))
  }

  #power(base: Node, exponent: Node): Real {
    if (base.kind === 'constant' && base.name === 'e')
      return this.#arithmetic.exp(this.#decimal(this.evaluate(exponent)))
    const u = this.evaluate(base)
    const whole = maybeWholePower(exponent)
    if (whole !== undefined && u instanceof Fraction && (whole >= 0 || u.n !== 0n))
      return this.#shortened(u.pow(whole))
    const v = this.evaluate(exponent)
    if (v instanceof Fraction && v.equals([1, 2])) return this.#arithmetic.sqrt(this.#decimal(u))
    return this.#arithmetic.pow(this.#decimal(u), this.#decimal(v))
  }

  #call(name: string, args: readonly Node[]): Real {
    const values = args.map((arg) => this.evaluate(arg))
    const [u] = values
    if (u instanceof Fraction && name === 'abs') return u.abs()
    const [first, ...more] = values.map((value) => this.#decimal(value))
    return DECIMAL[name]!(this.#arithmetic, first!, ...more)
  }

  #decimal(value: Real): Decimal {
    return toDecimal(this.#arithmetic, value)
  }

  /** The rational itself while it is short: exact arithmetic must not become slow arithmetic. */
  #shortened(value: Fraction): Real {
    const limit = 1n << BigInt(EXACT_BITS * this.#arithmetic.precision)
    return value.n < limit && value.d < limit ? value : this.#decimal(value)
  }
}
