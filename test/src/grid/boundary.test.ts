import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axis, type Boundary, grid, interpolate, spectral, WaveFunction } from '../../../src/grid/index.js'
import { randomStream } from '../../../src/numeric/index.js'

const KINDS: readonly Boundary[] = ['periodic', 'walls', 'zero-flux', 'absorbing']
const boundary = fc.constantFrom(...KINDS)
/** Rounding of a transform and its inverse. */
const ROUNDING = 1e-13

describe('every boundary, one an axis', () => {
  it('inverse undoes forward in space', () => {
    fc.assert(
      fc.property(fc.tuple(boundary, boundary, boundary), (kinds) => {
        const box = grid(
          kinds.map((kind, d) =>
            axis({ name: 'xyz'[d], lower: -1, upper: 1 + d, intervals: [12, 10, 9][d], boundary: kind }),
          ),
        )
        const random = randomStream(5)
        const field = Float64Array.from({ length: 2 * box.size }, () => random.uniform() - 0.5)
        const copy = Float64Array.from(field)
        const { forward, inverse } = spectral(box)
        forward(copy)
        inverse(copy)
        copy.forEach((v, i) => {
          expect(Math.abs(v - field[i])).toBeLessThan(ROUNDING)
        })
      }),
      { numRuns: 12, seed: 7 },
    )
  })

  it.each(KINDS)('%s: each mode is an eigenfunction of −∂² with κ², also between the points', (kind) => {
    const [line] = [axis({ name: 'x', lower: 0.5, upper: 3, intervals: 16, boundary: kind })]
    const mode = (k: number, x: number): number =>
      line.transform === 'sine'
        ? Math.sin(line.wavenumbers[k] * (x - 0.5))
        : Math.cos(line.wavenumbers[k] * (x - 0.5))
    const box = grid([line])
    const { forward, wavenumberSquared } = spectral(box)
    for (const k of [0, 1, 5]) {
      const values = Float64Array.from({ length: 2 * line.points }, (_, i) =>
        i % 2 === 0 ? mode(k, line.coordinates[i / 2]) : 0,
      )
      const between = Float64Array.of(0.5, 0.7, 1.23, 3)
      const psi = interpolate(new WaveFunction(box, values), [between])
      between.forEach((x, p) => {
        expect(Math.abs(psi[2 * p] - mode(k, x))).toBeLessThan(ROUNDING)
      })
      forward(values)
      for (let q = 0; q < line.points; q++) {
        const weight = Math.hypot(values[2 * q], values[2 * q + 1])
        if (wavenumberSquared[q] !== wavenumberSquared[k]) expect(weight).toBeLessThan(16 * ROUNDING)
      }
    }
  })

  it('zero flux lies half an interval inside its ends, and its peak may lie at them', () => {
    const line = axis({ name: 'x', lower: 0, upper: 1, intervals: 8, boundary: 'zero-flux' })
    expect(Array.from(line.coordinates)).toEqual([1, 3, 5, 7, 9, 11, 13, 15].map((j) => j / 16))
    const box = grid([axis({ name: 'x', lower: 0, upper: 6, intervals: 64, boundary: 'zero-flux' })])
    const half = new Float64Array(128)
    box.axes[0].coordinates.forEach((x, j) => {
      half[2 * j] = Math.exp(-x * x)
    })
    expect(Math.abs(new WaveFunction(box, half).peak()[0])).toBeLessThan(1e-12)
  })

  it('a layer is part of the axis, and has a default', () => {
    const open = { name: 'x', lower: 0, upper: 10, intervals: 16, boundary: 'absorbing' } as const
    expect(axis(open).layer).toBe(1.5)
    expect(axis({ ...open, layer: 2 }).layer).toBe(2)
    expect(axis({ ...open, boundary: 'periodic' }).layer).toBe(0)
    expect(() => axis({ ...open, layer: 6 })).toThrow(/layer: out of range; allowed: a width up to 0.45/)
  })
})
