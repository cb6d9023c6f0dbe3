import { Normalizer, proveEqual as proveNodes, subtract } from '../expr/index.js'
import { Language, type Vocabulary } from './language.js'
import { putIn, type Where } from './where.js'

/**
 * True when `left = right` is proved for all values of the declared names; false when no proof was found.
 *
 * @throws ExpressionError when a side cannot be read or divides by zero.
 * @example
 * proveEqual('sin(x)^2 + cos(x)^2', '1', { symbols: ['x'], functions: {} }) // => true
 */
export function proveEqual(left: string, right: string, vocabulary: Vocabulary): boolean {
  const language = new Language(vocabulary)
  return proveNodes(language.expression(left), language.expression(right), language.assumptions)
}

/**
 * What is left of an equation when a would-be solution is put in: left − right with the definitions of `where`,
 * derivatives carried out. `zero` is true when it is proved to vanish identically.
 */
export function residual(
  equation: string,
  where: Where,
  vocabulary: Vocabulary,
): { readonly zero: boolean; readonly tex: string } {
  const language = new Language(vocabulary)
  const { left, right } = language.equation(equation)
  const rest = putIn(language, subtract(left, right), where)
  const normal = new Normalizer(language.assumptions)
  return { zero: normal.ring.isZero(normal.normalize(rest)), tex: language.texOf(rest) }
}
