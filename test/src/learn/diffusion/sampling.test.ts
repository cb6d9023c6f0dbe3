import { describe, expect, test } from 'vitest'
import { unpack } from '../../../../src/figure/index.ts'
import { readNpz } from '../../../../src/interchange/index.ts'
import {
  ddpmCosine,
  ddpmLinear,
  diffusionModel,
  gaussianMixture,
  subVariancePreserving,
  varianceExploding,
  variancePreserving,
} from '../../../../src/learn/index.ts'

const mixture = gaussianMixture({ weights: [0.3, 0.7], means: [-2, 1], variances: [0.25, 0.16] })
const vp = diffusionModel({ schedule: variancePreserving(), data: mixture })
/** Right of the lighter component, where both are far. */
const BETWEEN = -0.6

/** Estimates of a Monte Carlo method lie within so many of their own standard errors. */
const SIGMAS = 3

describe.each([
  ['reverse SDE', { method: 'reverseSde', steps: 400 }],
  ['probability flow, Heun', { method: 'probabilityFlow', steps: 200 }],
  ['probability flow, adaptive', { method: 'probabilityFlow' }],
  ['ancestral', { method: 'ancestral', steps: 500 }],
  ['DDIM', { method: 'ddim', steps: 500 }],
  ['DDIM, η = ½', { method: 'ddim', steps: 500, eta: 0.5 }],
] as const)('%s', (_, options) => {
  test('moments and masses of the data come back', () => {
    const samples = vp.sample({ samples: 10_240, seed: 7, ...options })
    const { mean, meanError, variance, varianceError } = samples.moments()
    expect(Math.abs(mean[0]! - 0.1)).toBeLessThan(SIGMAS * meanError[0]!)
    expect(Math.abs(variance[0]! - 2.077)).toBeLessThan(SIGMAS * varianceError[0]!)
    const left = samples.probability([Number.NEGATIVE_INFINITY, BETWEEN])
    expect(left.exact).toBeCloseTo(mixture.cumulative(BETWEEN), 12)
    expect(Math.abs(left.value - left.exact!)).toBeLessThan(SIGMAS * left.error)
    // 1.628/√n is exceeded by 1 of 100 draws of the exact law.
    expect(samples.kolmogorovSmirnov()).toBeLessThan(1.628 / Math.sqrt(10_240))
  })
})

describe.each(
  [
    varianceExploding({ sigmaMax: 20 }),
    subVariancePreserving(),
    ddpmLinear({ steps: 500, betaMax: 0.04 }),
    ddpmCosine({ steps: 500 }),
  ].map((s) => [s.text, s] as const),
)('%s', (_, schedule) => {
  const model = diffusionModel({ schedule, data: mixture })
  test.each(['probabilityFlow', 'ancestral'] as const)('%s brings the data back', (method) => {
    const n = 5120
    const samples = model.sample({ samples: n, method, ...(method === 'ancestral' ? { steps: 500 } : {}) })
    // At t = 0 the VE process keeps σ_min² = 1e-4 of noise, which the exact law of the comparison has too.
    expect(samples.kolmogorovSmirnov()).toBeLessThan(1.628 / Math.sqrt(n))
  })
})

test('10⁴ samples of ½N(±2, ½²) by the reverse SDE: KS distance below 0.02', () => {
  const model = diffusionModel({
    schedule: variancePreserving(),
    data: gaussianMixture({ means: [-2, 2], variances: 0.25 }),
  })
  expect(model.sample({ samples: 10_000, steps: 500 }).kolmogorovSmirnov()).toBeLessThan(0.02)
})

test('errors of mean and variance are those of the spread over 40 seeds, to 20 %', () => {
  const runs = Array.from({ length: 40 }, (_, seed) =>
    vp.sample({ samples: 1024, steps: 100, seed, paths: 0 }).moments(),
  )
  const spread = (values: number[]): number => {
    const mean = values.reduce((a, b) => a + b) / values.length
    return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1))
  }
  const typical = (values: number[]): number => values.reduce((a, b) => a + b) / values.length
  for (const [estimate, error] of [
    ['mean', 'meanError'],
    ['variance', 'varianceError'],
  ] as const) {
    const ratio = spread(runs.map((r) => r[estimate][0]!)) / typical(runs.map((r) => r[error][0]!))
    expect(Math.abs(ratio - 1)).toBeLessThan(0.2)
  }
})

