/**
 * Infinite sums to many digits: term by term where the terms fall geometrically or faster, else by Levin's u transform
 * (Levin, Int. J. Comput. Math. B 3, 371 (1973)), whose weights fit the remainder by n aₙ times a polynomial in 1/n.
 */
import { Decimal } from 'decimal.js'
import Fraction from 'fraction.js'
import type { BoundBody, Estimate } from './decimalIntegral.js'
import { Decimals, realPart, type Value } from './decimals.js'

const GUARD = 10
/** Terms that are added one by one. */
const MOST_TERMS = 2000
/** Terms after which it is decided whether they fall geometrically or like a power of n. */
const TRIAL = 64
/** Digits that the transform is asked for at most. */
const TRANSFORM_DIGITS = 32
/** Terms of the transform; each costs some digits in cancellation. */
const ORDERS = [16, 24, 32, 48, 64] as const
const DIGITS_PER_TERM = 1.6

/** @param wanted digits of the result */
export function infiniteSum(body: BoundBody, from: Value, to: Value, wanted: number): Estimate {
  const decimals = new Decimals(wanted + GUARD)
  const [first, last] = [maybeWhole(from), maybeWhole(to)]
  if (first !== undefined && isInfinity(to)) return upwards(body, first, 1, wanted)
  if (last !== undefined && isInfinity(from)) return upwards(body, last, -1, wanted)
  if (!isInfinity(from) || !isInfinity(to)) return { value: new decimals.arithmetic(Number.NaN), digits: 0 }
  const [right, left] = [upwards(body, 0, 1, wanted), upwards(body, -1, -1, wanted)]
  return { value: decimals.add(right.value, left.value), digits: Math.min(right.digits, left.digits) }
}

const maybeWhole = (value: Value): number | undefined =>
  value instanceof Fraction && value.d === 1n ? Number(value.s * value.n) : undefined
const isInfinity = (value: Value): boolean => value instanceof Decimal && !value.isFinite() && !value.isNaN()

function upwards(body: BoundBody, first: number, step: number, wanted: number): Estimate {
  const decimals = new Decimals(wanted + GUARD)
  const { arithmetic } = decimals
  const size = (value: Value): Decimal => decimals.decimal(decimals.modulus(value))
  let sum: Value = new Fraction(0)
  let before = new arithmetic(Number.NaN)
  /** k(1 − |aₖ/aₖ₋₁|), which grows like k for geometric terms and goes to s for terms like n^{−s}. */
  let slowness = 0
  for (let k = 0; k < MOST_TERMS; k++) {
    const term = body(new Fraction(first + step * k), decimals)
    const length = size(term)
    if (!length.isFinite()) break
    sum = decimals.add(sum, term)
    const ratio = length.div(before).toNumber()
    // a r/(1 − r) bounds what follows.
    const rest = length.times(ratio / (1 - ratio))
    if (k > 1 && (length.isZero() || (ratio < 1 && rest.lte(size(sum).times(`1e-${wanted}`)))))
      return { value: sum, digits: wanted }
    if (k === TRIAL / 2) slowness = k * (1 - ratio)
    if (k === TRIAL && k * (1 - ratio) < Math.max(1.5 * slowness, 1))
      return transformed(body, first, step, Math.min(wanted, TRANSFORM_DIGITS))
    before = length
  }
  return { value: new arithmetic(Number.NaN), digits: 0 }
}

function transformed(body: BoundBody, first: number, step: number, wanted: number): Estimate {
  const most = ORDERS[ORDERS.length - 1]!
  const decimals = new Decimals(wanted + Math.ceil(DIGITS_PER_TERM * most))
  const { arithmetic } = decimals
  const none: Estimate = { value: new arithmetic(Number.NaN), digits: 0 }
  const terms: Value[] = []
  for (let k = 0; k <= most; k++) terms.push(body(new Fraction(first + step * k), decimals))
  if (!mayConverge(terms, decimals)) return none
  let previous: Value | undefined
  let best = none
  for (const order of ORDERS) {
    const value = levin(terms, order, decimals)
    if (previous !== undefined) {
      const gap = decimals.decimal(decimals.modulus(decimals.subtract(value, previous)))
      const whole = decimals.decimal(decimals.modulus(value))
      const digits = gap.isZero() ? wanted : -gap.div(whole).log(10).toNumber()
      if (digits > best.digits) best = { value, digits: Math.min(wanted, digits) }
      if (best.digits >= wanted) return best
    }
    previous = value
  }
  return best
}

/** The transform sums some divergent series too: terms must alternate and fall, or fall faster than 1/n. */
function mayConverge(terms: readonly Value[], decimals: Decimals): boolean {
  const last = terms.length - 1
  const half = last / 2
  const size = (k: number): number => decimals.decimal(decimals.modulus(terms[k]!)).toNumber()
  const fall = size(last) / size(half)
  const alternating = [0, 1, 2, 3].every(
    (k) => decimals.decimal(realPart(decimals.divide(terms[last - k]!, terms[last - k - 1]!))).s < 0,
  )
  return fall < (alternating ? 0.9 : 0.45)
}

/** Σⱼ (−1)ʲ C(k,j) (j+1)^{k−1} Sⱼ/ωⱼ over the same with 1/ωⱼ, ωⱼ = (j + 1) aⱼ. */
function levin(terms: readonly Value[], order: number, decimals: Decimals): Value {
  let [over, under]: [Value, Value] = [new Fraction(0), new Fraction(0)]
  let sum: Value = new Fraction(0)
  let binomial = 1n
  for (let j = 0; j <= order; j++) {
    sum = decimals.add(sum, terms[j]!)
    const factor = (j % 2 === 0 ? 1n : -1n) * binomial * BigInt(j + 1) ** BigInt(order - 2)
    const weight = decimals.divide(new Fraction(factor), terms[j]!)
    over = decimals.add(over, decimals.multiply(weight, sum))
    under = decimals.add(under, weight)
    binomial = (binomial * BigInt(order - j)) / BigInt(j + 1)
  }
  return decimals.divide(over, under)
}
