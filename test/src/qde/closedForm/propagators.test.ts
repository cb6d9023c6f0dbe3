import { Complex } from 'complex.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  freePropagator,
  gaussianPacket,
  linearPropagator,
  oscillatorPropagator,
  type QuadraticPropagatorOptions,
  quadraticPropagator,
} from '../../../../src/qde/closedForm/index.js'
import { angle, bounded, distance, IMAGINARY, number, time } from './_draw.js'

/** Rounding of a value computed by two routes. */
const ROUTES = 1e-12
/** Truncation of differences of order eight at STEP, and their rounding ε/STEP². */
const RESIDUAL = 1e-8
const STEP = 5e-3

const i = new Complex(0, 1)
const c = (re: number, im = 0): Complex => new Complex(re, im)
/** σ = i e^{−iθ}s. */
const sigmaOf = (s: number, theta: number): Complex => c(s * Math.sin(theta), s * Math.cos(theta))

describe('kernels as printed', () => {
  const [D, x, y] = [0.7, 0.4, -0.9]

  it('free: (4πiDt)^{−1/2} exp{i(x − x′)²/4Dt − iζ₀t}, and the heat kernel', () => {
    const t = 1.3
    const real = i
      .mul((x - y) ** 2 / (4 * D * t) - 0.2 * t)
      .exp()
      .div(i.mul(4 * Math.PI * D * t).sqrt())
    expect(distance(freePropagator({ D, zeta0: 0.2 }).at({ s: t }).value(x, y), real)).toBeLessThan(ROUTES)
    const heat = Math.exp(-((x - y) ** 2) / (4 * D * t) - 0.2 * t) / Math.sqrt(4 * Math.PI * D * t)
    const imaginary = freePropagator({ D, zeta0: 0.2 }).at({ s: t, angle: IMAGINARY }).value(x, y)
    expect(distance(imaginary, c(heat))).toBeLessThan(ROUTES)
  })

  it('linear: Avron and Herbst', () => {
    const [t, g] = [1.3, 0.6]
    const phase = (x - y) ** 2 / (4 * D * t) - (g * t * (x + y)) / 2 - (D * g * g * t ** 3) / 12
    const real = i
      .mul(phase)
      .exp()
      .div(i.mul(4 * Math.PI * D * t).sqrt())
    expect(distance(linearPropagator({ D, slope: g }).at({ s: t }).value(x, y), real)).toBeLessThan(ROUTES)
    const exponent = -((x - y) ** 2) / (4 * D * t) - (g * t * (x + y)) / 2 + (D * g * g * t ** 3) / 12
    const imaginary = linearPropagator({ D, slope: g }).at({ s: t, angle: IMAGINARY }).value(x, y)
    expect(distance(imaginary, c(Math.exp(exponent) / Math.sqrt(4 * Math.PI * D * t)))).toBeLessThan(ROUTES)
  })

  it('linear in its own frame: ψ(x, t) = e^{−igtx − iDg²t³/3} φ(x + Dgt², t), φ free', () => {
    const [t, g] = [0.9, -0.8]
    const packet = gaussianPacket({ x0: 0.3, sigma: 0.5, k0: 1.1 })
    const fallen = linearPropagator({ D, slope: g }).at({ s: t }).apply(packet)
    const free = freePropagator({ D }).at({ s: t }).apply(packet)
    for (const at of [-1, 0.2, 1.7]) {
      const expected = i
        .mul(-g * t * at - (D * g * g * t ** 3) / 3)
        .exp()
        .mul(free.value(at + D * g * t * t))
      expect(distance(fallen.value(at), expected)).toBeLessThan(ROUTES)
    }
  })

  it('oscillator: Mehler, its phase −(n + ½)π/2 for nπ < ωt < (n + 1)π', () => {
    const h = 1.9
    const omega = Math.sqrt(2 * D * h)
    const kernel = oscillatorPropagator({ D, curvature: h })
    for (const n of [0, 1, 2, 3, 4, 9]) {
      const t = ((n + 0.37) * Math.PI) / omega
      const [sine, cosine] = [Math.sin(omega * t), Math.cos(omega * t)]
      const action = (omega / (4 * D * sine)) * ((x * x + y * y) * cosine - 2 * x * y)
      const modulus = Math.sqrt(omega / (4 * Math.PI * D * Math.abs(sine)))
      const mehler = i
        .mul(action - (n + 0.5) * (Math.PI / 2))
        .exp()
        .mul(modulus)
      expect(distance(kernel.at({ s: t }).value(x, y), mehler)).toBeLessThan(ROUTES)
    }
    const z = 1.4 * omega
    const thermal =
      Math.sqrt(omega / (4 * Math.PI * D * Math.sinh(z))) *
      Math.exp((-omega / (4 * D * Math.sinh(z))) * ((x * x + y * y) * Math.cosh(z) - 2 * x * y))
    expect(distance(kernel.at({ s: 1.4, angle: IMAGINARY }).value(x, y), c(thermal))).toBeLessThan(ROUTES)
  })

  it('inverted oscillator: sinh λt in real time, sin λτ in imaginary time', () => {
    const h = -1.9
    const lambda = Math.sqrt(-2 * D * h)
    const kernel = oscillatorPropagator({ D, curvature: h })
    const z = lambda * 1.4
    const action = (lambda / (4 * D * Math.sinh(z))) * ((x * x + y * y) * Math.cosh(z) - 2 * x * y)
    const real = i
      .mul(action - Math.PI / 4)
      .exp()
      .mul(Math.sqrt(lambda / (4 * Math.PI * D * Math.sinh(z))))
    expect(distance(kernel.at({ s: 1.4 }).value(x, y), real)).toBeLessThan(ROUTES)
    const [sine, cosine] = [Math.sin(z), Math.cos(z)]
    const imaginary =
      Math.sqrt(lambda / (4 * Math.PI * D * sine)) *
      Math.exp((-lambda / (4 * D * sine)) * ((x * x + y * y) * cosine - 2 * x * y))
    expect(distance(kernel.at({ s: 1.4, angle: IMAGINARY }).value(x, y), c(imaginary))).toBeLessThan(ROUTES)
  })
})

