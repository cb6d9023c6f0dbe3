import { describe, expect, it } from 'vitest'
import { type Derivation, derive, type Where } from '../../../../src/derive/index.js'
import {
  freePropagator,
  gaussianPacket,
  linearPropagator,
  oscillatorPropagator,
  type QuadraticPropagator,
} from '../../../../src/qde/closedForm/index.js'
import { complexOf, lineOf, realOf, stepOf, textOf } from '../_values.js'

/** Rounding of the library’s closed forms, in double precision, against 25 digits. */
const ROUNDING = 1e-13
/** Digits to which THEORY states a number, absolute. */
const PRINTED = 1e-12

const free = derive.freeMotion()
const linear = derive.linearPotential()
const oscillator = derive.oscillator()

const IMAGINARY = Math.PI / 2

type Point = Readonly<Record<string, number>>

/** That the right side of a line is the value of the library’s solver. */
function expectSame(
  whole: Derivation,
  id: string,
  point: Point,
  solver: { readonly re: number; readonly im: number },
  functions: Where = {},
): void {
  const { re, im } = complexOf(whole, lineOf(whole, id).right, point, functions)
  expect(Math.abs(re - solver.re), `${id}, real part`).toBeLessThan(ROUNDING)
  expect(Math.abs(im - solver.im), `${id}, imaginary part`).toBeLessThan(ROUNDING)
}

const places: readonly (readonly [x: number, y: number])[] = [
  [0.4, -0.9],
  [-1.3, 0.2],
  [2, 2.1],
]

/** That a pair of derived kernels is the library’s propagator in real and in imaginary time. */
function expectPropagator(
  whole: Derivation,
  [real, imaginary]: readonly [string, string],
  propagator: QuadraticPropagator,
  names: { readonly point: Point; readonly at: string },
  functions: Where = {},
): void {
  for (const time of [0.3, 1.1]) {
    for (const [x, y] of places) {
      const point = { ...names.point, [names.at]: x, y }
      expectSame(whole, real, { ...point, t: time }, propagator.at({ s: time }).value(x, y))
      const turned = propagator.at({ s: time, angle: IMAGINARY }).value(x, y)
      expectSame(whole, imaginary, { ...point, tau: time }, turned, functions)
    }
  }
}

describe('derive.freeMotion()', () => {
  const [D, zeta_0, x_0, k_0, sigma_0] = [0.7, 0.2, -1, 1.5, 0.8]
  const propagator = freePropagator({ D, zeta0: zeta_0 })

  it('has the kernels of the library’s propagator', () => {
    const functions = { G: 'exp(-x^2/(4*D*tau) - zeta_0*tau)/sqrt(4*pi*D*tau)' }
    expectPropagator(free, ['kernel', 'from-y'], propagator, { point: { D, zeta_0 }, at: 'x' }, functions)
    expect(textOf(free, 'heat-kernel')).toBe('G = exp(−x²/(4Dτ) − ζ₀τ)/√(4πDτ)')
  })

  it('moves a packet as the library does: mean x₀ + 2Dk₀t, variance σ₀² + D²t²/σ₀²', () => {
    const packet = propagator.at({ s: 2 }).apply(gaussianPacket({ x0: x_0, sigma: sigma_0, k0: k_0 }))
    const point = { D, zeta_0, x_0, k_0, sigma_0, t: 2 }
    for (const x of [-1, 3.2, 4]) {
      expectSame(free, 'packet', { ...point, x }, packet.value(x), { sigma: 'sigma_0 + i*D*t/sigma_0' })
    }
    const v = realOf(free, lineOf(free, 'variance').right, point)
    expect(v).toBeCloseTo(packet.variance()[0]!, 12)
    expect(packet.mean()[0]).toBeCloseTo(x_0 + 2 * D * k_0 * 2, 12)
    const density = realOf(free, lineOf(free, 'born').right, { ...point, v, x: 3.2 })
    const { re, im } = packet.value(3.2)
    expect(density).toBeCloseTo(re * re + im * im, 12)
  })

  it('tells dispersion from diffusion: the variance of a late packet grows as t², of a population as τ', () => {
    const spread = (t: number) => realOf(free, lineOf(free, 'variance').right, { D, sigma_0, t })
    expect(Math.log2(spread(2000) / spread(1000))).toBeCloseTo(2, 5)
    expect(textOf(free, 'spread')).toBe('∫ x²G dx = 2Dτ·exp(−ζ₀τ)')
    expect(textOf(free, 'mass')).toBe('∫ G dx = exp(−ζ₀τ)')
    expect(textOf(free, 'semigroup')).toBe('∫ G(x − z, τ)·G(z − y, s) dz = G(x − y, τ + s)')
  })

  it('refuses a spread of 4Dτ or Dτ, a kernel of another width, and times that do not add up', () => {
    const spread = free.until('spread-of')
    for (const factor of ['4', '1'])
      expect(() =>
        spread.apply(
          { rule: 'evaluate' },
          { gives: `integral(x^2*G(x, tau), x, -infinity, infinity) = ${factor}*D*tau*exp(-zeta_0*tau)` },
        ),
      ).toThrow(/not proved/)
    expect(() =>
      free.until('two-times').apply(
        { rule: 'evaluate' },
        {
          using: ['heat-kernel'],
          gives: 'integral(G(x - z, tau)*G(z - y, s), z, -infinity, infinity) = G(x - y, tau - s)',
        },
      ),
    ).toThrow(/not proved/)
    const wide = 'exp(-(x - y)^2/(2*D*tau) - zeta_0*tau)/sqrt(4*pi*D*tau)'
    expect(() =>
      free.apply(
        { rule: 'solution', where: { psi_tau: wide } },
        { from: 'heat', gives: `psi_tau(x,tau) = ${wide}` },
      ),
    ).toThrow(/not proved/)
  })
})

