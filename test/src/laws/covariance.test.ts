/** What a change of origin, of zero or of unit may do to levels and to motion: nothing but change the names. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { qde } from '../../../src/qde/index.js'
import {
  angle,
  at,
  BOX,
  diffusion,
  exact,
  greatest,
  last,
  number,
  packet,
  runs,
  well,
  wellText,
} from './_draw.js'

/** Levels of default settings, below 1e-11·max(1, |E|) each. */
const LEVELS = 2e-11
/** Levels of a plane and of space by default settings, far below the 1e-6 that they are good to anywhere. */
const PLANES = 1e-8
/** Two runs of tolerance 1e-10. */
const MOTION = 1e-9

const raise = number(-20, 20)

describe('levels', () => {
  it('ζ → ζ + c raises them by c, and x → x − a leaves them', () => {
    fc.assert(
      fc.property(well, diffusion, raise, number(-3, 3), (w, D, c, shift) => {
        const plain = qde({ objective: wellText(w), D }).eigenstates(6).energies
        const moved = qde({ objective: wellText(w, { shift, raise: c }), D }).eigenstates(6)
        expect(
          greatest(
            moved.energies,
            plain.map((e) => e + c),
          ),
        ).toBeLessThan(LEVELS * (1 + Math.abs(c)))
      }),
      runs(4),
    )
  })

  it('x → λx with D → λ²D leaves them, and ζ → μζ with D → μD multiplies them by μ', () => {
    fc.assert(
      fc.property(well, diffusion, number(0.3, 4), number(0.2, 5), (w, D, scale, factor) => {
        const plain = qde({ objective: wellText(w), D }).eigenstates(6).energies
        const wide = qde({ objective: wellText(w, { scale }), D: D * scale * scale }).eigenstates(6)
        expect(greatest(wide.energies, plain)).toBeLessThan(LEVELS)
        const high = qde({ objective: `${exact(factor)}*(${wellText(w)})`, D: D * factor }).eigenstates(6)
        expect(
          greatest(
            high.energies,
            plain.map((e) => factor * e),
          ),
        ).toBeLessThan(LEVELS * Math.max(1, factor))
      }),
      runs(4),
    )
  })

  it.each([
    ['((x/s)^2 - 1)^2 + 0.2*x/s + (y/s)^2/2 + 0.3*x*y/s^2', 6, [1e-4, 1e4]],
    ['((x/s)^2 + 2*(y/s)^2 + 3*(z/s)^2)/2 + 0.3*x*y/s^2', 2, [1e-3, 1e3]],
  ])('the unit of length may be any: %s', (objective, levels, units) => {
    const of = (s: number) =>
      qde({ objective, parameters: { s }, D: 0.1 * s * s }).eigenstates(levels).energies
    const plain = of(1)
    for (const s of units) expect(greatest(of(s), plain)).toBeLessThan(PLANES)
  })

  it('x → −x leaves them', () => {
    fc.assert(
      fc.property(well, diffusion, (w, D) => {
        const [one, other] = [1, -1].map(
          (scale) => qde({ objective: wellText(w, { scale }), D }).eigenstates(6).energies,
        )
        expect(greatest(one, other)).toBeLessThan(LEVELS)
      }),
      runs(3),
    )
  })
})

describe('evolution', () => {
  it('ζ → ζ + c turns ψ by e^{−ics e^{−iθ}}, and nothing else', () => {
    fc.assert(
      fc.property(well, diffusion, packet, angle, raise, (w, D, p, theta, c) => {
        const until = 0.8
        const [plain, raised] = [0, c].map((value) =>
          qde({ objective: wellText(w, { raise: value }), D, grid: BOX }).evolve(at(p), {
            until,
            angle: theta,
            frames: 1,
            tolerance: 1e-10,
          }),
        )
        const overlap = plain.final.normalized().overlap(raised.final.normalized())
        const phase = -c * until * Math.cos(theta)
        expect(Math.hypot(overlap.re - Math.cos(phase), overlap.im - Math.sin(phase))).toBeLessThan(MOTION)
        const decay = last(raised.logNorm) - last(plain.logNorm)
        expect(Math.abs(decay + c * until * Math.sin(theta))).toBeLessThan(MOTION)
      }),
      runs(4),
    )
  })

  it('x → x − a moves ψ, and x → λx with D → λ²D stretches it', () => {
    fc.assert(
      fc.property(
        well,
        diffusion,
        packet,
        angle,
        number(-3, 3),
        number(0.4, 3),
        (w, D, p, theta, shift, scale) => {
          const options = { until: 0.8, angle: theta, frames: 1, tolerance: 1e-10 }
          const plain = qde({ objective: wellText(w), D, grid: BOX }).evolve(at(p), options)
          const changed = qde({
            objective: wellText(w, { shift, scale }),
            D: D * scale * scale,
            grid: { ...BOX, lower: BOX.lower * scale + shift, upper: BOX.upper * scale + shift },
          }).evolve(at({ x0: p.x0 * scale + shift, sigma: p.sigma * scale, k0: p.k0 / scale }), options)
          const back = changed.final.values.map((v) => v * Math.sqrt(scale))
          expect(Math.sqrt(squareDistance(plain.final.values, back) * plain.final.grid.cell)).toBeLessThan(
            MOTION,
          )
          expect(Math.abs(last(changed.logNorm) - last(plain.logNorm))).toBeLessThan(MOTION)
        },
      ),
      runs(4),
    )
  })
})

function squareDistance(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, v, i) => sum + (v - b[i]) ** 2, 0)
}
