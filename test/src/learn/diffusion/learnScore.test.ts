import penguins from 'vega-datasets/data/penguins.json' with { type: 'json' }
import { describe, expect, test } from 'vitest'
import { ScoreNetwork } from '../../../../src/learn/diffusion/scoreNetwork.ts'
import {
  diffusionModel,
  gaussianMixture,
  learnScore,
  twoMoons,
  variancePreserving,
} from '../../../../src/learn/index.ts'
import { randomStream } from '../../../../src/numeric/index.ts'
import { standardize } from '../../../../src/objective/index.ts'

const schedule = variancePreserving()
const wells = diffusionModel({ schedule, data: gaussianMixture({ means: [-2, 2], variances: 0.25 }) })

describe('the network', () => {
  const rows = 7
  const network = new ScoreNetwork([3, 5, 6, 2])
  const stream = randomStream(4)
  stream.fillNormal(network.parameters)
  const input = new Float64Array(3 * rows)
  stream.fillNormal(input)
  const outputs = (x: Float64Array): Float64Array => {
    network.input(rows).set(x)
    return network.forward(rows).slice()
  }
  const loss = (): number => outputs(input).reduce((sum, y, i) => sum + y * Math.sin(i), 0)
  /** Central differences of step 1e-5 of functions of size 10. */
  const DIFFERENCE = 1e-7

  test('has the gradient of its differences, by reverse mode', () => {
    outputs(input)
    const gradient = new Float64Array(network.parameters.length)
    network.backward(
      rows,
      Float64Array.from({ length: 2 * rows }, (_, i) => Math.sin(i)),
      gradient,
    )
    for (let p = 0; p < gradient.length; p += 3) {
      const kept = network.parameters[p]!
      network.parameters[p] = kept + 1e-5
      const up = loss()
      network.parameters[p] = kept - 1e-5
      const down = loss()
      network.parameters[p] = kept
      expect(Math.abs(gradient[p]! - (up - down) / 2e-5)).toBeLessThan(
        DIFFERENCE * (1 + Math.abs(gradient[p]!)),
      )
    }
  })

  test('has the derivatives along its inputs, by forward mode', () => {
    const direction = new Float64Array(3 * rows)
    randomStream(5).fillNormal(direction)
    outputs(input)
    const along = network.along(rows, direction)
    const [up, down] = [1e-5, -1e-5].map((h) => outputs(input.map((x, i) => x + h * direction[i]!)))
    along.forEach((slope, i) => {
      expect(Math.abs(slope - (up![i]! - down![i]!) / 2e-5)).toBeLessThan(DIFFERENCE * (1 + Math.abs(slope)))
    })
  })
})

describe('a learned score', () => {
  const learned = learnScore(wells, { steps: 1200, hidden: [24, 24] })

  test('is near the exact one, and brings the data back', () => {
    // What so short a training reaches, with room for other seeds: a constant zero would err by 0.5 to 1.
    for (const { absolute } of learned.scoreErrors()) expect(absolute).toBeLessThan(0.2)
    const samples = learned.sample({ samples: 2048, method: 'probabilityFlow', steps: 60 })
    expect(samples.kolmogorovSmirnov()).toBeLessThan(0.06)
    const left = samples.probability([Number.NEGATIVE_INFINITY, 0])
    expect(Math.abs(left.value - 0.5)).toBeLessThan(0.05)
    expect(samples.notes.join()).toMatch(/score is learned/)
  })

  test('improves with training', () => {
    const short = learnScore(wells, { steps: 100, hidden: [24, 24] })
    const error = (of: typeof learned): number => of.scoreErrors([0.2], 2000)[0]!.absolute
    expect(error(learned)).toBeLessThan(0.5 * error(short))
  })

  test('has the divergence of its differences: its likelihood is a density', () => {
    const n = 81
    const x = Float64Array.from({ length: n }, (_, i) => -4 + i / 10)
    const mass = learned
      .logLikelihood(x, { tolerance: 1e-5 })
      .reduce((sum, log) => sum + Math.exp(log) / 10, 0)
    // The probability flow keeps mass whatever the score is; sums of width 0.1 are integrals to 1e-3 here.
    expect(Math.abs(mass - 1)).toBeLessThan(0.01)
  })

  test('repeats with its seed, and does not depend on the number of samples that are drawn from it', () => {
    const [a, b] = [0, 1].map(() => learnScore(wells, { steps: 5, seed: 9 }).parameters)
    expect(Array.from(a!)).toEqual(Array.from(b!))
    const long = learned.sample({ samples: 1100, steps: 3 }).columns[0]!
    expect(Array.from(learned.sample({ samples: 10, steps: 3 }).columns[0]!)).toEqual(
      Array.from(long.subarray(0, 10)),
    )
  })

  test('an interrupted training keeps what it has', () => {
    const control = new AbortController()
    const part = learnScore(wells, {
      steps: 1_000_000,
      signal: control.signal,
      progress: () => control.abort(),
    })
    expect(part.complete).toBe(false)
    expect(part.loss.length).toBeGreaterThan(0)
    expect(part.toString()).toMatch(/interrupted/)
    expect(part.figure().panels).toHaveLength(3)
  })
})

describe('in a plane', () => {
  test('samples of two moons lie on them', () => {
    const [x, y] = learnScore(diffusionModel({ schedule, data: twoMoons({ samples: 2000 }) }), {
      steps: 1500,
      hidden: [24, 24, 24],
      batch: 64,
    }).sample({ samples: 1024, method: 'probabilityFlow', steps: 40 }).columns as [Float64Array, Float64Array]
    const distance = x.map((at, i) => {
      const [first, second] = [Math.hypot(at, y[i]!), Math.hypot(1 - at, 0.5 - y[i]!)]
      const away = [y[i]! >= 0 ? Math.abs(first - 1) : 9, y[i]! <= 0.5 ? Math.abs(second - 1) : 9]
      return Math.min(...away)
    })
    const median = distance.toSorted()[512]!
    // The data's own median is 0.674 times the noise of 0.07; a normal law of their mean and covariance has 0.25.
    expect(median).toBeLessThan(0.1)
  })

  test('bill and flipper of penguins come back', () => {
    const rows = penguins.flatMap((bird) => {
      const [bill, flipper] = [bird['Beak Length (mm)'], bird['Flipper Length (mm)']]
      return bill === null || flipper === null ? [] : [[bill, flipper]]
    })
    const model = diffusionModel({ schedule, data: standardize(rows) })
    const learned = learnScore(model, { steps: 500, hidden: [24, 24], batch: 64 })
    const samples = learned.sample({ samples: 1024, method: 'probabilityFlow', steps: 40 })
    // 342 and 1024 samples of one law differ by 0.085 in 1 of 20 cases; the rest is for so short a training.
    for (const coordinate of [0, 1]) expect(samples.kolmogorovSmirnov(coordinate)).toBeLessThan(0.12)
    const [, correlation] = samples.covariance()
    const exact = model.data.covariance[1]!
    expect(Math.abs(correlation! - exact)).toBeLessThan(0.12)
  })
})
