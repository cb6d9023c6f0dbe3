/**
 * What jumps of ζ leave of error on a grid. Samples of ζ tell the place b of a jump [ζ] to half a spacing only. A ζ
 * whose jump is displaced by δ differs by [ζ]·δ times a delta function at b, which to first order changes ψ by about
 *
 *   |[ζ]| δ ∫ |ψ(b, t)|² dt .
 */
import type { WaveFunction } from '../../grid/index.js'
import type { Objective } from '../../objective/index.js'

export interface Jump {
  readonly at: number
  /** |[ζ]|. */
  readonly height: number
}

/** Distance from a break at which ζ is taken, as a share of the spacing. */
const BESIDE = 1e-3
/** Height of a jump, over how much ζ changes beside it over the same distance: less is a kink or steep. */
const STANDS_OUT = 10

/** Jumps of ζ inside the box of a state of one coordinate. */
export function jumpsOf({ breaks, evaluate }: Objective, { grid }: WaveFunction): Jump[] {
  if (breaks === undefined || grid.axes.length > 1) return []
  const [{ lower, upper, spacing }] = grid.axes
  const e = BESIDE * spacing
  return breaks(lower, upper).flatMap((at) => {
    const [l, left, right, r] = evaluate([Float64Array.of(at - 2 * e, at - e, at + e, at + 2 * e)])
    const height = Math.abs(right - left)
    const beside = Math.max(Math.abs(left - l), Math.abs(r - right), Number.EPSILON * Math.abs(left))
    return Number.isFinite(height) && height > STANDS_OUT * beside ? [{ at, height }] : []
  })
}

/** ‖error‖ of the last state by the places of jumps in real time, each interval at the larger density of its ends. */
export function jumpError(
  jumps: readonly Jump[],
  times: Float64Array,
  states: readonly WaveFunction[],
): number {
  if (jumps.length === 0) return 0
  const [{ spacing, points, coordinates }] = states[0].grid.axes
  const norm = states[0].normSquared
  let sum = 0
  for (const { at, height } of jumps) {
    const j = Math.min(points - 1, Math.max(0, Math.round((at - coordinates[0]) / spacing)))
    const density = states.map(({ values }) => (values[2 * j] ** 2 + values[2 * j + 1] ** 2) / norm)
    for (let k = 1; k < times.length; k++)
      sum += height * (spacing / 2) * Math.max(density[k - 1], density[k]) * (times[k] - times[k - 1])
  }
  return sum
}
