import { describe, expect, it } from 'vitest'
import { randomStream } from '../../../../src/numeric/index.js'
import { gradientOf, hessianOf, logisticLoss, standardize } from '../../../../src/objective/index.js'
import { sexOfPenguins } from './_penguins.js'

const random = randomStream(5)
const features = Array.from({ length: 40 }, () => [random.uniform() * 4 - 2, random.uniform() * 4 - 2])
const labels = features.map(([a, b]) => (a - 0.5 * b + random.uniform() - 0.5 > 0 ? 1 : 0))
const loss = logisticLoss({ features, labels })
const at = (w1: number, w2: number): number => loss.evaluate([Float64Array.of(w1), Float64Array.of(w2)])[0]

describe('logisticLoss', () => {
  it('is ln 2 at w = 0', () => {
    expect(at(0, 0)).toBeCloseTo(Math.LN2, 14)
  })

  it('is −mean ln p of the label', () => {
    const w = [0.7, -1.1]
    const direct = features.reduce((sum, [a, b], i) => {
      const p = 1 / (1 + Math.exp(-(w[0] * a + w[1] * b)))
      return sum - Math.log(labels[i] === 1 ? p : 1 - p)
    }, 0)
    expect(at(0.7, -1.1)).toBeCloseTo(direct / labels.length, 13)
  })

  it('has the gradient that differences give', () => {
    const h = 1e-6
    const [g1, g2] = loss.gradient!([Float64Array.of(0.4), Float64Array.of(-0.9)])
    // Rounding 1e-16/h and truncation h² balance near 1e-9.
    expect(Math.abs(g1[0] - (at(0.4 + h, -0.9) - at(0.4 - h, -0.9)) / (2 * h))).toBeLessThan(1e-8)
    expect(Math.abs(g2[0] - (at(0.4, -0.9 + h) - at(0.4, -0.9 - h)) / (2 * h))).toBeLessThan(1e-8)
  })

  it('does not overflow far out, where it grows linearly', () => {
    expect(Number.isFinite(at(1e5, -1e5))).toBe(true)
    expect(at(2e5, -2e5) / at(1e5, -1e5)).toBeCloseTo(2, 6)
  })

  it.each([
    [{ features: [[1, 2]], labels: [] }, /lengths differ/],
    [{ features: [[1, Number.NaN]], labels: [1] }, /row 0/],
    [
      {
        features: [
          [1, 2, 3],
          [1, 2],
        ],
        labels: [1, 0],
      },
      /row 1.*3 finite numbers/,
    ],
    [{ features: [[]], labels: [1] }, /row 0/],
    [{ features: [[1, 2]], labels: [1], ridge: -1 }, /ridge/],
    [{ features: [[1, 2]], labels: [1], intercept: true, variables: ['a', 'b'] }, /3, the intercept last/],
    [{ features: [[1, 2]], labels: [2] }, /label 0.*0 or 1; got 2/],
  ])('refuses %j', (data, message) => {
    expect(() => logisticLoss(data)).toThrow(message)
  })

  it('tells male penguins from female ones best at w = (3.96262, 4.19606), with a loss of 0.24806189', () => {
    const { features: rows, labels: sexes } = sexOfPenguins()
    expect(rows).toHaveLength(333)
    const penguins = logisticLoss({ features: standardize(rows), labels: sexes })
    // Newton's steps on a convex function from a point where they converge.
    let w = [3, 3]
    for (let step = 0; step < 20; step++) {
      const here = w.map((v) => Float64Array.of(v))
      const [[a], [b]] = penguins.gradient!(here)
      const [[[p], [q]], [, [r]]] = penguins.hessian!(here)
      const determinant = p * r - q * q
      w = [w[0] - (r * a - q * b) / determinant, w[1] - (p * b - q * a) / determinant]
    }
    expect(w[0]).toBeCloseTo(3.96262, 5)
    expect(w[1]).toBeCloseTo(4.19606, 5)
    expect(penguins.evaluate(w.map((v) => Float64Array.of(v)))[0]).toBeCloseTo(0.24806189, 8)
  })

  describe('of any number of features, with intercept and ridge', () => {
    const wide = features.map(([a, b], i) => [a, b, a * b, Math.sin(i)])
    const full = logisticLoss({ features: wide, labels, intercept: true, ridge: 0.3 })
    const point = [0.4, -0.9, 0.2, 1.1, -0.5]
    const columns = point.map((v) => Float64Array.of(v, v / 2))

    it('is the mean log-loss and half the ridge of the weights alone', () => {
      expect(full.variables).toEqual(['w1', 'w2', 'w3', 'w4', 'b'])
      const direct = wide.reduce((sum, row, i) => {
        const z = row.reduce((s, x, j) => s + x * point[j], point[4])
        return sum - Math.log(1 / (1 + Math.exp(labels[i] === 1 ? -z : z)))
      }, 0)
      const weights = point.slice(0, 4).reduce((sum, v) => sum + v * v, 0)
      expect(full.evaluate(columns)[0]).toBeCloseTo(direct / labels.length + 0.15 * weights, 13)
    })

    it('has the gradient and the Hessian that differences give', () => {
      const { gradient, hessian, ...plain } = full
      const slopes = gradientOf(plain)(columns)
      const curvatures = hessianOf({ ...plain, gradient: gradient! })(columns)
      for (const p of [0, 1])
        gradient!(columns).forEach((slope, u) => {
          // Rounding over the steps of ε^{1/7}.
          expect(Math.abs(slope[p] - slopes[u][p])).toBeLessThan(1e-11)
          hessian!(columns)[u].forEach((row, v) => {
            expect(Math.abs(row[p] - curvatures[u][v][p])).toBeLessThan(1e-11)
          })
        })
    })

    it('has the mean of the gradients of its samples as gradient', () => {
      const { count, at: gradientsAt } = full.sampleGradients!
      expect(count).toBe(labels.length)
      const rows = gradientsAt(
        point,
        labels.map((_, i) => i),
      )
      full.gradient!(columns).forEach(([slope], u) => {
        expect(rows.reduce((sum, row) => sum + row[u], 0) / count).toBeCloseTo(slope, 14)
      })
      expect(gradientsAt(point, [7, 3])).toEqual([rows[7], rows[3]])
    })

    it('of one feature repeated is that of their summed weights', () => {
      const twice = logisticLoss({ features: features.map(([a]) => [a, a]), labels })
      const once = logisticLoss({ features: features.map(([a]) => [a]), labels })
      const [left] = twice.evaluate([Float64Array.of(0.3), Float64Array.of(0.9)])
      expect(left).toBeCloseTo(once.evaluate([Float64Array.of(1.2)])[0], 14)
    })
  })
})
