import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exponentials } from '../../../src/numeric/index.ts'

/** Two units in the last place, and the one that Math.exp may err by. */
const ULPS = 3 * 2 ** -52

test('exponentials are those of Math.exp over the whole range', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -708, max: 709, noNaN: true }), { minLength: 1 }), (values) => {
      const powers = Float64Array.from(values)
      exponentials(powers, powers.length)
      powers.forEach((p, i) => {
        expect(Math.abs(p / Math.exp(values[i]!) - 1)).toBeLessThan(ULPS)
      })
    }),
  )
})

test('e^0 is 1, and what lies outside is held at the ends', () => {
  const values = Float64Array.of(0, -1e9, Number.NEGATIVE_INFINITY, 1e9, 5)
  exponentials(values, 4)
  expect(values[0]).toBe(1)
  expect(values[1]).toBeGreaterThan(0)
  expect(values[1]).toBeLessThan(1e-307)
  expect(values[2]).toBe(values[1])
  expect(values[3]).toBeGreaterThan(1e307)
  expect(values[4]).toBe(5)
})
