import { describe, expect, it } from 'vitest'
import { derive } from '../../../../src/derive/index.js'
import { evaluateBound, type Node, substituteFunction } from '../../../../src/expr/index.js'
import { parse } from '../../../../src/expr/parse.js'
import { lineOf, numberAt, retried, rightOf } from './_lines.js'

const whole = derive.replicator()
const read = (text: string): Node =>
  parse(text, { variables: ['x', 'h', 'D', 'm', 'v', 'tau'], functions: { zeta_bar: 1 } })

describe('derive.replicator()', () => {
  it('reaches the loss of mass, the replicator equation and Price’s identity', () => {
    expect(lineOf(whole, 'sink')).toBe('M′ = −∫ ζψ dx')
    expect(lineOf(whole, 'decay')).toBe('M′ = −ζ̄M')
    expect(lineOf(whole, 'replicator')).toBe('∂_τP = [D ∂ₓ² − (ζ−ζ̄)] P')
    expect(lineOf(whole, 'price')).toBe('f̄′ = D·∫ f″P dx − ∫ (f−f̄)(ζ−ζ̄)·P dx')
    expect(lineOf(whole, 'drift')).toBe('x̄′ = −∫ (x−x̄)(ζ−ζ̄)·P dx')
    expect(lineOf(whole, 'fisher')).toBe('ζ̄′ = −∫ (ζ−ζ̄)²·P dx + D·∫ ζ″P dx')
  })

  it('corrects the equation without the mean, which is none of a probability', () => {
    const loose = 'diff(P(x,tau), tau) = D*diff(P(x,tau), x, 2) - zeta(x)*P(x,tau)'
    expect(retried(whole, 'replicator', { gives: loose })).toThrow(/not proved/)
    expect(whole.steps.filter((step) => step.provenance === 'corrected').map((step) => step.id)).toEqual([
      'decay',
      'replicator',
    ])
  })

  it('says which boundary terms vanish', () => {
    const conditions = whole.steps
      .flatMap((step) => step.when)
      .filter((text) => text.includes('\\to \\infty'))
    expect(conditions).toHaveLength(2)
  })

  it('has no covariance without the norm, and no drift with another sign', () => {
    const step = whole.steps.find((one) => one.id === 'price')!
    const gives =
      'diff(f_bar(tau), tau) = D*integral(diff(f(x), x, 2)*P(x,tau), x, -infinity, infinity) - integral((f(x) - f_bar(tau))*(zeta(x) - zeta_bar(tau))*P(x,tau), x, -infinity, infinity)'
    expect(retried(whole, 'price', { gives })).not.toThrow()
    const withoutNorm = step.using.filter((id) => id !== 'norm')
    expect(retried(whole, 'price', { gives, using: withoutNorm })).toThrow(/not proved/)
  })
})

/**
 * Mean, variance and mass of a Gaussian population on ζ = ½hx², from the derived integrals by Runge–Kutta, against the
 * closed form of the Riccati equation: D = ½, h = 4, τ = 1, from m = 1.5, s² = 0.09.
 */
describe('a Gaussian population on a parabola', () => {
  const EXACT = { m: 0.3397484973405, v: 0.4874321445081, mass: 0.0749572042056 }
  /** Runge–Kutta with 100 steps errs by some 1e-8. */
  const TOLERANCE = 1e-7
  const STEPS = 100

  const gaussian = read('exp(-(x - m)^2/(2*v))/sqrt(2*pi*v)')
  const assumptions = { positive: ['v', 'h', 'D'], real: ['x', 'm'] }
  const onGaussian = (node: Node): Node => {
    const functions = [
      ['zeta', ['x'], read('h*x^2/2')],
      ['P', ['x', 'tau'], gaussian],
    ] as const
    const filled = functions.reduce((n, [name, of, body]) => substituteFunction(n, name, of, body), node)
    return evaluateBound(filled, assumptions).node
  }
  const loss = onGaussian(rightOf(whole, 'mean-loss'))
  const moment = (power: string): Node => {
    const filled = substituteFunction(rightOf(whole, 'general'), 'f', ['x'], read(power))
    return onGaussian(substituteFunction(filled, 'zeta_bar', ['tau'], loss))
  }
  const point = { D: 0.5, h: 4 }
  const [first, second] = [moment('x'), moment('x^2')]

  const slope = ([m, v]: readonly number[]): number[] => {
    const at = { ...point, m: m!, v: v! }
    const drift = numberAt(first, at)
    return [drift, numberAt(second, at) - 2 * m! * drift, -numberAt(loss, at)]
  }
  const moved = (y: readonly number[], by: readonly number[], h: number): number[] =>
    y.map((value, k) => value + h * by[k]!)

  it('has the mean, variance and mass of the closed form', () => {
    let y = [1.5, 0.09, 0]
    const h = 1 / STEPS
    for (let k = 0; k < STEPS; k++) {
      const a = slope(y)
      const b = slope(moved(y, a, h / 2))
      const c = slope(moved(y, b, h / 2))
      const d = slope(moved(y, c, h))
      y = y.map((value, j) => value + (h / 6) * (a[j]! + 2 * b[j]! + 2 * c[j]! + d[j]!))
    }
    expect(Math.abs(y[0]! - EXACT.m)).toBeLessThan(TOLERANCE)
    expect(Math.abs(y[1]! - EXACT.v)).toBeLessThan(TOLERANCE)
    expect(Math.abs(Math.exp(y[2]!) - EXACT.mass)).toBeLessThan(TOLERANCE)
  })
})
