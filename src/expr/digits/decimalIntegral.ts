/**
 * Integrals to many digits by double-exponential quadrature (Takahasi, Mori, Publ. RIMS 9, 721 (1974)): a substitution
 * x(t) after which the integrand falls doubly exponentially on both sides, and the trapezoidal rule, whose digits double
 * with each halving of the step where the integrand is analytic.
 *
 *     [a, b]: x = a + (b − a)/(1 + e^{−π sinh t});   [a, ∞): x = a + e^{(π/2) sinh t};   ℝ: x = sinh((π/2) sinh t)
 *
 * Where the integrand itself falls exponentially, x = a + e^{t − exp(−t)} and x = sinh t take fewer points.
 */
import { Decimal } from 'decimal.js'
import Fraction from 'fraction.js'
import { Decimals, type Value } from './decimals.js'
import { type Arithmetic, exp, hyperbolicCosine, hyperbolicSine, pi } from './elementary.js'

/** The integrand or general term at a value of the bound variable. */
export type BoundBody = (value: Value, decimals: Decimals) => Value

/** A value and the number of digits that are right, estimated. */
export interface Estimate {
  readonly value: Value
  readonly digits: number
}

/** A distance s(t) from 0 or from an end, and ds/dt. */
type Rule = (t: Decimal, arithmetic: Arithmetic) => readonly [s: Decimal, slope: Decimal]

/** A substitution and the |t| by which the integrand must have fallen away. */
interface Form {
  readonly far: number
  readonly rule: Rule
  /** x at a distance, and dx/ds. */
  readonly at: (s: Decimal, t: number, decimals: Decimals) => { readonly x: Value; readonly factor: Value }
}

/** Digits beyond the wanted ones, for the rounding of some hundred terms. */
const GUARD = 12
/** Steps are 2^{−level}. */
const FIRST_LEVEL = 1
const LAST_LEVEL = 8
/** Negligible terms in a row after which a side is done. */
const QUIET = 3
/** x = e^{6.5} for integrands that fall exponentially, 10^{600} for others. */
const FAST = 6.5
const FAR = 7.5
/** Points that are kept from one integral for the next. */
const MOST_POINTS = 20_000

/** @param wanted digits of the result beside ∫|f| */
export function integrate(body: BoundBody, from: Value, to: Value, wanted: number): Estimate {
  const decimals = new Decimals(wanted + GUARD)
  const [low, high] = [infinityOf(from), infinityOf(to)]
  if (low > 0 || high < 0) {
    const { value, digits } = integrate(body, to, from, wanted)
    return { value: decimals.negate(value), digits }
  }
  const forms =
    low === 0 && high === 0
      ? [segment(from, to)]
      : low !== 0 && high !== 0
        ? LINE
        : halfLine(low === 0 ? from : to, low + high)
  let best = nothing(decimals)
  for (const { at, far, rule } of forms) {
    const f = (t: number): Value => {
      const [s, slope] = pointOf(rule, t, decimals.arithmetic)
      const { x, factor } = at(s, t, decimals)
      return slope.isZero() ? slope : decimals.multiply(body(x, decimals), decimals.multiply(factor, slope))
    }
    const found = trapezoid(f, decimals, wanted, far)
    if (found.digits > best.digits) best = found
    if (best.digits >= wanted) break
  }
  return best
}

const infinityOf = (value: Value): number =>
  value instanceof Decimal && !value.isFinite() ? Math.sign(value.toNumber()) : 0

const nothing = ({ arithmetic }: Decimals): Estimate => ({ value: new arithmetic(Number.NaN), digits: 0 })

const points = new Map<Rule, Map<string, readonly [Decimal, Decimal]>>()

function pointOf(rule: Rule, t: number, arithmetic: Arithmetic): readonly [Decimal, Decimal] {
  const known = points.get(rule) ?? new Map<string, readonly [Decimal, Decimal]>()
  const key = `${arithmetic.precision}:${t}`
  const point = known.get(key) ?? rule(new arithmetic(t), arithmetic)
  if (known.size < MOST_POINTS) points.set(rule, known.set(key, point))
  return point
}

/** (π/2) sinh t and its derivative. */
function doubled(t: Decimal, a: Arithmetic): readonly [Decimal, Decimal] {
  const half = pi(a).div(2)
  return [half.times(hyperbolicSine(a, t)), half.times(hyperbolicCosine(a, t))]
}

