export { type CompiledExpression, compile } from './compile.js'
export { ExpressionError, type ExpressionErrorCode } from './errors.js'
export { Expression, type ExpressionOptions, parseExpression } from './expression.js'
