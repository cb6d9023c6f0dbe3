/**
 * Integrals to many digits by double-exponential quadrature (Takahasi, Mori, Publ. RIMS 9, 721 (1974)): a substitution
 * x(t) after which the integrand falls doubly exponentially on both sides, and the trapezoidal rule, whose digits double
 * with each halving of the step where the integrand is analytic.
 *
 *     [a, b]: x = a + (b − a)/(1 + e^{−π sinh t});   [a, ∞): x = a + e^{(π/2) sinh t};   ℝ: x = sinh((π/2) sinh t)
 */
import { Decimal } from 'decimal.js'
import { Decimals, isZero, type Real, type Value } from './decimals.js'
import { hyperbolicCosine, hyperbolicSine, pi } from './elementary.js'

/** The integrand or general term at a value of the bound variable. */
export type BoundBody = (value: Value, decimals: Decimals) => Value

/** A value and the number of digits that are right, estimated. */
export interface Estimate {
  readonly value: Value
  readonly digits: number
}

/** Digits beyond the wanted ones, for the rounding of some hundred terms. */
const GUARD = 12
/** The first and the last halving of the step. */
const FIRST_LEVEL = 1
const LAST_LEVEL = 8
/** Small terms in a row after which a side is done. */
const QUIET = 3
/** Beyond 10^{REACH·digits} no half-line is followed. */
const REACH = 3

interface Place {
  readonly x: Value
  readonly weight: Value
}

/** @param wanted digits of the result beside ∫|f| */
export function integrate(body: BoundBody, from: Value, to: Value, wanted: number): Estimate {
  const decimals = new Decimals(wanted + GUARD)
  const [low, high] = [infinityOf(from), infinityOf(to)]
  if (low === 1 || high === -1) {
    const { value, digits } = integrate(body, to, from, wanted)
    return { value: decimals.negate(value), digits }
  }
  const places =
    low !== 0 ? (high !== 0 ? line : downwards(to)) : high !== 0 ? upwards(from) : segment(from, to)
  return trapezoid(
    (t) => {
      const { x, weight } = places(t, decimals)
      return isZero(weight) ? weight : decimals.multiply(body(x, decimals), weight)
    },
    decimals,
    wanted,
  )
}

const infinityOf = (value: Value): number =>
  value instanceof Decimal && !value.isFinite() ? Math.sign(value.toNumber()) : 0

type Places = (t: number, decimals: Decimals) => Place

/** t is a dyadic number, so that it is exact; (π/2) sinh t and its derivative. */
function doubled(t: number, { arithmetic }: Decimals): readonly [Decimal, Decimal] {
  const key = `${arithmetic.precision}:${t}`
  let pair = nodes.get(key)
  if (!pair) {
    const [half, at] = [pi(arithmetic).div(2), new arithmetic(t)]
    pair = [half.times(hyperbolicSine(arithmetic, at)), half.times(hyperbolicCosine(arithmetic, at))]
    if (nodes.size > MOST_NODES) nodes.clear()
    nodes.set(key, pair)
  }
  return pair
}

const nodes = new Map<string, readonly [Decimal, Decimal]>()
const MOST_NODES = 20_000

const line: Places = (t, decimals) => {
  const [s, slope] = doubled(t, decimals)
  const { arithmetic } = decimals
  return { x: hyperbolicSine(arithmetic, s), weight: slope.times(hyperbolicCosine(arithmetic, s)) }
}

const upwards =
  (from: Value): Places =>
  (t, decimals) => {
    const [s, slope] = doubled(t, decimals)
    const e = decimals.exp(s)
    return { x: decimals.add(from, e), weight: decimals.multiply(e, slope) }
  }

const downwards =
  (to: Value): Places =>
  (t, decimals) => {
    const [s, slope] = doubled(t, decimals)
    const e = decimals.exp(s)
    return { x: decimals.subtract(to, e), weight: decimals.multiply(e, slope) }
  }

/** From the nearer end, so that a distance of 10^{−40} from it is one. */
const segment =
  (from: Value, to: Value): Places =>
  (t, decimals) => {
    const [s, slope] = doubled(Math.abs(t), decimals)
    const { arithmetic } = decimals
    const e = decimals.decimal(decimals.exp(s.times(-2)) as Real)
    const near = e.div(e.plus(1))
    const length = decimals.subtract(to, from)
    const [end, step] = t < 0 ? [from, near] : [to, near.neg()]
    return {
      x: decimals.add(end, decimals.multiply(length, step)),
      weight: decimals.multiply(length, arithmetic.mul(slope, 2).times(near).div(e.plus(1))),
    }
  }

/** h Σₖ f(kh) for h = ½, ¼, …, each with the points of the one before. */
function trapezoid(f: (t: number) => Value, decimals: Decimals, wanted: number): Estimate {
  const { arithmetic } = decimals
  const far = Math.asinh((2 / Math.PI) * REACH * arithmetic.precision * Math.LN10)
  const size = (value: Value): Decimal => decimals.decimal(decimals.modulus(value))
  let sum = f(0)
  let total = size(sum)
  /** Adds the points t, t + step, … until they are quiet; where that is. */
  const side = (first: number, step: number, end: number): number => {
    let quiet = 0
    let t = first
    for (; Math.abs(t) <= Math.abs(end) && quiet < QUIET; t += step) {
      const term = f(t)
      const length = size(term)
      if (length.isNaN()) return Number.NaN
      sum = decimals.add(sum, term)
      total = total.plus(length)
      quiet = length.lte(total.times(`1e-${arithmetic.precision}`)) ? quiet + 1 : 0
    }
    return t
  }
  const coarse = 2 ** -FIRST_LEVEL
  const right = side(coarse, coarse, far)
  const left = side(-coarse, -coarse, -far)
  let previous: Value | undefined
  let gained = 0
  for (let level = FIRST_LEVEL; level <= LAST_LEVEL; level++) {
    const h = 2 ** -level
    if (level > FIRST_LEVEL) {
      if (Number.isNaN(side(h, 2 * h, right)) || Number.isNaN(side(-h, -2 * h, left))) break
    }
    if (Number.isNaN(right) || Number.isNaN(left)) break
    const value = decimals.multiply(sum, new arithmetic(h))
    const scale = total.times(h)
    if (scale.isZero()) return { value, digits: wanted }
    if (previous !== undefined) {
      const gap = size(decimals.subtract(value, previous)).div(scale)
      const digits = gap.isZero() ? arithmetic.precision : -gap.log(10).toNumber()
      // The gap is the error of the coarser sum; where digits double from step to step this sum has twice as many.
      const reached = Math.min(digits > 1.7 * gained && gained > 2 ? 1.7 * digits : digits, wanted)
      if (reached >= wanted || level === LAST_LEVEL) return relative(decimals, value, scale, reached)
      gained = digits
    }
    previous = value
  }
  return { value: new arithmetic(Number.NaN), digits: 0 }
}

/** Digits beside the integral itself; what is lost in cancellation altogether is 0. */
function relative(decimals: Decimals, value: Value, scale: Decimal, digits: number): Estimate {
  const ratio = decimals.decimal(decimals.modulus(value)).div(scale)
  const lost = ratio.isZero() ? Number.POSITIVE_INFINITY : -ratio.log(10).toNumber()
  if (lost >= digits) return { value: new decimals.arithmetic(0), digits }
  return { value, digits: digits - Math.max(0, lost) }
}
