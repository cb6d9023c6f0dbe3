import type { DerivationStepRecord } from '../figure/index.js'
import type { Formula } from './formula.js'
import type { Move, Obligation, Relation } from './rules/index.js'
import type { Standing } from './standing.js'

/** One line of a derivation that stands. */
export interface Step {
  readonly id: string
  /** Id of the step that this one starts from; absent for postulates, definitions and identities. */
  readonly from?: string
  /** Ids of the steps that were put in. */
  readonly using: readonly string[]
  /** Heading under which the step stands. */
  readonly section?: string
  /** The rule with what it was given. */
  readonly move: Move
  /** The rule's name for readers. */
  readonly label: string
  /** What the rule says, in TeX. */
  readonly statement: string
  readonly relation: Relation
  readonly before?: Formula
  readonly after: Formula
  /** TeX of the sides, of the sign between them, and of the formula in parentheses beside them. */
  readonly tex: Pick<DerivationStepRecord, 'left' | 'sign' | 'right' | 'at'>
  readonly text: string
  readonly why: string
  /** Side conditions, TeX inside `$…$`. */
  readonly when: readonly string[]
  readonly reference?: string
  /** What the line holds under, its own conditions and those of the lines that it follows from. */
  readonly standing: Standing
  /** The equalities that were proved; none of definitions and postulates. */
  readonly obligations: readonly Obligation[]
  readonly verdict: DerivationStepRecord['verdict']
  readonly provenance?: NonNullable<DerivationStepRecord['provenance']>
}

/** The step as the figure payload carries it. */
export function recordOf(step: Step): DerivationStepRecord {
  const {
    id,
    from,
    using,
    section,
    label,
    statement,
    relation,
    tex,
    text,
    why,
    when,
    reference,
    provenance,
    verdict,
  } = step
  const cited = [...using, ...boundsOf(step.move)]
  return {
    id,
    ...(from !== undefined && { from }),
    ...(cited.length > 0 && { using: cited }),
    ...(section !== undefined && { section }),
    rule: label,
    statement,
    relation,
    ...tex,
    text,
    why,
    when,
    ...(provenance !== undefined && { provenance }),
    verdict,
    ...(reference !== undefined && { reference }),
  }
}

/** Ids of the bounds that a bound follows from. */
export const boundsOf = (move: Move): readonly string[] =>
  'from' in move && typeof move.from === 'object' ? Object.keys(move.from) : []