const sinh: Rule = (t, a) => [hyperbolicSine(a, t), hyperbolicCosine(a, t)]
const doubleSinh: Rule = (t, a) => {
  const [s, slope] = doubled(t, a)
  return [hyperbolicSine(a, s), slope.times(hyperbolicCosine(a, s))]
}
const steepExp: Rule = (t, a) => {
  const fall = exp(a, t.neg())
  const s = exp(a, t.minus(fall))
  return [s, s.times(fall.plus(1))]
}
const doubleExp: Rule = (t, a) => {
  const [s, slope] = doubled(t, a)
  const e = exp(a, s)
  return [e, e.times(slope)]
}
/** From the nearer end of [0, 1], so that a distance of 10^{−40} from it is one. */
const doubleTanh: Rule = (t, a) => {
  const [s, slope] = doubled(t.abs(), a)
  const e = exp(a, s.times(-2))
  const near = e.div(e.plus(1))
  return [near, slope.times(2).times(near).div(e.plus(1))]
}

const ONE = new Fraction(1)
const onLine: Form['at'] = (s) => ({ x: s, factor: ONE })
const LINE: readonly Form[] = [
  { far: FAST, rule: sinh, at: onLine },
  { far: FAR, rule: doubleSinh, at: onLine },
]

/** From an end towards ∞ (sign 1) or −∞ (sign −1). */
function halfLine(end: Value, sign: number): readonly Form[] {
  const at: Form['at'] = (s, _t, decimals) => ({ x: decimals.add(end, sign > 0 ? s : s.neg()), factor: ONE })
  return [
    { far: FAST, rule: steepExp, at },
    { far: FAR, rule: doubleExp, at },
  ]
}

function segment(from: Value, to: Value): Form {
  return {
    far: FAR,
    rule: doubleTanh,
    at: (s, t, decimals) => {
      const factor = decimals.subtract(to, from)
      const step = decimals.multiply(factor, s)
      return { x: t < 0 ? decimals.add(from, step) : decimals.subtract(to, step), factor }
    },
  }
}

/** h Σₖ f(kh) for h = ½, ¼, …, each with the points of the one before. */
function trapezoid(f: (t: number) => Value, decimals: Decimals, wanted: number, far: number): Estimate {
  const { arithmetic } = decimals
  const size = (value: Value): Decimal => decimals.decimal(decimals.modulus(value))
  let sum = f(0)
  let total = size(sum)
  /** Adds the points t, t + step, … until they are negligible; where that is, or NaN where it is nowhere. */
  const side = (first: number, step: number, end: number): number => {
    let quiet = 0
    for (let t = first; Math.abs(t) <= end; t += step) {
      const term = f(t)
      const length = size(term)
      if (length.isNaN()) break
      sum = decimals.add(sum, term)
      total = total.plus(length)
      quiet = length.lte(total.times(`1e-${arithmetic.precision}`)) ? quiet + 1 : 0
      if (quiet === QUIET) return Math.abs(t)
    }
    return Number.NaN
  }
  const coarse = 2 ** -FIRST_LEVEL
  const ends = [side(coarse, coarse, far), side(-coarse, -coarse, far)]
  if (ends.some(Number.isNaN)) return nothing(decimals)
  let previous = decimals.multiply(sum, new arithmetic(coarse))
  let gained = 0
  for (let level = FIRST_LEVEL + 1; level <= LAST_LEVEL; level++) {
    const h = 2 ** -level
    if ([side(h, 2 * h, far), side(-h, -2 * h, far)].some(Number.isNaN)) return nothing(decimals)
    const value = decimals.multiply(sum, new arithmetic(h))
    const scale = total.times(h)
    if (scale.isZero()) return { value, digits: wanted }
    const gap = size(decimals.subtract(value, previous)).div(scale)
    const digits = gap.isZero() ? arithmetic.precision : -gap.log(10).toNumber()
    // The gap is the error of the coarser sum; once digits double with the level, this sum has nearly twice as many.
    const doubling = gained > SURE_DIGITS && digits > GAIN * gained
    const reached = Math.min(doubling ? GAIN * digits : digits, wanted)
    if (reached >= wanted || level === LAST_LEVEL) return relative(decimals, value, scale, reached)
    gained = digits
    previous = value
  }
  return nothing(decimals)
}

/** Digits at which the doubling can be told from chance, and the factor that is counted on. */
const SURE_DIGITS = 3
const GAIN = 1.7

/** Digits beside the integral itself; what is lost in cancellation altogether is 0. */
function relative(decimals: Decimals, value: Value, scale: Decimal, digits: number): Estimate {
  const ratio = decimals.decimal(decimals.modulus(value)).div(scale)
  const lost = ratio.isZero() ? Number.POSITIVE_INFINITY : -ratio.log(10).toNumber()
  if (lost >= digits) return { value: new decimals.arithmetic(0), digits }
  return { value, digits: digits - Math.max(0, lost) }
}
