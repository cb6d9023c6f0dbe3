/** Steps of a master equation dp/dt = R(t)p by Dormand and Prince's pair. */
import { DORMAND_PRINCE } from '../../numeric/index.js'

const { nodes: NODES, stages: STAGES, difference: DIFFERENCE } = DORMAND_PRINCE

/** p after a step, and the mass that is in the wrong place. */
export function masterStep(
  rates: (t: number, p: Float64Array) => Float64Array,
  p: Float64Array,
  t: number,
  h: number,
): { readonly next: Float64Array; readonly error: number } {
  const slopes: Float64Array[] = []
  let next = p
  STAGES.forEach((row, stage) => {
    next = p.slice()
    row.forEach((a, k) => {
      const slope = slopes[k]
      for (let i = 0; i < p.length; i++) next[i] += h * a * slope[i]
    })
    slopes.push(rates(t + NODES[stage] * h, next))
  })
  let error = 0
  for (let i = 0; i < p.length; i++)
    error += Math.abs(h * DIFFERENCE.reduce((sum, d, k) => sum + d * slopes[k][i], 0))
  return { next, error }
}
