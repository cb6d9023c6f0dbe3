/** Boltzmann weights of labels or levels, safe for any size of ζ. */
import { compensatedSum } from '../numeric/index.js'

export interface Weights {
  /** p_i = w_i e^{−ζ_i/T}/Z. */
  readonly p: Float64Array
  /** ln p_i, finite where p_i is too small for a double. */
  readonly logs: Float64Array
  /** ln Z, Z = Σ w_i e^{−ζ_i/T}. */
  readonly logZ: number
}

/**
 * The largest exponent is taken out, so that no exponential overflows, and Z is added up with its rounding kept, so
 * that Σp = 1 to an ulp for any number of labels.
 *
 * @param prior w_i ≥ 0, not all 0, such as degeneracies; default 1
 */
export function boltzmannWeights(zeta: Float64Array, temperature: number, prior?: Float64Array): Weights {
  const exponents = zeta.map((z, i) => -z / temperature + (prior === undefined ? 0 : Math.log(prior[i])))
  let most = Number.NEGATIVE_INFINITY
  for (const e of exponents) if (e > most) most = e
  // Subtracted before the division, equal shifts of all ζ cancel exactly where they are representable.
  let least = Number.POSITIVE_INFINITY
  for (const z of zeta) if (z < least) least = z
  const shifted =
    prior === undefined ? zeta.map((z) => (least - z) / temperature) : exponents.map((e) => e - most)
  const weights = shifted.map(Math.exp)
  const total = compensatedSum(weights)
  const logTotal = Math.log(total)
  return {
    p: weights.map((w) => w / total),
    logs: shifted.map((s) => s - logTotal),
    logZ: (prior === undefined ? -least / temperature : most) + logTotal,
  }
}
