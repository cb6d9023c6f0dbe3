import { describe, expect, it } from 'vitest'
import { randomStream } from '../../../../src/numeric/index.js'
import { gradientOf, hessianOf, type Objective, sampledObjective } from '../../../../src/objective/index.js'
import { qde } from '../../../../src/qde/index.js'

const line = (from: number, to: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1))
const at = (...point: number[]): Float64Array[] => point.map((x) => Float64Array.of(x))

/** The gradient and the Hessian are those of differences. */
function expectDerivatives(zeta: Objective, ...point: number[]): void {
  const { gradient, hessian, ...plain } = zeta
  gradientOf(plain)(at(...point)).forEach(([slope], u) => {
    // Between knots a spline is a cubic, of which these differences are exact but for rounding.
    expect(Math.abs(gradient!(at(...point))[u][0] - slope)).toBeLessThan(1e-8)
  })
  const second = hessianOf({ ...plain, gradient: gradient! })(at(...point))
  hessian?.(at(...point)).forEach((row, u) => {
    row.forEach(([h], v) => {
      expect(Math.abs(h - second[u][v][0])).toBeLessThan(1e-7)
    })
  })
}

describe('an objective through samples', () => {
  const x = line(-3, 3, 41)
  const well = x.map((v) => v ** 4 / 4 - v ** 2)

  it('on a line: goes through them in any order, with derivatives and a domain', () => {
    const order = x.map((_, i) => (i * 17) % 41)
    const zeta = sampledObjective({ x: order.map((i) => x[i]), values: order.map((i) => well[i]) })
    expect(zeta.variables).toEqual(['x'])
    expect(zeta.domain).toEqual([{ lower: -3, upper: 3 }])
    zeta.evaluate([Float64Array.from(x)]).forEach((v, i) => {
      expect(v).toBeCloseTo(well[i], 13)
    })
    expectDerivatives(zeta, 0.41)
    // Of many knots only the ends are told, of few all.
    expect(zeta.breaks!(-4, 4)).toEqual([-3, 3])
    expect(sampledObjective({ x: line(0, 4, 5), values: line(0, 4, 5) }).breaks!(0.5, 9)).toEqual([
      1, 2, 3, 4,
    ])
  })

  it('levels of a well from its samples are near those of the well', () => {
    const zeta = sampledObjective({ x, values: well })
    const grid = { lower: -3, upper: 3 }
    const energy = qde({ objective: zeta, D: 0.1, grid }).groundState().energy
    const exact = qde({ objective: 'x^4/4 - x^2', D: 0.1, grid }).groundState().energy
    expect(Math.abs(energy - exact)).toBeLessThan(zeta.interpolationError.largest)
    expect(Math.abs(energy - exact)).toBeLessThan(1e-4)
  })

  it('the error by leaving out bounds the true one of what is smooth, and falls by 16 as the gaps are halved', () => {
    const of = (n: number) => sampledObjective({ x: line(0, 6, n), values: line(0, 6, n).map(Math.sin) })
    const [coarse, fine] = [of(21), of(41)]
    const between = Float64Array.from(line(0, 6, 500))
    const wrong = Math.max(...coarse.evaluate([between]).map((v, i) => Math.abs(v - Math.sin(between[i]))))
    expect(wrong).toBeLessThan(coarse.interpolationError.largest)
    expect(wrong).toBeGreaterThan(coarse.interpolationError.largest / 200)
    expect(Math.log2(coarse.interpolationError.rms / fine.interpolationError.rms)).toBeCloseTo(4, 0)
  })

  it('the error by leaving out sees noise, with the share of its neighbours', () => {
    const random = randomStream(1)
    const noise = Array.from({ length: 2000 }, () => random.normal())
    const { rms } = sampledObjective({ x: noise.map((_, i) => i), values: noise }).interpolationError
    // The standard deviation of a sample, and with it that of what its neighbours say, which is of the same size.
    expect(rms).toBeGreaterThan(1)
    expect(rms).toBeLessThan(2)
  })

  it('on a grid of the plane and of space', () => {
    const axes = [line(-2, 2, 17), line(-1, 3, 13)]
    const f = (u: number, v: number): number => Math.sin(u) * v * v + u
    const zeta = sampledObjective({ axes, values: axes[0].flatMap((u) => axes[1].map((v) => f(u, v))) })
    expect(zeta.variables).toEqual(['x', 'y'])
    expect(zeta.evaluate(at(0.3, 1.7))[0]).toBeCloseTo(f(0.3, 1.7), 4)
    expect(Math.abs(zeta.evaluate(at(0.3, 1.7))[0] - f(0.3, 1.7))).toBeLessThan(
      zeta.interpolationError.largest,
    )
    expectDerivatives(zeta, 0.3, 1.72)
    const space = [line(0, 1, 5), line(0, 1, 5), line(0, 1, 6)]
    const cubic = sampledObjective({
      axes: space,
      values: space[0].flatMap((u) => space[1].flatMap((v) => space[2].map((w) => u ** 3 + v * w ** 2))),
    })
    expect(cubic.evaluate(at(0.4, 0.9, 0.15))[0]).toBeCloseTo(0.064 + 0.9 * 0.0225, 13)
    // Cubics are foretold by any four others.
    expect(cubic.interpolationError.largest).toBeLessThan(1e-13)
  })

  it('at scattered points of the plane', () => {
    const random = randomStream(2)
    const points = Array.from({ length: 150 }, () => [random.uniform() * 4 - 2, random.uniform() * 4 - 2])
    const f = (u: number, v: number): number => u * u + v * v + Math.sin(u * v)
    const zeta = sampledObjective({ points, values: points.map(([u, v]) => f(u, v)) })
    expect(zeta.evaluate(at(...points[3]))[0]).toBeCloseTo(f(points[3][0], points[3][1]), 10)
    expect(Math.abs(zeta.evaluate(at(0.5, -0.4))[0] - f(0.5, -0.4))).toBeLessThan(
      zeta.interpolationError.largest,
    )
    const { gradient, ...plain } = zeta
    gradientOf(plain)(at(0.5, -0.4)).forEach(([slope], u) => {
      expect(Math.abs(gradient!(at(0.5, -0.4))[u][0] - slope)).toBeLessThan(1e-7)
    })
  })

  it('is refused beyond its samples, or confines', () => {
    const closed = sampledObjective({ x, values: well })
    expect(() => closed.evaluate(at(3.1))).toThrow(/at 3\.1, beyond its samples; allowed: -3 to 3/)
    expect(() => closed.gradient!(at(-4))).toThrow(/beyond/)
    const open = sampledObjective({ x, values: well, outside: 'confine' })
    const [end, wall] = open.evaluate([Float64Array.of(3, 3.6)])
    // A tenth of the box further up by the range of the samples.
    expect(wall - end).toBeCloseTo(Math.max(...well) - Math.min(...well), 12)
    expectDerivatives(open, 3.4)
    expectDerivatives(open, -3.4)
    const levels = qde({ objective: open, D: 0.1 }).eigenstates(2).energies
    const exact = qde({ objective: 'x^4/4 - x^2', D: 0.1 }).eigenstates(2).energies
    levels.forEach((e, k) => {
      expect(Math.abs(e - exact[k])).toBeLessThan(1e-4)
    })
    const axes = [line(0, 1, 5), line(0, 2, 5)]
    const plane = sampledObjective({
      axes,
      values: axes[0].flatMap((u) => axes[1].map((v) => u * v)),
      outside: 'confine',
    })
    expectDerivatives(plane, 1.3, 0.7)
    expectDerivatives(plane, -0.3, 2.7)
    expect(plane.evaluate(at(0.5, 5))[0]).toBeGreaterThan(plane.evaluate(at(0.5, 2))[0])
  })

  it('refuses more scattered points than a dense system can hold', () => {
    const points = Array.from({ length: 601 }, (_, i) => [i, i * i])
    expect(() => sampledObjective({ points, values: line(0, 1, 601) })).toThrow(
      /at most 600 that are scattered/,
    )
  })

  it.each([
    [{ values: [1, 2] }, /x, axes, points/],
    [{ x: [1, 2], points: [[1, 2]], values: [1, 2] }, /one of x, axes and points; got 2/],
    [{ x: [1, 1], values: [1, 2] }, /x: not the coordinates/],
    [{ x: [1, 2], values: [1, Number.NaN] }, /sample 1/],
    [{ x: [1, 2], values: [1, 2, 3] }, /2, one a place; got 3/],
    [
      {
        axes: [
          [1, 2],
          [2, 1],
        ],
        values: [1, 2, 3, 4],
      },
      /axes\[1\].*rising/,
    ],
    [{ axes: [[1, 2]], values: [1, 2] }, /two or three; a line is given by x/],
    [
      {
        points: [
          [0, 0],
          [1, 1],
          [2, 2],
          [3, 3],
        ],
        values: [1, 2, 3, 4],
      },
      /they lie on a line/,
    ],
    [{ x: [1, 2], values: [1, 2], outside: 'zero' as 'refuse' }, /refuse, confine/],
  ])('refuses %j', (data, message) => {
    expect(() => sampledObjective(data)).toThrow(message)
  })
})
