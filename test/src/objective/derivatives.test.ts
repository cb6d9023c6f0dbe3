import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  expressionObjective,
  functionObjective,
  gradientOf,
  hessianOf,
} from '../../../src/objective/index.js'

const smooth = (x: number, y: number): number => Math.exp(-x * x) * Math.sin(3 * y) + x ** 3 * y
const formula = expressionObjective('exp(-x^2)*sin(3*y) + x^3*y')
const called = functionObjective(smooth)

/** Rounding of ζ, 1e-15, over the narrowest step: ε^{1/7}/4 for slopes, the square of ε^{1/8}/4 for curvatures. */
const SLOPE = 1e-11
const CURVATURE = 1e-8

/** Numbers below which doubles lose digits. */
const UNDERFLOW = 1e-300

const coordinate = fc.double({ min: -2, max: 2, noNaN: true })

describe('derivatives', () => {
  it('of a formula are exact', () => {
    const columns = [Float64Array.of(0.5), Float64Array.of(-0.3)]
    const gradient = gradientOf(formula)
    expect(gradient.exact).toBe(true)
    expect(gradient(columns)[1][0]).toBeCloseTo(3 * Math.exp(-0.25) * Math.cos(-0.9) + 0.125, 14)
    expect(gradient.withError(columns).errors).toEqual([Float64Array.of(0), Float64Array.of(0)])
    const hessian = hessianOf(formula)
    expect(hessian.exact).toBe(true)
    expect(hessian(columns)[0][1]).toEqual(hessian(columns)[1][0])
    expect(hessian(columns)[1][1][0]).toBeCloseTo(-9 * Math.exp(-0.25) * Math.sin(-0.9), 13)
  })

  it('of a function are those of its formula, within the error that is reported', () => {
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const columns = [Float64Array.of(x), Float64Array.of(y)]
        const exact = [formula.gradient!(columns), ...formula.hessian!(columns)]
        const slopes = gradientOf(called).withError(columns)
        const curvatures = hessianOf(called).withError(columns)
        const values = [slopes.values, ...curvatures.values]
        const errors = [slopes.errors, ...curvatures.errors]
        exact.forEach((row, u) => {
          row.forEach(([number], v) => {
            const off = Math.abs(values[u][v][0] - number)
            expect(off).toBeLessThanOrEqual(errors[u][v][0] + UNDERFLOW)
            expect(off).toBeLessThan(u === 0 ? SLOPE * 100 : CURVATURE * 10)
          })
        })
      }),
      { seed: 1 },
    )
  })

  it('second derivatives are differences of a gradient where there is one', () => {
    const { hessian: _, ...withGradient } = formula
    const columns = [Float64Array.of(0.7, 1), Float64Array.of(0.2, -1)]
    const found = hessianOf(withGradient)
    expect(found.exact).toBe(false)
    const values = found(columns)
    formula.hessian!(columns).forEach((row, u) => {
      row.forEach((numbers, v) => {
        numbers.forEach((number, i) => {
          expect(Math.abs(values[u][v][i] - number)).toBeLessThan(SLOPE * 100)
        })
      })
    })
  })

  it('find the scale of what changes fast, and of what lives on a small domain', () => {
    const at = [Float64Array.of(0.3)]
    const fast = gradientOf(functionObjective((x) => Math.sin(2e4 * x)))
    const exact = 2e4 * Math.cos(6e3)
    expect(Math.abs(fast(at)[0][0] / exact - 1)).toBeLessThan(1e-6)
    const small = { ...functionObjective((x) => Math.sqrt(x)), domain: [{ lower: 0, upper: 1e-6 }] }
    expect(gradientOf(small)([Float64Array.of(1e-8)])[0][0]).toBeCloseTo(5000, 3)
  })

  it('say where there are none', () => {
    const { values, errors } = gradientOf(functionObjective((x) => Math.sqrt(x))).withError([
      Float64Array.of(0),
    ])
    expect(values[0][0]).toBeNaN()
    expect(errors[0][0]).toBe(Number.POSITIVE_INFINITY)
    expect(expressionObjective('abs(x) + y').gradient).toBeUndefined()
    expect(expressionObjective('abs(x) + y').hessian).toBeUndefined()
  })

  it('are those of many coordinates', () => {
    const n = 12
    const names = Array.from({ length: n }, (_, k) => `x${k + 1}`)
    const quadratic = expressionObjective(names.map((name, k) => `${k + 1}*${name}^2`).join('+'))
    expect(quadratic.variables).toEqual(names)
    const ones = names.map(() => Float64Array.of(1))
    expect(quadratic.gradient!(ones).map(([g]) => g)).toEqual(names.map((_, k) => 2 * (k + 1)))
    const sum = functionObjective((...x) => x.reduce((s, v, k) => s + (k + 1) * v * v, 0), {
      variables: names,
    })
    const hessian = hessianOf(sum)(ones)
    hessian.forEach((row, u) => {
      row.forEach(([h], v) => {
        // Values near 100 have a rounding of 1e-14.
        expect(Math.abs(h - (u === v ? 2 * (u + 1) : 0))).toBeLessThan(CURVATURE * 10)
      })
    })
  })
})
