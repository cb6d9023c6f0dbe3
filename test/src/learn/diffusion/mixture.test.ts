import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gaussianMixture } from '../../../../src/learn/index.ts'

const column = (...values: number[]): Float64Array => Float64Array.from(values)

const turned = gaussianMixture({
  weights: [1, 2, 1],
  means: [
    [-1, 0.5],
    [1, 0],
    [0.3, -1],
  ],
  variances: [
    [
      [0.5, 0.2],
      [0.2, 0.3],
    ],
    [0.2, 0.6],
    0.4,
  ],
})
const line = gaussianMixture({ weights: [0.3, 0.7], means: [-2, 1], variances: [0.25, 0.16] })
const three = gaussianMixture({ means: [-2, 0.5, 1], variances: [0.25, 0.4, 0.16] })
const plane = gaussianMixture({
  means: [
    [-1, 0],
    [1, 0.5],
  ],
  variances: [0.4, 0.3],
})

/** Central differences of step 1e-5 of functions of size 1. */
const STEP = 1e-5
const DIFFERENCE = 1e-7

describe.each([
  ['two components on a line', line],
  ['three components on a line', three],
  ['two round components in a plane', plane],
  ['components of any form', turned],
])('%s', (_, mixture) => {
  const point = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
    minLength: mixture.dimension,
    maxLength: mixture.dimension,
  })
  const at = (x: readonly number[]) => x.map((v) => column(v))
  const moved = (x: readonly number[], d: number, by: number): Float64Array[] =>
    at(x.map((v, j) => (j === d ? v + by : v)))

  test('the score is the gradient of ln p', () => {
    fc.assert(
      fc.property(point, (x) => {
        mixture.score(at(x)).forEach((s, d) => {
          const slope =
            (mixture.logDensity(moved(x, d, STEP))[0]! - mixture.logDensity(moved(x, d, -STEP))[0]!) /
            (2 * STEP)
          expect(Math.abs(s[0]! - slope)).toBeLessThan(DIFFERENCE * (1 + Math.abs(slope)))
        })
      }),
    )
  })

  test('divergence and curvature are the derivatives of the score', () => {
    fc.assert(
      fc.property(point, (x) => {
        const divergence = new Float64Array(1)
        mixture.evaluator()(at(x), 1, { divergence })
        const hessian = mixture.curvature(x)
        const n = mixture.dimension
        let trace = 0
        for (let d = 0; d < n; d++) {
          const [up, down] = [mixture.score(moved(x, d, STEP)), mixture.score(moved(x, d, -STEP))]
          trace += hessian[d * n + d]!
          for (let e = 0; e < n; e++) {
            const slope = (up[e]![0]! - down[e]![0]!) / (2 * STEP)
            expect(Math.abs(hessian[e * n + d]! - slope)).toBeLessThan(DIFFERENCE * (10 + Math.abs(slope)))
          }
        }
        expect(Math.abs(divergence[0]! - trace)).toBeLessThan(1e-10 * (1 + Math.abs(trace)))
      }),
    )
  })

  test('far from the data the score is that of the nearest component, finite and without a warning', () => {
    for (const far of [-1e6, 1e6]) {
      const x = Array.from({ length: mixture.dimension }, () => far)
      for (const s of mixture.score(at(x))) {
        expect(Number.isFinite(s[0]!)).toBe(true)
        expect(Math.sign(s[0]!)).toBe(-Math.sign(far))
      }
    }
  })

  test('draws have the moments of the mixture', () => {
    const n = 20_000
    const samples = mixture.sample({ samples: n, seed: 3 })
    const [mean, covariance] = [mixture.mean, mixture.covariance]
    const d = mixture.dimension
    samples.forEach((x, j) => {
      const average = x.reduce((sum, v) => sum + v, 0) / n
      const spread = covariance[j * d + j]!
      // Four standard errors of a mean, and of a variance whose fourth moment is at most that of a normal law.
      expect(Math.abs(average - mean[j]!)).toBeLessThan(4 * Math.sqrt(spread / n))
      const variance = x.reduce((sum, v) => sum + (v - average) ** 2, 0) / n
      expect(Math.abs(variance / spread - 1)).toBeLessThan(4 * Math.sqrt(2 / n))
    })
  })
})

test('a component split in two is the same mixture, by another of the kernels', () => {
  const split = gaussianMixture({
    weights: [0.3, 0.5, 0.2],
    means: [-2, 1, 1],
    variances: [0.25, 0.16, 0.16],
  })
  const x = [Float64Array.from({ length: 1500 }, (_, i) => -5 + i / 150)]
  const [a, b] = [line.score(x)[0]!, split.score(x)[0]!]
  a.forEach((s, i) => {
    expect(Math.abs(s - b[i]!)).toBeLessThan(1e-13 * (1 + Math.abs(s)))
  })
})

test('moments of .3 N(−2, .25) + .7 N(1, .16): mean .1, variance 2.077 (closed form)', () => {
  expect(line.mean[0]).toBeCloseTo(0.1, 14)
  expect(line.covariance[0]).toBeCloseTo(2.077, 14)
})

test('the distribution function is the integral of the density', () => {
  const marginal = turned.marginal(1)
  const [from, to, n] = [-6, 0.4, 4000]
  const h = (to - from) / n
  const y = Float64Array.from({ length: n }, (_, i) => from + (i + 0.5) * h)
  const integral = marginal.density([y]).reduce((sum, p) => sum + p * h, 0)
  // The midpoint rule errs by h²/24 |p'| at the end.
  expect(Math.abs(turned.cumulative(to, 1) - integral)).toBeLessThan(h * h)
})

test('what is no mixture is refused by name', () => {
  expect(() => gaussianMixture({ means: [0, 1], variances: [1] })).toThrow(/variances/)
  expect(() => gaussianMixture({ means: [0, 1], variances: 0 })).toThrow(/variances/)
  expect(() => gaussianMixture({ means: [0, 1], variances: 1, weights: [1, -1] })).toThrow(/weights/)
  expect(() => gaussianMixture({ means: [[0, 1], [2]], variances: 1 })).toThrow(/means: row 1/)
  const matrix = (a: number, b: number, c: number, d: number) => [
    [
      [a, b],
      [c, d],
    ],
  ]
  expect(() => gaussianMixture({ means: [[0, 0]], variances: matrix(1, 2, 2, 1) })).toThrow(/variances/)
  expect(() => gaussianMixture({ means: [[0, 0]], variances: matrix(1, 2, 0, 9) })).toThrow(/symmetric/)
})
