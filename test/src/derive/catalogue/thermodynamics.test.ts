import { describe, expect, it } from 'vitest'
import { derive } from '../../../../src/derive/index.js'
import { numberOf, textOf } from '../_values.js'

/** Tables give ten digits. */
const DIGITS = 10

const whole = derive.thermodynamics()

describe('derive.thermodynamics()', () => {
  it('gives Z, F, U, S, C of the oscillator with ω = 1', () => {
    const at = (beta: number) =>
      ['partition', 'free', 'energy', 'entropy', 'capacity'].map((name) =>
        numberOf(whole, `oscillator-${name}`, { beta, omega: 1 }),
      )
    const table: readonly (readonly [number, readonly number[]])[] = [
      [1, [0.9595173757, 0.0413248546, 1.0819767069, 1.0406518523, 0.9206735942]],
      [2, [Math.exp(-0.4272932711 * 2), 0.4272932711, 0.6565176427, 0.4584487434, 0.724061661]],
    ]
    for (const [beta, values] of table)
      at(beta).forEach((value, k) => {
        expect(value).toBeCloseTo(values[k]!, DIGITS - 1)
      })
  })

  it('gives F, U, S, C of the levels 0, 1, 2 at T = 1', () => {
    // The fourth level lies so high that no digit sees it.
    const levels = {
      p: 'exp(-beta*E(n))/Z(beta)',
      Z: 'sum(exp(-beta*E(n)), n, 0, infinity)',
      E: 'n + 1000*n*(n - 1)*(n - 2)',
      beta: 1,
    }
    const U = 'sum(E(n)*p(n,beta), n, 0, infinity)'
    expect(numberOf(whole, 'free', levels)).toBeCloseTo(-0.4076059644, DIGITS)
    expect(numberOf(whole, 'energy', levels)).toBeCloseTo(0.4247896174, DIGITS)
    expect(numberOf(whole, 'entropy', levels)).toBeCloseTo(0.8323955818, DIGITS)
    expect(numberOf(whole, 'legendre', { U, F: '-log(Z(beta))/beta', ...levels })).toBeCloseTo(
      0.8323955818,
      DIGITS,
    )
    expect(numberOf(whole, 'fluctuation', { U, ...levels })).toBeCloseTo(0.4244045447, DIGITS)
  })

  it('has Schottky’s hump where βΔ tanh ½βΔ = 2', () => {
    const top = { beta: 2.3993572805, Delta: 1 }
    expect(textOf(whole, 'two-share')).toBe('p₁ = sigmoid(−βΔ)')
    expect(numberOf(whole, 'two-capacity', top)).toBeCloseTo(0.4392288399, DIGITS)
    expect(numberOf(whole, 'two-peak', top)).toBeCloseTo(0, DIGITS)
    expect(numberOf(whole, 'two-peak', { beta: 2, Delta: 1 })).toBeGreaterThan(0)
  })

  it('refuses β → −β, and an entropy of the wrong sign', () => {
    const partition = (gives: string) => () => whole.until('oscillator').apply({ rule: 'evaluate' }, gives)
    expect(partition('Z(beta) = 1/(2*sinh(beta*omega/2))')).not.toThrow()
    expect(partition('Z(beta) = 1/(2*sinh(-beta*omega/2))')).toThrow(/not proved/)
    expect(partition('Z(beta) = 1/sinh(beta*omega/2)')).toThrow(/not proved/)
    const using = ['entropy', 'energy', 'free', 'share', 'partition']
    expect(() =>
      whole
        .until('entropy')
        .apply({ rule: 'identity' }, { gives: 'S(beta) = beta*(F(beta) - U(beta))', using }),
    ).toThrow(/not proved/)
  })
})