describe('the equation', () => {
  // Central differences of order eight.
  const FIRST = [4 / 5, -1 / 5, 4 / 105, -1 / 280]
  const SECOND = [8 / 5, -1 / 5, 8 / 315, -1 / 560]
  const first = (f: (u: number) => Complex, u: number, h: number): Complex =>
    FIRST.reduce(
      (sum, weight, k) =>
        sum.add(
          f(u + (k + 1) * h)
            .sub(f(u - (k + 1) * h))
            .mul(weight / h),
        ),
      c(0),
    )
  const second = (f: (u: number) => Complex, u: number, h: number): Complex =>
    SECOND.reduce(
      (sum, weight, k) =>
        sum.add(
          f(u + (k + 1) * h)
            .add(f(u - (k + 1) * h))
            .mul(weight / (h * h)),
        ),
      f(u).mul(-205 / (72 * h * h)),
    )

  const anyCurvature = fc.record({
    D: number(0.3, 1),
    zeta0: number(-1, 1),
    slope: number(-1, 1),
    curvature: number(-1, 3),
    center: number(-1, 1),
  })

  it('∂K/∂s = −i e^{−iθ} HK for every quadratic ζ, at every Wick angle', () => {
    fc.assert(
      fc.property(
        anyCurvature,
        angle,
        number(0.5, 1.5),
        number(-1, 1),
        number(-1, 1),
        (H, theta, s, x, y) => {
          const propagator = quadraticPropagator(H)
          const K = (time: number, at: number): Complex =>
            propagator.at({ s: time, angle: theta }).value(at, y)
          fc.pre(propagator.at({ s, angle: theta }).factors[0].b.abs() > 0.3)
          const zeta = H.zeta0 + H.slope * (x - H.center) + 0.5 * H.curvature * (x - H.center) ** 2
          const HK = second((at) => K(s, at), x, STEP)
            .mul(-H.D)
            .add(K(s, x).mul(zeta))
          const rate = first((time) => K(time, x), s, STEP)
          const expected = HK.mul(sigmaOf(-1, theta))
          expect(rate.sub(expected).abs() / (1 + HK.abs())).toBeLessThan(RESIDUAL)
        },
      ),
      { seed: 11, numRuns: 300 },
    )
  })

  it('starts from δ: a packet at small s is moved by −i e^{−iθ} s H', () => {
    const packet = gaussianPacket({ x0: 0.4, sigma: 0.7, k0: 0.5 })
    const H = { D: 0.6, zeta0: 0.3, slope: 0.4, curvature: 1.1, center: -0.2 }
    for (const theta of [0, 0.7, IMAGINARY]) {
      const s = 1e-4
      const x = 0.9
      const zeta = 0.3 + 0.4 * (x + 0.2) + 0.55 * (x + 0.2) ** 2
      const Hpsi = second((u) => packet.value(u), x, STEP)
        .mul(-H.D)
        .add(packet.value(x).mul(zeta))
      const later = quadraticPropagator(H).at({ s, angle: theta }).apply(packet).value(x)
      expect(distance(later, packet.value(x).sub(Hpsi.mul(sigmaOf(s, theta))))).toBeLessThan(1e-7)
    }
  })
})

