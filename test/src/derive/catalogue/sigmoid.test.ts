import { describe, expect, it } from 'vitest'
import { derive } from '../../../../src/derive/index.js'
import { numberOf } from '../_values.js'

/** Doubles that are rounded once or twice. */
const DIGITS = 14
/** Weak enough that the remainder is of its lowest order δ⁴ to a part in a thousand, strong enough to be seen. */
const WEAK = 1e-2

const whole = derive.sigmoid()
const line = (id: string) => whole.steps.find((step) => step.id === id)?.text
const SPLITTING = { Omega: 'sqrt(epsilon^2 + 4*delta^2)' }

/** exp(−βH) of [[0, −δ], [−δ, ε]] by its power series. */
function gibbs(beta: number, epsilon: number, delta: number): readonly number[] {
  let term = [1, 0, 0, 1]
  const sum = [...term]
  for (let k = 1; k < 60; k++) {
    const [a, b, c, d] = term as [number, number, number, number]
    const scale = -beta / k
    term = [-delta * c, -delta * d, -delta * a + epsilon * c, -delta * b + epsilon * d].map((v) => v * scale)
    for (const [place, value] of term.entries()) sum[place]! += value
  }
  return sum
}

describe('derive.sigmoid()', () => {
  it('solves the logistic equation by a Sigmoid', () => {
    expect(line('logistic')).toBe('p′ = −Δp·(1−p)')
    expect(line('sigmoid')).toBe('p = sigmoid(log(p₀/(1−p₀)) − Δτ)')
    expect(numberOf(whole, 'sigmoid', { p_0: 0.5, Delta: -1, tau: 1 })).toBeCloseTo(
      0.7310585786300049,
      DIGITS,
    )
  })

  it('has the thermal probabilities of the matrix exponential', () => {
    const [beta, epsilon, delta] = [1.3, 0.8, 0.45]
    const matrix = gibbs(beta, epsilon, delta)
    const at = { ...SPLITTING, beta, epsilon, delta }
    expect(numberOf(whole, 'lower', at)).toBeCloseTo(matrix[0]!, DIGITS)
    expect(numberOf(whole, 'between', at)).toBeCloseTo(matrix[2]!, DIGITS)
    expect(numberOf(whole, 'partition', at)).toBeCloseTo(matrix[0]! + matrix[3]!, DIGITS)
    expect(numberOf(whole, 'thermal', at)).toBeCloseTo(matrix[3]! / (matrix[0]! + matrix[3]!), DIGITS)
  })

  it('corrects the Sigmoid by δ² where the coupling is weak', () => {
    const error = (delta: number): number => {
      const at = { ...SPLITTING, beta: 1.3, epsilon: 0.8, delta }
      return numberOf(whole, 'thermal', at) - numberOf(whole, 'correction', at)
    }
    expect(error(WEAK) / error(WEAK / 2)).toBeCloseTo(16, 1)
  })

  it('swings in real time by 4δ²/Ω² sin²(½Ωt)', () => {
    const at = { ...SPLITTING, epsilon: 0.8, delta: 0.3, t: Math.PI }
    expect(line('rabi')).toBe('ρ₁₀(it)·ρ₁₀(−it) = 4δ²/Ω²·sin(Ωt/2)²   (β = it)')
    expect(numberOf(whole, 'rabi', at)).toBeCloseTo(0.36, DIGITS)
  })

  it('refuses the tanh of βΩ, and a Sigmoid where the levels are coupled', () => {
    const share = (gives: string) => () =>
      whole.until('share').apply({ rule: 'insert' }, { gives, using: ['upper', 'partition'] })
    expect(share('q(beta,delta) = (1 - epsilon/Omega(delta)*tanh(beta*Omega(delta)/2))/2')).not.toThrow()
    expect(share('q(beta,delta) = (1 - epsilon/Omega(delta)*tanh(beta*Omega(delta)))/2')).toThrow(
      /not proved/,
    )
    expect(share('q(beta,delta) = sigmoid(-beta*epsilon)')).toThrow(/not proved/)
  })
})
