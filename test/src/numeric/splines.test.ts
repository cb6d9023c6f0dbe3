import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lu, randomStream, TensorSpline, ThinPlateSpline } from '../../../src/numeric/index.js'

/** Rounding of sums of a few hundred terms of size 1. */
const ROUNDING = 1e-11

const line = (from: number, to: number, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1))
/** Knots that are not evenly spaced. */
const uneven = (from: number, to: number, n: number): Float64Array =>
  line(0, 1, n).map((t) => from + (to - from) * (t + 0.08 * Math.sin(2 * Math.PI * t)))
const product = (axes: readonly Float64Array[], f: (...x: number[]) => number): Float64Array => {
  const points = axes.reduce<number[][]>(
    (rows, axis) => rows.flatMap((row) => Array.from(axis, (x) => [...row, x])),
    [[]],
  )
  return Float64Array.from(points, (x) => f(...x))
}

describe('TensorSpline', () => {
  it('is exact for cubics, with their derivatives, in one to three coordinates', () => {
    const axes = [uneven(-1, 2, 7), uneven(0, 1, 5), uneven(-2, 2, 6)]
    const f = (x: number, y: number, z: number): number => x ** 3 * y ** 2 - x * z ** 3 + y ** 3 + 2
    const spline = new TensorSpline(axes, product(axes, f))
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (x, y, z) => {
          const at = [x, y, z].map((v) => Float64Array.of(v))
          expect(spline.at(at)[0]).toBeCloseTo(f(x, y, z), 11)
          expect(spline.at(at, [1, 0, 0])[0]).toBeCloseTo(3 * x * x * y * y - z ** 3, 11)
          expect(spline.at(at, [0, 0, 2])[0]).toBeCloseTo(-6 * x * z, 10)
          expect(spline.at(at, [1, 1, 0])[0]).toBeCloseTo(6 * x * x * y, 10)
        },
      ),
      { seed: 1 },
    )
    const cubic = new TensorSpline(
      [line(0, 3, 4)],
      product([line(0, 3, 4)], (x) => x ** 3 - x),
    )
    expect(cubic.at([Float64Array.of(0.3, 2.9)])[1]).toBeCloseTo(2.9 ** 3 - 2.9, 13)
  })

  it('is a parabola through three samples and a line through two', () => {
    expect(
      new TensorSpline([Float64Array.of(0, 1, 3)], Float64Array.of(0, 1, 9)).at([Float64Array.of(2)])[0],
    ).toBeCloseTo(4, 13)
    expect(
      new TensorSpline([Float64Array.of(0, 2)], Float64Array.of(1, 5)).at([Float64Array.of(0.5)])[0],
    ).toBeCloseTo(2, 14)
  })

  it('errs by O(h⁴)', () => {
    const error = (n: number): number => {
      const spline = new TensorSpline([line(0, 3, n)], line(0, 3, n).map(Math.sin))
      const x = line(0, 3, 1001)
      return Math.max(...spline.at([x]).map((v, i) => Math.abs(v - Math.sin(x[i]))))
    }
    expect(Math.log2(error(31) / error(61))).toBeCloseTo(4, 0)
  })

  it('has continuous second derivatives', () => {
    const x = uneven(0, 5, 9)
    const spline = new TensorSpline(
      [x],
      x.map((v) => Math.sin(3 * v)),
    )
    for (const knot of x.subarray(1, 8)) {
      const [before, after] = spline.at([Float64Array.of(knot - 1e-9, knot + 1e-9)], [2])
      expect(Math.abs(before - after)).toBeLessThan(1e-5)
    }
  })
})

describe('ThinPlateSpline', () => {
  const random = randomStream(3)
  const x = Float64Array.from({ length: 40 }, () => random.uniform() * 10)
  const y = Float64Array.from({ length: 40 }, () => random.uniform() * 4 - 2)
  const f = (u: number, v: number): number => Math.sin(u / 2) * Math.exp((-v * v) / 4)
  const values = x.map((u, i) => f(u, y[i]))
  const spline = ThinPlateSpline.through(x, y, values)!

  it('goes through its samples, and is a plane through those of one', () => {
    spline.at([x, y]).forEach((v, i) => {
      expect(Math.abs(v - values[i])).toBeLessThan(ROUNDING)
    })
    const plane = ThinPlateSpline.through(
      x,
      y,
      x.map((u, i) => 2 - u + 3 * y[i]),
    )!
    expect(plane.at([Float64Array.of(50), Float64Array.of(-20)])[0]).toBeCloseTo(2 - 50 - 60, 8)
    expect(plane.gradientAt([Float64Array.of(5), Float64Array.of(0)]).map(([g]) => g)).toEqual([
      expect.closeTo(-1, 10),
      expect.closeTo(3, 10),
    ])
  })

  it('has the slopes that differences give', () => {
    const h = 1e-5
    const [u, v] = [4.3, 0.7]
    const at = (a: number, b: number): number => spline.at([Float64Array.of(a), Float64Array.of(b)])[0]
    const [[gx], [gy]] = spline.gradientAt([Float64Array.of(u), Float64Array.of(v)])
    // Truncation h² and rounding over h.
    expect(Math.abs(gx - (at(u + h, v) - at(u - h, v)) / (2 * h))).toBeLessThan(1e-8)
    expect(Math.abs(gy - (at(u, v + h) - at(u, v - h)) / (2 * h))).toBeLessThan(1e-8)
  })

  it('leaving a sample out is what the spline through all others says', () => {
    for (const i of [0, 7, 39]) {
      const others = <T extends Float64Array>(v: T): Float64Array => v.filter((_, j) => j !== i)
      const without = ThinPlateSpline.through(others(x), others(y), others(values))!
      const foretold = without.at([Float64Array.of(x[i]), Float64Array.of(y[i])])[0]
      expect(Math.abs(spline.leftOut[i] - (values[i] - foretold))).toBeLessThan(ROUNDING)
    }
  })

  it('does not see a change of unit', () => {
    const small = ThinPlateSpline.through(
      x.map((v) => v * 1e-6),
      y.map((v) => v * 1e-6),
      values,
    )!
    const there = [Float64Array.of(4.3e-6), Float64Array.of(0.7e-6)]
    expect(small.at(there)[0]).toBeCloseTo(spline.at([Float64Array.of(4.3), Float64Array.of(0.7)])[0], 11)
  })

  it('is not defined by points of a line, nor by two at one place', () => {
    expect(
      ThinPlateSpline.through(
        x,
        x.map((v) => 2 * v + 1),
        values,
      ),
    ).toBeUndefined()
    expect(
      ThinPlateSpline.through(
        Float64Array.of(0, 1, 0, 1, 1),
        Float64Array.of(0, 0, 1, 1, 1),
        Float64Array.of(1, 2, 3, 4, 5),
      ),
    ).toBeUndefined()
  })
})

describe('lu', () => {
  it('solves, with pivots that are not where they are wanted', () => {
    const random = randomStream(4)
    for (let n = 1; n < 12; n++) {
      const a = Float64Array.from({ length: n * n }, () => random.normal())
      a[0] = 0
      const x = Float64Array.from({ length: n }, () => random.normal())
      const b = Float64Array.from({ length: n }, (_, i) => x.reduce((s, v, j) => s + a[i * n + j] * v, 0))
      const solve = lu(a, n)
      if (n === 1) {
        expect(solve).toBeUndefined()
        continue
      }
      solve!(b)
      b.forEach((v, i) => {
        expect(Math.abs(v - x[i])).toBeLessThan(ROUNDING)
      })
    }
  })
})
