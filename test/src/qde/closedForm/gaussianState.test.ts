import { Complex } from 'complex.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axis, type Grid, grid } from '../../../../src/grid/index.js'
import {
  freePropagator,
  type GaussianState,
  gaussianPacket,
  linearPropagator,
  oscillatorPropagator,
  quadraticPropagator,
} from '../../../../src/qde/closedForm/index.js'
import { wavePacket } from '../../../../src/qde/initialState.js'
import { angle, bounded, distance, IMAGINARY, number, time } from './_draw.js'

/** Rounding of a value computed by two routes. */
const ROUTES = 1e-12
/** Rounding of sums over a grid. */
const SUMMED = 1e-11

const lineGrid = (half = 80, intervals = 2048): Grid =>
  grid([axis({ name: 'x', lower: -half, upper: half, intervals, boundary: 'periodic' })])

describe('population in imaginary time', () => {
  it('linear: mass 2.223761207733, mean −1.804, variance 2.04 (D = .7, g = .6, s₀ = .8, x₀ = −1, τ = 1)', () => {
    const later = linearPropagator({ D: 0.7, slope: 0.6 })
      .at({ s: 1, angle: IMAGINARY })
      .apply(gaussianPacket({ x0: -1, sigma: 0.8, reading: 'population' }))
    expect(later.integral.re).toBeCloseTo(2.223761207733, 12)
    expect(later.mean('population')[0]).toBeCloseTo(-1.804, 13)
    expect(later.variance('population')[0]).toBeCloseTo(2.04, 13)
  })

  it('oscillator: mean 0.3397484973405, variance 0.4874321445081, mass 0.0749572042056 (D = ½, h = 4, τ = 1)', () => {
    const later = oscillatorPropagator({ D: 0.5, curvature: 4 })
      .at({ s: 1, angle: IMAGINARY })
      .apply(gaussianPacket({ x0: 1.5, sigma: 0.3, reading: 'population' }))
    expect(later.integral.re).toBeCloseTo(0.0749572042056, 13)
    expect(later.mean('population')[0]).toBeCloseTo(0.3397484973405, 13)
    expect(later.variance('population')[0]).toBeCloseTo(0.4874321445081, 13)
  })

  it('gradient descent: d mean/dτ = −g·variance, d variance/dτ = 2D, at every τ', () => {
    const [D, g, step] = [0.7, 0.6, 1e-4]
    const propagator = linearPropagator({ D, slope: g })
    const start = gaussianPacket({ x0: -1, sigma: 0.8, reading: 'population' })
    const at = (tau: number): GaussianState => propagator.at({ s: tau, angle: IMAGINARY }).apply(start)
    for (const tau of [0.3, 1, 4]) {
      const rate = (at(tau + step).mean()[0] - at(tau - step).mean()[0]) / (2 * step)
      expect(rate).toBeCloseTo(-g * at(tau).variance('population')[0], 9)
      const spread =
        (at(tau + step).variance('population')[0] - at(tau - step).variance('population')[0]) / (2 * step)
      expect(spread).toBeCloseTo(2 * D, 9)
    }
  })

  it('relaxes to the ground state and to e^{−E₀τ}, however long', () => {
    const [D, h, center, zeta0] = [0.4, 1.8, 0.7, 0.3]
    const omega = Math.sqrt(2 * D * h)
    const propagator = quadraticPropagator({ D, slope: 0.5, curvature: h, center, zeta0 })
    const newton = center - 0.5 / h
    const energy = zeta0 - 0.25 / (2 * h) + omega / 2
    const start = gaussianPacket({ x0: 5, sigma: 0.2 })
    const [at40, at80] = [40, 80].map((tau) => propagator.at({ s: tau, angle: IMAGINARY }).apply(start))
    expect(at80.mean()[0]).toBeCloseTo(newton, 13)
    expect(at80.variance()[0]).toBeCloseTo(D / omega, 13)
    expect(at80.logNorm - at40.logNorm).toBeCloseTo(-40 * energy, 11)
    const step = propagator.at({ s: 8, angle: IMAGINARY })
    const stepwise = [1, 2, 3, 4].reduce((k) => k.compose(step), step).apply(start)
    expect(stepwise.logNorm).toBeCloseTo(at40.logNorm, 11)
    expect(stepwise.mean()[0]).toBeCloseTo(at40.mean()[0], 12)
  })

  it('half-Newton: each axis relaxes at its own rate √(2Dh): 1 and 10 for H = diag(1, 100), D = ½', () => {
    const propagator = oscillatorPropagator({ D: 0.5, curvature: [1, 100] })
    // From the width of the ground state the mean follows x₀/(cosh + sinh) = x₀e^{−ωτ}.
    const start = gaussianPacket({ x0: [1, 1], sigma: [1, Math.sqrt(0.1)], reading: 'population' })
    const later = propagator.at({ s: 0.3, angle: IMAGINARY }).apply(start)
    expect(later.mean('population')[0]).toBeCloseTo(Math.exp(-0.3), 13)
    expect(later.mean('population')[1]).toBeCloseTo(Math.exp(-3), 13)
  })
})