test('Gaussian data: the flow maps x_T to μ + (x_T − αμ)s₀/√(α²s₀² + v) (closed form)', () => {
  const [mu, s0] = [0.7, 0.6]
  const schedule = variancePreserving()
  const model = diffusionModel({ schedule, data: gaussianMixture({ means: [mu], variances: s0 ** 2 }) })
  const { trajectories } = model.sample({
    samples: 30,
    method: 'probabilityFlow',
    tolerance: 1e-10,
    paths: 30,
  })
  const last = trajectories.times.length - 1
  const scale = s0 / Math.sqrt(schedule.alphaBar(1) * s0 ** 2 + schedule.noise(1))
  for (let p = 0; p < trajectories.count; p++) {
    const [start, end] = [0, last].map((k) => trajectories.columns[0]![p * (last + 1) + k]!)
    // Some hundred steps that err by 1e-10 of 1 + |x| each.
    expect(Math.abs(end! - (mu + (start! - schedule.signal(1) * mu) * scale))).toBeLessThan(1e-8)
  }
})

test('the adaptive flow goes by the fifth power, Heun by the second of its step', () => {
  const at = (options: object): number =>
    vp.sample({ samples: 1, paths: 0, method: 'probabilityFlow', ...options }).columns[0]![0]!
  const exact = at({ tolerance: 1e-12 })
  const errors = [100, 200, 400].map((steps) => Math.abs(at({ steps }) - exact))
  expect(Math.log2(errors[1]! / errors[2]!)).toBeGreaterThan(1.8)
  expect(Math.abs(at({ tolerance: 1e-8 }) - exact)).toBeLessThan(1e-6)
})

test('the flow gives ln p of the data', () => {
  const x = [-3.5, -2, -1, 0, 0.5, 1, 2.2]
  const exact = mixture.logDensity([Float64Array.from(x)])
  vp.logLikelihood(x, { tolerance: 1e-9 }).forEach((log, i) => {
    // Some hundred steps that err by 1e-9 of their size each.
    expect(Math.abs(log - exact[i]!)).toBeLessThan(1e-6)
  })
  const round = gaussianMixture({
    means: [
      [0, 1],
      [1, -1],
    ],
    variances: [[0.3, 0.5], 0.2],
  })
  const model = diffusionModel({ schedule: subVariancePreserving(), data: round })
  const points = [
    [0, 0.5],
    [1, -1],
    [-1, 2],
  ]
  const columns = [0, 1].map((d) => Float64Array.from(points, (p) => p[d]!))
  model.logLikelihood(points).forEach((log, i) => {
    expect(Math.abs(log - round.logDensity(columns)[i]!)).toBeLessThan(1e-5)
  })
})

test("Tweedie: of Gaussian data E[x₀|x_t] is the posterior's mean (closed form)", () => {
  const [mu, s2, t] = [0.5, 0.3, 0.4]
  const schedule = variancePreserving()
  const model = diffusionModel({ schedule, data: gaussianMixture({ means: [mu], variances: s2 }) })
  const [alpha, v] = [schedule.signal(t), schedule.noise(t)]
  const x = [-1, 0, 2]
  model.denoise(x, t)[0]!.forEach((mean, i) => {
    expect(mean).toBeCloseTo((mu / s2 + (alpha * x[i]!) / v) / (1 / s2 + alpha ** 2 / v), 12)
  })
})

test('samples do not depend on how many are drawn, and repeat with their seed', () => {
  const short = vp.sample({ samples: 1500, steps: 50 }).columns[0]!
  const long = vp.sample({ samples: 2600, steps: 50 }).columns[0]!
  expect(Array.from(long.subarray(0, 1500))).toEqual(Array.from(short))
  expect(vp.sample({ samples: 10, steps: 50, seed: 2 }).columns[0]![0]).not.toBe(short[0])
})

