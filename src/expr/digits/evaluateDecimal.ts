import type { Decimal } from 'decimal.js'
import type { Expression } from '../expression.js'
import { type DecimalInput, Decimals, rational, realPart } from './decimals.js'
import { rounded, settled } from './settled.js'

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
