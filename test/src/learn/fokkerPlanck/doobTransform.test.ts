import { describe, expect, it } from 'vitest'
import { doobTransform, fokkerPlanck, langevinEnsemble } from '../../../../src/learn/index.js'
import { qde } from '../../../../src/qde/index.js'

/** The range of U ends where φ₀² is 1e-12 of its peak; what lies beyond shows in the fourth level. */
const GENERATOR = 1e-6
/** U is a table of 2049 places, by cubics. */
const TABLE = 1e-6

describe.each([
  ['x^2/2', 0.5],
  ['x^4', 0.5],
  ['(x^2 - 1)^2 + 0.2*x', 0.2],
])('the ground state of %s at D = %f', (objective, D) => {
  const problem = qde({ objective, D })
  const transform = doobTransform(problem)
  const { energies } = problem.eigenstates(4)

  it('has a generator of the same spectrum, from U alone', () => {
    const [rates, generator] = [transform.rates(4), transform.generatorRates(4)]
    rates.forEach((rate, n) => {
      expect(rate).toBeCloseTo(energies[n] - energies[0], 12)
      expect(Math.abs(generator[n] - rate)).toBeLessThan(GENERATOR)
    })
  })

  it('has V_s = ζ − E₀ for its loss, so that to and fro is the identity', () => {
    const back = fokkerPlanck(transform.loss!, { D })
    const x = Float64Array.of(-1.2, -0.4, 0.3, 1.1)
    const zeta = problem.objective.evaluate([x])
    back.problem.objective.evaluate([x]).forEach((v, i) => {
      expect(Math.abs(v - (zeta[i] - transform.energy))).toBeLessThan(20 * TABLE)
    })
    back.rates(4).values.forEach((rate, n) => {
      expect(Math.abs(rate - (energies[n] - energies[0]))).toBeLessThan(TABLE)
    })
  })
})

it('the oscillator is an Ornstein–Uhlenbeck process of U = ½ωx², ω = √(2Dk)', () => {
  const [D, k] = [0.3, 2]
  const { loss, energy, U, grid } = doobTransform(qde({ objective: 'k/2*x^2', D, parameters: { k } }))
  const omega = Math.sqrt(2 * D * k)
  expect(energy).toBeCloseTo(omega / 2, 11)
  const x = Float64Array.of(-1, -0.3, 0, 0.7, 1.5)
  loss!.gradient!([x])[0].forEach((slope, i) => {
    expect(slope).toBeCloseTo(omega * x[i], 7)
  })
  grid.columns[0].forEach((at, i) => {
    if (Math.abs(at) < 1.5) expect(U[i] - U[grid.columns[0].indexOf(0)]).toBeCloseTo((omega * at * at) / 2, 8)
  })
})

it('round trip from a loss: the Doob transform of V_s is the loss again', () => {
  const { problem } = fokkerPlanck('x^4/4 - x^2/2', { D: 0.25 })
  const { loss, energy } = doobTransform(problem)
  expect(Math.abs(energy)).toBeLessThan(1e-11)
  const x = Float64Array.of(-1.5, -0.5, 0, 0.8, 1.6)
  loss!.gradient!([x])[0].forEach((slope, i) => {
    expect(slope).toBeCloseTo(x[i] ** 3 - x[i], 6)
  })
})

it('particles on its loss end as φ₀²', () => {
  const transform = doobTransform(qde({ objective: '(x^2 - 1)^2', D: 0.5 }))
  const [x] = transform.grid.columns
  const second = transform.stationary.reduce((sum, p, i) => sum + p * x[i] ** 2, 0) * transform.grid.cell
  const fourth = transform.stationary.reduce((sum, p, i) => sum + p * x[i] ** 4, 0) * transform.grid.cell
  const run = langevinEnsemble(transform.loss!, { D: 0.5, step: 0.02, steps: 300, particles: 8000 })
  const found = run.particles[0].reduce((sum, v) => sum + v * v, 0) / 8000
  expect(Math.abs(found - second)).toBeLessThan(4 * Math.sqrt((fourth - second ** 2) / 8000))
})

it('in a plane gives U and rates on the grid, and no loss', () => {
  const transform = doobTransform(qde({ objective: 'x^2/2 + 2*y^2', D: 0.5 }))
  expect(transform.loss).toBeUndefined()
  for (const [n, rate] of [0, 1, 2, 2].entries()) expect(transform.rates(4)[n]).toBeCloseTo(rate, 7)
  expect(() => transform.generatorRates(2)).toThrow('one coordinate')
  expect(transform.figure()).toMatchObject({ panels: [{ type: 'table' }] })
})

it('draws itself, and refuses a ground state that may lie in either of two wells', () => {
  const transform = doobTransform(qde({ objective: 'x^4', D: 0.5 }))
  expect(transform.figure()).toMatchObject({ panels: [{ type: 'lines' }, {}, { type: 'table' }] })
  expect(transform.toString()).toContain('E₀ = 0.667986')
  expect(() => doobTransform(qde({ objective: '(x^2 - 1)^2', D: 0.001 }))).toThrow('in either well')
})
