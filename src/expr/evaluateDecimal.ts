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
import { Evaluator, type Field, type Report, reportOf } from './decimalEvaluator.js'
import {
  type DecimalInput,
  Decimals,
  imaginaryPart,
  type Real,
  rational,
  realPart,
  toDecimal,
  type Value,
} from './decimals.js'
import type { Expression } from './expression.js'
import type { Node } from './node.js'

/** A complex number of the caller. */
export interface ComplexInput {
  readonly re: DecimalInput
  readonly im: DecimalInput
}

/** re + i·im. */
export interface ComplexDecimal {
  readonly re: Decimal
  readonly im: Decimal
  /** Digits of the modulus that are right: those asked for, or fewer where an integral or infinite sum has fewer. */
  readonly digits: number
}

/** Digits beyond those asked for, for the rounding of some hundred operations. */
export const GUARD = 10
/** Doublings of the working precision before a value counts as 0, and a limit that keeps a value within a second. */
const DOUBLINGS = 3
const MOST_DIGITS = 500

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
  return rounded(new Decimals(digits), realPart(settled(expression.node, values, digits, 'real')))
}

/**
 * A tree at one point of the complex plane, to `digits` digits of its modulus; functions on their principal branches.
 *
 * @param point a value for each symbol that occurs
 * @param digits 1 to 480. Default 60.
 * @returns parts rounded to the digits; NaN at poles and where a function has no value
 * @throws ExpressionError 'columns' for a symbol without a value, 'unsupported' for an undefined function
 */
export function evaluateComplex(
  node: Node,
  point: Readonly<Record<string, DecimalInput | ComplexInput>>,
  digits: number = COMPLEX_DIGITS,
): ComplexDecimal {
  const report = reportOf()
  const value = settled(node, complexValues(point), digits, 'complex', report)
  const decimals = new Decimals(digits)
  const [re, im] = [rounded(decimals, realPart(value)), rounded(decimals, imaginaryPart(value))]
  const last = Math.max(re.e, im.e) - digits
  const zero = new decimals.arithmetic(0)
  return {
    re: re.e < last ? zero : re,
    im: im.e < last ? zero : im,
    digits: Math.floor(Math.min(digits, report.digits)),
  }
}

const COMPLEX_DIGITS = 60

/** The numbers of a caller as an evaluator takes them. */
export function complexValues(
  point: Readonly<Record<string, DecimalInput | ComplexInput>>,
): ReadonlyMap<string, Value> {
  const exact = new Decimals(1)
  return new Map(
    Object.entries(point).map(([name, value]) => [
      name,
      typeof value === 'object' && 're' in value
        ? exact.complex(rational(value.re), rational(value.im))
        : rational(value),
    ]),
  )
}

function rounded({ arithmetic }: Decimals, value: Real): Decimal {
  return value instanceof Fraction ? toDecimal(arithmetic, value) : arithmetic.add(value, 0)
}

/** The value at the first working precision at which more digits change nothing. */
function settled(
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
      agree(new Decimals(precision + GUARD), first, second, Math.min(digits + 2, report.digits))
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
