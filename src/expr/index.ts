/**
 * Expressions. Two layers: objectives (parse, print, differentiate, compile), which the library shows its users,
 * and the algebra below them (nodes, substitution, exact normal form), which derivations build on.
 */
export { type Interval, type LowerBound, lowerBound } from './bounds.js'
export { breakConditions } from './breaks.js'
export { multiply, number, subtract } from './build.js'
export { type CompiledExpression, compile } from './compile.js'
export {
  type CompiledComplex,
  type ComplexNames,
  type ComplexValue,
  compileComplex,
} from './compileComplex.js'
export { expandDiff, substituteFunction } from './differentiate.js'
export { ExpressionError, type ExpressionErrorCode } from './errors.js'
export { type DecimalInput, evaluateDecimal, rational } from './evaluateDecimal.js'
export { Expression, type ExpressionOptions, parseExpression } from './expression.js'
export { mapParts, type Node } from './node.js'
export { type Assumptions, Normalizer, proveEqual } from './normal.js'
export { ascii, OPERATOR_TEX, OPERATOR_UNICODE } from './notations.js'
export { parse } from './parse.js'
export { print } from './print.js'
export { isNowhereZero } from './signs.js'
export { substitute } from './substitute.js'
