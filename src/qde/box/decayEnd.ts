/** Where a state of one coordinate has decayed on a side on which ζ rises. */
import type { Objective } from '../../objective/index.js'
import { DECAY } from './confine.js'

/** log2 of the distances from the centre, and samples from each to its double. */
const OCTAVES = [-10, 22] as const
const SAMPLES = 64

/**
 * The first point outward from the centre at which ∫√((ζ − E)/D) dx from the outermost turning point is DECAY.
 * @param direction +1 for x > center, −1 for x < center
 */
export function decayEnd(
  { evaluate }: Objective,
  D: number,
  center: number,
  direction: 1 | -1,
  energy: number,
): number {
  const [first, last] = OCTAVES
  const distances = Float64Array.from(
    { length: (last - first) * SAMPLES + 1 },
    (_, i) => 2 ** (first + i / SAMPLES),
  )
  const zeta = evaluate([distances.map((r) => center + direction * r)])
  const turning = zeta.findLastIndex((v) => v <= energy)
  let action = 0
  for (let i = Math.max(1, turning + 1); i < zeta.length; i++) {
    action += Math.sqrt(Math.max(0, zeta[i] - energy) / D) * (distances[i] - distances[i - 1])
    if (action >= DECAY) return center + direction * distances[i]
  }
  return center + direction * distances[distances.length - 1]
}
