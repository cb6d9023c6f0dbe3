import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newton, sgdNoise } from '../../../../src/learn/index.js'
import { blocking, randomStream } from '../../../../src/numeric/index.js'
import {
  expressionObjective,
  logisticLoss,
  type Objective,
  standardize,
} from '../../../../src/objective/index.js'
import { sexOfPenguins } from '../../objective/models/_penguins.js'

/** (1/n) Σ ½(x − aᵢ)², aᵢ = ±1: a loss of Hessian 1 whose gradients scatter with variance 1 everywhere. */
const coins: Objective = {
  variables: ['x'],
  tex: '',
  text: '½(x − a)²',
  evaluate: ([x]) => x.map((v) => (v * v + 1) / 2),
  gradient: ([x]) => [x.slice()],
  hessian: ([x]) => [[x.map(() => 1)]],
  minima: [{ point: [0], value: 0.5 }],
  sampleGradients: {
    count: 2,
    at: (point, samples) => Array.from(samples, (i) => Float64Array.of(point[0] - (i === 0 ? 1 : -1))),
  },
}

describe('on ½x² with gradient noise of variance 1', () => {
  // Closed form η/(2 − η), beside η/2 of the Ornstein–Uhlenbeck process.
  it.each([
    [0.01, 0.005025, 6],
    [0.1, 0.052632, 6],
    [0.5, 0.333333, 6],
  ])('the variance at η = %f is known', (learningRate, variance, decimals) => {
    for (const source of [coins, { covariance: 1, hessian: 1 }]) {
      const [line] = sgdNoise(source, { learningRate, replacement: true }).directions
      expect(Math.abs(line.variance - variance)).toBeLessThan(5 * 10 ** -decimals)
      expect(line.ornsteinUhlenbeck).toBeCloseTo(learningRate / 2, 12)
      expect(line.D).toBeCloseTo(learningRate / 2, 12)
    }
  })

  it('is that of the steps themselves, and not of the process', () => {
    const [learningRate, steps] = [0.5, 100_000]
    const random = randomStream(4)
    const squares = new Float64Array(steps)
    let x = 0
    for (let n = -100; n < steps; n++) {
      x -= learningRate * coins.sampleGradients!.at([x], [random.integer(2)])[0][0]
      if (n >= 0) squares[n] = x * x
    }
    const { mean, error } = blocking([squares])
    const [line] = sgdNoise(coins, { learningRate, replacement: true }).directions
    expect(Math.abs(mean - line.variance) / error).toBeLessThan(3)
    expect(Math.abs(mean - line.ornsteinUhlenbeck) / error).toBeGreaterThan(20)
  })

  it('falls as 1/B, and without replacement to nothing for all samples', () => {
    const D = (batch: number, replacement: boolean): number =>
      sgdNoise(coins, { learningRate: 0.1, batch, replacement }).D
    expect(D(4, true)).toBeCloseTo(0.05 / 4, 12)
    expect(D(1, false)).toBeCloseTo(0.05, 12)
    expect(D(2, false)).toBe(0)
  })
})

it('the variances solve C = (1 − ηH)C(1 − ηH) + η²Σ/B, along every direction', () => {
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
  fc.assert(
    fc.property(
      fc.tuple(number(0.2, 2), number(-0.1, 0.1), number(0.2, 2)),
      fc.tuple(number(0.2, 2), number(-0.1, 0.1), number(0.2, 2)),
      number(0.01, 0.8),
      fc.integer({ min: 1, max: 64 }),
      ([a, b, c], [p, q, r], learningRate, batch) => {
        const hessian = [
          [a, b],
          [b, c],
        ]
        const covariance = [
          [p, q],
          [q, r],
        ]
        const found = sgdNoise({ covariance, hessian }, { learningRate, batch })
        // The fixed point by doubling: C(2n) = C(n) + Sⁿ C(n) Sⁿ after n steps from nothing, with S = 1 − ηH.
        const times = (A: number[][], B: number[][]) =>
          A.map((row) => B[0].map((_, j) => row.reduce((sum, v, k) => sum + v * B[k][j], 0)))
        let power = hessian.map((row, i) => row.map((h, j) => (i === j ? 1 : 0) - learningRate * h))
        let C = covariance.map((row) => row.map((v) => (learningRate ** 2 * v) / batch))
        for (let doubling = 0; doubling < 40; doubling++) {
          const later = times(times(power, C), power)
          C = C.map((row, i) => row.map((v, j) => v + later[i][j]))
          power = times(power, power)
        }
        for (const { direction: v, variance } of found.directions) {
          const exact = v[0] * (C[0][0] * v[0] + 2 * C[0][1] * v[1]) + v[1] * C[1][1] * v[1]
          expect(Math.abs(variance / exact - 1)).toBeLessThan(1e-9)
        }
      },
    ),
    { numRuns: 100 },
  )
})

