import { describe, expect, it } from 'vitest'
import { derive } from '../../../../src/derive/index.js'
import { evaluateBound, type Node, proveEqual, substituteFunction } from '../../../../src/expr/index.js'
import { parse } from '../../../../src/expr/parse.js'
import { lineOf, numberAt, retried, rightOf, stepOf } from './_lines.js'

const forward = derive.diffusionModel()
const backward = derive.reverseDiffusion()
const read = (text: string): Node => parse(text, { variables: ['x', 't', 'a', 's', 'mu', 'v'] })

/** Digits of the published numbers. */
const PUBLISHED = 1e-9

describe('derive.diffusionModel()', () => {
  it('finds order 0 in one process and order 2 in the other', () => {
    expect(lineOf(forward, 've-qde')).toBe('∂_τψ = D ∂ₓ²ψ   (2Dτ = σ²)')
    expect(lineOf(forward, 'order-2')).toBe('∂ₜψ = β/2 [∂ₓ² − (x²/4−1/2)] ψ')
    expect(stepOf(forward, 'order-2').provenance).toBe('corrected')
  })

  it('corrects the reading that the variance-preserving process is order 0', () => {
    const free = 'diff(phi(x,t), t) = beta(t)/2*diff(phi(x,t), x, 2)'
    expect(retried(forward, 'order-2', { gives: free })).toThrow(/not proved/)
  })

  it.each([
    ['the variance ᾱ', 'exp(-(x - sqrt(alpha_bar(t))*x_0)^2/(2*alpha_bar(t)))/sqrt(2*pi*alpha_bar(t))'],
    ['the mean ᾱ x₀', 'exp(-(x - alpha_bar(t)*x_0)^2/(2*(1 - alpha_bar(t))))/sqrt(2*pi*(1 - alpha_bar(t)))'],
  ])('has no Gaussian with %s', (_, p) => {
    const wrong = { gives: `p(x,t) = ${p}`, move: { rule: 'solution', where: { p } } } as const
    expect(retried(forward, 'vp-kernel', wrong)).toThrow(/not proved/)
  })

  it('maps one process onto the other by √ᾱ and (1 − ᾱ)/ᾱ, and by no other', () => {
    const with_ = (place: string, clock: string) => {
      const p = `q(${place}, ${clock})/sqrt(alpha_bar(t))`
      return retried(forward, 'map', { gives: `p(x,t) = ${p}`, move: { rule: 'solution', where: { p } } })
    }
    expect(with_('x/sqrt(alpha_bar(t))', '1/alpha_bar(t) - 1')).not.toThrow()
    expect(with_('x/alpha_bar(t)', '1/alpha_bar(t) - 1')).toThrow(/not proved/)
    expect(with_('x/sqrt(alpha_bar(t))', '1 - alpha_bar(t)')).toThrow(/not proved/)
  })

  it('has the noise of a linear schedule, β from 0.1 to 20', () => {
    const schedule = substituteFunction(rightOf(forward, 'share'), 'beta', ['t'], read('1/10 + 199/10*t'))
    const share = evaluateBound(schedule).node
    const at = (t: number): number => numberAt(share, { t })
    expect(Math.abs(Math.sqrt(at(1)) - 0.0065715865)).toBeLessThan(PUBLISHED)
    expect(Math.abs(Math.sqrt(1 - at(1)) - 0.9999784069)).toBeLessThan(PUBLISHED)
    expect(Math.abs(Math.sqrt(at(0.5)) - 0.2811828808)).toBeLessThan(PUBLISHED)
    expect(Math.abs(1 - at(0.5) - 0.9209361875)).toBeLessThan(PUBLISHED)
  })

  it('has the exploding variance of the thousand steps of DDPM', () => {
    let left = 1
    for (let n = 0; n < 1000; n++) left *= 1 - (1e-4 + ((0.02 - 1e-4) * n) / 999)
    const after = rightOf(forward, 'map')
    const clock = after.kind === 'quotient' && after.over.kind === 'jet' ? after.over.args[1]! : after
    const sigma = Math.sqrt(numberAt(substituteFunction(clock, 'alpha_bar', ['t'], read('a')), { a: left }))
    expect(Math.abs(left / 4.035829765e-5 - 1)).toBeLessThan(PUBLISHED)
    expect(Math.abs(sigma / 157.407281 - 1)).toBeLessThan(1e-8)
  })
})

describe('derive.reverseDiffusion()', () => {
  it('has the score in its drift, and no noise in its probability flow', () => {
    expect(lineOf(backward, 'reverse')).toBe(
      '∂ₛq = −∂ₓ((−f(x, T − s)+g(T − s)²·S(x, T − s))·q) + g(T − s)²/2 ∂ₓ²q',
    )
    expect(lineOf(backward, 'flow')).toBe('∂ₜp = −∂ₓ((f−g²S/2)·p)')
    expect(lineOf(backward, 'tweedie')).toBe('m = (x+(1−α\u0304)·S)/√(α\u0304)')
  })

  it('is not the forward equation with τ → −τ: without the score, or with half of it, nothing is proved', () => {
    const right = (score: string) =>
      `diff(q(x,s), s) = -diff((-f(x,T-s) + ${score}*S(x,T-s))*q(x,s), x) + g(T-s)^2/2*diff(q(x,s), x, 2)`
    expect(retried(backward, 'reverse', { gives: right('g(T-s)^2') })).not.toThrow()
    expect(retried(backward, 'reverse', { gives: right('0') })).toThrow(/not proved/)
    expect(retried(backward, 'reverse', { gives: right('g(T-s)^2/2') })).toThrow(/not proved/)
    expect(retried(backward, 'reverse', { gives: right('(-g(T-s)^2)') })).toThrow(/not proved/)
    expect(stepOf(backward, 'growth').provenance).toBe('corrected')
  })

  it('shows modes that grow: k = 10 by e^100 in the time 1/D', () => {
    const mode = rightOf(backward, 'growth')
    const grown = numberAt(mode, { k: 10, D: 1, s: 1, x: 0 })
    expect(Math.abs(Math.log(grown) - 100)).toBeLessThan(PUBLISHED)
  })

  it('has Tweedie’s mean, which for Gaussian data is Bayes’ mean', () => {
    // The mean of a product of Gaussians: weights by inverse variances.
    const score = rightOf(backward, 'gaussian-score')
    const posterior = substituteFunction(rightOf(backward, 'tweedie'), 'S', ['x', 't'], score)
    const known = parse(
      '(x*sqrt(alpha_bar(t))/(1 - alpha_bar(t)) + mu/v_0)/(alpha_bar(t)/(1 - alpha_bar(t)) + 1/v_0)',
      { variables: ['x', 't', 'mu', 'v_0'], functions: { alpha_bar: 1 } },
    )
    expect(proveEqual(posterior, known, backward.language.assumptions)).toBe(true)
  })

  it('carries noise to Gaussian data: x₀ = μ + (x_T − √ᾱ μ) s₀/√(ᾱ s₀² + 1 − ᾱ)', () => {
    const path = rightOf(backward, 'path')
    const at = (a: string): Node => substituteFunction(path, 'alpha_bar', ['t'], read(a))
    const point = { mu: 0.4, v_0: 0.25, c: 1.7 }
    const [noise, data] = [numberAt(at('1/5'), point), numberAt(at('1'), point)]
    const expected = 0.4 + ((noise - Math.sqrt(0.2) * 0.4) * 0.5) / Math.sqrt(0.2 * 0.25 + 0.8)
    expect(Math.abs(data - expected)).toBeLessThan(PUBLISHED)
  })
})
