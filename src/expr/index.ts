/**
 * Expressions. Two layers: objectives (parse, print, differentiate, compile), which the library shows its users,
 * and the algebra below them (nodes, substitution, exact normal form), which derivations build on.
 */
export { type Opinion, type SecondWitness, secondWitness } from './algebrite/algebrite.js'
export { type Interval, type LowerBound, lowerBound } from './bounds.js'
export { breakConditions } from './breaks.js'
export { add, divide, maybeRational, multiply, negate, number, power, subtract } from './build.js'
export { type CompiledExpression, compile, compileAll } from './compile/compile.js'
export {
  type CompiledComplex,
  type ComplexNames,
  type ComplexValue,
  compileComplex,
} from './compile/compileComplex.js'
export { differentiate, expandDiff, hasKinks, substituteFunction, writtenDiff } from './differentiate.js'
export { type Comparison, compareAtPoints } from './digits/compareAtPoints.js'
export { type DecimalInput, rational } from './digits/decimals.js'
export { type ComplexDecimal, evaluateComplex } from './digits/evaluateComplex.js'
export { evaluateDecimal } from './digits/evaluateDecimal.js'
export type { ValueDomain } from './digits/samples.js'
export { ExpressionError, type ExpressionErrorCode } from './errors.js'
export { Expression, type ExpressionOptions, parseExpression } from './expression.js'
export { expressionsOf, type Formula, maybeFormula } from './formula.js'
export { type Application, type Evaluation, evaluateBound } from './lemmas/evaluate.js'
export { type Condition, conditionTex } from './lemmas/lemma.js'
export { type Limit, limitOf } from './lemmas/limits.js'
export { type Taylor, taylor } from './lemmas/taylor.js'
export { nameTex } from './names.js'
export {
  type Bound,
  type BoundOperator,
  functionsOf,
  hasBound,
  type Jet,
  mapParts,
  type Node,
  parts,
  symbolsOf,
  writtenKey,
} from './node.js'
export { type Assumptions, Normalizer, proveEqual } from './normal/normal.js'
export { zerosAndPoles } from './normal/poles.js'
export { isNowhereZero, isPositive } from './normal/signs.js'
export { maybeSplit } from './normal/splitBound.js'
export { ascii, OPERATOR_TEX, OPERATOR_UNICODE } from './notations.js'
export { DIFF, parse, type Scope } from './parse.js'
export { type Notation, print } from './print.js'
export { REWRITES, type RewriteName, reduce, rewrite } from './rewrite/rewrite.js'
export { freshened, substitute, tidy } from './substitute.js'
