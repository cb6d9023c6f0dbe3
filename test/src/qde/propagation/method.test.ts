import { describe, expect, it } from 'vitest'
import { type MethodName, qde, wavePacket } from '../../../../src/qde/index.js'
import { distance, exactState } from '../_exact.js'

const problem = qde({
  objective: 'x^2/2 + 0.05*x^4',
  D: 0.5,
  grid: { lower: -9, upper: 9, points: 128 },
})
const packet = wavePacket({ x0: 1, sigma: 0.8, k0: 0.5 })
const hamiltonian = problem.hamiltonian(problem.grid)
const exact = (angle: number, s: number) => exactState(hamiltonian, packet.sample(problem.grid), angle, s)

const ANGLES: readonly [string, number][] = [
  ['real time', 0],
  ['Wick angle π/4', Math.PI / 4],
  ['imaginary time', Math.PI / 2],
]

// Steps at which the local error has reached its leading order, and is far above rounding.
const STEPPED: readonly [MethodName, number, number, number][] = [
  ['strang', 2, 0.02, 64],
  ['chin4a', 4, 0.05, 32],
  ['blanesMoan4', 4, 0.05, 32],
  ['crankNicolson', 2, 0.02, 512],
]

describe.each(STEPPED)('%s', (method, order, width, steps) => {
  it.each(ANGLES.filter(([, angle]) => method !== 'blanesMoan4' || angle === 0))(
    'converges with its order in %s',
    (_, angle) => {
      const reference = exact(angle, 1)
      const errors = [steps, 2 * steps].map((n) =>
        distance(problem.evolve(packet, { until: 1, angle, steps: n, frames: 1, method }).final, reference),
      )
      // The next term of the error shifts the measured order by O(h²).
      expect(Math.abs(Math.log2(errors[0] / errors[1]) - order)).toBeLessThan(width)
    },
  )
})

describe.each(['strang', 'chin4a', 'blanesMoan4', 'chebyshev', 'lanczos', 'crankNicolson'] as const)(
  '%s',
  (method) => {
    const tolerance = method === 'strang' || method === 'crankNicolson' ? 1e-5 : 1e-9

    it.each(ANGLES.filter(([, angle]) => method !== 'blanesMoan4' || angle === 0))(
      'keeps its tolerance in %s, and says what it left',
      (_, angle) => {
        const run = problem.evolve(packet, { until: 2, angle, frames: 4, method, tolerance })
        expect(run.errorEstimate).toBeLessThanOrEqual(tolerance)
        expect(distance(run.final, exact(angle, 2))).toBeLessThan(2 * tolerance)
      },
    )

    it('agrees with the others on the norm that imaginary time loses', () => {
      if (method === 'blanesMoan4') return
      const run = problem.evolve(packet, { until: 2, angle: Math.PI / 2, frames: 4, method, tolerance })
      const reference = problem.evolve(packet, { until: 2, angle: Math.PI / 2, frames: 4, tolerance: 1e-11 })
      run.logNorm.forEach((value, f) => {
        expect(Math.abs(value - reference.logNorm[f])).toBeLessThan(20 * tolerance)
      })
    })
  },
)

describe('refusals', () => {
  const evolve = (options: object) => () => problem.evolve(packet, { until: 1, frames: 1, ...options })

  it.each([
    [{ method: 'euler' }, /method: unknown method.*'chin4a'.*got 'euler'/],
    [{ method: 'blanesMoan4', angle: 0.1 }, /substeps that go backward.*real time.*'chin4a'/],
    [{ method: 'chebyshev', steps: 10 }, /chebyshev has no steps to count/],
    [{ method: 'lanczos', steps: 10 }, /lanczos has no steps to count/],
  ])('%j', (options, message) => {
    expect(evolve(options)).toThrow(message)
  })
})
