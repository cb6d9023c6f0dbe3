/** The solver against closed forms of random quadratic ζ, and the semigroup of these. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  gaussianPacket,
  type QuadraticPropagator,
  quadraticPropagator,
} from '../../../src/qde/closedForm/index.js'
import { type GridOptions, qde } from '../../../src/qde/index.js'
import { angle, difference, exact, IMAGINARY, last, number, packet, runs } from './_draw.js'

/** Tolerance asked of the solver, and what it keeps of it. */
const TOLERANCE = 1e-10
const AGREEMENT = 1e-9
const SEMIGROUP = 1e-10

interface Quadratic {
  readonly zeta0: number
  readonly slope: number
  readonly curvature: number
  readonly center: number
}

const text = ({ zeta0, slope, curvature, center }: Quadratic, name = 'x'): string => {
  const u = `(${name} - ${exact(center)})`
  return `${exact(zeta0)} + ${exact(slope)}*${u} + ${exact(curvature / 2)}*${u}^2`
}

const closed = (D: number, q: Quadratic): QuadraticPropagator => quadraticPropagator({ D, ...q })

const quadratic = (curvature: fc.Arbitrary<number>, slope: fc.Arbitrary<number>): fc.Arbitrary<Quadratic> =>
  fc.record({ zeta0: number(-1, 1), slope, curvature, center: number(-1, 1) })

const zero = fc.constant(0)
/** Rounding at the ends of a box grows as e^{|ζ|τ} where ζ falls: the box of such a ζ is short. */
const wide: GridOptions = { lower: -18, upper: 18, points: 288, boundary: 'periodic' }
const short: GridOptions = { lower: -12, upper: 12, points: 180, boundary: 'periodic' }

const KINDS = [
  { name: 'free', draw: quadratic(zero, zero), grid: wide },
  { name: 'linear', draw: quadratic(zero, number(-0.5, 0.5)), grid: short },
  { name: 'oscillator', draw: quadratic(number(0.3, 2.5), number(-0.5, 0.5)), grid: short },
  { name: 'inverted oscillator', draw: quadratic(number(-0.15, -0.02), zero), grid: short },
] as const

const diffusion = number(0.3, 0.6)

describe.each(KINDS)('$name', ({ draw, grid }) => {
  it('evolve() is the closed form at every Wick angle', () => {
    fc.assert(
      fc.property(draw, diffusion, packet, angle, number(0.2, 1), (q, D, p, theta, until) => {
        const run = qde({ objective: text(q), D, grid }).evolve(gaussianPacket(p), {
          until,
          angle: theta,
          frames: 1,
          tolerance: TOLERANCE,
        })
        const wanted = closed(D, q).at({ s: until, angle: theta }).apply(gaussianPacket(p))
        expect(difference(run.final, wanted.sample(run.final.grid))).toBeLessThan(AGREEMENT)
        expect(Math.abs(last(run.logNorm) - wanted.logNorm)).toBeLessThan(AGREEMENT)
      }),
      { ...runs(5), examples: [] },
    )
  })

  it('K_s ∘ K_s′ = K_{s + s′}', () => {
    fc.assert(
      fc.property(draw, diffusion, packet, angle, number(0.1, 1), number(0.1, 1), (q, D, p, theta, s, t) => {
        const K = closed(D, q)
        const [one, two] = [s, t].map((time) => K.at({ s: time, angle: theta }))
        const once = K.at({ s: s + t, angle: theta }).apply(gaussianPacket(p))
        for (const x of [-1, 0.2, 1.3]) {
          const value = two.apply(one.apply(gaussianPacket(p))).value(x)
          expect(value.sub(once.value(x)).abs()).toBeLessThan(SEMIGROUP)
        }
      }),
      runs(20),
    )
  })
})

describe('plane', () => {
  it.each([0, 0.6, IMAGINARY])('evolve() is the product of two closed forms at θ = %f', (theta) => {
    fc.assert(
      fc.property(
        quadratic(number(0.5, 1.5), number(-0.3, 0.3)),
        quadratic(number(0.5, 1.5), number(-0.3, 0.3)),
        (a, b) => {
          const D = 0.5
          const start = gaussianPacket({ x0: [0.5, -0.4], sigma: [0.7, 0.6], k0: [0.3, -0.4] })
          const run = qde({
            objective: `${text(a)} + ${text(b, 'y')}`,
            D,
            grid: { lower: -8, upper: 8, points: 72 },
          }).evolve(start, { until: 0.5, angle: theta, frames: 1, tolerance: TOLERANCE })
          const wanted = quadraticPropagator({
            D,
            zeta0: a.zeta0 + b.zeta0,
            slope: [a.slope, b.slope],
            curvature: [a.curvature, b.curvature],
            center: [a.center, b.center],
          })
            .at({ s: 0.5, angle: theta })
            .apply(start)
          expect(difference(run.final, wanted.sample(run.final.grid))).toBeLessThan(AGREEMENT)
          expect(Math.abs(last(run.logNorm) - wanted.logNorm)).toBeLessThan(AGREEMENT)
        },
      ),
      runs(1),
    )
  })
})
