import {
  ascii,
  isNowhereZero,
  type Node,
  Normalizer,
  proveEqual as proveNodes,
  subtract,
} from '../expr/index.js'
import { DerivationError } from './errors.js'
import { useFacts } from './facts.js'
import type { Formula } from './formula.js'
import { Language } from './language.js'
import { isNonnegative } from './nonnegative.js'
import type { Demand, Obligation } from './rules.js'
import { type VocabularyInput, vocabularyOf } from './vocabulary.js'
import { putIn, type Where } from './where.js'

/** What the proof of a step found. */
export interface Proof {
  /** The equalities that were proved, with the facts put in. */
  readonly obligations: readonly Obligation[]
  /** Side conditions that follow: c ≠ 0. TeX inside `$…$`. */
  readonly conditions: readonly string[]
}

/**
 * Discharges what a rule demands.
 *
 * @throws DerivationError 'unproved' with the equality that has no proof, 'zero-factor' for a factor that is 0.
 */
export function prove(
  language: Language,
  id: string,
  claim: Formula,
  facts: readonly Formula[],
  { obligations, nonzero = [], nonnegative = [], conditions = [] }: Demand,
): Proof {
  const normal = new Normalizer(language.assumptions)
  const found: string[] = []
  for (const factor of nonzero) {
    const value = normal.normalize(factor)
    if (normal.ring.isZero(value))
      throw new DerivationError('zero-factor', id, `the factor ${ascii(factor)} is 0`)
    if (!isNowhereZero(normal.ring, value)) found.push(`$${language.texOf(factor)} \\neq 0$`)
  }
  for (const node of nonnegative) {
    if (!isNonnegative(language, node)) {
      throw new DerivationError(
        'unproved',
        id,
        `${ascii(node)} must not be negative, and what is declared does not show that`,
      )
    }
  }
  const settled = obligations.map(({ of, left, right }) => ({
    of,
    left: useFacts(language, left, facts),
    right: useFacts(language, right, facts),
  }))
  for (const { of, left, right } of settled) {
    if (!normal.ring.equal(normal.normalize(left), normal.normalize(right))) {
      throw new DerivationError(
        'unproved',
        id,
        `“${language.unicode(claim)}” is not proved; the ${of} differ: ${ascii(left)} against ${ascii(right)}`,
      )
    }
  }
  return { obligations: settled, conditions: [...conditions, ...found] }
}

/**
 * True when `left = right` is proved for all values of the declared names; false when no proof was found.
 *
 * @param vocabulary names beside those of the field (`SYMBOLS`): symbols by domain, undefined functions by arguments
 * @throws ExpressionError when a side cannot be read or divides by zero.
 * @example
 * proveEqual('sin(x)^2 + cos(x)^2', '1') // => true
 */
export function proveEqual(left: string, right: string, vocabulary: VocabularyInput = {}): boolean {
  const language = new Language(vocabularyOf(vocabulary))
  return proveNodes(language.expression(left), language.expression(right), language.assumptions)
}

/**
 * What is left of an equation when a would-be solution is put in: left − right with the definitions of `where`,
 * derivatives carried out. `zero` is true when it is proved to vanish identically.
 *
 * @example
 * residual('diff(psi(x,t), t) = D*diff(psi(x,t), x, 2)', { psi: 'exp(-x^2/(4*D*t))/sqrt(t)' }).zero // => true
 */
export function residual(
  equation: string,
  where: Where,
  vocabulary: VocabularyInput = {},
): { readonly zero: boolean; readonly tex: string } {
  const language = new Language(vocabularyOf(vocabulary))
  const { left, right } = language.formula(equation)
  const rest: Node = putIn(language, subtract(left, right), where)
  const normal = new Normalizer(language.assumptions)
  return { zero: normal.ring.isZero(normal.normalize(rest)), tex: language.texOf(rest) }
}
