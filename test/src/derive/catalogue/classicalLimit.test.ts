import { describe, expect, it } from 'vitest'
import { derive } from '../../../../src/derive/index.js'
import { numberOf, textOf } from '../_values.js'

/** Tables give nine decimals of the corrected Z, and twelve of the classical one. */
const DIGITS = 8

const whole = derive.classicalLimit()

describe('derive.classicalLimit()', () => {
  it('writes the density of Wigner and Kirkwood', () => {
    expect(textOf(whole, 'density')).toBe('ρ(y, y, β) ≈ exp(−β·ζ(y))/√(4πDβ)(1−Dβ²/6·ζ″(y)+Dβ³/12·ζ′(y)²)')
  })

  it('brings Z of ½p² + (x² − 1)² at β = 0.1 from +0.531 % to −0.0033 %', () => {
    const weight = 'exp(-beta*(y^2 - 1)^2)'
    const over = (body: string): string => `integral(${body}, y, -infinity, infinity)`
    const at = {
      Z_cl: `${over(weight)}/sqrt(4*pi*D*beta)`,
      M: `${over(`(12*y^2 - 4)*${weight}`)}/${over(weight)}`,
      D: 0.5,
      beta: 0.1,
    }
    const classical = numberOf(whole, 'classical', { zeta: '(x^2 - 1)^2', D: 0.5, beta: 0.1 })
    expect(classical).toBeCloseTo(4.699121694909, DIGITS)
    expect(numberOf(whole, 'partition', at)).toBeCloseTo(4.674157825, DIGITS)
  })

  it('agrees with the oscillator’s exact density to order D', () => {
    const [beta, h, y] = [0.7, 1.3, 0.4]
    const exact = (D: number): number => {
      const omega = Math.sqrt(2 * D * h)
      const waist = ((omega / (2 * D)) * y ** 2 * (Math.cosh(beta * omega) - 1)) / Math.sinh(beta * omega)
      return Math.sqrt(omega / (4 * Math.PI * D * Math.sinh(beta * omega))) * Math.exp(-waist)
    }
    const error = (D: number): number =>
      numberOf(whole, 'density', { zeta: `${h}*x^2/2`, D, beta, y }) / exact(D) - 1
    expect(Math.abs(error(0.01))).toBeLessThan(1e-4)
    expect(error(0.02) / error(0.01)).toBeCloseTo(4, 1)
  })

  it('refuses the correction with a sign, a factor or the other reading of the mean', () => {
    const weight = 'exp(-beta*zeta(y))'
    const curvature = 'at(diff(zeta(x), x, 2), x, y)'
    const slope = 'at(diff(zeta(x), x), x, y)'
    const factor = (bracket: string) => () =>
      whole
        .until('correction')
        .apply(
          { rule: 'specialise', where: { x: 'y' } },
          { from: 'trial', using: ['mean', 'correction'], gives: `w(y,y,beta) ~ ${weight}*(${bracket})` },
        )
    const right = `1 - D*beta^2/6*${curvature} + D*beta^3/12*${slope}^2`
    expect(factor(right)).not.toThrow()
    expect(factor(right.replace('1 - D', '1 + D'))).toThrow(/not proved/)
    expect(factor(right.replace('/12', '/24'))).toThrow(/not proved/)
    const growth = `at(diff(g(x,y,beta), beta), x, y) = beta^2*${slope}^2 - beta*${curvature}`
    expect(() =>
      whole
        .until('growth')
        .apply(
          { rule: 'specialise', where: { x: 'y' } },
          { from: 'choice', using: ['slope', 'curvature'], gives: growth },
        ),
    ).toThrow(/not proved/)
  })
})
