import { describe, expect, test } from 'vitest'
import {
  ddpmCosine,
  ddpmLinear,
  subVariancePreserving,
  varianceExploding,
  variancePreserving,
} from '../../../../src/learn/index.ts'

/** Half a unit of the last digit but one of a published value, by its digits. */
const toDigits = (value: number, digits: number): number => Math.abs(value) * 10 ** (1 - digits)

const schedules = [
  varianceExploding(),
  variancePreserving(),
  subVariancePreserving(),
  ddpmLinear(),
  ddpmCosine(),
  variancePreserving({ betaMin: 0.3, betaMax: 7 }),
  varianceExploding({ sigmaMin: 0.1, sigmaMax: 3 }),
]

describe('published values', () => {
  const linear = ddpmLinear()
  const cosine = ddpmCosine()
  const vp = variancePreserving()
  test.each([
    // Ho, Jain and Abbeel's linear steps, products of 1 − β; the cosine of Nichol and Dhariwal with β ≤ 0.999.
    ['linear ᾱ_1000', linear.alphaBar(1), 4.035829765e-5, 9],
    ['linear ᾱ_500', linear.alphaBar(0.5), 0.0785872429, 8],
    ['linear Σβ', linear.betas!.reduce((a, b) => a + b), 10.05, 12],
    ['linear √v/α', linear.spread(1), 157.407281, 8],
    ['linear β̃_500', linear.posterior(0.499, 0.5).variance, 0.0100313554, 8],
    ['cosine ᾱ_500', cosine.alphaBar(0.5), 0.4938435904, 9],
    ['cosine ᾱ_1000', cosine.alphaBar(1), 2.42877e-9, 5],
    // Closed forms e^{−∫β/2} and 1 − e^{−∫β} with ∫β = 10.05.
    ['VP α(1)', vp.signal(1), 0.0065715865, 8],
    ['VP √v(1)', Math.sqrt(vp.noise(1)), 0.9999784069, 9],
    ['VP v(1)', vp.noise(1), 0.999956814, 8],
    ['VP α(½)', vp.signal(0.5), 0.2811828808, 9],
    ['VP v(½)', vp.noise(0.5), 0.9209361875, 9],
  ])('%s', (_, value, published, digits) => {
    expect(Math.abs(value - published)).toBeLessThan(toDigits(published, digits))
  })
})

/** Error of a central difference with this step, for functions of size 1 whose third derivatives are below 1e4. */
const STEP = 1e-6
const DIFFERENCE = 1e-5

describe.each(schedules.map((s) => [s.text, s] as const))('%s', (_, schedule) => {
  // The middle of a step, where the schedules made of steps are smooth.
  const times = [0.1005, 0.3005, 0.5005, 0.9005]

  test('α and v solve dα/dt = fα, dv/dt = 2fv + g²', () => {
    for (const t of times) {
      const slope = (f: (t: number) => number): number => (f(t + STEP) - f(t - STEP)) / (2 * STEP)
      const [f, g2] = [schedule.drift(t), schedule.diffusion(t)]
      expect(Math.abs(slope(schedule.signal) - f * schedule.signal(t))).toBeLessThan(DIFFERENCE)
      const rate = 2 * f * schedule.noise(t) + g2
      expect(Math.abs(slope(schedule.noise) - rate)).toBeLessThan(DIFFERENCE * Math.max(1, g2))
    }
  })

  test('2Dτ is the variance of x/α', () => {
    for (const t of times) {
      const D = 0.7
      expect(2 * D * schedule.imaginaryTime(t, D)).toBeCloseTo(schedule.noise(t) / schedule.alphaBar(t), 10)
    }
  })

  test("Bayes' rule: the posterior's precision is that of x_s from the data plus that from x_t", () => {
    const [s, t] = [0.3, 0.6]
    const decay = schedule.signal(t) / schedule.signal(s)
    const added = schedule.noise(t) - decay ** 2 * schedule.noise(s)
    const precision = 1 / schedule.noise(s) + decay ** 2 / added
    const { variance, data, later } = schedule.posterior(s, t)
    expect(variance * precision).toBeCloseTo(1, 10)
    expect(later).toBeCloseTo((decay / added) * variance, 10)
    expect(data).toBeCloseTo((schedule.signal(s) / schedule.noise(s)) * variance, 10)
  })
})

test('sub-VP has never more noise than VP, and the same factor of the data', () => {
  const [vp, sub] = [variancePreserving(), subVariancePreserving()]
  for (let t = 0; t <= 1; t += 0.05) {
    expect(sub.signal(t)).toBe(vp.signal(t))
    expect(sub.noise(t)).toBeLessThanOrEqual(vp.noise(t))
  }
})

test('steps of DDPM are products of 1 − β, and their posterior variance is (1 − ᾱ_{t−1})β_t/(1 − ᾱ_t)', () => {
  for (const schedule of [ddpmLinear({ steps: 50, betaMax: 0.3 }), ddpmCosine({ steps: 50 })]) {
    const betas = schedule.betas!
    let product = 1
    betas.forEach((beta, k) => {
      const before = product
      product *= 1 - beta
      expect(schedule.alphaBar((k + 1) / 50) / product).toBeCloseTo(1, 10)
      if (k === 0) return
      const { variance } = schedule.posterior(k / 50, (k + 1) / 50)
      expect(variance / (((1 - before) / (1 - product)) * beta)).toBeCloseTo(1, 9)
    })
  }
})

test('options that make no schedule are refused by name', () => {
  expect(() => variancePreserving({ betaMin: 2, betaMax: 1 })).toThrow(/betaMax/)
  expect(() => varianceExploding({ sigmaMin: -1 })).toThrow(/sigmaMin/)
  expect(() => ddpmLinear({ steps: 1 })).toThrow(/steps/)
  expect(() => ddpmCosine({ clip: 1 })).toThrow(/clip/)
  expect(() => ddpmCosine({ betaMin: 1 } as object)).toThrow(/no option betaMin/)
})