describe('derive.linearPotential()', () => {
  const [D, g, s_0, x_0, a, zeta_0] = [0.7, 0.6, 0.8, -1, 0, 0]
  const population = gaussianPacket({ x0: x_0, sigma: s_0, reading: 'population' })
  const propagator = linearPropagator({ D, slope: g, center: a, zeta0: zeta_0 })

  it('has the kernels of the library’s propagator', () => {
    const shifted = linearPropagator({ D, slope: g, center: 0.4, zeta0: 0.3 })
    expectPropagator(linear, ['kernel', 'imaginary-kernel'], shifted, {
      point: { D, g, a: 0.4, zeta_0: 0.3 },
      at: 'x',
    })
  })

  it('has the mean, the variance and the mass that are known for D = 0.7, g = 0.6, s₀ = 0.8, x₀ = −1, τ = 1', () => {
    const at = (id: string) => realOf(linear, lineOf(linear, id).right, { D, g, s_0, x_0, a, zeta_0, tau: 1 })
    expect(Math.abs(at('mass') - 2.223761207733)).toBeLessThan(PRINTED)
    expect(Math.abs(at('centre') - -1.804)).toBeLessThan(PRINTED)
    expect(Math.abs(at('variance') - 2.04)).toBeLessThan(PRINTED)
  })

  it('moves a population as the library does', () => {
    const later = propagator.at({ s: 1, angle: IMAGINARY }).apply(population)
    const at = (id: string) => realOf(linear, lineOf(linear, id).right, { D, g, s_0, x_0, a, zeta_0, tau: 1 })
    const names = { v: String(at('variance')), mu: String(at('centre')), M: String(at('mass')) }
    for (const x of [-3, -1.8, 0.5]) expectSame(linear, 'population', { x, tau: 1 }, later.value(x), names)
  })

  it('throws a packet as the library does', () => {
    const [k_0, sigma_0, t] = [0.9, 0.5, 1.4]
    const fallen = propagator.at({ s: t }).apply(gaussianPacket({ x0: x_0, sigma: sigma_0, k0: k_0 }))
    for (const x of [-2, -0.4, 1]) {
      const { re, im } = fallen.value(x)
      const density = realOf(linear, lineOf(linear, 'mean').right, { D, g, x_0, k_0, sigma_0, t, x })
      expect(Math.abs(density - (re * re + im * im))).toBeLessThan(ROUNDING)
    }
  })

  it('says that the rate of descent is the variance, and that no energy is the lowest', () => {
    expect(textOf(linear, 'descent')).toBe('μ′ = −gv')
    expect(stepOf(linear, 'descent').provenance).toBe('corrected')
    expect(stepOf(linear, 'lower').provenance).toBe('corrected')
  })

  it('refuses descent at the rate D, a fall the other way, and a wrong cubic phase', () => {
    const descent = (rate: string) => () =>
      linear.apply(
        { rule: 'identity' },
        { gives: `diff(mu(tau), tau) = -g*${rate}`, using: ['centre', 'variance'] },
      )
    expect(descent('v(tau)')).not.toThrow()
    for (const rate of ['D', '2*D*tau', 's_0^2']) expect(descent(rate)).toThrow(/not proved/)
    const fall = (path: string, phase: string) => () => {
      const psi = `exp(-i*(zeta_0 - g*a)*t - i*g*t*x - i*D*g^2*t^3/${phase})*phi(${path}, t)`
      linear.apply(
        { rule: 'solution', where: { psi } },
        { from: 'linear', using: ['free'], gives: `psi(x,t) = ${psi}` },
      )
    }
    expect(fall('x + D*g*t^2', '3')).not.toThrow()
    expect(fall('x - D*g*t^2', '3')).toThrow(/not proved/)
    expect(fall('x + D*g*t^2', '12')).toThrow(/not proved/)
  })
})

