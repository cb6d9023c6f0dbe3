import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelStep } from '../../../../src/learn/descent/newton.js'
import { eigenbasis } from '../../../../src/learn/descent/symmetric.js'
import { newton } from '../../../../src/learn/index.js'
import { expressionObjective, functionObjective, testFunction } from '../../../../src/objective/index.js'

/** Numbers of order 1, or 0: quotients of the least doubles overflow. */
const number = fc.double({ min: -3, max: 3, noNaN: true }).map((v) => (Math.abs(v) < 1e-6 ? 0 : v))

describe('newton', () => {
  it('takes one step to the minimum of a quadratic ζ, whatever its condition number', () => {
    const run = newton({ radius: 100 }).run(expressionObjective('(x - 1)^2/2 + 50*(y + 2)^2 + x*y'), {
      start: [5, 5],
    })
    expect(run.path.length).toBe(2)
    // ∇ζ = 0 at x = 300/99·…: solved by hand, x + y = 1 and x + 100y = −200.
    expect(run.point[1]).toBeCloseTo(-201 / 99, 12)
    expect(run.point[0]).toBeCloseTo(1 + 201 / 99, 12)
  })

  it('leaves a saddle along the negative curvature', () => {
    const run = newton().run(expressionObjective('x^2 - y^2 + y^4'), { start: [1, 0] })
    expect(run.converged).toBe(true)
    expect(Math.abs(run.point[1])).toBeCloseTo(Math.SQRT1_2, 10)
    expect(run.value).toBeCloseTo(-0.25, 14)
  })

  it('converges on Rosenbrock’s valley and doubles its digits at the end', () => {
    const run = newton().run(testFunction('rosenbrock'), { start: [-1.2, 1] })
    expect(run.converged).toBe(true)
    const errors = run.path.map(([x, y]) => Math.hypot(x - 1, y - 1)).filter((e) => e > 1e-13)
    const [before, last] = errors.slice(-2)
    expect(last).toBeLessThan(10 * before ** 2)
  })

  it('the step is the least of the model in the ball (Moré and Sorensen’s conditions)', () => {
    fc.assert(
      fc.property(
        fc.tuple(number, number, number, number, number, number),
        fc.tuple(number, number, number),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        ([a, b, c, d, e, f], g, radius) => {
          const H = Float64Array.of(a, b, c, b, d, e, c, e, f)
          const basis = eigenbasis(H, 3)
          const { step, foretold } = modelStep(basis, basis.into(g), radius)
          const p = basis.outOf(step)
          const model = (q: ArrayLike<number>): number => {
            let sum = 0
            for (let i = 0; i < 3; i++) {
              sum += g[i] * q[i]
              for (let j = 0; j < 3; j++) sum += (H[3 * i + j] * q[i] * q[j]) / 2
            }
            return sum
          }
          // Rounding of numbers up to 30.
          const tolerance = 1e-8
          expect(Math.hypot(...p)).toBeLessThanOrEqual(radius * (1 + 1e-12))
          expect(foretold).toBeCloseTo(-model(p), 8)
          for (let k = 0; k < 60; k++) {
            const angles = [2.4 * k, Math.acos(1 - (2 * (k + 0.5)) / 60)]
            for (const share of [1, 0.5]) {
              const q = [
                share * radius * Math.sin(angles[1]) * Math.cos(angles[0]),
                share * radius * Math.sin(angles[1]) * Math.sin(angles[0]),
                share * radius * Math.cos(angles[1]),
              ]
              expect(model(q)).toBeGreaterThanOrEqual(-foretold - tolerance)
            }
          }
        },
      ),
      { numRuns: 60, examples: [[[0, 0, 0, 0, 0, 0], [0, 0, 0], 0.1]] },
    )
  })

  it('makes Hessians of differences where none are known, and counts them', () => {
    const run = newton().run(
      functionObjective((x, y) => (x - 1) ** 4 + (x - y) ** 2),
      { start: [3, 0], evaluations: 20_000 },
    )
    expect(run.value).toBeLessThan(1e-9)
    expect(run.hessians + run.gradients).toBe(0)
  })
})
