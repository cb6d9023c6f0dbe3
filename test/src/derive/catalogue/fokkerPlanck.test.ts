import { describe, expect, it } from 'vitest'
import { derive } from '../../../../src/derive/index.js'
import { ascii, substitute, substituteFunction } from '../../../../src/expr/index.js'
import { parse } from '../../../../src/expr/parse.js'
import { qde } from '../../../../src/qde/index.js'
import { lineOf, retried, rightOf } from './_lines.js'

const whole = derive.fokkerPlanck()

/** Solver of levels on its default grid; what two published digits fewer than its precision allow. */
const LEVELS = 1e-9

describe('derive.fokkerPlanck()', () => {
  it('leads from the Fokker–Planck equation to the QDE with V_s, and back by the ground state', () => {
    expect(lineOf(whole, 'fokker-planck')).toBe('∂ₜp = ∂ₓ(pU′) + D ∂ₓ²p')
    expect(lineOf(whole, 'potential')).toBe('V_s = (U′)²/(4D) − U″/2')
    expect(lineOf(whole, 'wave')).toBe('∂ₜψ = [D ∂ₓ² − V_s] ψ')
    expect(lineOf(whole, 'nonnegative')).toBe('E ≥ 0')
    expect(lineOf(whole, 'shifted')).toBe('V_s = ζ − E₀')
    expect(lineOf(whole, 'drift')).toBe('−U′ = 2Dφ₀′/φ₀')
  })

  it('corrects the reading that descent on U is the QDE with ζ = U', () => {
    expect(whole.steps.filter((step) => step.provenance === 'corrected').map((step) => step.id)).toEqual([
      'wave',
    ])
    const loss = 'diff(psi(x,t), t) = D*diff(psi(x,t), x, 2) - U(x)*psi(x,t)'
    expect(retried(whole, 'wave', { gives: loss })).toThrow(/not proved/)
  })

  it.each([
    ['the other sign of the curvature', 'potential', 'V_s(x) = diff(U(x),x)^2/(4*D) + diff(U(x),x,2)/2'],
    ['half of the square', 'potential', 'V_s(x) = diff(U(x),x)^2/(2*D) - diff(U(x),x,2)/2'],
  ])('goes no further with %s', (_, id, gives) => {
    const wrong = retried(whole, id, { gives })()
    const next = () =>
      wrong.apply(
        { rule: 'insert' },
        {
          from: 'cancelled',
          using: ['retried'],
          gives: 'diff(psi(x,t), t) = D*diff(psi(x,t), x, 2) - V_s(x)*psi(x,t)',
        },
      )
    expect(next).toThrow(/not proved/)
  })

  it('needs φ₀ in Doob’s transform, and the growth exp(E₀t)', () => {
    const with_ = (p: string) =>
      retried(whole, 'doob', {
        gives: `p(x,t) = ${p}`,
        move: { rule: 'solution', where: { p, U: '-2*D*log(phi_0(x))' } },
      })
    expect(with_('exp(E_0*t)*phi_0(x)*psi(x,t)')).not.toThrow()
    expect(with_('exp(-E_0*t)*phi_0(x)*psi(x,t)')).toThrow(/not proved/)
    expect(with_('phi_0(x)*psi(x,t)')).toThrow(/not proved/)
    expect(with_('exp(E_0*t)*psi(x,t)^2')).toThrow(/not proved/)
  })

  it.each([2, 3] as const)('holds in %i dimensions, with gradient and Laplacian', (dimensions) => {
    const made = derive.fokkerPlanck({ dimensions })
    for (const id of ['wave', 'rates', 'shifted', 'doob'])
      expect(made.steps.find((step) => step.id === id)?.verdict.status).toBe('proved')
    if (dimensions === 2)
      expect(lineOf(made, 'potential')).toBe('V_s = ((∂ₓU)²+(∂_yU)²)/(4D) − [∂ₓ² + ∂_y²] U/2')
  })

  it('takes no other number of dimensions', () => {
    expect(() => derive.fokkerPlanck({ dimensions: 4 as 3 })).toThrow(/1, 2 or 3/)
  })

  it.each([
    [0.5, 0.4229446453977572],
    [0.25, 0.1871704180870985],
    [0.1, 0.03354528730800061],
  ])('its potential has the relaxation rate of the double well x⁴/4 − x²/2: D = %d', (D, rate) => {
    const U = parse('x^4/4 - x^2/2', { variables: ['x'] })
    const potential = substituteFunction(rightOf(whole, 'potential'), 'U', ['x'], U)
    const objective = ascii(substitute(potential, { D: parse(String(D), { variables: [] }) }))
    const { energies } = qde({ objective, D }).eigenstates(2)
    expect(Math.abs(energies[0]!)).toBeLessThan(LEVELS)
    expect(Math.abs(energies[1]! - rate)).toBeLessThan(LEVELS)
  })
})

describe('derive.ornsteinUhlenbeck()', () => {
  const process = derive.ornsteinUhlenbeck()

  it('has the potential of an oscillator and the transition density of the process', () => {
    expect(lineOf(process, 'oscillator')).toBe('V_s = k²x²/(4D) − k/2')
    expect(lineOf(process, 'variance')).toBe('v = D/k·(1−exp(−2kt))')
    expect(lineOf(process, 'transition')).toBe('p = exp(−(x−x₀·exp(−kt))²/(2v))/√(2πv)')
    expect(lineOf(process, 'ladder')).toBe('Df‴ + k ∂ₓ(xf′) = −(λ+k)·f′')
  })

  it('has the rates nk as levels of that potential', () => {
    const [D, k] = [0.7, 1.3]
    const values = { D: parse(String(D), { variables: [] }), k: parse(String(k), { variables: [] }) }
    const objective = ascii(substitute(rightOf(process, 'oscillator'), values))
    const { energies } = qde({ objective, D }).eigenstates(4)
    for (const [n, energy] of energies.entries()) expect(Math.abs(energy - n * k)).toBeLessThan(LEVELS)
  })

  it.each([
    ['a variance that grows for ever', 'exp(-(x - x_0*exp(-k*t))^2/(4*D*t))/sqrt(4*pi*D*t)'],
    ['a mean that stays', 'exp(-(x - x_0)^2/(2*v(t)))/sqrt(2*pi*v(t))'],
    ['a mean of twice the rate', 'exp(-(x - x_0*exp(-2*k*t))^2/(2*v(t)))/sqrt(2*pi*v(t))'],
  ])('has no transition density with %s', (_, p) => {
    const wrong = retried(process, 'transition', {
      gives: `p(x,t) = ${p}`,
      move: { rule: 'solution', where: { p } },
    })
    expect(wrong).toThrow(/not proved/)
  })
})
