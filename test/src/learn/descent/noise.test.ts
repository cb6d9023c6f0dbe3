import { describe, expect, it } from 'vitest'
import { adaptive, geometric, langevin, sgd, simulatedAnnealing } from '../../../../src/learn/index.js'
import { blocking } from '../../../../src/numeric/index.js'
import { expressionObjective, logisticLoss } from '../../../../src/objective/index.js'

/** Standard errors that a Monte Carlo mean may be off. */
const SIGMAS = 3

/** Mean of f along a path after its beginning, held against a value in units of its own error. */
function expectMean(
  path: readonly (readonly number[])[],
  f: (x: readonly number[]) => number,
  value: number,
) {
  const { mean, error } = blocking([Float64Array.from(path.slice(path.length / 20), f)])
  expect(error).toBeLessThan(0.1 * Math.abs(value))
  expect(Math.abs(mean - value)).toBeLessThan(SIGMAS * error)
}

const bowl = expressionObjective('x^2/2')

describe('sgd', () => {
  it.each([0.01, 0.1, 0.5])(
    'has the variance η/(2 − η) on ½x² with gradient noise of variance 1: closed form, η = %s',
    (learningRate) => {
      const run = sgd({ learningRate, noise: 1 }).run(bowl, {
        start: [0],
        evaluations: learningRate < 0.05 ? 120_000 : 30_000,
      })
      expectMean(run.path, ([x]) => x * x, learningRate / (2 - learningRate))
    },
  )

  it('has the covariance ηC/(2 − η) on ½|x|² with noise of covariance C', () => {
    const noise = [
      [1, 0.8],
      [0.8, 2],
    ]
    const run = sgd({ learningRate: 0.4, noise }).run(expressionObjective('x^2/2 + y^2/2'), {
      start: [0, 0],
      evaluations: 80_000,
    })
    const share = 0.4 / 1.6
    expectMean(run.path, ([x]) => x * x, share)
    expectMean(run.path, ([x, y]) => x * y, 0.8 * share)
    expectMean(run.path, ([, y]) => y * y, 2 * share)
  })

  const data = {
    features: Array.from({ length: 12 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]),
    labels: Array.from({ length: 12 }, (_, i) => i % 2),
  }

  it('is gradient descent with all samples in the batch, and pays a share of a gradient for a share of them', () => {
    const loss = logisticLoss(data)
    const whole = sgd({ learningRate: 0.5, batch: 12 }).run(loss, { start: [1, -1], evaluations: 20 })
    expect(whole.gradients).toBeCloseTo(10, 12)
    let x = [1, -1]
    for (let n = 0; n < 10; n++) {
      const g = loss.gradient!(x.map((v) => Float64Array.of(v)))
      x = x.map((v, d) => v - 0.5 * g[d][0])
    }
    x.forEach((v, d) => {
      expect(whole.point[d]).toBeCloseTo(v, 12)
    })
    const part = sgd({ learningRate: 0.5, batch: 3 }).run(loss, { start: [1, -1], evaluations: 20 })
    expect(part.steps.at(-1)).toBe(40)
    expect(part.cost).toBeCloseTo(20, 9)
  })

  it('says what is wrong with its noise', () => {
    expect(() => sgd({ learningRate: 0.1 })).toThrow(/noise comes from one source/)
    expect(() => sgd({ learningRate: 0.1, batch: 2 }).run(bowl, { start: [0] })).toThrow(
      /not a mean over samples/,
    )
    expect(() => sgd({ learningRate: 0.1, batch: 13 }).run(logisticLoss(data), { start: [0, 0] })).toThrow(
      /batch: more samples than there are/,
    )
    const odd = [
      [1, 2],
      [2, 1],
    ]
    const plane = expressionObjective('x^2 + y^2')
    expect(() => sgd({ learningRate: 0.1, noise: odd }).run(plane, { start: [0, 0] })).toThrow(
      /not the covariance/,
    )
    expect(() => sgd({ learningRate: 0.1, noise: -1 }).run(bowl, { start: [0] })).toThrow(
      /not the covariance/,
    )
  })
})

describe('langevin', () => {
  it('has the variance (D/k)/(1 − ηk/2) on ½kx²: closed form of the Euler–Maruyama chain', () => {
    const run = langevin({ learningRate: 0.4, D: 0.3 }).run(expressionObjective('x^2'), {
      start: [0],
      evaluations: 50_000,
    })
    expectMean(run.path, ([x]) => x * x, 0.15 / (1 - 0.4))
  })

  it('cools with its schedule', () => {
    const run = langevin({ learningRate: 0.2, D: geometric(1, 1e-8) }).run(bowl, { start: [3] })
    expect(run.observables.D[0]).toBe(1)
    expect(run.observables.D.at(-1)).toBeCloseTo(1e-8, 10)
    expect(Math.abs(run.point[0])).toBeLessThan(1e-3)
    expect(() => langevin({ learningRate: 0.2, D: adaptive(1, 0.1) })).toThrow(
      /D: an adaptive schedule needs the gap/,
    )
    const wrong = langevin({ learningRate: 0.2, D: (share) => 0.5 - share })
    expect(() => wrong.run(bowl, { start: [3] })).toThrow(
      /D at 0\.500: out of range|D at 0\.501: out of range/,
    )
  })
})

describe('simulatedAnnealing', () => {
  it('samples e^{−ζ/T} at fixed T: the variance T of ½x², and T/4 of the quartic ∝ e^{−x⁴/T}', () => {
    const options = { start: [0], evaluations: 60_000 }
    const gauss = simulatedAnnealing({ temperature: 0.5, step: 1.5 }).run(bowl, options)
    expectMean(gauss.path, ([x]) => x * x, 0.5)
    const quartic = simulatedAnnealing({ temperature: 0.5, step: 1.5 }).run(
      expressionObjective('x^4'),
      options,
    )
    // ⟨x ∂ζ/∂x⟩ = T.
    expectMean(quartic.path, ([x]) => x ** 4, 0.5 / 4)
  })

  it('answers the lowest value that it met, and stays in the box', () => {
    const run = simulatedAnnealing({ temperature: geometric(10, 0.01), step: geometric(1, 0.05) }).run(
      expressionObjective('x^2 + 10*(1 - cos(2*pi*x))'),
      { start: [3], box: { lower: -3.5, upper: 3.5 } },
    )
    expect(Math.abs(run.point[0])).toBeLessThan(0.01)
    for (let k = 1; k < run.values.length; k++) expect(run.values[k]).toBeLessThanOrEqual(run.values[k - 1])
    expect(run.path.every(([x]) => Math.abs(x) <= 3.5)).toBe(true)
  })
})
