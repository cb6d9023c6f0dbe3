import type { Decimal } from 'decimal.js'
import Fraction from 'fraction.js'
import { Decimals, imaginaryPart, realPart, type Value } from './decimals.js'
import {
  type Arithmetic,
  argument,
  cosine,
  exp,
  hyperbolicCosine,
  hyperbolicSine,
  hyperbolicTangent,
  logarithm,
  pi,
  sine,
} from './elementary.js'

/** A real function of decimals; NaN outside its domain. Functions of several arguments take them all. */
export type DecimalFunction = (arithmetic: Arithmetic, u: Decimal, ...more: Decimal[]) => Decimal

/** The functions of the table in functions.ts. */
export const DECIMAL: Readonly<Record<string, DecimalFunction>> = {
  sqrt: (a, u) => a.sqrt(u),
  cbrt: (a, u) => a.cbrt(u),
  exp,
  log: logarithm,
  log2: (a, u) => a.log2(u),
  log10: (a, u) => a.log10(u),
  sin: sine,
  cos: cosine,
  tan: (a, u) => a.div(sine(a, u), cosine(a, u)),
  asin: (a, u) => a.asin(u),
  acos: (a, u) => a.acos(u),
  atan: (a, u) => a.atan(u),
  sinh: hyperbolicSine,
  cosh: hyperbolicCosine,
  tanh: hyperbolicTangent,
  asinh: (a, u) => a.asinh(u),
  acosh: (a, u) => a.acosh(u),
  atanh: (a, u) => a.atanh(u),
  sigmoid: (a, u) => a.div(1, exp(a, u.neg()).plus(1)),
  abs: (a, u) => a.abs(u),
  erf: realErf,
  sign: (a, u) => new a(a.sign(u)),
  step: (a, u) => new a((1 + a.sign(u)) / 2),
  floor: (a, u) => a.floor(u),
  min: (a, u, ...more) => a.min(u, ...more),
  max: (a, u, ...more) => a.max(u, ...more),
}

/** u² at which 1 − |erf u| is below 10^{−520}, and no evaluator's precision tells it from 0. */
const SATURATED = 1200

/** erf u = (2/√π) e^{−u²} Σ_k (2u²)^k u/(2k+1)!!, all of one sign. */
function realErf(a: Arithmetic, u: Decimal): Decimal {
  const square = u.times(u)
  if (square.gt(SATURATED)) return new a(a.sign(u))
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
    .times(exp(a, square.neg()))
    .div(a.sqrt(pi(a)))
}

/** |u|² beyond which the series of erf takes too many digits and terms. */
const LARGEST_ERF = 1000

/** The same series for complex u, with the digits that its terms, up to e^{2|u|²}, lose. */
function complexErf(decimals: Decimals, u: Value): Value {
  const size = Number(decimals.decimal(decimals.square(u)))
  if (!(size <= LARGEST_ERF)) return new decimals.arithmetic(Number.NaN)
  const precision = decimals.arithmetic.precision
  const wide = new Decimals(precision + Math.ceil(2 * size * Math.LOG10E))
  const square = wide.multiply(u, u)
  const twice = wide.add(square, square)
  let term = u
  let sum = u
  for (let k = 1; exponentOf(wide, term) >= exponentOf(wide, sum) - wide.arithmetic.precision; k++) {
    term = wide.divide(wide.multiply(term, twice), new Fraction(2 * k + 1))
    sum = wide.add(sum, term)
  }
  const factor = wide.arithmetic.div(2, wide.arithmetic.sqrt(pi(wide.arithmetic)))
  return decimals.add(wide.multiply(wide.multiply(sum, wide.exp(wide.negate(square))), factor), NONE)
}

const NONE = new Fraction(0)

/** The decimal exponent of the larger part. */
const exponentOf = (decimals: Decimals, u: Value): number =>
  Math.max(decimals.decimal(realPart(u)).e, decimals.decimal(imaginaryPart(u)).e)

/** Functions that do not follow from exp, log and powers, continued to complex arguments. */
export const COMPLEX: Readonly<Record<string, (decimals: Decimals, u: Value) => Value>> = {
  exp: (decimals, u) => decimals.exp(u),
  log: complexLog,
  abs: (decimals, u) => decimals.modulus(u),
  erf: complexErf,
}

/** log u = ln|u| + i arg u, arg u in (−π, π]. */
export function complexLog(decimals: Decimals, u: Value): Value {
  const a = decimals.arithmetic
  const [re, im] = [decimals.decimal(realPart(u)), decimals.decimal(imaginaryPart(u))]
  if (im.isZero()) return re.s > 0 ? logarithm(a, re) : { re: logarithm(a, re.neg()), im: pi(a) }
  return { re: logarithm(a, decimals.decimal(decimals.square(u))).div(2), im: argument(a, re, im) }
}