describe('limits', () => {
  const near = (
    one: QuadraticPropagatorOptions,
    other: QuadraticPropagatorOptions,
    tolerance: number,
  ): void =>
    fc.assert(
      fc.property(angle, time, number(-1, 1), number(-1, 1), (theta, s, x, y) => {
        const [left, right] = [one, other].map((H) =>
          quadraticPropagator(H).at({ s, angle: theta }).value(x, y),
        )
        expect(distance(left, right)).toBeLessThan(tolerance)
      }),
      { seed: 12, numRuns: 60 },
    )

  it('ω → 0: the oscillator becomes free, from both sides', () => {
    for (const h of [1e-10, -1e-10, 1e-300]) near({ D: 0.5, curvature: h }, { D: 0.5 }, 1e-8)
  })

  it('ω → 0: a slope survives the limit of its curvature', () => {
    for (const h of [1e-10, -1e-10]) near({ D: 0.5, slope: 0.8, curvature: h }, { D: 0.5, slope: 0.8 }, 1e-8)
  })

  it('g → 0: linear becomes free', () => {
    near({ D: 0.5, slope: 1e-10 }, { D: 0.5 }, 1e-8)
  })

  it('a slope in a well is a shifted well, on both sides of |ωσ| = 1', () => {
    const [D, h, g] = [0.5, 1.3, 0.7]
    near(
      { D, slope: g, curvature: h, center: 0.2, zeta0: 0.1 },
      { D, curvature: h, center: 0.2 - g / h, zeta0: 0.1 - (g * g) / (2 * h) },
      1e-11,
    )
    near({ D, slope: g, curvature: -h }, { D, curvature: -h, center: g / h, zeta0: (g * g) / (2 * h) }, 1e-11)
  })

  it('θ is continuous: 1e-9 beside real and imaginary time', () => {
    fc.assert(
      fc.property(bounded, time, (H, s) => {
        const propagator = quadraticPropagator(H)
        fc.pre(propagator.at({ s }).factors[0].b.abs() > 0.2)
        for (const [theta, beside] of [
          [0, 1e-9],
          [IMAGINARY, IMAGINARY - 1e-9],
        ]) {
          const [left, right] = [theta, beside].map((a) => propagator.at({ s, angle: a }))
          expect(Math.abs(left.factors[0].turn - right.factors[0].turn)).toBeLessThan(1e-6)
          expect(distance(left.value(0.3, 0.5), right.value(0.3, 0.5))).toBeLessThan(1e-6)
        }
      }),
      { seed: 13 },
    )
  })

  it('scale covariance: x → λx is D → λ²D, h → h/λ², K → λK', () => {
    const [lambda, s, theta] = [3.7, 1.1, 0.8]
    const one = oscillatorPropagator({ D: 0.4, curvature: 1.5, center: 0.2 }).at({ s, angle: theta })
    const other = oscillatorPropagator({
      D: 0.4 * lambda ** 2,
      curvature: 1.5 / lambda ** 2,
      center: 0.2 * lambda,
    }).at({ s, angle: theta })
    expect(distance(one.value(0.3, -0.2), other.value(0.3 * lambda, -0.2 * lambda).mul(lambda))).toBeLessThan(
      ROUTES,
    )
  })
})

