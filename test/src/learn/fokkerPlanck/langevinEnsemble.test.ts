import { describe, expect, it } from 'vitest'
import { langevinEnsemble } from '../../../../src/learn/index.js'
import { INTERRUPTED } from '../../../../src/progress/index.js'

/** Standard errors that an average over independent particles may be off. */
const SIGMAS = 4

/** Deviation of a variance of n Gaussians in standard errors, √(2/n) of it. */
const offVariance = (found: number, exact: number, n: number): number =>
  Math.abs(found / exact - 1) / Math.sqrt(2 / n)

describe('the Ornstein–Uhlenbeck process', () => {
  const [D, k, n] = [0.5, 1.5, 40_000]

  it('has its stationary variance D/k exactly for Leimkuhler and Matthews, whatever the step', () => {
    const run = langevinEnsemble('3/4*x^2', { D, step: 0.5, steps: 60, particles: n })
    expect(offVariance(run.variance[0].at(-1)!, D / k, n)).toBeLessThan(SIGMAS)
    expect(Math.abs(run.mean[0].at(-1)!)).toBeLessThan(SIGMAS * Math.sqrt(D / k / n))
  })

  it('has (D/k)/(1 − hk/2) for Euler and Maruyama', () => {
    const step = 0.5
    const run = langevinEnsemble('3/4*x^2', { D, step, steps: 60, particles: n, method: 'eulerMaruyama' })
    const exact = D / k / (1 - (step * k) / 2)
    expect(offVariance(run.variance[0].at(-1)!, exact, n)).toBeLessThan(SIGMAS)
    // It could tell the two apart.
    expect(offVariance(run.variance[0].at(-1)!, D / k, n)).toBeGreaterThan(10)
  })

  it('follows its transition law from a start with a spread', () => {
    const [x0, spread, step, steps] = [1, 0.3, 1 / 256, 256]
    const run = langevinEnsemble('3/4*x^2', { D, step, steps, particles: n, start: [x0], spread, frames: 4 })
    run.times.forEach((t, i) => {
      const decay = Math.exp(-k * t)
      const variance = spread ** 2 * decay ** 2 + (D / k) * (1 - decay ** 2)
      // The steps err by h k relative at most, 0.6 %.
      expect(Math.abs(run.mean[0][i] - x0 * decay)).toBeLessThan(SIGMAS * Math.sqrt(variance / n) + 0.003)
      expect(Math.abs(run.variance[0][i] / variance - 1)).toBeLessThan(SIGMAS * Math.sqrt(2 / n) + 0.006)
    })
  })
})

it('a double well is filled as e^{−U/D}', () => {
  const run = langevinEnsemble('x^4/4 - x^2/2', { D: 0.5, step: 0.05, steps: 400, particles: 20_000 })
  const moment = (power: number): number => {
    let [sum, Z] = [0, 0]
    for (let x = -4; x <= 4; x += 0.01) {
      const weight = Math.exp(-(x ** 4 / 4 - x ** 2 / 2) / 0.5)
      sum += weight * x ** power
      Z += weight
    }
    return sum / Z
  }
  const n = run.particles[0].length
  const second = run.particles[0].reduce((sum, x) => sum + x * x, 0) / n
  const error = Math.sqrt((moment(4) - moment(2) ** 2) / n)
  // h² of the step besides.
  expect(Math.abs(second - moment(2))).toBeLessThan(SIGMAS * error + 0.0025)
})

it('coordinates that do not interact do not correlate', () => {
  const run = langevinEnsemble('x^2/2 + y^2 + z^2', { D: 0.5, step: 0.1, steps: 60, particles: 20_000 })
  const [x, y, z] = run.particles
  for (const [a, b] of [
    [x, y],
    [y, z],
    [x, z],
  ]) {
    const n = a.length
    const sum = a.reduce((s, v, i) => s + v * b[i], 0) / n
    const [va, vb] = [a, b].map((c) => c.reduce((s, v) => s + v * v, 0) / n)
    expect((Math.abs(sum) / Math.sqrt(va * vb)) * Math.sqrt(n)).toBeLessThan(SIGMAS)
  }
})

it('a particle does not depend on how many others there are, nor how often they are looked at', () => {
  const options = { D: 0.5, step: 0.1, steps: 20 }
  const few = langevinEnsemble('x^4', { ...options, particles: 2048, frames: 3 })
  const many = langevinEnsemble('x^4', { ...options, particles: 5000 })
  expect(many.particles[0].subarray(0, 2048)).toEqual(few.particles[0])
  expect(many.particles[0][2048]).not.toBe(few.particles[0][0])
  expect(few.times).toHaveLength(4)
})

it('without noise it is gradient descent', () => {
  const run = langevinEnsemble('x^2/2', { D: 0, step: 0.1, steps: 10, particles: 3, start: [2] })
  for (const x of run.particles[0]) expect(x).toBeCloseTo(2 * 0.9 ** 10, 12)
})

it('an ensemble that is stopped is the particles that reached the end', () => {
  const host = globalThis as { [INTERRUPTED]?: () => () => boolean }
  let polls = 0
  host[INTERRUPTED] = () => () => ++polls > 6
  const run = langevinEnsemble('x^2', { D: 0.5, step: 0.01, steps: 64, particles: 8192 })
  delete host[INTERRUPTED]
  expect(run.complete).toBe(false)
  expect(run.particles[0].length).toBe(2048)
  expect(run.notes.join()).toContain('2048 of 8192')
})

it('draws itself and says its means', () => {
  const run = langevinEnsemble('x^2 + y^2', { D: 0.5, step: 0.1, steps: 20, particles: 500 })
  expect(run.figure()).toMatchObject({ kind: 'panels', panels: [{ type: 'lines' }, { type: 'lines' }] })
  expect(run.toString()).toMatch(/^500 particles at t = 2: ⟨x⟩ = .*Var y = /)
  expect(run.toCsv().split('\n')[0]).toBe('t,mean x,variance x,mean y,variance y')
  expect(run.toNpz().length).toBeGreaterThan(0)
})

it.each([
  ['step', { D: 1, step: 0, steps: 1 }],
  ['steps', { D: 1, step: 1, steps: 0 }],
  ['D', { D: -1, step: 1, steps: 1 }],
  ['start', { D: 1, step: 1, steps: 1, start: [1, 2] }],
  ['method', { D: 1, step: 1, steps: 1, method: 'milstein' as never }],
  ['particles', { D: 1, step: 1, steps: 1, particles: 2 ** 30 }],
  ['step', { D: 1, step: 2, steps: 50 }],
  ['count', { D: 1, step: 1, steps: 1, count: 3 } as never],
])('refuses by the name %s', (name, options) => {
  expect(() => langevinEnsemble('x^4', options)).toThrow(name)
})

it('says where its steps overshoot', () => {
  const notes = (step: number): string =>
    langevinEnsemble('x^2/2', { D: 0.5, step, steps: 10, particles: 64 }).notes.join(' ')
  expect(notes(2.5)).toMatch(/The step is too long/)
  expect(notes(0.5)).not.toMatch(/The step is too long/)
})