describe('Born reading', () => {
  it('free: mean x₀ + 2Dk₀t, variance σ² + (Dt/σ)² in real time, σ² + Dτ in imaginary time', () => {
    fc.assert(
      fc.property(
        number(0.1, 2),
        number(-2, 2),
        number(0.2, 2),
        number(-3, 3),
        time,
        (D, x0, sigma, k0, t) => {
          const propagator = freePropagator({ D })
          const packet = gaussianPacket({ x0, sigma, k0 })
          const real = propagator.at({ s: t }).apply(packet)
          expect(Math.abs(real.mean()[0] - (x0 + 2 * D * k0 * t))).toBeLessThan(ROUTES)
          expect(Math.abs(real.variance()[0] / (sigma ** 2 + ((D * t) / sigma) ** 2) - 1)).toBeLessThan(
            ROUTES,
          )
          expect(real.meanMomentum[0]).toBeCloseTo(k0, 11)
          expect(real.momentumVariance[0]).toBeCloseTo(1 / (4 * sigma ** 2), 10)
          expect(Math.abs(real.logNorm)).toBeLessThan(ROUTES)
          const imaginary = propagator.at({ s: t, angle: IMAGINARY }).apply(packet)
          expect(Math.abs(imaginary.variance()[0] / (sigma ** 2 + D * t) - 1)).toBeLessThan(ROUTES)
        },
      ),
      { seed: 21 },
    )
  })

  it('free: the printed packet, phase included', () => {
    const [D, x0, sigma, k0, t, zeta0] = [0.7, -1, 0.8, 1.5, 1.7, 0.3]
    const later = freePropagator({ D, zeta0 }).at({ s: t }).apply(gaussianPacket({ x0, sigma, k0 }))
    const spread = new Complex(1, (D * t) / sigma ** 2)
    for (const x of [-1.3, 1, 4]) {
      const printed = new Complex(-((x - x0 - 2 * D * k0 * t) ** 2))
        .div(spread.mul(4 * sigma ** 2))
        .add(new Complex(0, k0 * (x - x0) - D * k0 ** 2 * t - zeta0 * t))
        .exp()
        .mul((2 * Math.PI) ** -0.25)
        .div(spread.mul(sigma).sqrt())
      expect(distance(later.value(x), printed)).toBeLessThan(ROUTES)
    }
  })

  it('Ehrenfest: mean and momentum follow the classical orbit at every time', () => {
    fc.assert(
      fc.property(
        bounded,
        number(0, 20),
        number(-2, 2),
        number(-2, 2),
        ({ D, curvature, ...H }, t, x0, k0) => {
          const later = quadraticPropagator({ ...H, D, curvature: 1 + curvature })
            .at({ s: t })
            .apply(gaussianPacket({ x0, sigma: 0.5, k0 }))
          const omega = Math.sqrt(2 * D * (1 + curvature))
          const rest = H.center - H.slope / (1 + curvature)
          const [cosine, sine] = [Math.cos(omega * t), Math.sin(omega * t)]
          expect(later.mean()[0]).toBeCloseTo(rest + (x0 - rest) * cosine + ((2 * D * k0) / omega) * sine, 10)
          expect(later.meanMomentum[0]).toBeCloseTo(k0 * cosine - (omega / (2 * D)) * (x0 - rest) * sine, 10)
          expect(later.logNorm).toBeCloseTo(0, 10)
        },
      ),
      { seed: 22 },
    )
  })

  it('inverted oscillator: spreads as e^{λt}, exactly even when |ψ|² has grown a million-fold', () => {
    const [D, lambda, sigma, x0] = [0.5, 1, 0.6, 0.3]
    for (const t of [1, 5, 12]) {
      const later = oscillatorPropagator({ D, curvature: -1 })
        .at({ s: t })
        .apply(gaussianPacket({ x0, sigma }))
      const variance =
        (sigma * Math.cosh(lambda * t)) ** 2 + ((D / (sigma * lambda)) * Math.sinh(lambda * t)) ** 2
      expect(later.variance()[0] / variance).toBeCloseTo(1, 12)
      expect(later.mean()[0] / (x0 * Math.cosh(lambda * t))).toBeCloseTo(1, 11)
    }
  })
})

