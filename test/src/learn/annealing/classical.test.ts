/** Laws of annealing a classical density. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { anneal, annealedParabola, linear } from '../../../../src/learn/annealing/index.js'
import { relaxationAt } from '../../../../src/learn/annealing/relaxation.js'
import { type Problem, qde } from '../../../../src/qde/index.js'

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const runs = (numRuns: number) => ({ numRuns, seed: 20240719 })

beforeAll(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterAll(() => {
  vi.restoreAllMocks()
})

const cooled = (problem: Problem, until: number, options: object = {}) =>
  anneal(problem, { schedule: linear(1, 0), until, time: 'classical', frames: 1, ...options })

/** Published as converged to 1e-4. */
const CONVERGED = 1.5e-4

describe('the density', () => {
  it('in a parabola keeps T₀/(4kτ)·(1 − e^{−2kτ})', () => {
    fc.assert(
      fc.property(number(0.5, 4), number(0.3, 2), number(0.5, 20), (curvature, from, until) => {
        const problem = qde({ objective: 'k*x^2/2', parameters: { k: curvature }, D: 1 })
        const { residualEnergy } = cooled(problem, until, { schedule: linear(from, 0) })
        const wanted = annealedParabola({ curvature, from, until, time: 'classical' }).residual
        expect(Math.abs(residualEnergy - wanted)).toBeLessThan(CONVERGED * from)
      }),
      runs(3),
    )
  })

  it('stays in equilibrium while T stays', () => {
    const run = cooled(qde({ objective: 'x^4 - x^2 + x/5', D: 1 }), 3, { schedule: () => 0.7, frames: 3 })
    run.fidelity.forEach((f) => {
      expect(f).toBeCloseTo(1, 10)
    })
    run.excess.forEach((e) => {
      expect(e).toBeCloseTo(0, 10)
    })
  })

  it('in the double well gets stuck as published', () => {
    const wells = qde({ objective: '(x^2 - 1)^2 + 0.1*x', D: 0.5 })
    for (const [until, residual, probability] of [
      [10, 0.0881, 0.577],
      [100, 0.073, 0.637],
      [1000, 0.0585, 0.708],
      [1e4, 0.0445, Number.NaN],
      [1e5, 0.0324, Number.NaN],
      [1e6, 0.0228, Number.NaN],
    ]) {
      const run = cooled(wells, until, { region: [Number.NEGATIVE_INFINITY, 0], tolerance: 1e-7 })
      expect(Math.abs(run.residualEnergy - residual)).toBeLessThan(CONVERGED)
      if (!Number.isNaN(probability))
        expect(Math.abs(run.successProbability - probability)).toBeLessThan(1e-3)
    }
  })

  it('in a rugged parabola keeps 1/ln τ of its energy', () => {
    // Finite volumes of 1/400 with Crank and Nicolson's steps, in boxes of ±12 and ±8.
    const rugged = qde({ objective: '0.1*x^2 + 1 - cos(2*pi*x)', D: 0.5 })
    const residual = [10, 1000, 1e5].map((until) => cooled(rugged, until, { tolerance: 1e-6 }).residualEnergy)
    expect(Math.abs(residual[0] - 0.41375)).toBeLessThan(CONVERGED)
    expect(Math.abs(residual[1] - 0.16255)).toBeLessThan(CONVERGED)
    expect((residual[2] * Math.log(1e5)) / (residual[1] * Math.log(1e3))).toBeCloseTo(1, 1)
  })

  it('stays in the box that is given', () => {
    // The same finite volumes of 1/286 in ±7, whose walls keep the density from the heights at T = 1.
    const grid = { lower: -7, upper: 7, boundary: 'walls', points: 512 } as const
    const boxed = qde({ objective: '0.1*x^2 + 1 - cos(2*pi*x)', D: 0.5, grid })
    expect(Math.abs(cooled(boxed, 10, { tolerance: 1e-6 }).residualEnergy - 0.40736)).toBeLessThan(3e-4)
  })

  it.each([
    [() => cooled(qde({ objective: '0', D: 1 }), 1), 'objective'],
    [() => cooled(qde({ objective: 'x^2', D: 1 }), 1, { schedule: null }), 'schedule'],
    [() => cooled(qde({ objective: 'x^2', D: 1 }), 1, { schedule: 3 }), 'schedule'],
    [() => cooled(qde({ objective: 'x^2', D: 1 }), 1, { schedule: () => Number.NaN }), 'schedule at t = 0'],
  ])('refuses %s by the name %s', (run, name) => {
    expect(run).toThrow(new RegExp(`^${name}: `))
  })

  it('stops with what it has', () => {
    const controller = new AbortController()
    controller.abort()
    const run = cooled(qde({ objective: 'x^2', D: 1 }), 10, { signal: controller.signal })
    expect(run.complete).toBe(false)
    expect(run.times.length).toBe(1)
  })
})

describe('the slowest rate', () => {
  const line = (points: number, reach: number, f: (x: number) => number) => {
    const h = (2 * reach) / points
    const x = Float64Array.from({ length: points + 1 }, (_, i) => -reach + i * h)
    return { x, zeta: x.map((v) => f(v)), h }
  }
  /** Errors of order h² at h = 1/200 and less. */
  const GRID = 2e-4

  it('of x⁴/4 − x²/2 is published, and e^{−B/T} small without loss of digits', () => {
    const { x, zeta, h } = line(4096, 6, (v) => v ** 4 / 4 - v ** 2 / 2)
    for (const [T, rate] of [
      [0.5, 0.4229446453977572],
      [0.25, 0.1871704180870985],
      [0.1, 0.03354528730800061],
    ])
      expect(Math.abs(relaxationAt(x, zeta, h, T).gap / rate - 1)).toBeLessThan(GRID)
    // Kramers: (√2/π) e^{−1/4T}/2·2 with corrections of order T.
    const T = 0.01
    const kramers = (Math.SQRT2 / Math.PI) * Math.exp(-1 / (4 * T))
    expect(relaxationAt(x, zeta, h, T).gap / kramers).toBeGreaterThan(0.97)
    expect(relaxationAt(x, zeta, h, T).gap / kramers).toBeLessThan(1)
  })

  it('of a parabola is its curvature, and the density lags by 1/(2√2·k·T)', () => {
    fc.assert(
      fc.property(number(0.5, 4), number(0.2, 2), (k, T) => {
        const { x, zeta, h } = line(2048, 9 * Math.sqrt(T / k), (v) => (k * v * v) / 2)
        const { gap, resistance } = relaxationAt(x, zeta, h, T)
        expect(gap / k).toBeCloseTo(1, 3)
        // ∂p_eq/∂T is the second mode, of rate 2k, with the norm ‖(ζ − T/2)/T²‖ = 1/(√2·T).
        expect(resistance * 2 * Math.SQRT2 * k * T).toBeCloseTo(1, 3)
      }),
      runs(10),
    )
  })
})
