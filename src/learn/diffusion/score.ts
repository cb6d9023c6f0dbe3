/** The score s(x, t) = ∇ln p_t(x) of a forward process, prepared for one time after another. */
import type { Columns } from '../../objective/index.js'
import type { GaussianMixture } from './mixture.js'
import type { NoiseSchedule } from './schedule.js'

/** Writes the score at the first n points to columns, and ∇·s where an array is given for it. */
export type ScoreAt = (
  x: Columns,
  n: number,
  score: readonly Float64Array[],
  divergence?: Float64Array,
) => void

export interface ScoreFunction {
  readonly dimension: number
  readonly at: (t: number) => ScoreAt
  /** Whether what is prepared for a time is so small that it may be kept for thousands of them. */
  readonly isLight: boolean
}

/** Numbers of a mixture's components up to which it is light. */
const LIGHT = 64

/** Exact: the marginal of a mixture is a mixture. */
export function mixtureScore(data: GaussianMixture, schedule: NoiseSchedule): ScoreFunction {
  return {
    dimension: data.dimension,
    isLight: data.components.length * data.dimension ** 2 <= LIGHT,
    at: (t) => {
      const evaluate = data.diffused(schedule.signal(t), schedule.noise(t)).evaluator()
      return (x, n, score, divergence) =>
        evaluate(x, n, divergence === undefined ? { score } : { score, divergence })
    },
  }
}
