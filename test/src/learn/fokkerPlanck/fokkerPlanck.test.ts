import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fokkerPlanck } from '../../../../src/learn/index.js'
import { functionObjective } from '../../../../src/objective/index.js'

/** Half a unit of the last digit but one of a number printed with so many decimals. */
const printed = (decimals: number): number => 5 * 10 ** -decimals
/** Rates come from levels that are exact to rounding. */
const ROUNDING = 1e-11

describe('rates', () => {
  it('of an Ornstein–Uhlenbeck process are nk, whatever D is', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        fc.double({ min: 0.02, max: 5, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (k, D, at) => {
          const { values } = fokkerPlanck('k/2*(x - m)^2', { D, parameters: { k, m: at } }).rates(4)
          values.forEach((rate, n) => {
            expect(Math.abs(rate / k - n)).toBeLessThan(1e-9)
          })
        },
      ),
      { numRuns: 12 },
    )
  })

  // U = x⁴/4 − x²/2: published values of λ₁, and its ratio to √2/π e^{−1/4D}.
  it.each([
    [0.5, 0.4229446453977572, 1.549],
    [0.25, 0.1871704180870985, 1.13],
    [0.1, 0.03354528730800061, 0.9078],
  ])('of the quartic double well at D = %f: λ₁ and its ratio to Kramers', (D, rate, ratio) => {
    const found = fokkerPlanck('x^4/4 - x^2/2', { D }).escape!
    expect(Math.abs(found.rate - rate)).toBeLessThan(ROUNDING)
    expect(found.kramers).toBeCloseTo((Math.SQRT2 / Math.PI) * Math.exp(-1 / (4 * D)), 12)
    expect(Math.abs(found.ratio - ratio)).toBeLessThan(printed(D === 0.1 ? 4 : 3))
  })

  // h(x² − 1)²: published values.
  it.each([
    [0.25, 0.2, 0.134777984, 9, 1.045],
    [0.25, 0.1, 0.0335452873, 10, 0.908],
    [0.25, 0.05, 2.77614e-3, 8, 0.915],
    [1, 0.2, 0.0111045625, 10, 0.915],
    [1, 0.1, 7.83571e-5, 10, 0.959],
  ])('of %f(x² − 1)² at D = %f', (h, D, rate, decimals, ratio) => {
    const found = fokkerPlanck('h*(x^2 - 1)^2', { D, parameters: { h } }).escape!
    expect(Math.abs(found.rate - rate)).toBeLessThan(printed(decimals))
    expect(found.kramers).toBeCloseTo(((8 * h) / (Math.SQRT2 * Math.PI)) * Math.exp(-h / D), 12)
    expect(Math.abs(found.ratio - ratio)).toBeLessThan(printed(3))
  })

  it('are the same for a function of unknown derivatives', () => {
    const exact = fokkerPlanck('x^4/4 - x^2/2', { D: 0.25 }).rates(3).values
    const plain = fokkerPlanck((x) => x ** 4 / 4 - x ** 2 / 2, { D: 0.25 }).rates(3).values
    plain.forEach((rate, n) => {
      expect(Math.abs(rate - exact[n])).toBeLessThan(1e-6)
    })
  })

  it('of two independent coordinates add', () => {
    const { values } = fokkerPlanck('x^2/2 + 3*y^2/2', { D: 0.3 }).rates(6)
    for (const [n, rate] of [0, 1, 2, 3, 3, 4].entries())
      expect(Math.abs(values[n] - rate)).toBeLessThan(1e-8)
  })
})

describe('escape', () => {
  it('tends to Kramers’ rate as D falls, also of unequal wells', () => {
    const ratios = [0.1, 0.05, 0.025].map((D) => fokkerPlanck('x^4/4 - x^2/2 + x/20', { D }).escape!.ratio)
    ratios.forEach((ratio, k) => {
      expect(Math.abs(ratio - 1)).toBeLessThan(k === 0 ? 0.2 : Math.abs(ratios[k - 1] - 1) + 0.02)
    })
    expect(Math.abs(ratios[2] - 1)).toBeLessThan(0.08)
  })

  it('over a pass in the plane has Langer’s prefactor', () => {
    // Across the way the curvature is 1 at the pass and 4 in the wells: √4 times the rate of a line.
    const line = fokkerPlanck('x^4/4 - x^2/2', { D: 0.05 }).escape!
    const found = fokkerPlanck('x^4/4 - x^2/2 + (1 + 3*x^2)*y^2/2', { D: 0.05 }).escape!
    expect(found.minima).toHaveLength(2)
    expect(found.passes).toHaveLength(1)
    expect(found.kramers / line.kramers).toBeCloseTo(2, 9)
    expect(Math.abs(found.ratio - 1)).toBeLessThan(0.2)
  })

  it('of three wells in a row is the slowest of their Markov chain', () => {
    const found = fokkerPlanck('(1 - cos(3*x))/9 + x^8/2000', { D: 0.02, grid: { lower: -4, upper: 4 } })
      .escape!
    expect(found.minima).toHaveLength(3)
    expect(found.passes).toHaveLength(2)
    expect(Math.abs(found.ratio - 1)).toBeLessThan(0.25)
  })

  it('does not exist from a single well', () => {
    expect(fokkerPlanck('x^2/2 + x^4', { D: 0.2 }).escape).toBeUndefined()
  })
})

