import { describe, expect, it } from 'vitest'
import { axis, grid, spectral } from '../../../src/grid/index.js'
import { randomStream } from '../../../src/numeric/index.js'

const walls = axis({ name: 'x', lower: -1, upper: 2, intervals: 32, boundary: 'walls' })
const ring = axis({ name: 'y', lower: 0, upper: 5, intervals: 16, boundary: 'periodic' })

describe('spectral', () => {
  const plane = grid([walls, ring])
  const random = randomStream(11)
  const field = Float64Array.from({ length: 2 * plane.size }, () => random.uniform() - 0.5)

  it('inverse undoes forward in a plane with walls along one axis and a ring along the other', () => {
    const transform = spectral(plane)
    const copy = Float64Array.from(field)
    transform.forward(copy)
    expect(Math.max(...copy.map((v, i) => Math.abs(v - field[i])))).toBeGreaterThan(0.1)
    transform.inverse(copy)
    expect(Math.max(...copy.map((v, i) => Math.abs(v - field[i])))).toBeLessThan(1e-13)
  })

  it('has sin κ(x−a)·e^{iqy} as the eigenfunctions of −∇² with κ² + q²', () => {
    const transform = spectral(plane)
    const [kappa, q] = [(3 * Math.PI) / 3, (2 * Math.PI * -2) / 5]
    const values = new Float64Array(2 * plane.size)
    for (let i = 0; i < plane.size; i++) {
      const amplitude = Math.sin(kappa * (plane.columns[0][i] + 1))
      values[2 * i] = amplitude * Math.cos(q * plane.columns[1][i])
      values[2 * i + 1] = amplitude * Math.sin(q * plane.columns[1][i])
    }
    transform.forward(values)
    const weights = Array.from({ length: plane.size }, (_, k) => Math.hypot(values[2 * k], values[2 * k + 1]))
    const peak = weights.indexOf(Math.max(...weights))
    expect(transform.wavenumberSquared[peak]).toBeCloseTo(kappa ** 2 + q ** 2, 10)
    expect(weights.filter((w) => w > 1e-12 * weights[peak])).toHaveLength(1)
  })
})

it('refuses a grid beyond the memory limit before it is allocated', () => {
  const line = axis({ name: 'x', lower: 0, upper: 1, intervals: 2 ** 13, boundary: 'periodic' })
  expect(() => grid([line, line])).toThrow(/8192 × 8192 points needs 1024 MiB a state/)
})
