import fc from 'fast-check'
import { expect, it } from 'vitest'
import { randomStream, symmetricEigen, symmetricExponential } from '../../../src/numeric/index.js'

/** Rounding of a dense eigenvalue problem, beside which the rounding that is estimated counts. */
const DENSE = 1e-14

function randomSymmetric(n: number, seed: number): Float64Array {
  const random = randomStream(seed)
  const a = Float64Array.from({ length: n * n }, () => random.uniform() - 0.5)
  return a.map((v, k) => v + a[(k % n) * n + Math.floor(k / n)])
}

it('is Σ e^{−tλ} v vᵀ over the eigenpairs, for even and odd sizes and any t', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 1, max: 400 }),
      (n, seed, t10) => {
        const t = t10 / 10
        const matrix = randomSymmetric(n, seed)
        const { values: levels, vectors } = symmetricEigen(matrix, n)
        const { values, logScale, rounding } = symmetricExponential(matrix, n, t)
        const size = Math.exp(-t * levels[0])
        const scale = Math.exp(logScale)
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) {
            const exact = vectors.reduce((sum, v, k) => sum + Math.exp(-t * levels[k]) * v[i] * v[j], 0)
            expect(Math.abs(values[i * n + j] * scale - exact)).toBeLessThan(
              size * (4 * n * rounding + 20 * (1 + t) * DENSE),
            )
          }
      },
    ),
    { seed: 4, numRuns: 60 },
  )
})

it('does not underflow where the lowest eigenvalue is far above zero', () => {
  const { values, logScale } = symmetricExponential(Float64Array.of(50, 1, 1, 50), 2, 100)
  // e^{−tA} is e^{−4900} on (1, −1)/√2, and nothing beside that elsewhere.
  expect(Math.log(values[0]) + logScale).toBeCloseTo(-4900 - Math.LN2, 8)
  expect(values[1] / values[0]).toBeCloseTo(-1, 10)
})