test('finitely many samples are brought back themselves: their exact score memorises', () => {
  const points = [-1.3, 0.2, 0.9, 2.5]
  const model = diffusionModel({ schedule: variancePreserving(), data: points })
  const samples = model.sample({ samples: 200, method: 'probabilityFlow', steps: 300 })
  for (const x of samples.columns[0]!) {
    // The noise that is left at t = 10⁻³ has the width 0.01.
    expect(Math.min(...points.map((p) => Math.abs(x - p)))).toBeLessThan(0.06)
  }
  expect(samples.notes.join()).toMatch(/memorises/)
})

test('an interrupted draw keeps its whole blocks and says so', () => {
  const control = new AbortController()
  const samples = vp.sample({
    samples: 2_000_000,
    steps: 100,
    signal: control.signal,
    progress: () => control.abort(),
  })
  expect(samples.complete).toBe(false)
  expect(samples.count).toBeGreaterThan(0)
  expect(samples.count % 1024).toBe(0)
  expect(samples.toString()).toMatch(/interrupted/)
})

test('samples are written as tables and archives', () => {
  const samples = vp.sample({ samples: 5, steps: 10, paths: 2 })
  expect(samples.toCsv().split('\n')[0]).toBe('x')
  const { x, path_x: path, times } = readNpz(samples.toNpz())
  expect(Array.from(x!.data)).toEqual(Array.from(samples.columns[0]!))
  expect(path!.shape).toEqual([2, times!.data.length])
  expect(samples.figure().panels).toHaveLength(2)
})

test('options that cannot be are refused by name', () => {
  expect(() => vp.sample({ method: 'euler' as 'ddim' })).toThrow(/method/)
  expect(() => vp.sample({ eta: 0.5 })).toThrow(/eta: plays no part/)
  expect(() => vp.sample({ samples: 900_000_000 })).toThrow(/too many numbers/)
  expect(() => vp.sample({ step: 1 } as object)).toThrow(/no option step/)
  expect(() => vp.score([[1, 2]], 0.5)).toThrow(/points/)
  expect(() => vp.score([1], 1.5)).toThrow(/t: out of range/)
  expect(() => diffusionModel({ schedule: 'VP' as never, data: mixture })).toThrow(/schedule/)
})

describe('the film of samples', () => {
  const schedule = variancePreserving()
  test('in a plane shows particles with the marginals that they have, ending at the data', () => {
    const data = gaussianMixture({
      means: [
        [-2, 0],
        [2, 1],
      ],
      variances: 0.2,
    })
    const { panels, cursor } = diffusionModel({ schedule, data }).sample({ samples: 500, steps: 60 }).figure()
    const film = panels[0]
    if (film?.type !== 'field') throw new Error(film?.type)
    const times = unpack(cursor!.values)
    expect([times[0], times[times.length - 1]]).toEqual([1, 0])
    const bars = film.margins!.filter(({ mark }) => mark === 'bars')
    const x = unpack(film.axes[0])
    bars.forEach(({ values }, d) => {
      const bins = values.shape[1]!
      const axis = unpack(film.axes[d])
      const width = (axis[axis.length - 1] - axis[0]) / bins
      const rows = unpack(values)
      for (let k = 0; k < times.length; k++) {
        const mass = rows.subarray(k * bins, (k + 1) * bins).reduce((sum, p) => sum + p, 0) * width
        // All particles but those beyond the picture.
        expect(Math.abs(mass - 1)).toBeLessThan(0.03)
      }
    })
    const last = unpack(film.samples!.x).slice(-film.samples!.x.shape[1]!)
    const mean = last.reduce((sum, v) => sum + v, 0) / last.length
    // Five standard errors of a variance of 4.2.
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(4.2 / last.length))
    expect(x[0]).toBeLessThan(-2)
  })
})
