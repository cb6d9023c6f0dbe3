import type { DerivationStepRecord } from '../figure/index.js'
import type { Equation } from './language.js'
import { type Relation, RULES, type RuleName } from './rules.js'

/** How a step was checked: `exact` with the number of equalities proved, or `none` for definitions and postulates. */
export type Check = { readonly kind: 'exact'; readonly equalities: number } | { readonly kind: 'none' }

/** One line of a derivation that stands. */
export interface Step {
  readonly id: string
  /** Id of the step that this one starts from; absent for postulates, definitions and identities. */
  readonly from?: string
  readonly rule: RuleName
  /** The rule's name for readers. */
  readonly label: string
  readonly relation: Relation
  readonly before?: Equation
  readonly after: Equation
  /** TeX of the sides, of the sign between them, and of the formula in parentheses beside them. */
  readonly tex: Pick<DerivationStepRecord, 'left' | 'sign' | 'right' | 'at'>
  readonly text: string
  readonly why: string
  /** Side conditions, TeX inside `$…$`. */
  readonly when: readonly string[]
  readonly check: Check
  readonly verdict: DerivationStepRecord['verdict']
  readonly provenance: DerivationStepRecord['provenance']
}

/** The step as the figure payload carries it. */
export function recordOf(step: Step): DerivationStepRecord {
  const { id, from, label, relation, tex, text, why, when, provenance, verdict } = step
  return {
    id,
    ...(from !== undefined && { from }),
    rule: label,
    statement: RULES[step.rule].statement,
    relation,
    ...tex,
    text,
    why,
    when,
    provenance,
    verdict,
  }
}
