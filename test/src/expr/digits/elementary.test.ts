import { Decimal } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Arithmetic,
  argument,
  cosine,
  exp,
  exponential,
  hyperbolicCosine,
  hyperbolicSine,
  hyperbolicTangent,
  logarithm,
  pi,
  sine,
} from '../../../../src/expr/digits/elementary.js'
import { SEED } from '../_random.js'

const at = (precision: number): Arithmetic => Decimal.clone({ precision, defaults: true })
/** Units of 10^{−digits} beside the modulus: less than half of the ten guard digits that the evaluators have. */
const UNITS = 1e4

const ours = {
  exp,
  sin: sine,
  cos: cosine,
  sinh: hyperbolicSine,
  cosh: hyperbolicCosine,
  tanh: hyperbolicTangent,
  ln: logarithm,
}

describe('elementary functions', () => {
  it.each(Object.entries(ours))('%s has the digits of decimal.js, computed wider', (name, f) => {
    const theirs = name as keyof typeof ours
    const sizes = fc.tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: -6, max: 2 }))
    fc.assert(
      fc.property(sizes, fc.constantFrom(20, 75, 110), ([mantissa, power], digits) => {
        const x = `${theirs === 'ln' ? Math.abs(mantissa) + 1 : mantissa}e${power - 4}`
        const [a, wide] = [at(digits), at(digits + 15)]
        const [got, want] = [f(a, new a(x)), wide[theirs](x)]
        const scale = theirs === 'sin' || theirs === 'cos' ? new wide(1) : want.abs()
        expect(
          wide
            .sub(got, want)
            .abs()
            .lte(scale.times(UNITS).times(`1e-${digits}`)),
        ).toBe(true)
      }),
      { numRuns: 40, seed: SEED },
    )
  })

  it('π, and e^{x+iy} = e^x (cos y + i sin y) with arg = y', () => {
    const [a, wide] = [at(75), at(90)]
    expect(pi(a).minus(wide.acos(-1)).abs().lt('1e-73')).toBe(true)
    for (const [x, y] of [
      ['3.7', '2.9'],
      ['-40.1', '-1.3'],
      ['0', '0.001'],
      ['0.5', '123456.789'],
    ]) {
      const { re, im } = exponential(a, new a(x), new a(y))
      const size = wide.exp(x)
      expect(
        wide
          .sub(re, size.times(wide.cos(y)))
          .abs()
          .lt(size.times('1e-72')),
      ).toBe(true)
      expect(
        wide
          .sub(im, size.times(wide.sin(y)))
          .abs()
          .lt(size.times('1e-72')),
      ).toBe(true)
      const turns = wide.sub(argument(a, re, im), y).div(wide.acos(-1).times(2))
      expect(turns.minus(turns.round()).abs().lt('1e-72')).toBe(true)
    }
  })

  it('the argument is right in every quadrant, and π on the negative axis', () => {
    const [a, wide] = [at(60), at(75)]
    for (const x of [-2, -0.3, 0, 0.7])
      for (const y of [-1.1, 0, 0.4, 1e-9])
        if (x !== 0 || y !== 0)
          expect(
            wide
              .sub(argument(a, new a(x), new a(y)), wide.atan2(y, x))
              .abs()
              .lt('1e-58'),
          ).toBe(true)
    expect(argument(a, new a(-1), new a(0)).toFixed(10)).toBe('3.1415926536')
  })

  it('arguments next to nothing take no memory', () => {
    const a = at(75)
    expect(exp(a, new a('1e-1000000000')).toString()).toBe('1')
    expect(exponential(a, new a(1), new a('-3e-999999999')).re.toString()).toBe(a.exp(1).toString())
  })

  it('large arguments take no longer', () => {
    const a = at(50)
    const start = performance.now()
    expect(hyperbolicSine(a, new a(1e6)).e).toBe(Math.floor((1e6 - Math.LN2) / Math.LN10))
    expect(hyperbolicSine(a, new a(-1e30)).toString()).toBe('-Infinity')
    expect(hyperbolicTangent(a, new a(-1e30)).toString()).toBe('-1')
    expect(sine(a, new a('1e300')).toFixed(12)).toBe(at(400).sin('1e300').toFixed(12))
    expect(sine(a, new a('1e5000')).isNaN()).toBe(true)
    expect(exponential(a, new a(1e20), new a(1)).re.isFinite()).toBe(false)
    // decimal.js alone takes minutes for the first line.
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