describe('densities', () => {
  it('follow the transition law of the Ornstein–Uhlenbeck process', () => {
    const [k, D, x0, sigma, until] = [1.5, 0.4, 1.2, 0.2, 0.9]
    const run = fokkerPlanck('k/2*x^2', { D, parameters: { k } }).evolve({ x0, sigma }, { until })
    const [mean, variance] = [run.mean()[0], run.variance()[0]]
    run.times.forEach((t, n) => {
      expect(Math.abs(mean[n] - x0 * Math.exp(-k * t))).toBeLessThan(1e-8)
      const exact = sigma ** 2 * Math.exp(-2 * k * t) + (D / k) * -Math.expm1(-2 * k * t)
      expect(Math.abs(variance[n] - exact)).toBeLessThan(1e-8)
    })
    expect(run.massError).toBeLessThan(1e-9)
    expect(run.complete).toBe(true)
  })

  it('become stationary, e^{−U/D}, in a double well as well', () => {
    const dynamics = fokkerPlanck('x^4/4 - x^2/2 + x/5', { D: 0.5 })
    const run = dynamics.evolve({ x0: 0.5, sigma: 0.3 }, { until: 60, frames: 4 })
    const [x, U] = [run.grid.columns[0], (at: number) => at ** 4 / 4 - at ** 2 / 2 + at / 5]
    const weights = x.map((at) => Math.exp(-U(at) / 0.5))
    const Z = weights.reduce((a, b) => a + b, 0) * run.grid.cell
    run.final.forEach((p, i) => {
      expect(Math.abs(p - weights[i] / Z)).toBeLessThan(1e-8)
    })
  })

  it('start from a function as well, and two coordinates relax each by its own', () => {
    const dynamics = fokkerPlanck('x^2/2 + y^2', { D: 0.5 })
    const run = dynamics.evolve((x, y) => Math.exp(-((x - 1) ** 2) / 0.5 - (y + 1) ** 2 / 0.5), {
      until: 0.7,
      frames: 1,
    })
    const [x, y] = run.mean().map((mean) => mean[1])
    expect(Math.abs(x - Math.exp(-0.7))).toBeLessThan(1e-6)
    expect(Math.abs(y + Math.exp(-1.4))).toBeLessThan(1e-6)
  })

  it('give the stationary density on the grid of the problem', () => {
    const dynamics = fokkerPlanck('x^2/2', { D: 0.5 })
    const [x] = dynamics.grid.columns
    dynamics.stationary.forEach((p, i) => {
      expect(Math.abs(p - Math.exp(-(x[i] ** 2)) / Math.sqrt(Math.PI))).toBeLessThan(1e-10)
    })
  })
})

it('the objective is V_s and not the loss', () => {
  const { problem } = fokkerPlanck('x^4/4 - x^2/2', { D: 0.2 })
  const plain = fokkerPlanck(
    functionObjective((x) => x ** 4 / 4 - x ** 2 / 2),
    { D: 0.2 },
  ).problem
  for (const x of [-1.3, 0.2, 2]) {
    const exact = (x ** 3 - x) ** 2 / 0.8 - (3 * x ** 2 - 1) / 2
    expect(problem.objective.evaluate([Float64Array.of(x)])[0]).toBeCloseTo(exact, 12)
    expect(plain.objective.evaluate([Float64Array.of(x)])[0]).toBeCloseTo(exact, 5)
  }
})

it('results draw themselves and say their numbers', () => {
  const dynamics = fokkerPlanck('x^4/4 - x^2/2', { D: 0.1 })
  expect(dynamics.figure()).toMatchObject({ kind: 'panels', panels: [{}, {}, {}, { type: 'table' }] })
  expect(dynamics.toString()).toContain('λ₁ = 0.033545287')
  expect(dynamics.notes.join(' ')).toContain('The lowest barrier is 2.5 D')
  const run = dynamics.evolve({ x0: 1, sigma: 0.1 }, { until: 0.1, frames: 2 })
  expect(run.figure().kind).toBe('panels')
  expect(run.toString()).toContain('t = 0.1')
  expect(run.toCsv().split('\n')[0]).toBe('t,mean x,variance x')
  expect(run.toNpz().length).toBeGreaterThan(0)
})

it('says where λ₁ is below what doubles tell', () => {
  const notes = (D: number): string => fokkerPlanck('x^4 - x^2', { D }).notes.join(' ')
  expect(notes(1e-3)).toContain('smaller than its error')
  expect(notes(0.05)).not.toContain('smaller than its error')
})

it.each([
  ['D', () => fokkerPlanck('x^2', { D: 0 })],
  ['loss', () => fokkerPlanck('-x^4', { D: 1 })],
  ['loss', () => fokkerPlanck('x^3', { D: 1 })],
  ['steps', () => fokkerPlanck('x^2', { D: 1, steps: 3 } as never)],
  ['sigma', () => fokkerPlanck('x^2', { D: 1 }).evolve({ x0: 0, sigma: 0 }, { until: 1 })],
  ['x0', () => fokkerPlanck('x^2', { D: 1 }).evolve({ x0: [0, 1], sigma: 1 }, { until: 1 })],
])('refuses by the name %s', (name, run) => {
  expect(run).toThrow(name)
})
