import { describe, expect, it } from 'vitest'
import { derive } from '../../../../src/derive/index.js'
import { evaluateComplex, multiply, type Node } from '../../../../src/expr/index.js'
import { parse } from '../../../../src/expr/parse.js'
import { lineOf, retried, rightOf, stepOf } from './_lines.js'

const whole = derive.feynmanKac()

/** Digits of the known masses. */
const KNOWN = 1e-11

/** ∫ ψ₀(x) F(x) dx for ψ₀ = N(m, v): by H = H† the mass at τ of a population that starts as ψ₀. */
function massOf(weight: Node, m: string, v: string, point: Readonly<Record<string, number>>): number {
  const start = parse(`exp(-(x - ${m})^2/(2*${v}))/sqrt(2*pi*${v})`, { variables: ['x'] })
  const infinity: Node = { kind: 'constant', name: 'infinity' }
  const integral: Node = {
    kind: 'bound',
    operator: 'integral',
    variable: 'x',
    body: multiply(start, weight),
    limits: [{ kind: 'negative', of: infinity }, infinity],
  }
  return evaluateComplex(integral, point, 20).re.toNumber()
}

describe('derive.feynmanKac()', () => {
  it('expands one step to the QDE, with an error of the next order', () => {
    expect(lineOf(whole, 'timed')).toBe('A(x, τ, √(2Dε)) ≈ ψ + ε [D ∂ₓ² − ζ] ψ')
    expect(lineOf(whole, 'local')).toBe('ψ(x, τ + ε) ≈ ψ + ε [D ∂ₓ² − ζ] ψ')
    expect(stepOf(whole, 'expanded').when.join()).toContain('order 4')
  })

  it('says that the limit of many steps is cited, not proved', () => {
    expect(stepOf(whole, 'trotter').verdict.status).toBe('postulate')
    expect(stepOf(whole, 'trotter').reference).toBeTruthy()
  })

  it.each([
    ['a jump of half the variance', '+ delta^2/4*diff(psi(x,tau), x, 2) - delta^2/(2*D)*zeta(x)*psi(x,tau)'],
    ['twice the weight', '+ delta^2/2*diff(psi(x,tau), x, 2) - delta^2/D*zeta(x)*psi(x,tau)'],
    ['a drift', '+ delta*diff(psi(x,tau), x)'],
  ])('has no step with %s', (_, rest) => {
    const gives = `A(x,tau,delta) ~ psi(x,tau) ${rest}`
    expect(retried(whole, 'expanded', { gives })).toThrow(/not proved/)
  })

  it('is proved by the moments; without one of them it is only checked at points', () => {
    const step = stepOf(whole, 'expanded')
    const gives =
      'A(x,tau,delta) ~ psi(x,tau) + delta^2/2*diff(psi(x,tau), x, 2) - delta^2/(2*D)*zeta(x)*psi(x,tau)'
    expect(retried(whole, 'expanded', { gives })).not.toThrow()
    const status = (left: string): string =>
      retried(whole, 'expanded', { gives, using: step.using.filter((id) => id !== left) })().steps.at(-1)!
        .verdict.status
    for (const left of ['norm', 'first', 'second', 'third']) expect(status(left)).toBe('checked')
  })

  it('has the masses of linear and of quadratic ζ', () => {
    const linear = massOf(rightOf(whole, 'linear'), '(-1)', '(16/25)', { D: 0.7, g: 0.6, tau: 1 })
    expect(Math.abs(linear - 2.223761207733)).toBeLessThan(KNOWN)
    const quadratic = massOf(rightOf(whole, 'quadratic'), '(3/2)', '(9/100)', { D: 0.5, omega: 2, tau: 1 })
    expect(Math.abs(quadratic - 0.0749572042056)).toBeLessThan(KNOWN)
  })
})
