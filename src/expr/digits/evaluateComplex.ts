import type { Decimal } from 'decimal.js'
import type { Node } from '../node.js'
import { reportOf } from './decimalEvaluator.js'
import { type DecimalInput, Decimals, imaginaryPart, rational, realPart, type Value } from './decimals.js'
import { rounded, settled } from './settled.js'

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

/**
 * A tree at one point of the complex plane, to `digits` digits of its modulus; functions on their principal branches.
 *
 * @param point a value for each symbol that occurs
 * @param digits 1 to 480. Default 60.
 * @returns parts rounded to the digits; not finite at poles and where a function has no value
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
