/** Annealing of one parabola: closed forms. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { annealedParabola } from '../../../../src/learn/annealing/index.js'

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const runs = { numRuns: 30, seed: 20240719 }

describe('a parabola whose D falls to 0', () => {
  it('keeps 0.182252783·τ^{−1/3} in imaginary time (k = 1, D₀ = ½), from τ = 10 on', () => {
    for (const until of [10, 100, 1e6]) {
      const { residual } = annealedParabola({ curvature: 1, from: 0.5, until, time: 'imaginary' })
      expect(residual * Math.cbrt(until)).toBeCloseTo(0.182252783, until < 20 ? 7 : 9)
    }
  })

  it('depends on k and D₀ by (2D₀k/τ)^{1/3} alone in the slow limit', () => {
    fc.assert(
      fc.property(number(0.2, 5), number(0.1, 2), (curvature, from) => {
        const { slow } = annealedParabola({ curvature, from, until: 7, time: 'imaginary' })
        expect(slow / Math.cbrt((2 * from * curvature) / 7)).toBeCloseTo(0.182252783237, 11)
      }),
      runs,
    )
  })

  it('keeps T₀/(4kτ) classically: 0.25/τ', () => {
    expect(
      annealedParabola({ curvature: 1, from: 1, until: 100, time: 'classical' }).residual * 100,
    ).toBeCloseTo(0.25, 12)
  })

  it('keeps 2/√3 times as much in real time', () => {
    const { residual, slow } = annealedParabola({ curvature: 2, from: 0.7, until: 1e5, time: 'real' })
    const still = annealedParabola({ curvature: 2, from: 0.7, until: 1e5, time: 'imaginary' }).slow
    expect(slow / still).toBeCloseTo(2 / Math.sqrt(3), 12)
    expect(residual / slow).toBeCloseTo(1, 4)
  })

  it('keeps its ground state’s ¼ω of potential energy where it is annealed in no time', () => {
    fc.assert(
      fc.property(
        number(0.2, 5),
        number(0.1, 2),
        fc.constantFrom('real' as const, 'imaginary' as const),
        (curvature, from, time) => {
          const { residual } = annealedParabola({ curvature, from, until: 1e-7, time })
          expect(residual / (Math.sqrt(2 * from * curvature) / 4)).toBeCloseTo(1, 5)
        },
      ),
      runs,
    )
  })

  it('is what the Riccati equation gives, step by step', () => {
    fc.assert(
      fc.property(number(0.5, 3), number(0.2, 1), number(0.5, 8), (k, from, until) => {
        // db/dτ = 2D − kb² by the classical Runge–Kutta method, error of order 1e-10 at 4000 steps.
        const n = 4000
        const h = until / n
        const rate = (t: number, b: number): number => 2 * from * (1 - t / until) - k * b * b
        let b = Math.sqrt((2 * from) / k)
        for (let i = 0; i < n; i++) {
          const t = i * h
          const a1 = rate(t, b)
          const a2 = rate(t + h / 2, b + (h / 2) * a1)
          const a3 = rate(t + h / 2, b + (h / 2) * a2)
          b += (h / 6) * (a1 + 2 * a2 + 2 * a3 + rate(t + h, b + h * a3))
        }
        const { residual } = annealedParabola({ curvature: k, from, until, time: 'imaginary' })
        expect(Math.abs(residual - (k * b) / 4)).toBeLessThan(1e-8)
      }),
      { ...runs, numRuns: 10 },
    )
  })
})
