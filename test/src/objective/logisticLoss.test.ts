import { describe, expect, it } from 'vitest'
import { randomStream } from '../../../src/numeric/index.js'
import { logisticLoss } from '../../../src/objective/index.js'

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
    [{ features: [[1, 2, 3]], labels: [1] }, /two finite numbers/],
    [{ features: [[1, 2]], labels: [2] }, /label 0.*0 or 1; got 2/],
  ])('refuses %j', (data, message) => {
    expect(() => logisticLoss(data)).toThrow(message)
  })
})
