import { describe, expect, test } from 'vitest'
import { axis, type Boundary, grid, interpolate, WaveFunction } from '../../../src/grid/index.js'
import { randomStream } from '../../../src/numeric/index.js'

/** Rounding of sums of 60 terms of size 1. */
const ROUNDING = 1e-12

const line = (boundary: Boundary, intervals: number) =>
  grid([axis({ name: 'x', lower: -1, upper: 2.5, intervals, boundary })])

function arbitrary(on: ReturnType<typeof line>): WaveFunction {
  const random = randomStream(3)
  return new WaveFunction(
    on,
    Float64Array.from({ length: 2 * on.size }, () => random.normal()),
  )
}

describe('a series between grid points', () => {
  test.each<[Boundary, number]>([
    ['periodic', 24],
    ['periodic', 25],
    ['walls', 24],
    ['walls', 25],
    ['zero-flux', 24],
    ['absorbing', 60],
  ])('is the same at equal parts of the intervals as at any points: %s, %i', (boundary, intervals) => {
    const on = line(boundary, intervals)
    const state = arbitrary(on)
    const { coordinates, spacing, points } = on.axes[0]
    for (const parts of [1, 2, 3, 5, 7]) {
      const x = Float64Array.from(
        { length: (points - 1) * parts + 1 },
        (_, i) => coordinates[0] + (i * spacing) / parts,
      )
      const together = interpolate(state, [x])
      x.forEach((place, i) => {
        const [re, im] = interpolate(state, [Float64Array.of(place)])
        expect(Math.abs(together[2 * i] - re)).toBeLessThan(ROUNDING)
        expect(Math.abs(together[2 * i + 1] - im)).toBeLessThan(ROUNDING)
      })
    }
  })
})