describe('Maslov phase', () => {
  const [D, h] = [0.35, 2.2]
  const period = (2 * Math.PI) / Math.sqrt(2 * D * h)
  const oscillator = oscillatorPropagator({ D, curvature: h, center: 0.5 })
  const packet = gaussianPacket({ x0: 1.2, sigma: 0.45, k0: 1.3 })

  it('half a period reflects about the centre, times e^{−iπ/2}', () => {
    const half = oscillator.at({ s: period / 2 }).apply(packet)
    for (const x of [-0.7, 0.1, 1.4])
      expect(distance(half.value(x), packet.value(1 - x).mul(0, -1))).toBeLessThan(ROUTES)
    expect(half.mean()[0]).toBeCloseTo(-0.2, 12)
  })

  it('a period returns −ψ, two return ψ', () => {
    for (const [periods, sign] of [
      [1, -1],
      [2, 1],
      [3, -1],
      [8, 1],
    ])
      expect(
        packet
          .overlap(oscillator.at({ s: periods * period }).apply(packet))
          .sub(sign)
          .abs(),
      ).toBeLessThan(ROUTES)
  })

  it('an isotropic plane turns by −π a half period, so that a period returns +ψ', () => {
    const plane = oscillatorPropagator({ D, curvature: [h, h] })
    const state = gaussianPacket({ x0: [1, -0.4], sigma: 0.5, k0: [0, 1] })
    expect(
      state
        .overlap(plane.at({ s: period }).apply(state))
        .sub(1)
        .abs(),
    ).toBeLessThan(ROUTES)
  })

  it('the ground state turns by e^{−iωt/2}, continuously through every focus', () => {
    const ground = gaussianPacket({ x0: 0.5, sigma: Math.sqrt(D / Math.sqrt(2 * D * h)) })
    for (let n = 1; n <= 40; n++) {
      const s = (n * period) / 8
      const later = oscillator.at({ s }).apply(ground)
      expect(later.phase).toBeCloseTo(-(Math.sqrt(2 * D * h) * s) / 2, 11)
      expect(later.logNorm).toBeCloseTo(0, 12)
    }
  })

  it('is the limit of complex times', () => {
    for (const periods of [0.3, 0.7, 1.2, 2.6]) {
      const [real, beside] = [0, 1e-8].map((theta) =>
        oscillator.at({ s: periods * period, angle: theta }).value(0.2, 0.9),
      )
      expect(distance(real, beside)).toBeLessThan(1e-5)
    }
  })
})

describe('options that nobody reads are refused by name', () => {
  it.each([
    [() => freePropagator({ D: 1, slope: 1 } as never), /freePropagator: there is no option slope/],
    [() => linearPropagator({ D: 1, slope: 1, curvature: 1 } as never), /linearPropagator: .*curvature/],
    [() => oscillatorPropagator({ D: 1, curvature: 1, slop: 1 } as never), /no option slop;/],
    [
      () => quadraticPropagator({ D: 1, curvatur: 1 } as never),
      /no option curvatur;.*slope, curvature, center/,
    ],
    [() => gaussianPacket({ x0: 0, sigma: 1, k: 1 } as never), /gaussianPacket: there is no option k;/],
    [() => freePropagator({ D: 1 }).at({ s: 1, theta: 1 } as never), /at: there is no option theta/],
  ])('%s', (call, message) => {
    expect(call).toThrow(message)
  })
})
