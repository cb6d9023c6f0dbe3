import { describe, expect, it } from 'vitest'
import { qde, SPLITTINGS, type SplittingName, wavePacket } from '../../../src/qde/index.js'
import { distance, exactState } from './_exact.js'

const problem = qde({
  objective: 'x^2/2 + 0.05*x^4',
  D: 0.5,
  grid: { lower: -9, upper: 9, points: 128 },
})
const packet = wavePacket({ x0: 1, sigma: 0.8, k0: 0.5 })
const hamiltonian = problem.hamiltonian(problem.grid)

describe.each(Object.entries(SPLITTINGS) as [SplittingName, (typeof SPLITTINGS)[SplittingName]][])(
  '%s',
  (method, splitting) => {
    it('has V and T coefficients that each sum to 1, are symmetric and positive', () => {
      for (const part of ['V', 'T']) {
        const all = splitting.stages.filter((s) => s.part === part).map((s) => s.coefficient)
        expect(all.reduce((a, b) => a + b)).toBeCloseTo(1, 15)
        expect(all).toEqual([...all].reverse())
        expect(all.every((c) => c > 0)).toBe(true)
      }
    })

    it.each([
      ['real time', 0],
      ['Wick angle π/4', Math.PI / 4],
      ['imaginary time', Math.PI / 2],
    ])('converges with its order in %s', (_, angle) => {
      const exact = exactState(hamiltonian, packet.sample(problem.grid), angle, 1)
      const errors = [32, 64].map((steps) =>
        distance(problem.evolve(packet, { until: 1, angle, steps, frames: 1, method }).final, exact),
      )
      // The next term of the error shifts the measured order by O(h²) ≲ 0.05 at these steps.
      expect(Math.abs(Math.log2(errors[0] / errors[1]) - splitting.order)).toBeLessThan(0.05)
    })
  },
)