describe('derive.oscillator()', () => {
  const [D, h, zeta_star] = [0.5, 4, 0.3]
  const omega = Math.sqrt(2 * D * h)
  const KERNEL =
    'sqrt(omega/(4*pi*D*sinh(omega*tau)))*exp(-omega/(4*D*sinh(omega*tau))*((q^2 + y^2)*cosh(omega*tau) - 2*q*y) - zeta_star*tau)'

  it('has the kernels of the library’s propagator', () => {
    const propagator = oscillatorPropagator({ D, curvature: h, zeta0: zeta_star })
    expectPropagator(
      oscillator,
      ['kernel', 'imaginary-kernel'],
      propagator,
      { point: { D, omega, zeta_star }, at: 'q' },
      { G: KERNEL },
    )
  })

  it('has its lowest energy √(Dh/2) above the least value of the objective', () => {
    const { left, right } = lineOf(oscillator, 'zero-point')
    expect(realOf(oscillator, right, { D, h })).toBeCloseTo(1, 14)
    expect(realOf(oscillator, left, { omega, zeta_star })).toBeCloseTo(1, 14)
  })

  it('has the partition function 0.9595173757 for ω = 1, β = 1', () => {
    const { right } = lineOf(oscillator, 'trace')
    expect(realOf(oscillator, right, { omega: 1, zeta_star: 0, tau: 1 })).toBeCloseTo(0.9595173757, 10)
    const propagator = oscillatorPropagator({ D, curvature: h, zeta0: zeta_star })
    const solver = propagator.at({ s: 0.7, angle: IMAGINARY }).trace()
    expectSame(oscillator, 'trace', { omega, zeta_star, tau: 0.7 }, solver)
    expectSame(oscillator, 'sum', { omega, zeta_star, tau: 0.7 }, solver)
  })

  it('has states with as many nodes as rungs', () => {
    const shape = (id: string, q: number) =>
      realOf(oscillator, lineOf(oscillator, id).right, { D, omega, zeta_star, t: 0, q })
    const nodes = ['ground', 'first', 'second'].map((id) => {
      const values = Array.from({ length: 40 }, (_, k) => shape(id, (k - 19.5) / 10))
      return values.filter((value, k) => k > 0 && value * values[k - 1]! < 0).length
    })
    expect(nodes).toEqual([0, 1, 2])
  })

  it('refuses the levels of half the frequency, and the kernel without its root', () => {
    const again = (psi_q: string) => () =>
      oscillator.apply(
        { rule: 'solution', where: { psi_q } },
        { from: 'centred', using: ['curvature'], gives: `psi_q(q,t) = ${psi_q}` },
      )
    const ground = 'exp(-i*(zeta_star + 1/2*omega)*t)*exp(-omega*q^2/(4*D))'
    expect(again(ground)).not.toThrow()
    expect(again(ground.replace('1/2', '1/4'))).toThrow(/not proved/)
    expect(again(ground.replace('4*D', '2*D'))).toThrow(/not proved/)
    expect(again('exp(i*omega/(4*D*sin(omega*t))*q^2*cos(omega*t) - i*zeta_star*t)')).toThrow(/not proved/)
  })
})
