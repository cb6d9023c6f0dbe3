import { describe, expect, it } from 'vitest'
import { diffusionMonteCarlo, geometric } from '../../../../src/learn/index.js'
import { expressionObjective } from '../../../../src/objective/index.js'
import { qde } from '../../../../src/qde/index.js'

/** Standard errors that a Monte Carlo mean may be off. */
const SIGMAS = 3

const oscillator = expressionObjective('x^2/2')
const doubleWell = expressionObjective('(x^2 - 1)^2')

describe('diffusionMonteCarlo', () => {
  it('has E₀ of the oscillator with the error of its step: ½/√(1 + Δτ²/4), closed form of the split product', () => {
    // e^{−ζΔτ/2} e^{D∇²Δτ} e^{−ζΔτ/2} keeps a normal population of precision a, a² = h²Δτ²/4 + h/2D, and ⟨ζ⟩ = h/2a.
    const run = diffusionMonteCarlo({ D: 0.5, timeStep: 1, walkers: 500, spread: 1 }).run(oscillator, {
      start: [0],
      evaluations: 400_000,
    })
    const { mean, error, settled } = run.estimates.energy
    expect(settled).toBe(true)
    expect(error).toBeLessThan(2e-3)
    expect(Math.abs(mean - 0.5 / Math.sqrt(1.25))).toBeLessThan(SIGMAS * error)
    // The population reading has the variance 1/a, twice the Born one at Δτ → 0.
    expect(run.covariance![0]).toBeCloseTo(1 / Math.sqrt(1.25), 0)
  })

  it('has E₀ of the double well, extrapolated in the step as Δτ² → 0', () => {
    const exact = qde({ objective: doubleWell, D: 0.2 }).groundState().energies[0]
    const [coarse, fine] = [0.2, 0.1].map(
      (timeStep) =>
        diffusionMonteCarlo({ D: 0.2, timeStep, walkers: 500, spread: 1 }).run(doubleWell, {
          start: [0],
          evaluations: 600_000,
        }).estimates.energy,
    )
    const energy = (4 * fine.mean - coarse.mean) / 3
    const error = Math.hypot(4 * fine.error, coarse.error) / 3
    expect(error).toBeLessThan(6e-3)
    expect(Math.abs(energy - exact)).toBeLessThan(SIGMAS * error)
    // The step of 0.2 itself is off by many errors: the extrapolation is needed.
    expect(exact - coarse.mean).toBeGreaterThan(2 * SIGMAS * coarse.error)
  })

  it('states an error that is the spread over seeds, about a mean that few walkers do not bias', () => {
    const runs = Array.from({ length: 40 }, (_, seed) =>
      diffusionMonteCarlo({ D: 0.5, timeStep: 0.5, walkers: 50, spread: 1 }).run(oscillator, {
        start: [0],
        seed,
        evaluations: 25_000,
      }),
    ).map((run) => run.estimates.energy)
    const mean = runs.reduce((sum, { mean }) => sum + mean, 0) / runs.length
    const spread = Math.sqrt(runs.reduce((sum, run) => sum + (run.mean - mean) ** 2, 0) / (runs.length - 1))
    const stated = Math.sqrt(runs.reduce((sum, { error }) => sum + error ** 2, 0) / runs.length)
    expect(stated / spread).toBeGreaterThan(0.8)
    expect(stated / spread).toBeLessThan(1.2)
    // Without the growth of the population this is off by 0.006, six such errors.
    expect(Math.abs(mean - 0.5 / Math.sqrt(1 + 0.5 ** 2 / 4))).toBeLessThan((SIGMAS * spread) / Math.sqrt(40))
  })

  it('finds with a falling D what gradient descent does not: the minimum of Rastrigin’s function', () => {
    const run = diffusionMonteCarlo({
      D: geometric(1, 1e-3),
      timeStep: 0.05,
      walkers: 100,
      spread: 0.1,
    }).run(expressionObjective('x^2 + 10*(1 - cos(2*pi*x))'), { start: [2.98], evaluations: 30_000 })
    expect(Math.abs(run.point[0])).toBeLessThan(0.01)
    expect(run.estimates).toEqual({})
    expect(run.observables.D.at(-1)).toBeLessThan(1.1e-3)
  })

  it('is the same for the same seed, and another for another repetition', () => {
    const dmc = diffusionMonteCarlo({ D: 0.5, timeStep: 0.1, spread: 1 })
    const runs = [0, 0, 1].map((repeat) => dmc.run(oscillator, { start: [0], seed: 7, repeat }))
    expect(runs[1].observables.energy).toEqual(runs[0].observables.energy)
    expect(runs[2].observables.energy).not.toEqual(runs[0].observables.energy)
  })

  it('lets walkers die at the walls of the box, and says where there are none to begin with', () => {
    const run = diffusionMonteCarlo({ D: 0.5, timeStep: 0.05, walkers: 100 }).run(expressionObjective('-x'), {
      box: { lower: 0, upper: 1 },
    })
    expect(run.path.every(([x]) => x > 0 && x < 1)).toBe(true)
    const dmc = diffusionMonteCarlo({ D: 0.5, timeStep: 0.1 })
    expect(() => dmc.run(oscillator, { start: [0] })).toThrow(/spread: nowhere to put the walkers/)
    expect(() => dmc.run(oscillator, { box: { lower: -1, upper: 1 }, evaluations: 100 })).toThrow(
      /evaluations: 200 values of ζ are needed to begin/,
    )
  })
})
