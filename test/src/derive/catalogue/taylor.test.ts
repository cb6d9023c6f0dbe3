import { describe, expect, it } from 'vitest'
import { derive } from '../../../../src/derive/index.js'
import { lineOf, realOf, stepOf, textOf } from '../_values.js'

/** Rounding of a handful of double operations. */
const ROUNDING = 1e-13

const line = derive.taylor()
const plane = derive.taylor({ dimensions: 2 })

describe('derive.taylor()', () => {
  it('gives the three local models of the QDE, the last about the Newton point', () => {
    expect(textOf(line, 'model-0')).toBe('i ∂ₜψ ≈ [−D ∂ₓ² + ζ₀] ψ')
    expect(textOf(line, 'model-1')).toBe('i ∂ₜψ ≈ [−D ∂ₓ² + ζ₀ + g·(x−a)] ψ')
    expect(textOf(line, 'model-2')).toBe('i ∂ₜψ ≈ [−D ∂ₓ² + ζ₀ + g·(x−a) + 1/2·h·(x−a)²] ψ')
    expect(textOf(line, 'oscillator')).toBe('i ∂ₜψ ≈ [−D ∂ₓ² + ζ* + 1/2·h·(x−x*)²] ψ')
    expect(stepOf(line, 'star-x').tex).toMatchObject({ left: 'x_{*}', right: 'a - \\frac{g}{h}' })
  })

  it('has the orders of Taylor’s theorem: each remainder falls by its power of the distance', () => {
    const zeta = { zeta: '(x^2 - 1)^2 + x/5 + cos(x)' }
    const [a, w] = [0.7, 1e-4]
    // Derivatives of the polynomial by hand.
    const names = {
      a,
      zeta_0: (a * a - 1) ** 2 + a / 5 + Math.cos(a),
      g: 4 * a * (a * a - 1) + 1 / 5 - Math.sin(a),
      h: 12 * a * a - 4 - Math.cos(a),
    }
    const next = [names.g, names.h / 2, (24 * a + Math.sin(a)) / 6]
    for (const [order, coefficient] of next.entries()) {
      const { left, right } = lineOf(line, `order-${order}`)
      const rest = (x: number) =>
        realOf(line, left, { ...names, x }, zeta) - realOf(line, right, { ...names, x }, zeta)
      expect(rest(a + w) / (coefficient * w ** (order + 1))).toBeCloseTo(1, 2)
    }
  })

  it('finds the Newton point of a quadratic in one step from anywhere, in one, two and three dimensions', () => {
    const hessian = [
      [3, -1, 0.5],
      [-1, 2, 0.25],
      [0.5, 0.25, 4],
    ]
    const star = [0.3, -0.7, 1.1]
    const start = [2, 1, -3]
    const coordinates = ['x', 'y', 'z']
    for (const dimensions of [1, 2, 3]) {
      const whole = derive.taylor({ dimensions })
      const places = [...coordinates.slice(0, dimensions).keys()]
      const name = (letter: string, ...by: number[]) =>
        dimensions === 1 ? letter : `${letter}_${by.map((k) => k + 1).join('')}`
      const point: Record<string, number> = {}
      for (const j of places) {
        point[name('a', j)] = start[j]!
        point[name('g', j)] = places.reduce((sum, k) => sum + hessian[j]![k]! * (start[k]! - star[k]!), 0)
        for (const k of places) if (j <= k) point[name('h', j, k)] = hessian[j]![k]!
      }
      for (const k of places) {
        const { right } = lineOf(whole, `star-${coordinates[k]}`)
        expect(Math.abs(realOf(whole, right, point) - star[k]!)).toBeLessThan(ROUNDING)
      }
    }
  })

  it('says how far the models hold, and marks what is usually said too loosely', () => {
    expect(textOf(line, 'length')).toBe('L = 3h/ζ‴(a)')
    for (const id of ['range', 'force-x', 'moved']) expect(stepOf(line, id).provenance).toBe('corrected')
    // ζ = x³/6 + hx²/2 about 0 has ζ‴ = 1: the terms are equal at w = 3h.
    const { left } = lineOf(line, 'range')
    expect(realOf(line, left, { a: 0, h: 0.2, w: 0.6 }, { zeta: 'x^3/6 + x^2/10' })).toBeCloseTo(1, 12)
  })

  it('takes one to three dimensions', () => {
    expect(textOf(plane, 'model-1')).toBe('i ∂ₜψ ≈ −D [∂ₓ² + ∂_y²] ψ + ζ₀ψ + g₁·(x−a₁)·ψ + g₂·(y−a₂)·ψ')
    expect(derive.taylor({ dimensions: 3 }).steps.every(({ verdict }) => verdict.status !== 'checked')).toBe(
      true,
    )
    for (const dimensions of [0, 4, 1.5]) expect(() => derive.taylor({ dimensions })).toThrow(/from 1 to 3/)
    expect(() => derive.taylor({ order: 2 } as object)).toThrow(/there is no option order/)
  })

  it('refuses a wrong third order, and a square completed to the wrong side', () => {
    const cubic = stepOf(line, 'order-3')
    const again = (gives: string) => () =>
      line.apply(cubic.move, { gives, using: cubic.using, id: 'again', why: 'Again.' })
    const right =
      'zeta(x) ~ zeta_0 + g*(x - a) + 1/2*h*(x - a)^2 + 1/6*at(diff(zeta(x), x, 3), x, a)*(x - a)^3'
    expect(again(right)).not.toThrow()
    expect(again(right.replace('1/6', '1/3'))).toThrow(/not proved/)
    expect(again(right.replace('1/2', '1'))).toThrow(/not proved/)
    const square = (gives: string) => () =>
      line.apply({ rule: 'identity' }, { gives, using: ['newton-x', 'lowest'] })
    const model = 'zeta_0 + g*(x - a) + h/2*(x - a)^2'
    expect(square(`${model} = zeta_star + h/2*(x - x_star)^2`)).not.toThrow()
    expect(square(`${model} = zeta_star + h/2*(x + x_star)^2`)).toThrow(/not proved/)
  })
})
