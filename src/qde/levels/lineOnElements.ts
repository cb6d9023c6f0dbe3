/**
 * Levels of one coordinate on spectral elements: exact where ζ has kinks and jumps, where it meets a wall on a slope,
 * and in any box. Where ζ and the box are symmetric, even and odd states come from half of the box.
 */

import { evaluateAt, type Objective } from '../../objective/index.js'
import { adaptiveLevels, type ElementLevel, type End } from '../elements/index.js'
import { isEven } from './dense.js'

/** Share of the box within which a break is its middle. */
const NEAR = 1e-9

export interface LineDemand {
  readonly objective: Objective
  readonly D: number
  readonly lower: number
  readonly upper: number
  /** Condition at both ends; a ring joins them. */
  readonly ends: readonly [End, End] | 'ring'
  /** Points at which elements meet besides the breaks of ζ. */
  readonly cuts?: readonly number[]
  /** Highest energy of the states wanted. */
  readonly energy: number
}

export interface LineLevels {
  /** Ascending. */
  readonly levels: readonly Pick<ElementLevel, 'energy' | 'residual'>[]
  /** The states at points, 0 outside the box; ∫φ² = 1. */
  at(x: Float64Array): Float64Array[]
}

/** The lowest `count` levels. */
export function lineOnElements(given: LineDemand, count: number): LineLevels {
  const { objective, D, lower, upper, ends, energy, cuts = [] } = { ...given, ...inhabited(given) }
  const corners = [lower, ...cuts.filter((x) => x > lower && x < upper).toSorted((a, b) => a - b), upper]
  const breaks = corners.slice(1).flatMap((b, c) => {
    const inside = objective.breaks?.(corners[c], b) ?? []
    return b === upper ? inside : [...inside, b]
  })
  const problem = { D, energy, potential: (x: Float64Array) => evaluateAt(objective, [x]) }
  if (ends === 'ring' || ends[0] !== ends[1] || !isEven(objective, lower, upper)) {
    const found = adaptiveLevels({ ...problem, lower, upper, breaks, ends }, count)
    return { levels: found, at: (x) => found.map(({ state }) => state.at(x)) }
  }
  const center = (lower + upper) / 2
  const half = {
    ...problem,
    lower: center,
    upper,
    breaks: breaks.filter((x) => x > center + NEAR * (upper - center)),
  }
  const even = adaptiveLevels({ ...half, ends: ['free', ends[1]] }, Math.ceil(count / 2))
  const odd = count > 1 ? adaptiveLevels({ ...half, ends: ['zero', ends[1]] }, Math.floor(count / 2)) : []
  // Even and odd levels alternate.
  const order = Array.from({ length: even.length + odd.length }, (_, n) => [even, odd][n % 2][n >> 1])
  return {
    levels: order,
    at: (x) => {
      const folded = x.map((v) => center + Math.abs(v - center))
      return order.map(({ state }, n) =>
        state.at(folded).map((u, i) => u * Math.SQRT1_2 * (n % 2 === 1 && x[i] < center ? -1 : 1)),
      )
    },
  }
}

/** Parts of the box in which the action is summed, and the action at which nothing is left of a state. */
const PARTS = 4096
const GONE = 45

/** The part of the box in which the states live; a ring of which they fill a part is none. */
function inhabited({
  objective,
  D,
  lower,
  upper,
  ends,
  energy,
}: LineDemand): Pick<LineDemand, 'lower' | 'upper' | 'ends'> {
  const dx = (upper - lower) / PARTS
  const x = Float64Array.from({ length: PARTS }, (_, i) => lower + (i + 0.5) * dx)
  const actions = evaluateAt(objective, [x]).map((v) => Math.sqrt(Math.max(0, v - energy) / D) * dx)
  /** Parts at one end that lie beyond the reach of states. */
  const beyond = (values: Float64Array): number => {
    const turning = values.indexOf(0)
    let sum = 0
    for (let i = turning - 1; i >= 0; i--) {
      sum += values[i]
      if (sum > GONE) return i
    }
    return 0
  }
  const [left, right] = [beyond(actions), beyond(actions.toReversed())]
  if (ends === 'ring' && !(left > 0 && right > 0)) return { lower, upper, ends }
  const [first, last] = ends === 'ring' ? (['zero', 'zero'] as const) : ends
  return {
    lower: lower + left * dx,
    upper: upper - right * dx,
    ends: [left > 0 ? 'zero' : first, right > 0 ? 'zero' : last],
  }
}
