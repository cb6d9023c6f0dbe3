import { describe, expect, it } from 'vitest'
import { derive } from '../../../../src/derive/index.js'
import { numberOf } from '../_values.js'

/** Tables give ten digits. */
const DIGITS = 10
/** Published softmax(2, 1, 0.1) has eight. */
const FEW_DIGITS = 8

const whole = derive.softmax()
const line = (id: string) => whole.steps.find((step) => step.id === id)?.text
const PARTITION = 'sum(exp(-zeta(m)/T), m, 1, N)'

describe('derive.softmax()', () => {
  it('reaches the same Softmax by four routes', () => {
    expect(line('softmax')).toBe('Pₙ(1/T) = exp(−ζₙ/T)/(Σ[m=1…N] exp(−ζₘ/T))   (τ = 1/T)')
    expect(line('born-softmax')).toBe('Bₙ(1/(2T)) = exp(−ζₙ/T)/(Σ[m=1…N] exp(−ζₘ/T))   (τ = 1/(2T))')
    expect(line('boltzmann')).toBe('wₙ = exp(−ζₙ/T)/Z')
    expect(line('candidate')).toBe('qₙ = exp(−ζₙ/T)/Z')
    expect(line('least')).toBe('F ≥ −T·log(Z)')
  })

  it('gives the thermal probabilities of the levels 0, 1, 2 at T = 1 and ½', () => {
    const shares = (T: number) =>
      [1, 2, 3].map((n) => numberOf(whole, 'softmax', { zeta: 'n - 1', n, N: 3, T }))
    const cold = [0.6652409558, 0.2447284711, 0.0900305732]
    shares(1).forEach((share, k) => {
      expect(share).toBeCloseTo(cold[k]!, DIGITS)
    })
    expect(shares(0.5)[0]).toBeCloseTo(0.86681333, FEW_DIGITS)
  })

  it('has logits −ζ/T: softmax(2, 1, 0.1)', () => {
    const logits = '-(2*(n - 2)*(n - 3)/2 - (n - 1)*(n - 3) + (n - 1)*(n - 2)/20)'
    const first = numberOf(whole, 'softmax', { zeta: logits, n: 1, N: 3, T: 1 })
    expect(first).toBeCloseTo(0.65900114, FEW_DIGITS)
  })

  it('reads the same decay at two temperatures: 1/τ of ψ, 1/2τ of |ψ|²', () => {
    const at = { zeta: 'n^2/3', c: '1', n: 2, N: 4, tau: 0.7 }
    const population = numberOf(whole, 'shares', at)
    expect(population).toBeCloseTo(numberOf(whole, 'softmax', { ...at, T: 1 / 0.7 }), DIGITS)
    const born = numberOf(whole, 'born-shares', at)
    expect(born).toBeCloseTo(numberOf(whole, 'softmax', { ...at, T: 1 / 1.4 }), DIGITS)
  })

  it('has the free energy of the levels 0, 1, 2 for its least value', () => {
    const least = (T: number) => numberOf(whole, 'attained', { Z: PARTITION, zeta: 'n - 1', N: 3, T })
    expect(least(0.5)).toBeCloseTo(-0.0714658142, DIGITS)
    expect(least(1)).toBeCloseTo(-0.4076059644, DIGITS)
    expect(least(2)).toBeCloseTo(-1.3605393413, DIGITS)
  })

  it('refuses what is false of it', () => {
    const at = whole.until('candidate-normal')
    const level = (text: string) => () =>
      at.apply({ rule: 'identity' }, { gives: text, using: ['candidate'] })
    expect(level('zeta(n) = -T*log(q(n)) - T*log(Z(T))')).not.toThrow()
    expect(level('zeta(n) = T*log(q(n)) - T*log(Z(T))')).toThrow(/not proved/)
    const bound = whole.until('gibbs')
    const least = (gives: string, weight: string) => () =>
      bound.apply({ rule: 'inequality', from: { gibbs: weight } }, { gives, using: ['excess', 'normal'] })
    expect(least('F >= -T*log(Z(T))', 'T')).not.toThrow()
    expect(least('F <= -T*log(Z(T))', 'T')).toThrow(/not proved/)
    expect(least('F <= -T*log(Z(T))', '-T')).toThrow(/must not be negative/)
    expect(() => whole.apply({ rule: 'logarithmBound' }, 'log(q(n)) <= q(n)')).toThrow(/not proved/)
    expect(() => whole.apply({ rule: 'logarithmBound' }, 'log(zeta(n)) <= zeta(n) - 1')).toThrow(
      /must not be negative/,
    )
  })
})
