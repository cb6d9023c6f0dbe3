import { describe, expect, it } from 'vitest'
import { blocking, randomStream } from '../../../../src/numeric/index.js'

/** x_{n+1} = a x_n + √(1 − a²) ξ: variance 1, ρ(t) = a^t, so τ = ½ (1 + a)/(1 − a). */
function autoregression(a: number, length: number, seed: number): Float64Array {
  const random = randomStream(seed)
  const out = new Float64Array(length)
  random.fillNormal(out)
  for (let i = 1; i < length; i++) out[i] = a * out[i - 1] + Math.sqrt(1 - a * a) * out[i]
  return out
}

/** Four standard errors of a spread of 200 seeds, 1/√400 each: what the estimate may be off on the average. */
const SPREAD = 0.2

describe('the error of a mean', () => {
  it.each([0, 0.5, 0.9])('is the spread over seeds where neighbours correlate by %f', (a) => {
    const seeds = Array.from({ length: 200 }, (_, s) => s)
    const found = seeds.map((s) =>
      blocking([autoregression(a, 4096, 2 * s), autoregression(a, 4096, 2 * s + 1)]),
    )
    const spread = Math.sqrt(found.reduce((sum, { mean }) => sum + mean * mean, 0) / seeds.length)
    const error = Math.sqrt(found.reduce((sum, e) => sum + e.error ** 2, 0) / seeds.length)
    expect(found.every(({ settled }) => settled)).toBe(true)
    expect(Math.abs(error / spread - 1)).toBeLessThan(SPREAD)
    const tau = found.reduce((sum, e) => sum + e.autocorrelation, 0) / seeds.length
    expect(Math.abs((tau * 2 * (1 - a)) / (1 + a) - 1)).toBeLessThan(SPREAD)
  })

  it('is not settled where the series is shorter than its memory', () => {
    const drift = Float64Array.from({ length: 1024 }, (_, i) => i)
    expect(blocking([drift]).settled).toBe(false)
  })

  it('is not settled where two chains stay in places of their own', () => {
    const near = autoregression(0, 512, 1)
    const chains = Array.from({ length: 8 }, (_, c) => near.map((v) => v + (c % 2) * 10))
    expect(blocking(chains).settled).toBe(false)
  })

  it('is zero where nothing varies, and unknown for a few samples', () => {
    expect(blocking([new Float64Array(64).fill(2)])).toMatchObject({ mean: 2, error: 0, settled: true })
    expect(blocking([Float64Array.of(1, 2)])).toMatchObject({ mean: 1.5, error: Number.NaN, settled: false })
    expect(blocking([new Float64Array(0)]).mean).toBeNaN()
  })
})
