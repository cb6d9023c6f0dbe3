/** Laws of an equation that changes in time: a D that falls is a clock that slows. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gaussianPacket, quadraticPropagator } from '../../../src/qde/closedForm/index.js'
import { qde } from '../../../src/qde/index.js'
import {
  angle,
  at,
  BOX,
  difference,
  diffusion,
  exact,
  IMAGINARY,
  last,
  number,
  packet,
  runs,
  well,
  wellText,
} from './_draw.js'

/** Runs of tolerance 1e-8 beside each other. */
const AGREEMENT = 5e-8
const tolerance = 1e-8

/** Annealing D(s) = D·r^s, and ∫₀^s of it. */
const rate = number(0.3, 0.95)
const integral = (D: number, r: number, s: number): number => (D * (r ** s - 1)) / Math.log(r)

describe('D(s)', () => {
  it('of a free packet acts by its integral alone', () => {
    fc.assert(
      fc.property(diffusion, rate, packet, angle, number(0.3, 1.2), (D, r, p, theta, until) => {
        const grid = { lower: -18, upper: 18, points: 288, boundary: 'periodic' } as const
        const run = qde({ objective: '0', D, grid }).evolve(gaussianPacket(p), {
          until,
          angle: theta,
          frames: 1,
          tolerance,
          schedule: { D: (s) => D * r ** s },
        })
        const wanted = quadraticPropagator({ D: 1 })
          .at({ s: integral(D, r, until), angle: theta })
          .apply(gaussianPacket(p))
        expect(difference(run.final, wanted.sample(run.final.grid))).toBeLessThan(AGREEMENT)
        expect(Math.abs(last(run.logNorm) - wanted.logNorm)).toBeLessThan(AGREEMENT)
      }),
      runs(3),
    )
  })

  it('that stays the same is D', () => {
    fc.assert(
      fc.property(well, diffusion, packet, angle, (w, D, p, theta) => {
        const problem = qde({ objective: wellText(w), D, grid: BOX })
        const options = { until: 0.8, angle: theta, frames: 1, tolerance }
        const plain = problem.evolve(at(p), options)
        const scheduled = problem.evolve(at(p), { ...options, schedule: { D: () => D } })
        expect(difference(scheduled.final, plain.final)).toBeLessThan(AGREEMENT)
        expect(Math.abs(last(scheduled.logNorm) - last(plain.logNorm))).toBeLessThan(AGREEMENT)
      }),
      runs(3),
    )
  })

  it('with ζ(s) that falls alike is a clock: H(s) = r^s·H runs as far as ∫r^s', () => {
    fc.assert(
      fc.property(well, diffusion, rate, packet, angle, (w, D, r, p, theta) => {
        const objective = `c*(${wellText(w)})`
        const problem = qde({ objective, parameters: { c: 1 }, D, grid: BOX })
        const options = { angle: theta, frames: 1, tolerance }
        const slowing = problem.evolve(at(p), {
          ...options,
          until: 1,
          schedule: { D: (s) => D * r ** s, parameters: { c: (s) => r ** s } },
        })
        const steady = problem.evolve(at(p), { ...options, until: integral(1, r, 1) })
        expect(difference(slowing.final, steady.final)).toBeLessThan(AGREEMENT)
        expect(Math.abs(last(slowing.logNorm) - last(steady.logNorm))).toBeLessThan(AGREEMENT)
      }),
      runs(3),
    )
  })

  it('in two runs is D(s) in one', () => {
    fc.assert(
      fc.property(well, diffusion, rate, packet, angle, number(0.2, 0.8), (w, D, r, p, theta, middle) => {
        const problem = qde({ objective: wellText(w), D, grid: BOX })
        const options = { angle: theta, frames: 1, tolerance, schedule: { D: (s: number) => D * r ** s } }
        const once = problem.evolve(at(p), { ...options, until: 1 })
        const first = problem.evolve(at(p), { ...options, until: middle })
        const second = problem.evolve(first.final, { ...options, from: middle, until: 1 })
        expect(difference(second.final, once.final)).toBeLessThan(AGREEMENT)
      }),
      runs(2),
    )
  })
})

describe('E₀ against D', () => {
  /** Central difference over 2·1e-3 of D: ∂³E₀/∂D³ is of order 1. */
  const SLOPE = 1e-5

  it('rises at the rate ⟨k²⟩ (Hellmann and Feynman), ever less', () => {
    fc.assert(
      fc.property(well, number(0.2, 0.5), (w, D) => {
        const [less, here, more] = [-1, 0, 1].map((step) =>
          qde({ objective: wellText(w), D: D + 1e-3 * step, grid: BOX }).groundState(),
        )
        const momentum = here.state.momentum()
        const square = momentum.variance()[0] + momentum.mean()[0] ** 2
        expect(Math.abs((more.energy - less.energy) / 2e-3 - square)).toBeLessThan(SLOPE)
        expect(more.energy - 2 * here.energy + less.energy).toBeLessThan(0)
      }),
      runs(3),
    )
  })

  it('slow annealing in imaginary time ends in the ground state of the last D', () => {
    fc.assert(
      fc.property(number(-0.4, 0.4), (tilt) => {
        const objective = `x^2/2 + 0.1*x^4 + ${exact(tilt)}*x`
        const [T, from, to] = [12, 0.5, 0.4]
        const { final } = qde({ objective, D: from, grid: BOX }).evolve(
          qde({ objective, D: from, grid: BOX }).groundState().state,
          {
            until: T,
            angle: IMAGINARY,
            frames: 1,
            tolerance: 1e-5,
            schedule: { D: (s) => from * (to / from) ** (s / T) },
          },
        )
        const ground = qde({ objective, D: to, grid: BOX }).groundState().state
        // The state lags by some |dD/ds|/gap < 0.01; the overlap lacks the square of it.
        expect(1 - ground.overlap(final).abs()).toBeLessThan(1e-4)
      }),
      runs(1),
    )
  })
})
