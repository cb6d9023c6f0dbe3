import { describe, expect, it } from 'vitest'
import { derive } from '../../../../src/derive/index.js'
import { numberOf, textOf } from '../_values.js'

/** Doubles that are rounded a few dozen times. */
const DIGITS = 13

const whole = derive.convergence()

const C = { text: 'exp(-n/2)', of: (n: number) => Math.exp(-n / 2) }
const E = { text: 'n + n^2/10 + 1/3', of: (n: number) => n + n ** 2 / 10 + 1 / 3 }
const DISTANCE = 'integral((psi(x,tau)/r(tau) - phi(0,x))^2, x, -infinity, infinity)'
const VALUES = {
  s: 'sqrt(1 + w(tau))',
  w: 'sum(c(n)^2/c(0)^2*exp(-2*(E(n) - E(0))*tau), n, 1, infinity)',
  c: C.text,
  E: E.text,
}

/** ‖ψ/‖ψ‖ − φ₀‖² in the coordinates that the eigenfunctions are. */
function distanceAt(tau: number): number {
  const psi = Array.from({ length: 80 }, (_, n) => C.of(n) * Math.exp(-E.of(n) * tau))
  const norm = Math.hypot(...psi)
  return psi.reduce((sum, each, n) => sum + (each / norm - (n === 0 ? 1 : 0)) ** 2, 0)
}

describe('derive.convergence()', () => {
  it('has the distance exactly, and bounds it by the gap with factor 1', () => {
    expect(textOf(whole, 'convergence')).toBe('∫ (ψ/r−φ₀)² dx ≤ w(0)·exp(−2(E₁−E₀)·τ)')
    for (const tau of [0, 0.3, 1, 4]) {
      const exact = distanceAt(tau)
      expect(numberOf(whole, 'distance', { ...VALUES, tau })).toBeCloseTo(exact, DIGITS)
      expect(numberOf(whole, 'convergence', { ...VALUES, tau })).toBeGreaterThan(exact)
    }
  })

  it('decays no faster than the gap tells, where the next level is in the start', () => {
    const rate = Math.log(distanceAt(20) / distanceAt(21)) / 2
    expect(rate).toBeCloseTo(E.of(1) - E.of(0), DIGITS - 4)
  })

  it('says what it needs: a confining ζ, c₀ > 0, a gap', () => {
    const conditions = whole.steps.flatMap(({ when }) => when)
    for (const part of ['\\zeta(x) \\to \\infty', '$c_0 > 0$', '$E_1 > E_0$', '$\\tau \\ge 0$'])
      expect(conditions.some((condition) => condition.includes(part))).toBe(true)
  })

  it('refuses a bound that is sharper than the gap, or turned round', () => {
    const faster = (exponent: string, weight: string) => () =>
      whole
        .until('order')
        .apply({ rule: 'exponentialBound', from: { order: weight } }, `exp(${exponent}) <= 1`)
    expect(faster('-2*(E(n) - E(1))*tau', '2*tau')).not.toThrow()
    expect(faster('2*(E(n) - E(1))*tau', '-2*tau')).toThrow(/must not be negative/)
    expect(faster('-2*(E(n) - E(0))*tau', '2*tau')).toThrow(/not proved/)
    const last = (rest: string) => () =>
      whole
        .until('distance')
        .apply(
          { rule: 'inequality', rest },
          { gives: `${DISTANCE} <= w(tau)/2`, using: ['distance', 'root'] },
        )
    expect(last('(s(tau) - 1)^2*(s(tau) + 2)/s(tau)')).toThrow(/not proved/)
  })
})
