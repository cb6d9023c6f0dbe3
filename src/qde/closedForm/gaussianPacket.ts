/** Gaussian packets to start from. */
import { Complex } from 'complex.js'
import { PsilabError, requireKeys, requireNumber } from '../../error.js'
import type { Reading } from '../../grid/index.js'
import type { WavePacketOptions } from '../initialState.js'
import { GaussianState } from './gaussianState.js'

export interface GaussianPacketOptions extends WavePacketOptions {
  /**
   * The density that x0 and sigma are mean and standard deviation of, and that integrates to 1: |ψ|² for `born`
   * (default), ψ itself for `population`.
   */
  readonly reading?: Reading
}

/**
 * ψ = (2πσ²)^{−1/4} exp[−(x − x₀)²/4σ² + ik₀(x − x₀)], the state of `wavePacket` with the same options; for the
 * population reading ψ = (2πσ²)^{−1/2} exp[−(x − x₀)²/2σ²]. A product over axes.
 *
 * @example
 * const packet = gaussianPacket({ x0: -1, sigma: 0.8, k0: 1.5 })
 * freePropagator({ D: 0.7 }).at({ s: 3 }).apply(packet).variance()
 *
 * @throws PsilabError `parameter` for σ ≤ 0, numbers that are not finite, and a population with k0 ≠ 0
 */
export function gaussianPacket(options: GaussianPacketOptions): GaussianState {
  requireKeys('gaussianPacket', options, ['x0', 'sigma', 'k0', 'reading'])
  const { x0, sigma, k0 = 0, reading = 'born' } = options
  const born = reading === 'born'
  const center = perAxis('x0', x0, (typeof x0 === 'number' ? [x0] : x0).length)
  const width = perAxis('sigma', sigma, center.length)
  const wave = perAxis('k0', k0, center.length)
  return new GaussianState(
    center.map((q, d) => {
      const s = requireNumber(
        'sigma',
        width[d],
        'finite numbers > 0',
        (v) => v > 0,
        'For example sigma: 0.2.',
      )
      const k = requireNumber(
        'k0',
        wave[d],
        born ? 'finite numbers' : '0 for a population',
        (v) => born || v === 0,
      )
      return {
        alpha: new Complex((born ? 0.5 : 1) / (s * s)),
        q,
        k,
        kappa: new Complex((born ? -0.25 : -0.5) * Math.log(2 * Math.PI * s * s)),
      }
    }),
  )
}

/** A number for every axis, or one an axis: as a list. @throws PsilabError `parameter` for a wrong length */
export function perAxis(
  parameter: string,
  value: number | readonly number[],
  dimension: number,
): readonly number[] {
  const list = typeof value === 'number' ? Array.from({ length: dimension }, () => value) : value
  if (dimension < 1 || list.length !== dimension)
    throw new PsilabError({
      code: 'parameter',
      parameter,
      problem: 'wrong number of axes',
      allowed: `a number for every axis, or ${Math.max(1, dimension)} of them`,
      got: value,
    })
  return list.map((v) => requireNumber(parameter, v, 'finite numbers', () => true))
}
