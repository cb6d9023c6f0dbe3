/**
 * Speciation: the time at which the density of a diffusion model with symmetric data gets its second maximum on the way
 * back (Raya and Ambrogioni, NeurIPS 2023; Biroli, Bonnaire, de Bortoli and Mézard, Nat. Commun. 2024).
 *
 * At the centre c of a mixture that is symmetric about it the score vanishes at all times, so p_t goes from one maximum
 * to two where the largest eigenvalue of ∇∇ ln p_t(αc) goes through zero. For ½N(±m, s²) that is where
 * α²m² = α²s² + v.
 */
import { PsilabError } from '../../error.js'
import { symmetricEigen } from '../../numeric/index.js'
import { covarianceOf, type GaussianMixture } from './mixture.js'
import type { NoiseSchedule } from './schedule.js'

export interface Speciation {
  /** Latest t with a saddle or minimum at the centre: later there is one maximum, earlier there are several. */
  readonly time: number
  /** ᾱ at that time. */
  readonly alphaBar: number
  /** Direction along which the density splits. */
  readonly direction: Float64Array
}

/** Times that are looked at for the change of sign. */
const SCAN = 2000

/** @throws PsilabError `parameter` for data that are not symmetric, or a centre that is a maximum at all times */
export function speciation(data: GaussianMixture, schedule: NoiseSchedule): Speciation {
  const centre = data.mean
  requireSymmetric(data, centre)
  const bend = (t: number) => {
    const at = data.diffused(schedule.signal(t), schedule.noise(t))
    const { values, vectors } = symmetricEigen(
      at.curvature(Array.from(centre, (c) => schedule.signal(t) * c)),
      data.dimension,
    )
    const last = values.length - 1
    return { top: values[last], direction: vectors[last] }
  }
  let late = 1
  while (late > 0 && !(bend(late).top > 0)) late = Math.max(0, late - 1 / SCAN)
  if (late === 1 || !(bend(late).top > 0))
    throw new PsilabError({
      code: 'parameter',
      parameter: late === 1 ? 'schedule' : 'data',
      problem:
        late === 1
          ? 'the density still has several maxima at t = 1'
          : 'the centre of the data is a maximum of the density at all times',
      allowed:
        late === 1 ? 'a schedule with more noise' : 'data with a minimum or saddle between their halves',
      got: late === 1 ? schedule.text : data.toString(),
    })
  let [low, high] = [late, Math.min(1, late + 1 / SCAN)]
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
    if (bend(middle).top > 0) low = middle
    else high = middle
  return { time: low, alphaBar: schedule.alphaBar(low), direction: bend(low).direction }
}

/** How far a component may lie from the mirror image of another, as a share of the spread of the data. */
const SYMMETRY = 1e-9

function requireSymmetric(data: GaussianMixture, centre: Float64Array): void {
  const spread = Math.sqrt(data.covariance.reduce((sum, c) => sum + Math.abs(c), 0))
  const { components, weights } = data
  const matches = (k: number, j: number): boolean => {
    const [a, b] = [components[k], components[j]]
    const [within, other] = [covarianceOf(a), covarianceOf(b)]
    return (
      Math.abs(weights[k] - weights[j]) <= SYMMETRY &&
      a.mean.every((m, d) => Math.abs(m + b.mean[d] - 2 * centre[d]) <= SYMMETRY * spread) &&
      within.every((c, at) => Math.abs(c - other[at]) <= SYMMETRY * spread ** 2)
    )
  }
  const alone = components.findIndex((_, k) => !components.some((_, j) => matches(k, j)))
  if (alone < 0) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'data',
    problem: 'not symmetric about its mean',
    allowed: 'a mixture each of whose components has a mirror image of the same weight and covariance',
    got: data.toString(),
  })
}