describe('a logistic regression', () => {
  const random = randomStream(6)
  const features = Array.from({ length: 200 }, () => [random.normal(), 3 * random.normal()])
  const labels = features.map(([a, b]) => (random.uniform() < 1 / (1 + Math.exp(-a - b / 2)) ? 1 : 0))
  const loss = logisticLoss({ features, labels })
  const point = [0, 0]
  for (let step = 0; step < 2000; step++)
    loss.gradient!(point.map((x) => Float64Array.of(x))).forEach((slope, u) => {
      point[u] -= 0.5 * slope[0]
    })

  it('has the covariance of its per-sample gradients', () => {
    const { covariance } = sgdNoise(loss, { learningRate: 0.1, point })
    const residual = features.map(
      ([a, b], i) => 1 / (1 + Math.exp(-(a * point[0] + b * point[1]))) - labels[i],
    )
    const mean = [0, 1].map((u) => residual.reduce((s, r, i) => s + r * features[i][u], 0) / 200)
    const entry = (u: number, v: number): number =>
      residual.reduce((s, r, i) => s + (r * features[i][u] - mean[u]) * (r * features[i][v] - mean[v]), 0) /
      200
    for (const [u, v] of [
      [0, 0],
      [0, 1],
      [1, 1],
    ])
      expect(covariance[u][v]).toBeCloseTo(entry(u, v), 12)
  })

  it('says that its noise is not isotropic', () => {
    const found = sgdNoise(loss, { learningRate: 0.02, batch: 8, point })
    expect(found.anisotropy).toBeGreaterThan(2)
    expect(found.notes.join(' ')).toContain('times as strong along one direction')
    expect(found.notes.join(' ')).not.toContain('no minimum')
    const away = sgdNoise(loss, { learningRate: 0.02, batch: 8, point: [0, 0] })
    expect(away.notes.join(' ')).toContain('The point is no minimum')
  })
})

it('on real data foretells where the steps end, and that no single D does', () => {
  const { features, labels } = sexOfPenguins()
  const loss = logisticLoss({ features: standardize(features), labels, ridge: 0.05 })
  const point = [...newton().run(loss, { start: [1, 1] }).point]
  const { directions, anisotropy, notes } = sgdNoise(loss, {
    learningRate: 0.1,
    batch: 4,
    point,
    replacement: true,
  })
  expect(anisotropy).toBeGreaterThan(1.5)
  expect(notes[0]).toContain('with one D is not the stationary density')
  // The steps themselves, from the minimum on.
  const random = randomStream(8)
  const steps = 60_000
  const squares = directions.map(() => new Float64Array(steps))
  const x = [...point]
  for (let n = -2000; n < steps; n++) {
    const batch = Array.from({ length: 4 }, () => random.integer(labels.length))
    const gradients = loss.sampleGradients!.at(x, batch)
    for (let u = 0; u < 2; u++) x[u] -= (0.1 / 4) * gradients.reduce((sum, g) => sum + g[u], 0)
    if (n >= 0)
      directions.forEach(({ direction: v }, k) => {
        squares[k][n] = (v[0] * (x[0] - point[0]) + v[1] * (x[1] - point[1])) ** 2
      })
  }
  directions.forEach(({ variance, isotropic }, k) => {
    const { mean, error } = blocking([squares[k]])
    // The loss is no parabola: its curvature and noise change within a standard deviation.
    expect(Math.abs(mean / variance - 1)).toBeLessThan(0.1 + (4 * error) / mean)
    expect(Math.abs(mean / isotropic - 1)).toBeGreaterThan(0.2)
  })
})

it('isotropic noise has one D, and no note of any other', () => {
  const identity = [
    [2, 0],
    [0, 2],
  ]
  const found = sgdNoise(
    {
      covariance: identity,
      hessian: [
        [1, 0],
        [0, 0.1],
      ],
    },
    { learningRate: 0.01, batch: 4 },
  )
  expect(found.D).toBeCloseTo((0.01 * 2) / 8, 14)
  expect(found.anisotropy).toBeCloseTo(1, 12)
  expect(found.notes).toEqual([])
  for (const { ornsteinUhlenbeck, isotropic } of found.directions)
    expect(ornsteinUhlenbeck).toBeCloseTo(isotropic, 12)
})

it('steps that do not settle have no variance, and say so', () => {
  const found = sgdNoise({ covariance: 1, hessian: 3 }, { learningRate: 0.7 })
  expect(found.directions[0].variance).toBeNaN()
  expect(found.notes[0]).toContain('do not settle')
  expect(sgdNoise({ covariance: 1, hessian: -1 }, { learningRate: 0.1 }).notes[0]).toContain('not positive')
  expect(found.figure()).toMatchObject({ kind: 'panels' })
  expect(found.toString()).toMatch(/^D = 0.35/)
})

it.each([
  ['learningRate', () => sgdNoise(coins, { learningRate: 0 })],
  ['batch', () => sgdNoise(coins, { learningRate: 1, batch: 3 })],
  ['point', () => sgdNoise(coins, { learningRate: 1, point: [1, 2] })],
  ['source', () => sgdNoise(expressionObjective('x^2'), { learningRate: 1 })],
  ['covariance', () => sgdNoise({ covariance: [[1, 2]], hessian: 1 }, { learningRate: 1 })],
  ['covariance', () => sgdNoise({ covariance: -1, hessian: 1 }, { learningRate: 1 })],
  [
    'hessian',
    () =>
      sgdNoise(
        {
          covariance: 1,
          hessian: [
            [1, 0],
            [0, 1],
          ],
        },
        { learningRate: 1 },
      ),
  ],
])('refuses by the name %s', (name, run) => {
  expect(run).toThrow(name)
})
