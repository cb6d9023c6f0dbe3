/** Random closed forms for property-based tests, all of a size at which double precision keeps 1e-10. */

import { Complex } from 'complex.js'
import fc from 'fast-check'

export const IMAGINARY: number = Math.PI / 2

export const number = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true, noDefaultInfinity: true })

/** D, and ζ = ζ₀ + g(x − a) + ½h(x − a)² that is bounded below, linear or constant. */
export const bounded: fc.Arbitrary<{
  D: number
  zeta0: number
  slope: number
  curvature: number
  center: number
}> = fc.record({
  D: number(0.2, 1.5),
  zeta0: number(-1, 1),
  slope: number(-1, 1),
  curvature: fc.oneof(fc.constant(0), number(0, 4)),
  center: number(-1, 1),
})

/** Wick angles, both ends among them. */
export const angle: fc.Arbitrary<number> = fc.oneof(
  fc.constant(0),
  fc.constant(IMAGINARY),
  number(0, IMAGINARY),
)

export const time: fc.Arbitrary<number> = number(0.05, 2.5)

/** |a − b| relative to the larger of both and 1e-3. */
export const distance = (a: Complex, b: Complex): number =>
  new Complex(a).sub(b).abs() / Math.max(1e-3, a.abs(), b.abs())
