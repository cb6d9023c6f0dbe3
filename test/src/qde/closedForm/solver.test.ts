/** The numerical solver against closed forms: the same packet, with and without a grid. */
import { describe, expect, it } from 'vitest'
import type { WaveFunction } from '../../../../src/grid/index.js'
import {
  freePropagator,
  gaussianPacket,
  linearPropagator,
  oscillatorPropagator,
  type QuadraticPropagator,
  quadraticPropagator,
} from '../../../../src/qde/closedForm/index.js'
import { type GridOptions, qde } from '../../../../src/qde/index.js'
import { distance } from '../_exact.js'
import { IMAGINARY } from './_draw.js'

/** What the solver is asked for, and what it keeps of that after its error estimate and rounding. */
const TOLERANCE = 1e-10
const AGREEMENT = 1e-9

const D = 0.5
const box: GridOptions = { lower: -16, upper: 16, points: 256 }
const packet = gaussianPacket({ x0: -0.8, sigma: 0.7, k0: 1.2 })

interface Case {
  readonly name: string
  readonly objective: string
  readonly grid?: GridOptions
  readonly closed: QuadraticPropagator
  readonly until: number
}

const cases: readonly Case[] = [
  { name: 'free', objective: '0.3', closed: freePropagator({ D, zeta0: 0.3 }), until: 1.5 },
  {
    name: 'linear',
    objective: '0.2 + 0.6*(x - 1)',
    closed: linearPropagator({ D, slope: 0.6, center: 1, zeta0: 0.2 }),
    until: 1.2,
  },
  {
    name: 'oscillator',
    objective: '0.75*(x - 0.4)^2 - 0.3',
    closed: oscillatorPropagator({ D, curvature: 1.5, center: 0.4, zeta0: -0.3 }),
    until: 3,
  },
  {
    name: 'second Taylor order',
    objective: '0.1 - 0.5*(x + 1) + 0.6*(x + 1)^2',
    closed: quadraticPropagator({ D, slope: -0.5, curvature: 1.2, center: -1, zeta0: 0.1 }),
    until: 2,
  },
  {
    name: 'inverted oscillator',
    objective: '-0.1*x^2',
    // Rounding at the edge of the box grows as e^{0.1x²τ}.
    grid: { lower: -12, upper: 12, points: 128 },
    closed: oscillatorPropagator({ D, curvature: -0.2 }),
    until: 0.8,
  },
]

/** ‖a − b‖, phase and norm included. */
const absoluteDistance = (a: WaveFunction, b: WaveFunction): number => {
  const sum = a.values.reduce((s, v, k) => s + (v - b.values[k]) ** 2, 0)
  return Math.sqrt(sum * a.grid.cell)
}

describe.each(cases)('$name', ({ objective, grid = box, closed, until }) => {
  const problem = qde({ objective, D, grid: { ...grid, boundary: 'periodic' } })

  it.each([0, 0.2, 0.8, 1.3, IMAGINARY])('evolve() agrees with the closed form at θ = %f', (angle) => {
    const run = problem.evolve(packet, { until, angle, frames: 3, tolerance: TOLERANCE })
    run.times.forEach((s, f) => {
      const exact = closed.at({ s, angle }).apply(packet)
      expect(distance(run.states[f], exact.sample(run.states[f].grid))).toBeLessThan(AGREEMENT)
      expect(Math.abs(run.logNorm[f] - exact.logNorm)).toBeLessThan(AGREEMENT)
      expect(Math.abs(run.mean()[0][f] - exact.mean()[0])).toBeLessThan(10 * AGREEMENT)
      expect(Math.abs(run.variance()[0][f] - exact.variance()[0])).toBeLessThan(10 * AGREEMENT)
    })
  })

  it('evolve() has the phase of the closed form in real time', () => {
    const { final, times } = problem.evolve(packet, { until, frames: 1, tolerance: TOLERANCE })
    const exact = closed.at({ s: times[1] }).apply(packet).on(final.grid)
    expect(absoluteDistance(final, exact)).toBeLessThan(AGREEMENT)
  })
})

describe('Maslov phase', () => {
  it('evolve() returns a packet as −ψ after one period of the oscillator and as ψ after two', () => {
    const problem = qde({ objective: 'x^2/2', D, grid: { lower: -8, upper: 8, points: 128 } })
    const run = problem.evolve(packet, { until: 4 * Math.PI, frames: 4, tolerance: TOLERANCE })
    const signs = [1, -1, 1]
    signs.forEach((sign, n) => {
      expect(
        run.states[0]
          .overlap(run.states[2 * n])
          .sub(sign)
          .abs(),
      ).toBeLessThan(AGREEMENT)
    })
    const half = oscillatorPropagator({ D, curvature: 1 }).at({ s: Math.PI })
    expect(absoluteDistance(run.states[1], half.apply(packet).on(run.final.grid))).toBeLessThan(AGREEMENT)
    expect(absoluteDistance(run.states[1], half.apply(run.states[0]))).toBeLessThan(AGREEMENT)
  })
})

describe('a state of a closed form as the initial state', () => {
  it.each([
    ['0', freePropagator({ D })],
    ['x^2/2', oscillatorPropagator({ D, curvature: 1 })],
  ])('evolve() goes on from it on a grid of its own choice: ζ = %s', (objective, closed) => {
    for (const angle of [0, 0.7]) {
      const middle = closed.at({ s: 0.9, angle }).apply(packet)
      const { final } = qde({ objective, D }).evolve(middle, {
        until: 0.8,
        angle,
        frames: 1,
        tolerance: TOLERANCE,
      })
      const exact = closed.at({ s: 1.7, angle }).apply(packet)
      expect(distance(final, exact.sample(final.grid))).toBeLessThan(AGREEMENT)
    }
  })
})

describe('plane', () => {
  it('evolve() agrees with the product of two axes at θ = 0.6', () => {
    const problem = qde({ objective: 'x^2/2 + (y - 0.3)^2', D, grid: { lower: -7, upper: 7, points: 64 } })
    const state = gaussianPacket({ x0: [0.8, -0.5], sigma: [0.7, 0.6], k0: [0, 0.8] })
    const { final, logNorm } = problem.evolve(state, { until: 1, angle: 0.6, frames: 1, tolerance: 1e-9 })
    const exact = oscillatorPropagator({ D, curvature: [1, 2], center: [0, 0.3] })
      .at({ s: 1, angle: 0.6 })
      .apply(state)
    expect(distance(final, exact.sample(final.grid))).toBeLessThan(1e-8)
    expect(Math.abs(logNorm[1] - exact.logNorm)).toBeLessThan(1e-8)
  })
})
