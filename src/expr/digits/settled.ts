/**
 * The value of an expression to any number of digits, real or complex.
 *
 * A tree is evaluated with exact rationals as far as they go (numbers, +, −, ×, ÷, whole powers, while they stay
 * short) and with decimal floating point from the first irrational value on; the functions are those of the table
 * in functions.ts, and their domains too: outside, a real value is NaN and a complex one lies on the principal branch.
 *
 * How many digits are right is found by evaluating twice (Ziv, ACM Trans. Math. Softw. 17, 410 (1991)): the working
 * precision grows until two values agree. What is lost in cancellation even at eight times the digits asked for, or at
 * 500, is taken to be 0.
 */
import type { Decimal } from 'decimal.js'
import Fraction from 'fraction.js'
import type { Node } from '../node.js'
import { Evaluator, type Field, type Report, reportOf } from './decimalEvaluator.js'
import { Decimals, imaginaryPart, type Real, realPart, toDecimal, type Value } from './decimals.js'

/** Digits beyond those asked for, for the rounding of some hundred operations. */
export const GUARD = 10
/** Doublings of the working precision before a value counts as 0, and a limit that keeps a value within a second. */
const DOUBLINGS = 3
const MOST_DIGITS = 500

/** The value at the first working precision at which more digits change nothing. */
export function settled(
  node: Node,
  values: ReadonlyMap<string, Value>,
  digits: number,
  field: Field,
  report: Report = reportOf(),
): Value {
  const at = (precision: number): Value =>
    new Evaluator(new Decimals(precision), values, field, report).evaluate(node)
  for (let doubling = 0; doubling <= DOUBLINGS; doubling++) {
    const precision = Math.max(digits + GUARD, Math.min(digits * 2 ** doubling + GUARD, MOST_DIGITS))
    const first = at(precision)
    if (isExact(first)) return first
    const second = at(precision + GUARD)
    if (
      !isBounded(second) ||
      agree(new Decimals(precision + GUARD), first, second, Math.floor(Math.min(digits + 2, report.digits)))
    )
      return second
  }
  return new Fraction(0)
}

/** |u − v| ≤ 10^{−digits}|v|. */
function agree(decimals: Decimals, u: Value, v: Value, digits: number): boolean {
  const gap = decimals.decimal(decimals.modulus(decimals.subtract(u, v)))
  return gap.lte(decimals.decimal(decimals.modulus(v)).times(`1e-${digits}`))
}

const isExact = (value: Value): boolean =>
  realPart(value) instanceof Fraction && imaginaryPart(value) instanceof Fraction

const isBounded = (value: Value): boolean =>
  [realPart(value), imaginaryPart(value)].every((part) => part instanceof Fraction || part.isFinite())

/** A part of a value, rounded. */
export function rounded({ arithmetic }: Decimals, value: Real): Decimal {
  return value instanceof Fraction ? toDecimal(arithmetic, value) : arithmetic.add(value, 0)
}
