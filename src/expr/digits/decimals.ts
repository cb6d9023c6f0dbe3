/**
 * Numbers of the many-digit evaluators: rationals are exact while they are short, decimals are rounded to the working
 * precision. A complex number keeps the two kinds in its parts, and becomes a real one as soon as its imaginary part is
 * 0; so i² is −1, and a branch cut is met where it lies and not beside it.
 */
import { Decimal } from 'decimal.js'
import Fraction from 'fraction.js'
import { decimal } from '../node.js'
import { type Arithmetic, exp, exponential, logarithm } from './elementary.js'

/** A number of the caller: a rational, or a double, which stands for its shortest decimal: 0.1 is 1/10. */
export type DecimalInput = Fraction | number

/** An exact rational, or a decimal rounded to the working precision. */
export type Real = Fraction | Decimal

/** re + i·im, where im is not 0. */
export interface ComplexValue {
  readonly re: Real
  readonly im: Real
}

export type Value = Real | ComplexValue

/** Length of numerator and denominator in bits, a digit asked for, above which a rational is rounded. */
const EXACT_BITS = 16
const NONE = new Fraction(0)
const SAFE = BigInt(Number.MAX_SAFE_INTEGER)

/** The rational that a number of the caller means. */
export function rational(value: DecimalInput): Fraction {
  return value instanceof Fraction ? value : decimal(String(value))
}

export const isReal = (value: Value): value is Real => value instanceof Fraction || value instanceof Decimal
export const isZero = (value: Value): boolean =>
  value instanceof Fraction ? value.n === 0n : value instanceof Decimal && value.isZero()
export const realPart = (value: Value): Real => (isReal(value) ? value : value.re)
export const imaginaryPart = (value: Value): Real => (isReal(value) ? NONE : value.im)

export function toDecimal(arithmetic: Arithmetic, value: Real): Decimal {
  if (value instanceof Decimal) return value
  const { s, n, d } = value
  if (n > SAFE || d > SAFE) return arithmetic.div((s * n).toString(), d.toString())
  return d === 1n ? new arithmetic(Number(s * n)) : arithmetic.div(Number(s * n), Number(d))
}

/** Operations on values at one precision. */
export class Decimals {
  readonly arithmetic: Arithmetic
  readonly #rounded = new WeakMap<Fraction, Decimal>()

  constructor(precision: number) {
    this.arithmetic = Decimal.clone({ precision, defaults: true })
  }

  decimal(value: Real): Decimal {
    if (value instanceof Decimal) return value
    const known = this.#rounded.get(value) ?? toDecimal(this.arithmetic, value)
    this.#rounded.set(value, known)
    return known
  }

  /** re + i·im as a value. */
  complex(re: Real, im: Real): Value {
    return isZero(im) ? re : { re, im }
  }

  add(u: Value, v: Value): Value {
    if (isReal(u) && isReal(v)) return this.#add(u, v)
    return this.complex(this.#add(realPart(u), realPart(v)), this.#add(imaginaryPart(u), imaginaryPart(v)))
  }

  negate(u: Value): Value {
    return isReal(u) ? u.neg() : { re: u.re.neg(), im: u.im.neg() }
  }

  subtract(u: Value, v: Value): Value {
    return this.add(u, this.negate(v))
  }

  multiply(u: Value, v: Value): Value {
    if (isReal(u)) return isReal(v) ? this.#multiply(u, v) : this.#scale(v, u)
    if (isReal(v)) return this.#scale(u, v)
    return this.complex(
      this.#add(this.#part(u.re, v.re), this.#part(u.im, v.im).neg()),
      this.#add(this.#part(u.re, v.im), this.#part(u.im, v.re)),
    )
  }

  divide(u: Value, v: Value): Value {
    if (!isReal(v)) {
      const square = this.#add(this.#part(v.re, v.re), this.#part(v.im, v.im))
      return this.divide(this.multiply(u, { re: v.re, im: v.im.neg() }), square)
    }
    return isReal(u) ? this.#divide(u, v) : this.complex(this.#divide(u.re, v), this.#divide(u.im, v))
  }

  /** uⁿ for a whole number n, by products alone. */
  wholePower(u: Value, n: number): Value {
    if (u instanceof Fraction && (n >= 0 || u.n !== 0n)) return this.#shortened(u.pow(n)!)
    let result: Value = new Fraction(1)
    let square = u
    for (let left = Math.abs(n); left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) result = this.multiply(result, square)
      if (left > 1) square = this.multiply(square, square)
    }
    return n < 0 ? this.divide(new Fraction(1), result) : result
  }

  exp(u: Value): Value {
    const a = this.arithmetic
    if (isZero(u)) return new Fraction(1)
    if (isReal(u)) return exp(a, this.decimal(u))
    return exponential(a, this.decimal(u.re), this.decimal(u.im))
  }

  /** ln u for u > 0. */
  log(u: Real): Real {
    return u instanceof Fraction && u.equals(1) ? NONE : logarithm(this.arithmetic, this.decimal(u))
  }

  /** |u|², which tells sizes apart without a root. */
  square(u: Value): Real {
    if (isReal(u)) return this.#multiply(u, u)
    return this.#add(this.#part(u.re, u.re), this.#part(u.im, u.im))
  }

  /** |u|. */
  modulus(u: Value): Real {
    return isReal(u) ? u.abs() : this.arithmetic.sqrt(this.decimal(this.square(u)))
  }

  #scale({ re, im }: ComplexValue, by: Real): Value {
    return this.complex(this.#part(re, by), this.#part(im, by))
  }

  /** A product in which an exact 0 wins. */
  #part(u: Real, v: Real): Real {
    return isZero(u) || isZero(v) ? NONE : this.#multiply(u, v)
  }

  #add(u: Real, v: Real): Real {
    if (u instanceof Fraction && v instanceof Fraction) return this.#shortened(u.add(v))
    return this.arithmetic.add(this.decimal(u), this.decimal(v))
  }

  #multiply(u: Real, v: Real): Real {
    if (u instanceof Fraction && v instanceof Fraction) return this.#shortened(u.mul(v))
    return this.arithmetic.mul(this.decimal(u), this.decimal(v))
  }

  #divide(u: Real, v: Real): Real {
    if (u instanceof Fraction && v instanceof Fraction && v.n !== 0n) return this.#shortened(u.div(v))
    return this.arithmetic.div(this.decimal(u), this.decimal(v))
  }

  /** The rational itself while it is short: exact arithmetic must not become slow arithmetic. */
  #shortened(value: Fraction): Real {
    const limit = 1n << BigInt(EXACT_BITS * this.arithmetic.precision)
    return value.n < limit && value.d < limit ? value : this.decimal(value)
  }
}
