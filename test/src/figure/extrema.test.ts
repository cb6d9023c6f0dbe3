import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { peakPlace } from '../../../src/figure/make/extrema.js'

const axis = (lower: number, spacing: number, points: number): Float64Array =>
  Float64Array.from({ length: points }, (_, i) => lower + i * spacing)

describe('peakPlace()', () => {
  it('is the centre of a Gaussian between the points of a grid, to a tenth of an interval', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 3 }),
        fc.double({ min: 0.05, max: 0.3, noNaN: true }),
        (centre, spacing) => {
          const axes = centre.map((_, d) => axis(-2, spacing * (1 + 0.1 * d), Math.ceil(4 / spacing)))
          let field = [1]
          axes.forEach((x, d) => {
            field = field.flatMap((v) => Array.from(x, (at) => v * Math.exp(-((at - centre[d]!) ** 2))))
          })
          peakPlace(field, axes).forEach((found, d) => {
            expect(Math.abs(found - centre[d]!)).toBeLessThan(0.06 * spacing * (1 + 0.1 * d))
          })
        },
      ),
      { numRuns: 40 },
    )
  })

  it('is a point where it has no neighbours on both sides, or none that say more', () => {
    const x = axis(0, 0.5, 4)
    expect(peakPlace([3, 2, 1, 0], [x])).toEqual([0])
    expect(peakPlace([0, 0, 1, 0], [x])).toEqual([1])
    expect(peakPlace([1, 1, 1, 1], [x])).toEqual([0])
  })

  it('is 0, not what rounding leaves of it', () => {
    const x = axis(-1.1, 0.1, 23)
    expect(
      peakPlace(
        x.map((at) => Math.exp(-at * at)),
        [x],
      ),
    ).toEqual([0])
  })
})
