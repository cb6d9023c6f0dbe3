import { describe, expect, it } from 'vitest'
import { derive } from '../../../../src/derive/index.js'
import { numberOf, textOf } from '../_values.js'

/** Doubles that are rounded a few dozen times. */
const DIGITS = 13

const whole = derive.spectral()

/** Coefficients and levels of a made-up start; sums over them converge fast. */
const C = { text: 'exp(-n/2)', of: (n: number) => Math.exp(-n / 2) }
const E = { text: 'n + n^2/10 + 1/3', of: (n: number) => n + n ** 2 / 10 + 1 / 3 }
const weights = (tau: number) =>
  Array.from({ length: 80 }, (_, n) => C.of(n) ** 2 * Math.exp(-2 * E.of(n) * tau))
const meanOf = (tau: number, power: number): number => {
  const p = weights(tau)
  return p.reduce((sum, each, n) => sum + each * E.of(n) ** power, 0) / p.reduce((a, b) => a + b)
}

describe('derive.spectral()', () => {
  it('writes both sums, and what real time does', () => {
    expect(textOf(whole, 'real')).toBe('ψ = Σ[n=0…∞] cₙ·exp(−iEₙt)·φₙ')
    expect(textOf(whole, 'decaying')).toBe('ψ = Σ[n=0…∞] cₙ·exp(−Eₙτ)·φₙ')
    expect(textOf(whole, 'cooling')).toBe('E′ = −2V')
  })

  it('tells the mean energy and its variance from the weights of the levels', () => {
    const tau = 0.4
    const norm = 'sum(p(n,tau), n, 0, infinity)'
    const mean = `sum(E(n)*p(n,tau), n, 0, infinity)/${norm}`
    const at = { H: mean, N: norm, p: 'abs(c(n))^2*exp(-2*E(n)*tau)', c: C.text, E: E.text, tau }
    expect(numberOf(whole, 'norm-loss', at)).toBeCloseTo(meanOf(tau, 1), DIGITS)
    expect(numberOf(whole, 'variance', at)).toBeCloseTo(meanOf(tau, 2) - meanOf(tau, 1) ** 2, DIGITS)
  })

  it('puts the ground state of ζ = x² at D = ½ by ½ above the least objective times √2', () => {
    expect(numberOf(whole, 'bias', { D: 0.5, h: 2 })).toBeCloseTo(Math.SQRT1_2, DIGITS)
  })

  it('refuses growth, the other sign of real time, and another bias', () => {
    const sum = (from: string, name: string, body: string) => () =>
      whole.until('imaginary').apply(
        { rule: 'solution', where: { [name]: body } },
        {
          from,
          using: ['curvature'],
          gives: `${name}(x,${name === 'psi' ? 't' : 'tau'}) = ${body}`,
        },
      )
    const real = 'sum(c(n)*exp(-i*E(n)*t)*phi(n,x), n, 0, infinity)'
    const decaying = 'sum(c(n)*exp(-E(n)*tau)*phi(n,x), n, 0, infinity)'
    expect(sum('qde', 'psi', real)).not.toThrow()
    expect(sum('qde', 'psi', real.replace('-i', 'i'))).toThrow(/not proved/)
    expect(sum('imaginary', 'psi_tau', decaying)).not.toThrow()
    expect(sum('imaginary', 'psi_tau', decaying.replace('-E', 'E'))).toThrow(/not proved/)
    const bowl = { zeta: 'zeta_0 + h/2*(x - a)^2', E: 'zeta_0 + sqrt(D*h/2)' }
    expect(() =>
      whole.apply(
        { rule: 'solution', where: { ...bowl, phi: 'exp(-sqrt(h/(2*D))*(x - a)^2)' } },
        { from: 'levels', gives: 'phi(0,x) = exp(-sqrt(h/(2*D))*(x - a)^2)' },
      ),
    ).toThrow(/not proved/)
  })
})
