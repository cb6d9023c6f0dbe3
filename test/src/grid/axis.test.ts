import { describe, expect, it } from 'vitest'
import { axis } from '../../../src/grid/index.js'

describe('axis', () => {
  it('leaves the ends out with walls and keeps the lower end with a periodic boundary', () => {
    const walls = axis({ name: 'x', lower: 0, upper: 1, intervals: 8, boundary: 'walls' })
    const ring = axis({ name: 'x', lower: 0, upper: 1, intervals: 8, boundary: 'periodic' })
    expect(Array.from(walls.coordinates)).toEqual([1, 2, 3, 4, 5, 6, 7].map((j) => j / 8))
    expect(Array.from(ring.coordinates)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((j) => j / 8))
    expect(walls.wavenumbers[0]).toBeCloseTo(Math.PI, 14)
    expect(ring.wavenumbers[7]).toBeCloseTo(-2 * Math.PI, 14)
  })

  it.each([
    [{ lower: 1, upper: 1 }, /grid: the box of x is empty.*lower < upper/],
    [{ lower: 0, upper: Number.POSITIVE_INFINITY }, /not finite/],
    [{ intervals: 98 }, /grid\.points: has a prime factor beyond 5.*got 98.*Try 100/],
    [{ intervals: 4 }, /grid\.points.*8 to 1048576; got 4/],
    [
      { boundary: 'open' as never },
      /grid\.boundary.*'periodic', 'absorbing', 'walls', 'zero-flux'; got 'open'/,
    ],
  ])('refuses %j by name, range and advice', (change, message) => {
    expect(() =>
      axis({ name: 'x', lower: 0, upper: 1, intervals: 16, boundary: 'walls', ...change }),
    ).toThrow(message)
  })
})
