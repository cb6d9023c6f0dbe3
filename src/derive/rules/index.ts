import { BOTH_SIDES } from './bothSides.js'
import { BOUNDS } from './bounds.js'
import { CALCULUS } from './calculus.js'
import { GIVEN } from './given.js'
import { BY_LEMMAS } from './lemmas.js'
import { REPLACED } from './replace.js'
import { RESTATED } from './restate.js'
import type { RuleName, Rules } from './rule.js'

export type { Application, Demand, Move, Obligation, Relation, Rule, RuleName } from './rule.js'
export { NEEDS } from './rule.js'

/** The rules of inference, as data. */
export const RULES: Rules<RuleName> = {
  ...GIVEN,
  ...BOTH_SIDES,
  ...RESTATED,
  ...REPLACED,
  ...BY_LEMMAS,
  ...CALCULUS,
  ...BOUNDS,
}
