import {
  ascii,
  type Condition,
  compareAtPoints,
  hasKinks,
  type Node,
  Normalizer,
  proveEqual as proveNodes,
  subtract,
  zerosAndPoles,
} from '../expr/index.js'
import { DerivationError } from './errors.js'
import { type General, useFacts } from './facts.js'
import type { Formula } from './formula.js'
import { Language } from './language.js'
import { isNonnegative } from './nonnegative.js'
import type { Demand, Obligation } from './rules/index.js'
import { type VocabularyInput, vocabularyOf } from './vocabulary.js'
import { putIn, type Where } from './where.js'

/** What the proof of a step found. */
export interface Proof {
  /** The equalities that were proved, with the facts put in. */
  readonly obligations: readonly Obligation[]
  /** Side conditions that follow: c ≠ 0. TeX inside `$…$`. */
  readonly conditions: readonly string[]
  /** Conditions on expressions, some of which may follow from what is declared. */
  readonly requires: readonly Condition[]
  /** Where an equality has no proof: to how many digits its sides agree, at how many points. */
  readonly agreement?: Agreement
}

interface Agreement {
  readonly digits: number
  readonly points: number
}

/**
 * Discharges what a rule demands: equalities by the exact normal form or, where it finds no proof, at points.
 *
 * @throws DerivationError 'unproved' with a point that refutes an equality, 'zero-factor' for a factor that is 0.
 */
export function prove(
  language: Language,
  id: string,
  claim: Formula,
  facts: readonly Formula[],
  { obligations, nonzero = [], nonnegative = [], requires = [], conditions = [] }: Demand,
  general?: General,
): Proof {
  const normal = new Normalizer(language.assumptions)
  const found: Condition[] = [...requires]
  for (const factor of nonzero) {
    const value = normal.normalize(factor)
    if (normal.ring.isZero(value))
      throw new DerivationError('zero-factor', id, `the factor ${ascii(factor)} is 0`)
    const { zeros, poles } = zerosAndPoles(normal, factor)
    found.push(...[...zeros, ...poles].map(nonzeroAt))
  }
  for (const node of nonnegative) {
    found.push(...zerosAndPoles(normal, node).poles.map(nonzeroAt))
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
    left: useFacts(language, left, facts, general),
    right: useFacts(language, right, facts, general),
  }))
  const agreements = settled.flatMap((obligation) => {
    const { left, right } = obligation
    if (normal.ring.equal(normal.normalize(left), normal.normalize(right))) return []
    return [agreement(language, id, claim, obligation)]
  })
  const [first] = agreements
  return {
    obligations: settled,
    conditions,
    requires: found,
    ...(first && {
      agreement: {
        digits: Math.min(...agreements.map(({ digits }) => digits)),
        points: Math.min(...agreements.map(({ points }) => points)),
      },
    }),
  }
}

const nonzeroAt = (of: Node): Condition => ({ kind: 'nonzero', of, follows: false })

/** Whether the exact normal form proves some equalities with facts put in. */
export function provable(
  language: Language,
  obligations: readonly Obligation[],
  facts: readonly Formula[],
  general?: General,
): boolean {
  const normal = new Normalizer(language.assumptions)
  return obligations.every(({ left, right }) => {
    const [l, r] = [left, right].map((side) => useFacts(language, side, facts, general))
    return normal.ring.equal(normal.normalize(l), normal.normalize(r))
  })
}

/** An equality without a proof at points. @throws DerivationError 'unproved' with a point where it fails. */
function agreement(
  language: Language,
  id: string,
  claim: Formula,
  { of, left, right }: Obligation,
): Agreement {
  const { positiveExpressions = [] } = language.assumptions
  const comparison = compareAtPoints(left, right, language.vocabulary, { positiveExpressions })
  const jumps = hasKinks(left) || hasKinks(right)
  if (comparison.kind === 'agrees' && !jumps) return comparison
  const shown = `“${language.unicode(claim)}” is not proved`
  if (comparison.kind !== 'differs') {
    const why =
      comparison.kind === 'undecided' ? comparison.why : 'points say little of functions with kinks and jumps'
    throw new DerivationError(
      'unproved',
      id,
      `${shown}, and not refuted either: ${why}. The ${of} are ${language.unicodeOf(left)} and ${language.unicodeOf(right)}; take a smaller step, or declare what is positive or real`,
    )
  }
  const point = Object.entries(comparison.point).map(([name, value]) => `${name} = ${value}`)
  throw new DerivationError(
    'unproved',
    id,
    `${shown}: the ${of} differ${point.length === 0 ? '' : ` at ${point.join(', ')}`}, where they are ${comparison.left} and ${comparison.right}`,
  )
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