describe('a Gaussian state', () => {
  const evolved = fc.tuple(bounded, angle, time).map(([H, theta, s]) =>
    quadraticPropagator(H)
      .at({ s, angle: theta })
      .apply(gaussianPacket({ x0: 0.4, sigma: 0.7, k0: -1.2 })),
  )

  it('has the moments and the norm of its samples', () => {
    fc.assert(
      fc.property(evolved, (state) => {
        const { grid: g, values } = state.on(lineGrid())
        const psi = state.on(g)
        expect(psi.mean()[0]).toBeCloseTo(state.mean()[0], 10)
        expect(Math.abs(psi.variance()[0] / state.variance()[0] - 1)).toBeLessThan(SUMMED)
        expect(Math.abs(0.5 * Math.log(psi.normSquared) - state.logNorm)).toBeLessThan(SUMMED)
        const sum = values.reduce(
          (s, v, k) => (k % 2 === 0 ? s.add(v * g.cell) : s.add(0, v * g.cell)),
          new Complex(0),
        )
        expect(state.integral.sub(sum).abs() / psi.normSquared ** 0.5).toBeLessThan(1e-10)
        const at = g.axes[0].coordinates[1010]
        expect(distance(state.value(at), new Complex(values[2020], values[2021]))).toBeLessThan(ROUTES)
      }),
      { seed: 23, numRuns: 60 },
    )
  })

  it('overlaps as its samples do', () => {
    fc.assert(
      fc.property(evolved, evolved, (psi, phi) => {
        const g = lineGrid()
        const scale = Math.exp(psi.logNorm + phi.logNorm)
        const sampled = psi.on(g).overlap(phi.on(g))
        expect(psi.overlap(phi).sub(sampled).abs() / scale).toBeLessThan(SUMMED)
      }),
      { seed: 24, numRuns: 60 },
    )
  })

  it('⟨φ|Uψ⟩ = ⟨Uφ|UUψ⟩ in real time', () => {
    const kernel = oscillatorPropagator({ D: 0.5, curvature: 2, center: 0.3 }).at({ s: 2.1 })
    const [psi, phi] = [gaussianPacket({ x0: 1, sigma: 0.4, k0: 2 }), gaussianPacket({ x0: 0, sigma: 0.9 })]
    const [left, right] = [
      phi.overlap(kernel.apply(psi)),
      kernel.apply(phi).overlap(kernel.apply(kernel.apply(psi))),
    ]
    expect(distance(left, right)).toBeLessThan(ROUTES)
  })

  it('gaussianPacket(o) is equivalent to wavePacket(o), in one and two dimensions', () => {
    const plane = grid(
      ['x', 'y'].map((name) => axis({ name, lower: -6, upper: 6, intervals: 64, boundary: 'walls' })),
    )
    for (const [options, g] of [
      [{ x0: 0.5, sigma: 0.8, k0: -1.1 }, lineGrid()],
      [{ x0: [0.5, -0.3], sigma: [0.8, 0.6], k0: [1, 0] }, plane],
      [{ x0: [0.5, -0.3], sigma: 0.7 }, plane],
    ] as const) {
      const [one, other] = [gaussianPacket(options), wavePacket(options)]
      const [a, b] = [one.sample(g).values, other.sample(g).values]
      expect(a.every((v, k) => Math.abs(v - b[k]) < ROUTES)).toBe(true)
    }
  })

  it('knows the room it needs: beyond it |ψ| and its momentum representation are below 1e-13 of their peaks', () => {
    const packet = gaussianPacket({ x0: [0.5, -0.3], sigma: [0.8, 0.6], k0: [1, 0] })
    packet.support(0.7, 0).forEach(([lower, upper], d) => {
      const point = [...packet.mean()]
      const peak = packet.value(point).abs()
      for (const end of [lower, upper]) {
        point[d] = end
        expect(packet.value(point).abs() / peak).toBeLessThan(1e-13)
        expect(packet.value(point).abs() / peak).toBeGreaterThan(1e-14)
      }
      const k = packet.momentum[d] - Math.abs(packet.meanMomentum[d])
      expect(Math.exp(-(k ** 2) / (4 * packet.momentumVariance[d]))).toBeLessThan(1e-13)
    })
    const moving = gaussianPacket({ x0: 1, sigma: 0.5, k0: -2 })
    const [[lower, upper]] = moving.support(0.7, 3)
    for (const s of [0, 0.1, 0.5, 1, 2, 3]) {
      const then = freePropagator({ D: 0.7 }).at({ s }).apply(moving)
      const reach = 11 * Math.sqrt(then.variance()[0])
      expect(lower).toBeLessThan(then.mean()[0] - reach + 1e-9)
      expect(upper).toBeGreaterThan(then.mean()[0] + reach - 1e-9)
      if (s === 3) expect(lower).toBeCloseTo(then.mean()[0] - reach, 10)
    }
  })

  it('knows how far a packet that contracts first will spread', () => {
    const spread = freePropagator({ D: 0.5 })
      .at({ s: 2 })
      .apply(gaussianPacket({ x0: 0, sigma: 0.5, k0: 1 }))
    const [[lower, upper]] = spread.support(0.5, 3)
    const direct = gaussianPacket({ x0: 0, sigma: 0.5, k0: 1 })
    const later = freePropagator({ D: 0.5 }).at({ s: 5 }).apply(direct)
    const reach = 11 * Math.sqrt(later.variance()[0])
    expect(lower).toBeCloseTo(Math.min(later.mean()[0] - reach, 2 - 11 * Math.sqrt(spread.variance()[0])), 10)
    expect(upper).toBeCloseTo(later.mean()[0] + reach, 10)
  })

  it('sample() is normalised and keeps the phase; on() keeps both, even where ‖ψ‖ underflows', () => {
    const state = oscillatorPropagator({ D: 0.5, curvature: 1, zeta0: 50 })
      .at({ s: 40, angle: 1.2 })
      .apply(gaussianPacket({ x0: 1, sigma: 0.5 }))
    expect(state.logNorm).toBeLessThan(-1000)
    const g = lineGrid(10, 256)
    const sampled = state.sample(g)
    expect(sampled.normSquared).toBeCloseTo(1, 13)
    const nearest = g.axes[0].coordinates.findIndex((x) => x >= state.mean()[0])
    const { re, im } = sampled.at(nearest)
    expect(Math.cos(Math.atan2(im, re) - state.phase)).toBeGreaterThan(0.99)
  })

  it('has the population reading only where ψ is real and positive', () => {
    const packet = gaussianPacket({ x0: 0, sigma: 1 })
    expect(packet.isPopulation).toBe(true)
    expect(packet.variance('population')[0]).toBeCloseTo(2, 14)
    expect(gaussianPacket({ x0: 0, sigma: 1, k0: 0.1 }).isPopulation).toBe(false)
    const real = freePropagator({ D: 0.5 }).at({ s: 1 }).apply(packet)
    expect(() => real.mean('population')).toThrow(/reading/)
    expect(() => real.variance('population')).toThrow(/reading/)
    const reversed = oscillatorPropagator({ D: 0.5, curvature: 1 })
    expect(reversed.at({ s: 2 * Math.PI }).apply(packet).isPopulation).toBe(false)
    expect(reversed.at({ s: 4 * Math.PI }).apply(packet).isPopulation).toBe(true)
  })

  it('says what it is', () => {
    const propagator = oscillatorPropagator({ D: 0.5, curvature: 4, center: 1 })
    expect(String(propagator)).toBe('exp(−i e^{−iθ} s H), H = −0.5∇² + ζ, ζ = ½·4·(x − 1)²')
    expect(String(freePropagator({ D: 1 }))).toBe('exp(−i e^{−iθ} s H), H = −1∇² + ζ, ζ = 0')
    expect(String(linearPropagator({ D: 1, slope: [0.5, 0], zeta0: 2 }))).toContain('ζ = 2 + 0.5·x1')
    expect(String(propagator.at({ s: 1 }))).toBe('Gaussian kernel K(x, x′) in 1 dimension')
    expect(String(gaussianPacket({ x0: 1, sigma: 0.5, k0: 2 }))).toBe(
      'Gaussian state: ⟨x⟩ = 1.00000, σ = 0.5000, ⟨k⟩ = 2.000; ln‖ψ‖ = 0.00000',
    )
  })

  it('a population packet has ∫ψ = 1 and its own mean and variance', () => {
    const packet = gaussianPacket({ x0: [1, -2], sigma: [0.3, 0.8], reading: 'population' })
    expect(packet.integral.re).toBeCloseTo(1, 14)
    expect(packet.mean('population')).toEqual([1, -2])
    expect(packet.variance('population')[0]).toBeCloseTo(0.09, 14)
    expect(packet.variance('population')[1]).toBeCloseTo(0.64, 14)
    expect(() => gaussianPacket({ x0: 0, sigma: 1, k0: 1, reading: 'population' })).toThrow(/k0/)
    expect(() => gaussianPacket({ x0: 0, sigma: 0 })).toThrow(/sigma/)
    expect(() => gaussianPacket({ x0: [0, 1], sigma: [1, 1, 1] })).toThrow(/sigma/)
    expect(() => packet.value(0)).toThrow(/x: wrong number/)
  })
})
