/** Sweeps over the field of a plan, by this thread alone or with a team. */

import type { Sweep, Units } from './sweeps.js'
import { type SharedPlan, type Team, teamFor } from './team.js'

export interface Crew {
  /** Before sweeps that follow each other. */
  gather(): void
  /** @returns whether the sweep was done: not where `cancelled` said true between two parts of it */
  sweep(name: string, units: Units, tables: SweepTables, cancelled?: () => boolean): boolean
}

/** Addresses of the tables of a sweep. */
export interface SweepTables {
  readonly K?: number
  readonly V?: number
  readonly next?: number
}

/** Parts of a sweep between which one thread asks whether to go on. */
const PARTS = 32
/** A field so small that a sweep takes a millisecond is not divided. */
const UNDIVIDED = 2 ** 16

let plans = 0

/** @param points of the field */
export function crewOf(plan: SharedPlan, exports: object, points: number): Crew {
  const functions = plan.sweeps.map((name) => (exports as Record<string, Sweep>)[name])
  const threads = plan.work.length
  const [work] = plan.work
  const id = ++plans
  let team: Team | undefined
  return {
    gather() {
      if (threads > 1) team = teamFor(id, plan)
    },
    sweep(name, units, { K = 0, V = 0, next = 0 }, cancelled) {
      const index = plan.sweeps.indexOf(name)
      const run = functions[index]
      const { count, step } = units
      if (team !== undefined)
        return team.sweep(
          id,
          threads,
          { export: index, units: count, step, K, V, next },
          (start, some) => run(start, some, work, K, V, next),
          cancelled,
        )
      const each = cancelled === undefined || points <= UNDIVIDED ? count : Math.ceil(count / PARTS)
      for (let first = 0; first < count; first += each) {
        run(first * step, Math.min(each, count - first), work, K, V, next)
        if (cancelled?.() === true) return false
      }
      return true
    },
  }
}
