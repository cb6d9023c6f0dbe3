/** Runs in boxes that absorb: what flows out is what the norm loses, and what is gone needs no accuracy any more. */
import { describe, expect, it } from 'vitest'
import { qde, wavePacket } from '../../../../src/index.js'

const open = qde({
  objective: '0',
  D: 0.5,
  grid: { lower: -30, upper: 30, points: 512, boundary: 'absorbing' },
})
const packet = wavePacket({ x0: -5, sigma: 1.5, k0: 4 })

describe('an open box', () => {
  const n = 600
  const run = open.evolve(packet, { until: 12, frames: 2, samples: n, flux: { x: 12 }, tolerance: 1e-8 })
  const { norm, flux, times } = run.samples

  it('loses the norm and never gains any', () => {
    for (let k = 1; k <= n; k++) expect(norm[k]).toBeLessThan(norm[k - 1] + 1e-12)
    expect(norm[n]).toBeLessThan(0.01)
    expect(norm[0]).toBeCloseTo(1, 12)
  })

  it('what flowed through a plane before the layer, and what is left before it, are the whole', () => {
    let sum = 0
    for (let k = 0; k <= n; k++) sum += flux![k] * (k === 0 || k === n ? 1 : k % 2 === 1 ? 4 : 2)
    const passed = (sum * times[1]) / 3
    const left = run.final.probability([-30, 12]) * run.final.normSquared
    // What the layers send back: less than 1e-4 of |ψ|² by their design, 1e-6 at this kw ≈ 36.
    expect(Math.abs(passed + left - 1)).toBeLessThan(1e-5)
  })

  it('keeps the tolerance as a share of the initial norm', () => {
    const fine = open.evolve(packet, { until: 12, frames: 1, tolerance: 1e-11 })
    const error = fine.final.values.reduce((total, v, i) => total + (v - run.final.values[i]) ** 2, 0)
    expect(Math.sqrt(error * run.final.grid.cell)).toBeLessThan(2e-8)
  })

  it('is for real time, and for methods that can', () => {
    expect(() => open.evolve(packet, { until: 1, angle: Math.PI / 2 })).toThrow(/keeps ψ.*absorbs/)
    for (const method of ['lanczos', 'chebyshev', 'blanesMoan4'] as const)
      expect(() => open.evolve(packet, { until: 1, method })).toThrow(/method: .*Hermitian/)
  })
})
