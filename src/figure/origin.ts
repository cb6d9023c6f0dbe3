/**
 * What a state was computed from, kept beside it: a figure that is made of the state alone carries it, and a page computes
 * the state anew.
 */
import type { LiveDensityMatrix, LiveEigenstates, LiveEvolution, ProblemRecord } from './payload.js'

export interface Origin {
  readonly problem: ProblemRecord
  readonly live: () => LiveEvolution | LiveEigenstates | LiveDensityMatrix | undefined
  /** Which of its states it is; default the only one. */
  readonly index?: number
}

/** A state or a density matrix: numbers that belong to their owner, who may write others there. */
interface Numbers {
  readonly values: Float64Array
}

const origins = new WeakMap<Numbers, Origin & { readonly print: number }>()

export function keepOrigin(state: Numbers, origin: Origin): void {
  origins.set(state, { ...origin, print: printOf(state) })
}

/** @returns undefined for states of no known origin, and for those that were written to */
export function originOf(state: Numbers): Origin | undefined {
  const origin = origins.get(state)
  return origin?.print === printOf(state) ? origin : undefined
}

/** A sum that changes with any of the numbers. */
function printOf({ values }: Numbers): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] * ((i % 31) + 1)
  return sum
}
