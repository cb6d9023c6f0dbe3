import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quadraticFlow } from '../../../../src/learn/descent/riccati.js'
import { eigenbasis } from '../../../../src/learn/descent/symmetric.js'
import { gaussianFlow, gradientDescent } from '../../../../src/learn/index.js'
import { expressionObjective } from '../../../../src/objective/index.js'

describe('gaussianFlow', () => {
  it('moves mean and variance of a quadratic ζ as its closed form does (published to 13 digits)', () => {
    const run = gaussianFlow({ D: 0.5, step: 1, sigma: 0.3 }).run(expressionObjective('2*x^2'), {
      start: [1.5],
      evaluations: 2,
    })
    expect(run.point[0]).toBeCloseTo(0.3397484973405, 12)
    expect(run.covariance?.[0]).toBeCloseTo(0.4874321445081, 12)
  })

  it('does not depend on the step there: hundred steps are one', () => {
    const bowl = expressionObjective('x^2 + y^2/4 + x*y/3 - x')
    const [one, many] = [1, 100].map((n) =>
      gaussianFlow({ D: 0.3, step: 1 / n, sigma: 0.7 }).run(bowl, { start: [1, -2], evaluations: 5 * n }),
    )
    expect(many.steps.at(-1)).toBe(100)
    one.point.forEach((x, d) => {
      expect(x).toBeCloseTo(many.point[d], 12)
    })
    one.covariance?.forEach((v, k) => {
      expect(v).toBeCloseTo(many.covariance![k], 12)
    })
  })

  it('solves dΣ/dτ = 2D − ΣHΣ, dm/dτ = −Σ(g + H(m − m₀)): derivatives by differences, in three coordinates', () => {
    const entry = fc.double({ min: -1, max: 1, noNaN: true })
    const gram = (b: readonly number[]): Float64Array =>
      Float64Array.from({ length: 9 }, (_, k) => {
        const [i, j] = [Math.floor(k / 3), k % 3]
        return b[3 * i] * b[3 * j] + b[3 * i + 1] * b[3 * j + 1] + b[3 * i + 2] * b[3 * j + 2]
      })
    const nine = fc.array(entry, { minLength: 9, maxLength: 9 })
    const three = fc.array(entry, { minLength: 3, maxLength: 3 })
    const times = (a: ArrayLike<number>, b: ArrayLike<number>): number[] =>
      Array.from({ length: 9 }, (_, k) =>
        [0, 1, 2].reduce((sum, l) => sum + a[3 * Math.floor(k / 3) + l] * b[3 * l + (k % 3)], 0),
      )
    // Central differences of step 3·10⁻⁵: 10⁻¹⁰ times third derivatives of some 10³, and rounding 10⁻¹⁵/10⁻⁵.
    const [difference, tolerance] = [3e-5, 1e-6]
    fc.assert(
      fc.property(
        nine,
        nine,
        three,
        three,
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        (h, s, g, m, D, tau) => {
          const H = gram(h)
          const basis = eigenbasis(H, 3)
          // Rounding makes an eigenvalue 0 a little negative.
          const bowl = { ...basis, values: basis.values.map((v) => Math.max(0, v)) }
          const first = { mean: Float64Array.from(m), covariance: gram(s) }
          const at = (t: number) => quadraticFlow(first, bowl, Float64Array.from(g), D, t)
          const [before, now, after] = [at(tau - difference), at(tau), at(tau + difference)]
          const SHS = times(times(now.covariance, H), now.covariance)
          for (let k = 0; k < 9; k++) {
            const slope = (after.covariance[k] - before.covariance[k]) / (2 * difference)
            expect(Math.abs(slope - (k % 4 === 0 ? 2 * D : 0) + SHS[k])).toBeLessThan(tolerance)
          }
          const force = g.map(
            (gi, i) => gi + [0, 1, 2].reduce((sum, j) => sum + H[3 * i + j] * (now.mean[j] - m[j]), 0),
          )
          for (let i = 0; i < 3; i++) {
            const slope = (after.mean[i] - before.mean[i]) / (2 * difference)
            const pull = [0, 1, 2].reduce((sum, j) => sum + now.covariance[3 * i + j] * force[j], 0)
            expect(Math.abs(slope + pull)).toBeLessThan(tolerance)
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  it('settles at Σ = √(2D) H^{−½}, and the mean falls with the rates √(2Dh): 1 and 10 for H = diag(1, 100), D = ½', () => {
    const valley = expressionObjective('x^2/2 + 50*y^2')
    const run = gaussianFlow({ D: 0.5, step: 0.25, gradientTolerance: 0 }).run(valley, {
      start: [1, 1],
      evaluations: 5 * 40,
    })
    expect(run.covariance![0]).toBeCloseTo(1, 8)
    expect(run.covariance![3]).toBeCloseTo(0.1, 12)
    expect(run.observables['rate 1'].at(-1)).toBeCloseTo(1, 12)
    expect(run.observables['rate 2'].at(-1)).toBeCloseTo(10, 12)
    const [[x0, y0], [x1, y1]] = run.path.slice(-2)
    expect(Math.log(x0 / x1) / 0.25).toBeCloseTo(1, 6)
    expect(Math.log(y0 / y1) / 0.25).toBeCloseTo(10, 6)
    expect(run.notes[0]).toMatch(/κ = 100\.0 acts as √κ = 10\.00/)
  })

  it('needs √κ where gradient descent at its best rate needs κ steps', () => {
    // Times to shrink the error by e¹⁰, in units of the fastest scale of each: 1/rate and η = 2/(h₁ + h₂).
    const stepsOf = (kappa: number): readonly [number, number] => {
      const valley = expressionObjective('x^2/2 + k/2*y^2', { parameters: { k: kappa } })
      const isThere = ([x, y]: readonly number[]): boolean => Math.hypot(x, y) < Math.exp(-10)
      const descent = gradientDescent({ learningRate: 2 / (1 + kappa) }).run(valley, { start: [1, 1] })
      const step = 1 / Math.sqrt(kappa)
      const flow = gaussianFlow({ D: 0.5, step }).run(valley, { start: [1, 1] })
      return [descent.path.findIndex(isThere), flow.path.findIndex(isThere)]
    }
    const [few, many] = [stepsOf(100), stepsOf(400)]
    expect(many[0] / few[0]).toBeCloseTo(4, 0)
    expect(many[1] / few[1]).toBeCloseTo(2, 0)
  })

  it('clips or flips negative curvatures, and says so', () => {
    const well = expressionObjective('(x^2 - 1)^2')
    const clip = gaussianFlow({ D: 0.1, step: 0.1, sigma: 0.3 }).run(well, { start: [0.1] })
    expect(clip.converged).toBe(true)
    expect(clip.point[0]).toBeCloseTo(1, 9)
    expect(clip.notes.join()).toMatch(/met negative curvatures, which were made 0/)
    const flip = gaussianFlow({ D: 0.1, step: 0.1, sigma: 0.3, negative: 'flip' }).run(well, { start: [0.1] })
    expect(flip.point[0]).toBeCloseTo(1, 9)
    expect(() => gaussianFlow({ D: 0.1, step: 0.1, negative: 'no' as never })).toThrow(/negative: unknown/)
    expect(() => gaussianFlow({ D: 0.1, step: 0 })).toThrow(/step: out of range/)
  })

  it('moves under a linear ζ by −g(s₀²τ + Dτ²), and widens by 2Dτ', () => {
    const slope = expressionObjective('0.6*x')
    const run = gaussianFlow({ D: 0.7, step: 1, sigma: 0.8 }).run(slope, { start: [-1], evaluations: 2 })
    // Closed form: published as −1.804 and 2.04.
    expect(run.point[0]).toBeCloseTo(-1.804, 12)
    expect(run.covariance?.[0]).toBeCloseTo(2.04, 12)
  })
})
