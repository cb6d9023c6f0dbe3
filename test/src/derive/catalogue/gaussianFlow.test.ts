import { describe, expect, it } from 'vitest'
import { derive } from '../../../../src/derive/index.js'
import { gaussianPacket, oscillatorPropagator } from '../../../../src/qde/closedForm/index.js'
import { lineOf, realOf, stepOf, textOf } from '../_values.js'

/** Rounding of the library’s closed forms, in double precision, against 25 digits. */
const ROUNDING = 1e-13
/** Half a unit of the last of 13 printed digits. */
const PRINTED = 5e-14
/** Runge–Kutta of order 4 with the steps below. */
const INTEGRATED = 1e-7

const flow = derive.gaussianFlow()
const half = derive.halfNewton()
const plane = derive.covarianceFlow()

const IMAGINARY = Math.PI / 2

describe('derive.gaussianFlow()', () => {
  it('finds the equations of variance and mean by comparing powers', () => {
    expect(textOf(flow, 'variance')).toBe('v′ = 2D − hv²')
    expect(textOf(flow, 'mean')).toBe('μ′ = −v·(g+h·(μ−a))')
    expect(textOf(flow, 'height')).toBe('c′ = −D/v − (ζ₀+g·(μ−a)+1/2·h·(μ−a)²)')
  })

  it('says that the learning rate is the variance, and tags it as a correction', () => {
    expect(textOf(flow, 'descent')).toContain('μ′ = −v·ζ′(μ)')
    expect(stepOf(flow, 'descent').provenance).toBe('corrected')
    expect(textOf(flow, 'stein')).toBe('C = v·∫ ζ′P dx')
    expect(stepOf(flow, 'stein').when.join()).toContain('\\to 0')
  })

  it('has Stein’s identity right: covariance and mean gradient of x⁴ under a normal density', () => {
    // Cov(x, x⁴) = v·4⟨x³⟩ = v (4μ³ + 12μv).
    const [mu, v] = [0.4, 0.3]
    const functions = {
      zeta: 'x^4',
      P: `exp(-(x - ${mu})^2/(2*${v}))/sqrt(2*pi*${v})`,
      mu: String(mu),
      v: String(v),
    }
    const expected = v * (4 * mu ** 3 + 12 * mu * v)
    for (const id of ['covariance', 'stein'])
      expect(Math.abs(realOf(flow, lineOf(flow, id).right, { tau: 1 }, functions) - expected)).toBeLessThan(
        ROUNDING,
      )
  })

  it('refuses a learning rate D, curvature of the wrong sign, and Stein’s identity without its factor', () => {
    const again = (id: string, gives: string) => () => {
      const { move, from, using } = stepOf(flow, id)
      flow.apply(move, { gives, using, ...(from !== undefined && { from }) })
    }
    expect(again('mean', 'diff(mu(tau), tau) = -v(tau)*(g + h*(mu(tau) - a))')).not.toThrow()
    expect(again('mean', 'diff(mu(tau), tau) = -D*(g + h*(mu(tau) - a))')).toThrow(/not proved/)
    expect(again('variance', 'diff(v(tau), tau) = 2*D + h*v(tau)^2')).toThrow(/not proved/)
    const mean = 'integral(diff(zeta(x), x)*P(x,tau), x, -infinity, infinity)'
    expect(again('stein', `C = v(tau)*${mean}`)).not.toThrow()
    expect(again('stein', `C = ${mean}`)).toThrow(/not proved/)
  })
})

describe('derive.halfNewton()', () => {
  /** Mean, variance and mass at τ from the derived formulas, ζ* = 0. */
  const at = (tau: number, [D, h, v_0, mu_0, x_star]: readonly [number, number, number, number, number]) => {
    const known = { omega: Math.sqrt(2 * D * h), v_star: Math.sqrt((2 * D) / h), v_0, mu_0, x_star, tau }
    const Delta = String(realOf(half, lineOf(half, 'denominator').right, known))
    const value = (id: string) => realOf(half, lineOf(half, id).right, { ...known, zeta_star: 0 }, { Delta })
    return [value('mean-flow'), value('variance-flow'), value('mass-flow')] as const
  }

  it('has the flow that is known for D = ½, h = 4, v₀ = 0.09, μ₀ = 1.5, τ = 1', () => {
    const [mean, variance, mass] = at(1, [0.5, 4, 0.09, 1.5, 0])
    expect(Math.abs(mean - 0.3397484973405)).toBeLessThan(PRINTED)
    expect(Math.abs(variance - 0.4874321445081)).toBeLessThan(PRINTED)
    expect(Math.abs(mass - 0.0749572042056)).toBeLessThan(PRINTED)
  })

  it('is the flow of the library’s closed form', () => {
    const [D, h, v_0, mu_0, x_star] = [0.7, 1.3, 0.5, -1, 0.4] as const
    const propagator = oscillatorPropagator({ D, curvature: h, center: x_star })
    const start = gaussianPacket({ x0: mu_0, sigma: Math.sqrt(v_0), reading: 'population' })
    for (const tau of [0.2, 1, 3]) {
      const state = propagator.at({ s: tau, angle: IMAGINARY }).apply(start)
      const [mean, variance, mass] = at(tau, [D, h, v_0, mu_0, x_star])
      expect(Math.abs(mean - state.mean('population')[0]!)).toBeLessThan(ROUNDING)
      expect(Math.abs(variance - state.variance('population')[0]!)).toBeLessThan(ROUNDING)
      const peak =
        (mass * Math.exp(-((0.3 - mean) ** 2) / (2 * variance))) / Math.sqrt(2 * Math.PI * variance)
      expect(Math.abs(peak - state.value(0.3).re)).toBeLessThan(ROUNDING)
    }
  })

  it('starts where it is told, and ends at the Newton point with the variance √(2D/h)', () => {
    const [D, h] = [0.5, 4]
    expect(at(0, [D, h, 0.09, 1.5, 0.2])).toEqual([1.5, 0.09, 1])
    const [mean, variance] = at(20, [D, h, 0.09, 1.5, 0.2])
    expect(mean).toBeCloseTo(0.2, 12)
    expect(variance).toBeCloseTo(Math.sqrt((2 * D) / h), 12)
    expect(textOf(half, 'still')).toBe('v → v*')
  })

  it('takes the root of the condition number', () => {
    const { left } = lineOf(half, 'root')
    expect(realOf(half, left, { D: 0.5, h_1: 100, h_2: 1 })).toBeCloseTo(10, 12)
    expect(stepOf(half, 'root').provenance).toBe('corrected')
    expect(() =>
      half.apply(
        { rule: 'identity' },
        { using: ['condition'], gives: 'sqrt(2*D*h_1)/sqrt(2*D*h_2) = kappa' },
      ),
    ).toThrow(/not proved/)
  })
})

