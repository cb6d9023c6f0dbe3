import fc from 'fast-check'
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { dyadic } from '../../../../src/qde/precise/dyadic.js'
import {
  bitLength,
  fromDouble,
  over,
  rescale,
  root,
  times,
  toDouble,
  toFixed,
  toText,
} from '../../../../src/qde/precise/fixed.js'

const BITS = 200
const seed = 20261122

describe('fixed-point numbers', () => {
  it('doubles come back, as far as the bits reach', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e30, max: 1e30, noNaN: true }), (value) => {
        const back = toDouble(fromDouble(value, BITS), BITS)
        expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.abs(value) * 2 ** -52 + 2 ** -BITS)
      }),
      { seed },
    )
  })

  it('products, quotients and roots undo one another', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (value) => {
        const a = fromDouble(value, BITS)
        expect(toDouble(times(root(a, BITS), root(a, BITS), BITS) - a, BITS)).toBeCloseTo(0, 40)
        expect(toDouble(times(over(a, 3n << 200n, BITS), 3n << 200n, BITS) - a, BITS)).toBeCloseTo(0, 40)
      }),
      { seed },
    )
  })

  it('text is rounded to nearest, with a sign only where digits are left', () => {
    expect(toText(toFixed(new Fraction(2, 3), BITS), BITS, 10)).toBe('0.6666666667')
    expect(toText(toFixed(new Fraction(-2063, 100), BITS), BITS, 2)).toBe('-20.63')
    expect(toText(fromDouble(-1e-9, BITS), BITS, 5)).toBe('0.00000')
    expect(toText(fromDouble(0.5, BITS), BITS, 0)).toBe('1')
  })

  it('rescale() rounds, bitLength() counts', () => {
    expect(rescale(7n, 3, 2)).toBe(4n)
    expect(rescale(7n, 3, 5)).toBe(28n)
    expect([0n, 1n, 2n, 255n, 256n].map(bitLength)).toEqual([0, 1, 2, 8, 9])
  })

  it('dyadic() keeps so many significant bits', () => {
    expect(dyadic(Math.PI, 5).toFraction()).toBe('25/8')
    expect(dyadic(-1000, 3).toFraction()).toBe('-1024')
    expect(dyadic(0, 8).n).toBe(0n)
  })
})
