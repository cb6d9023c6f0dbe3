import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gradientOf, logisticLoss, perceptronLoss, standardize } from '../../../../src/objective/index.js'
import { speciesOfPenguins } from './_penguins.js'

const at = (point: ArrayLike<number>): Float64Array[] => Array.from(point, (x) => Float64Array.of(x))

const { features: rows, labels: species } = speciesOfPenguins()
const penguins = { features: standardize(rows), labels: species }

/** Rounding of ζ over the steps of differences, see derivatives.test.ts. */
const DIFFERENCES = 1e-10

describe('perceptronLoss', () => {
  it('counts weights and biases, and names them', () => {
    const loss = perceptronLoss({ ...penguins, hidden: [8] })
    expect(rows).toHaveLength(342)
    expect(loss.layers).toEqual([4, 8, 3])
    expect(loss.variables).toHaveLength(4 * 8 + 8 + 8 * 3 + 3)
    expect(loss.variables.slice(30, 42)).toEqual([
      'w1_8_3',
      'w1_8_4',
      ...Array.from({ length: 8 }, (_, k) => `b1_${k + 1}`),
      'w2_1_1',
      'w2_1_2',
    ])
    expect(loss.filters).toHaveLength(11)
    expect(loss.filters![8]).toEqual([40, 41, 42, 43, 44, 45, 46, 47])
  })

  it('is ln 3 for three classes, and ln 2 for two, where all weights are 0', () => {
    const three = perceptronLoss({ ...penguins, hidden: [5, 4] })
    expect(three.evaluate(at(three.variables.map(() => 0)))[0]).toBeCloseTo(Math.log(3), 14)
    const two = perceptronLoss({ features: [[1], [2], [3]], labels: [0, 1, 1], hidden: [2] })
    expect(two.evaluate(at(two.variables.map(() => 0)))[0]).toBeCloseTo(Math.LN2, 14)
  })

  it('without a hidden layer is logistic regression with intercept', () => {
    const data = { features: penguins.features, labels: species.map((s) => (s === 1 ? 1 : 0)) }
    const net = perceptronLoss({ ...data, hidden: [], ridge: 0.2 })
    const logistic = logisticLoss({ ...data, intercept: true, ridge: 0.2 })
    const point = [0.3, -1.2, 0.8, 2, -0.4]
    expect(net.evaluate(at(point))[0]).toBeCloseTo(logistic.evaluate(at(point))[0], 13)
    const [slopes, expected] = [net.gradient!(at(point)), logistic.gradient!(at(point))]
    slopes.forEach(([slope], u) => {
      expect(slope).toBeCloseTo(expected[u][0], 13)
    })
  })

  it('is −mean ln p of a network that is written out', () => {
    const loss = perceptronLoss({
      features: [
        [0.5, -1],
        [2, 0.3],
      ],
      labels: [2, 0],
      hidden: [2],
    })
    const point = loss.start(3)
    const [w11, w12, w21, w22, b1, b2, ...second] = point.map((v, u) => v + 0.1 * u)
    const direct = ([a, b]: number[], label: number): number => {
      const hidden = [Math.tanh(w11 * a + w12 * b + b1), Math.tanh(w21 * a + w22 * b + b2)]
      const z = [0, 1, 2].map(
        (k) => second[2 * k] * hidden[0] + second[2 * k + 1] * hidden[1] + second[6 + k],
      )
      const sum = z.reduce((s, v) => s + Math.exp(v), 0)
      return -Math.log(Math.exp(z[label]) / sum)
    }
    const [value] = loss.evaluate(at(point.map((v, u) => v + 0.1 * u)))
    expect(value).toBeCloseTo((direct([0.5, -1], 2) + direct([2, 0.3], 0)) / 2, 13)
  })

  it.each([
    [{ hidden: [6], activation: 'tanh', loss: 'crossEntropy' }],
    [{ hidden: [4, 3], activation: 'sigmoid', loss: 'crossEntropy', ridge: 0.05 }],
    [{ hidden: [5], activation: 'relu', loss: 'squares' }],
    [{ hidden: [3, 3], activation: 'tanh', loss: 'squares', ridge: 1 }],
  ] as const)('the chain rule gives the differences of %j', (options) => {
    const few = { features: penguins.features.slice(130, 180), labels: species.slice(130, 180) }
    const loss = perceptronLoss({ ...few, ...options })
    const { gradient, ...plain } = loss
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
        const point = at(loss.start(seed).map((v, u) => v + 0.1 * Math.sin(u)))
        const exact = gradient!(point)
        const { values, errors } = gradientOf(plain).withError(point)
        values.forEach(([value], u) => {
          // A kink of relu between two points of a difference shows in its error.
          expect(Math.abs(value - exact[u][0])).toBeLessThan(DIFFERENCES + 2 * errors[u][0])
        })
      }),
      { seed: 2, numRuns: 3 },
    )
  })

  it('the mean of the gradients of samples is the gradient, in every column of points', () => {
    const loss = perceptronLoss({ ...penguins, hidden: [3], ridge: 0.1 })
    const points = [loss.start(1), loss.start(2)]
    const columns = loss.variables.map((_, u) => Float64Array.from(points, (p) => p[u]))
    const slopes = loss.gradient!(columns)
    points.forEach((point, p) => {
      const each = loss.sampleGradients!.at(
        point,
        species.map((_, i) => i),
      )
      slopes.forEach((slope, u) => {
        expect(each.reduce((sum, row) => sum + row[u], 0) / species.length).toBeCloseTo(slope[p], 14)
      })
    })
  })

  it('squares of rows of numbers are mean squares', () => {
    const loss = perceptronLoss({
      features: [[1], [2]],
      labels: [
        [1, 0],
        [3, 1],
      ],
      hidden: [],
      loss: 'squares',
    })
    // z = (2x + 1, −x): errors (2, −1) and (2, −3).
    expect(loss.evaluate(at([2, -1, 1, 0]))[0]).toBeCloseTo((4 + 1 + 4 + 9) / 2, 14)
    expect(loss.outputs([2, -1, 1, 0], [[5]])).toEqual([[11, -5]])
  })

  it('does not overflow', () => {
    const loss = perceptronLoss({ ...penguins, hidden: [4] })
    const far = at(loss.start(1).map((v) => 1e5 * v))
    expect(Number.isFinite(loss.evaluate(far)[0])).toBe(true)
    expect(loss.gradient!(far).every(([g]) => Number.isFinite(g))).toBe(true)
  })

  it('learns the species of penguins by plain descent', () => {
    const loss = perceptronLoss({ ...penguins, hidden: [4] })
    let theta = loss.start(1)
    for (let step = 0; step < 400; step++) {
      const slope = loss.gradient!(at(theta))
      theta = theta.map((v, u) => v - 0.5 * slope[u][0])
    }
    expect(loss.evaluate(at(theta))[0]).toBeLessThan(0.05)
    const right = loss
      .outputs(theta, penguins.features)
      .filter((z, i) => z.indexOf(Math.max(...z)) === species[i]).length
    expect(right / species.length).toBeGreaterThan(0.98)
  })

  it('the start depends on the seed alone, and has the variance of Glorot', () => {
    const loss = perceptronLoss({ ...penguins, hidden: [500] })
    expect(loss.start(5)).toEqual(loss.start(5))
    expect(loss.start(5)).not.toEqual(loss.start(6))
    const weights = loss.start(5).slice(0, 2000)
    const variance = weights.reduce((sum, w) => sum + w * w, 0) / 2000
    // Four standard errors of the variance of 2000 normal numbers.
    expect(Math.abs((variance * 504) / 2 - 1)).toBeLessThan(4 * Math.sqrt(2 / 2000))
  })

  it.each([
    [{ features: [[1]], labels: [0.5], hidden: [2] }, /label 0 is no class/],
    [{ features: [[1]], labels: [1], hidden: [0] }, /hidden/],
    [{ features: [[1]], labels: [1], hidden: [1e5] }, /too large/],
    [{ features: [[1], [2, 3]], labels: [1, 0], hidden: [2] }, /row 1/],
    [{ features: [[1]], labels: [1], hidden: [2], activation: 'step' as 'tanh' }, /tanh, sigmoid, relu/],
    [{ features: [[1]], labels: [1], hidden: [2], loss: 'hinge' as 'squares' }, /crossEntropy, squares/],
  ])('refuses %j', (data, message) => {
    expect(() => perceptronLoss(data)).toThrow(message)
  })
})