describe('derive.covarianceFlow()', () => {
  const names = ['s_11', 's_12', 's_22', 'm_1', 'm_2', 'M']
  const equations = ['variance-x', 'covariance', 'variance-y', 'mean-x', 'mean-y', 'mass']

  /** The derived equations, integrated from a start. */
  function integrate(
    [h_11, h_12, h_22]: readonly [number, number, number],
    D: number,
    start: readonly number[],
    tau: number,
    steps: number,
  ): readonly number[] {
    const slope = (state: readonly number[]) => {
      const functions = Object.fromEntries(names.map((name, k) => [name, state[k]!.toFixed(17)]))
      return equations.map((id) =>
        realOf(plane, lineOf(plane, id).right, { D, h_11, h_12, h_22, zeta_star: 0, tau: 1 }, functions),
      )
    }
    const d = tau / steps
    const moved = (state: readonly number[], by: readonly number[], far: number) =>
      state.map((value, k) => value + far * by[k]!)
    let state = start
    for (let n = 0; n < steps; n++) {
      const k1 = slope(state)
      const k2 = slope(moved(state, k1, d / 2))
      const k3 = slope(moved(state, k2, d / 2))
      const k4 = slope(moved(state, k3, d))
      const mean = k1.map((_, k) => (k1[k]! + 2 * k2[k]! + 2 * k3[k]! + k4[k]!) / 6)
      state = moved(state, mean, d)
    }
    return state
  }

  it('is the library’s flow where the axes are those of the Hessian', () => {
    const [D, tau] = [0.5, 0.5]
    const state = oscillatorPropagator({ D, curvature: [1, 4] })
      .at({ s: tau, angle: IMAGINARY })
      .apply(gaussianPacket({ x0: [1, -0.5], sigma: [0.5, 0.8], reading: 'population' }))
    const [s11, s12, s22, m1, m2] = integrate([1, 0, 4], D, [0.25, 0, 0.64, 1, -0.5, 1], tau, 20)
    expect(s12).toBe(0)
    const [first, second] = state.variance('population')
    expect(Math.abs(s11! - first!)).toBeLessThan(INTEGRATED)
    expect(Math.abs(s22! - second!)).toBeLessThan(INTEGRATED)
    const [x, y] = state.mean('population')
    expect(Math.abs(m1! - x!)).toBeLessThan(INTEGRATED)
    expect(Math.abs(m2! - y!)).toBeLessThan(INTEGRATED)
  })

  it('rests at √(2D) times the inverse root of any Hessian', () => {
    // H = Q diag(4, 1) Qᵀ with Q a turn by an angle of tangent 3/4.
    const [c, s] = [0.8, 0.6]
    const turned = (a: number, b: number) =>
      [c * c * a + s * s * b, c * s * (a - b), s * s * a + c * c * b] as const
    const [D, hessian, root] = [0.5, turned(4, 1), turned(1 / 2, 1)]
    const rest = integrate(hessian, D, [0.3, 0.1, 0.2, 1, 1, 1], 6, 24)
    for (const [k, r] of root.entries()) expect(rest[k]).toBeCloseTo(Math.sqrt(2 * D) * r, 4)
    const [r_11, r_12, r_22] = root
    for (const [k, id] of ['hessian-11', 'hessian-12', 'hessian-22'].entries())
      expect(realOf(plane, lineOf(plane, id).right, { r_11, r_12, r_22 })).toBeCloseTo(hessian[k]!, 12)
  })

  it('refuses a covariance that the curvature widens, and a population without its determinant', () => {
    const { after } = stepOf(plane, 'population')
    const again =
      (using: readonly string[], gives = after) =>
      () =>
        plane.apply(stepOf(plane, 'population').move, { from: 'quadratic', using, gives })
    expect(again(equations)).not.toThrow()
    expect(again(equations.slice(1))).toThrow()
    expect(again(equations.slice(0, -1))).toThrow()
  })
})
