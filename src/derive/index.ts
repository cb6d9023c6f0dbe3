import { derivation } from './derivation.js'
import { proveEqual, residual } from './prove.js'
import { qde, wickRotation } from './wickRotation.js'

export { Derivation, derivation, type StepText } from './derivation.js'
export { DerivationError } from './errors.js'
export { type Equation, Language, type Vocabulary } from './language.js'
export { type Move, type Relation, RULES, type RuleName } from './rules.js'
export type { Check, Step } from './step.js'
export type { Where } from './where.js'

/** The derivations that ship, and the builder for one's own. */
export const derive: {
  /** Schrödinger → QDE. */
  readonly qde: typeof qde
  /** Schrödinger → QDE → imaginary time and every Wick angle between. */
  readonly wickRotation: typeof wickRotation
  /** Starts an empty derivation. */
  readonly derivation: typeof derivation
  /** Decides an identity. */
  readonly proveEqual: typeof proveEqual
  /** Puts a solution into an equation. */
  readonly residual: typeof residual
} = { qde, wickRotation, derivation, proveEqual, residual }
