/** How ζ of one coordinate goes on far out: to a constant, upwards without end, or neither. */
import type { Objective } from '../../objective/index.js'

export type Side =
  /** |ζ − value| is rounding beyond |x| = from. */
  | { readonly kind: 'level'; readonly value: number; readonly from: number }
  | { readonly kind: 'rising' }
  | { readonly kind: 'other' }

/** log2 of the distances that are tried, and samples from each to its double. */
const OCTAVES = [-10, 22] as const
const SAMPLES = 64
/** Deviation from the value at infinity that is rounding, as a share of the range of ζ. */
const LEVEL = 1e-12

/** @param direction +1 for x → ∞, −1 for x → −∞ */
export function asymptote({ evaluate }: Objective, direction: 1 | -1): Side {
  const [first, last] = OCTAVES
  const distances = Float64Array.from(
    { length: (last - first) * SAMPLES + 1 },
    (_, i) => 2 ** (first + i / SAMPLES),
  )
  const zeta = evaluate([distances.map((r) => direction * r)])
  const end = zeta[zeta.length - 1]
  const halfway = zeta[zeta.length - 1 - SAMPLES]
  if (end === Number.POSITIVE_INFINITY) return { kind: 'rising' }
  if (end - halfway > LEVEL * Math.abs(end) && rises(zeta)) return { kind: 'rising' }
  if (!Number.isFinite(end)) return { kind: 'other' }
  const range = zeta.reduce((most, v) => (Number.isFinite(v) ? Math.max(most, Math.abs(v - end)) : most), 0)
  const allowed = LEVEL * range + 2 * Number.EPSILON * Math.abs(end)
  const outer = zeta.findLastIndex((v) => !(Math.abs(v - end) <= allowed))
  if (outer >= zeta.length - 2 * SAMPLES) return { kind: 'other' }
  return { kind: 'level', value: end, from: outer < 0 ? 0 : distances[outer + 1] }
}

/** Whether the outer quarter of the samples ascends. */
function rises(zeta: Float64Array): boolean {
  const from = Math.floor(zeta.length * 0.75)
  for (let i = from; i + 1 < zeta.length; i++) if (zeta[i + 1] < zeta[i]) return false
  return true
}
