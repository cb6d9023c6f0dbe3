import { describe, expect, it } from 'vitest'
import { axis, grid, interpolate, WaveFunction } from '../../../../src/grid/index.js'
import { axisSeries, kineticMatrix } from '../../../../src/qde/levels/axisBasis.js'

describe('an axis', () => {
  it.each([
    ['periodic', 12],
    ['periodic', 15],
    ['walls', 12],
    ['walls', 9],
    ['zero-flux', 10],
    ['zero-flux', 9],
  ] as const)(
    '%s, %i intervals: cardinal functions are the spectral series of unit vectors',
    (boundary, intervals) => {
      const line = axis({ name: 'x', lower: -1, upper: 2.5, intervals, boundary })
      const x = Float64Array.from([-0.93, -0.2, 0.4, 1.7, 2.49, line.coordinates[3]])
      const series = axisSeries(line, x)
      for (let j = 0; j < line.points; j++) {
        const unit = new Float64Array(2 * line.points)
        unit[2 * j] = 1
        const psi = interpolate(new WaveFunction(grid([line]), unit), [x])
        x.forEach((_, p) => {
          expect(Math.abs(series[j * x.length + p] - psi[2 * p])).toBeLessThan(1e-12)
        })
      }
    },
  )

  it('with walls: the kinetic matrix has the levels D(πk/L)²', () => {
    const line = axis({ name: 'x', lower: 0, upper: 2, intervals: 8, boundary: 'walls' })
    const kinetic = kineticMatrix(line, 0.3)
    const sine = line.coordinates.map((x) => Math.sin((3 * Math.PI * x) / 2))
    sine.forEach((v, i) => {
      const image = sine.reduce((sum, w, j) => sum + kinetic[i * line.points + j] * w, 0)
      expect(Math.abs(image - 0.3 * ((3 * Math.PI) / 2) ** 2 * v)).toBeLessThan(1e-11)
    })
  })
})
