import { Complex } from 'complex.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PsilabError } from '../../../../src/error.js'
import {
  freePropagator,
  type GaussianKernel,
  gaussianPacket,
  linearPropagator,
  oscillatorPropagator,
  quadraticPropagator,
} from '../../../../src/qde/closedForm/index.js'
import { angle, bounded, distance, IMAGINARY, number, time } from './_draw.js'

/** What composition loses to rounding in double precision. */
const SEMIGROUP = 1e-10
/** Rounding of a value computed by two routes. */
const ROUTES = 1e-12

const points: readonly (readonly [number, number])[] = [
  [0.3, -0.4],
  [-0.8, 0.2],
  [1.1, 0.9],
]

const expectSameKernel = (left: GaussianKernel, right: GaussianKernel, tolerance: number): void => {
  for (const [x, y] of points) expect(distance(left.value(x, y), right.value(x, y))).toBeLessThan(tolerance)
}

const expectError = (act: () => unknown, code: string, parameter: string): void => {
  let caught: unknown
  try {
    act()
  } catch (error) {
    caught = error
  }
  expect(caught).toBeInstanceOf(PsilabError)
  expect([(caught as PsilabError).code, (caught as PsilabError).parameter]).toEqual([code, parameter])
}

describe('semigroup', () => {
  it('K_s ∘ K_s′ = K_{s + s′} at every Wick angle', () => {
    fc.assert(
      fc.property(bounded, angle, time, time, (H, theta, s1, s2) => {
        const propagator = quadraticPropagator(H)
        const composed = propagator
          .at({ s: s1, angle: theta })
          .compose(propagator.at({ s: s2, angle: theta }))
        const direct = propagator.at({ s: s1 + s2, angle: theta })
        // Near a focus values of K turn infinitely fast; what K does there is tested on packets.
        fc.pre(direct.factors[0].b.abs() > 1e-3)
        expectSameKernel(composed, direct, SEMIGROUP)
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('K_s ∘ K_s′ = K_{s + s′} on packets, root and phase included, foci among the times', () => {
    const packet = gaussianPacket({ x0: 0.7, sigma: 0.6, k0: -0.9 })
    const anyTime = fc.oneof(
      time,
      fc.integer({ min: 1, max: 8 }).map((n) => (n * Math.PI) / 2),
    )
    fc.assert(
      fc.property(bounded, angle, anyTime, anyTime, (H, theta, s1, s2) => {
        const propagator = quadraticPropagator({ ...H, curvature: H.curvature === 0 ? 0 : 1 / (2 * H.D) })
        const [first, second] = [s1, s2].map((s) => propagator.at({ s, angle: theta }))
        const direct = propagator.at({ s: s1 + s2, angle: theta }).apply(packet)
        for (const way of [second.compose(first).apply(packet), second.apply(first.apply(packet))]) {
          expect(Math.abs(way.phase - direct.phase)).toBeLessThan(SEMIGROUP)
          expect(Math.abs(way.logNorm - direct.logNorm)).toBeLessThan(SEMIGROUP)
          expect(Math.abs(way.mean()[0] - direct.mean()[0])).toBeLessThan(SEMIGROUP)
          expect(Math.abs(way.variance()[0] / direct.variance()[0] - 1)).toBeLessThan(SEMIGROUP)
        }
      }),
      { numRuns: 300, seed: 2 },
    )
  })

  it('directions of time commute: real after imaginary is imaginary after real', () => {
    const propagator = oscillatorPropagator({ D: 0.5, curvature: 1, center: 0.4, zeta0: 0.2 })
    const [real, imaginary] = [propagator.at({ s: 4 }), propagator.at({ s: 0.7, angle: IMAGINARY })]
    expectSameKernel(real.compose(imaginary), imaginary.compose(real), ROUTES)
    const together = propagator.at({ s: Math.hypot(4, 0.7), angle: Math.atan2(0.7, 4) })
    expectSameKernel(real.compose(imaginary), together, ROUTES)
  })

  it('composition is associative across different Hamiltonians', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(bounded, angle, time), { minLength: 3, maxLength: 3 }), (three) => {
        const [k, l, m] = three.map(([H, theta, s]) => quadraticPropagator(H).at({ s, angle: theta }))
        const [left, right] = [k.compose(l).compose(m), k.compose(l.compose(m))]
        fc.pre(left.factors[0].b.abs() > 1e-3)
        expectSameKernel(left, right, 1e-9)
        expect(Math.abs(left.factors[0].turn - right.factors[0].turn)).toBeLessThan(1e-9)
      }),
      { numRuns: 200, seed: 3 },
    )
  })

  it('(K₁ ∘ K₂)ψ = K₁(K₂ψ) for different Hamiltonians, however long the times', () => {
    const packet = gaussianPacket({ x0: 0.7, sigma: 0.6, k0: -0.9 })
    const long = number(0.05, 15)
    fc.assert(
      fc.property(bounded, bounded, angle, angle, long, long, (H1, H2, theta1, theta2, s1, s2) => {
        const first = quadraticPropagator(H1).at({ s: s1, angle: theta1 })
        const second = quadraticPropagator(H2).at({ s: s2, angle: theta2 })
        const [once, twice] = [first.compose(second).apply(packet), first.apply(second.apply(packet))]
        // Exponents reach thousands where a slope acts for long.
        const scale = 1 + Math.abs(twice.logNorm) + Math.abs(twice.phase)
        const width = Math.sqrt(twice.variance()[0]) + Math.abs(twice.mean()[0])
        expect(Math.abs(once.logNorm - twice.logNorm) / scale).toBeLessThan(1e-9)
        expect(Math.abs(once.phase - twice.phase) / scale).toBeLessThan(1e-9)
        expect(Math.abs(once.mean()[0] - twice.mean()[0]) / width).toBeLessThan(1e-9)
        expect(Math.abs(once.variance()[0] / twice.variance()[0] - 1)).toBeLessThan(1e-9)
      }),
      { seed: 6, numRuns: 300 },
    )
  })

  it('two quarter periods of the oscillator make the reflection', () => {
    const quarter = oscillatorPropagator({ D: 0.5, curvature: 1 }).at({ s: Math.PI / 2 })
    const half = quarter.compose(quarter)
    expectError(() => half.value(0, 0), 'not-finite', 's')
    const image = half.apply(gaussianPacket({ x0: 1, sigma: 0.4, k0: 2 }))
    expect(image.mean()[0]).toBeCloseTo(-1, 14)
    expect(image.meanMomentum[0]).toBeCloseTo(-2, 14)
    expect(image.phase).toBeCloseTo(-Math.PI / 2, 13)
    // Reflection back by a further kernel: the root goes on where it was.
    const threeQuarters = quarter.compose(half)
    expectSameKernel(threeQuarters, half.compose(quarter), ROUTES)
    expectSameKernel(
      threeQuarters,
      oscillatorPropagator({ D: 0.5, curvature: 1 }).at({ s: 1.5 * Math.PI }),
      ROUTES,
    )
    expect(half.compose(half).apply(gaussianPacket({ x0: 1, sigma: 0.4 })).phase).toBeCloseTo(-Math.PI, 13)
  })

  it('time 0 is the identity', () => {
    const { at } = { at: (s: number) => oscillatorPropagator({ D: 0.3, curvature: 2, center: 1 }).at({ s }) }
    const packet = gaussianPacket({ x0: 0.5, sigma: 0.3, k0: 1 })
    const same = at(0).apply(packet)
    expect(packet.overlap(same).sub(1).abs()).toBeLessThan(ROUTES)
    expectSameKernel(at(0).compose(at(0.4)), at(0.4), ROUTES)
    expectSameKernel(at(0.4).compose(at(0)), at(0.4), ROUTES)
    expectError(() => at(0).value(0, 0), 'not-finite', 's')
  })
})

describe('symmetry', () => {
  it('K(x, x′) = K(x′, x), and K is real in imaginary time', () => {
    fc.assert(
      fc.property(bounded, angle, time, (H, theta, s) => {
        const kernel = quadraticPropagator(H).at({ s, angle: theta })
        fc.pre(kernel.factors[0].b.abs() > 1e-3)
        for (const [x, y] of points)
          expect(distance(kernel.value(x, y), kernel.value(y, x))).toBeLessThan(SEMIGROUP)
        if (theta === IMAGINARY) for (const [x, y] of points) expect(kernel.value(x, y).im).toBe(0)
      }),
      { seed: 4 },
    )
  })

  it('axes multiply, and ζ₀ counts once', () => {
    const options = { D: 0.4, zeta0: 0.7, slope: [0.3, -0.2], curvature: [1, 0], center: [0.5, 0] }
    const plane = quadraticPropagator(options).at({ s: 1.3, angle: 0.6 })
    const lines = [0, 1].map((d) =>
      quadraticPropagator({
        D: 0.4,
        zeta0: d === 0 ? 0.7 : 0,
        slope: options.slope[d],
        curvature: options.curvature[d],
        center: options.center[d],
      }).at({ s: 1.3, angle: 0.6 }),
    )
    const product = lines[0].value(0.1, 0.2).mul(lines[1].value(-0.3, 0.4))
    expect(distance(plane.value([0.1, -0.3], [0.2, 0.4]), product)).toBeLessThan(ROUTES)
  })
})

describe('trace', () => {
  const Z = (options: Parameters<typeof quadraticPropagator>[0], s: number): Complex =>
    quadraticPropagator(options).at({ s, angle: IMAGINARY }).trace()

  it('Z = 1/(2 sinh ½βω) of the oscillator: 0.9595173757 at ω = β = 1', () => {
    expect(Z({ D: 0.5, curvature: 1 }, 1).re).toBeCloseTo(0.9595173757, 10)
    expect(Z({ D: 0.5, curvature: 1 }, 1).im).toBe(0)
    for (const [D, h, beta] of [
      [0.1, 3, 2],
      [0.7, 0.2, 1e-3],
      [2, 5, 30],
    ])
      expect(Z({ D, curvature: h }, beta).re * 2 * Math.sinh(0.5 * beta * Math.sqrt(2 * D * h))).toBeCloseTo(
        1,
        12,
      )
  })

  it('F = −ln Z/β: 0.0413248546 at β = 1, 0.4272932711 at β = 2, and E₀ at a temperature where Z underflows', () => {
    const F = (beta: number): number =>
      -oscillatorPropagator({ D: 0.5, curvature: 1 }).at({ s: beta, angle: IMAGINARY }).logTrace().re / beta
    expect(F(1)).toBeCloseTo(0.0413248546, 10)
    expect(F(2)).toBeCloseTo(0.4272932711, 10)
    expect(F(600)).toBeCloseTo(0.5, 13)
  })

  it('a slope moves the well and lowers it by g²/2h: Z e^{βζ₀} = e^{βg²/2h}/(2 sinh ½βω)', () => {
    const [D, h, g, beta, zeta0] = [0.3, 1.7, 0.9, 1.4, 0.2]
    const expected =
      Math.exp(beta * ((g * g) / (2 * h) - zeta0)) / (2 * Math.sinh(0.5 * beta * Math.sqrt(2 * D * h)))
    expect(Z({ D, curvature: h, slope: g, zeta0, center: 1.3 }, beta).re / expected).toBeCloseTo(1, 12)
  })

  it('is Σₙ e^{−σ(n + ½)ω} at complex time', () => {
    fc.assert(
      fc.property(number(0.3, IMAGINARY), time, (theta, s) => {
        const sigma = new Complex(s * Math.sin(theta), s * Math.cos(theta))
        let sum = new Complex(0)
        for (let n = 0; n < 3000; n++) sum = sum.add(sigma.mul(-(n + 0.5)).exp())
        const trace = oscillatorPropagator({ D: 0.5, curvature: 1 }).at({ s, angle: theta }).trace()
        expect(distance(trace, sum)).toBeLessThan(1e-11)
      }),
      { seed: 5, numRuns: 30 },
    )
  })

  it('is ∫K(x, x)dx', () => {
    const kernel = quadraticPropagator({ D: 0.6, curvature: 1.2, slope: 0.5, center: 0.3 }).at({
      s: 1.1,
      angle: 1,
    })
    let sum = new Complex(0)
    for (let i = -400; i <= 400; i++) sum = sum.add(kernel.value(i / 20, i / 20).div(20))
    expect(distance(kernel.trace(), sum)).toBeLessThan(ROUTES)
  })

  it('is cyclic, Tr K₁K₂ = Tr K₂K₁, for different Hamiltonians however long the times', () => {
    const wells = fc.tuple(bounded, number(0.1, 3), number(0.3, IMAGINARY), number(0.2, 10))
    fc.assert(
      fc.property(wells, wells, (one, other) => {
        const [first, second] = [one, other].map(([H, curvature, theta, s]) =>
          quadraticPropagator({ ...H, curvature }).at({ s, angle: theta }),
        )
        const [left, right] = [first.compose(second).logTrace(), second.compose(first).logTrace()]
        expect(left.sub(right).abs() / (1 + left.abs())).toBeLessThan(SEMIGROUP)
        let sum = new Complex(0)
        const product = first.compose(second)
        for (let x = -60; x <= 60; x += 0.02) sum = sum.add(product.value(x, x).mul(0.02))
        expect(distance(left.exp(), sum)).toBeLessThan(1e-9)
      }),
      { seed: 7, numRuns: 25 },
    )
  })

  it('multiplies over axes: 3-D oscillator Z³', () => {
    const one = Z({ D: 0.5, curvature: 1 }, 1).re
    expect(Z({ D: 0.5, curvature: 1, dimension: 3 }, 1).re).toBeCloseTo(one ** 3, 14)
  })

  it('refuses what has no trace, and says why', () => {
    const imaginary = { s: 1, angle: IMAGINARY }
    expectError(() => freePropagator({ D: 1 }).at(imaginary).trace(), 'not-confining', 'curvature')
    expectError(() => freePropagator({ D: 1 }).at({ s: 1, angle: 0.3 }).trace(), 'not-confining', 'curvature')
    expectError(
      () => linearPropagator({ D: 1, slope: 1 }).at(imaginary).trace(),
      'not-confining',
      'curvature',
    )
    expectError(
      () => oscillatorPropagator({ D: 1, curvature: -1 }).at(imaginary).trace(),
      'unbounded',
      'curvature',
    )
    for (const s of [0, 1, Math.PI])
      expectError(
        () => oscillatorPropagator({ D: 0.5, curvature: 1 }).at({ s }).trace(),
        'parameter',
        'angle',
      )
    expectError(
      () =>
        oscillatorPropagator({ D: 1, curvature: [1, 0] })
          .at(imaginary)
          .trace(),
      'not-confining',
      'curvature',
    )
  })
})

describe('errors', () => {
  it('names what is out of range', () => {
    expectError(() => freePropagator({ D: 0 }), 'parameter', 'D')
    expectError(() => linearPropagator({ D: 1, slope: Number.NaN }), 'parameter', 'slope')
    expectError(
      () => oscillatorPropagator({ D: 1, curvature: [1, 2], center: [0, 0, 0] }),
      'parameter',
      'curvature',
    )
    expectError(() => freePropagator({ D: 1 }).at({ s: -1 }), 'parameter', 's')
    expectError(() => freePropagator({ D: 1 }).at({ s: 1, angle: -0.1 }), 'parameter', 'angle')
    expectError(() => freePropagator({ D: 1 }).at({ s: 1, angle: 1.6 }), 'parameter', 'angle')
    expectError(() => freePropagator({ D: 1, dimension: 2 }).at({ s: 1 }).value(0, [0, 0]), 'parameter', 'x')
    const plane = freePropagator({ D: 1, dimension: 2 }).at({ s: 1 })
    expectError(() => plane.compose(freePropagator({ D: 1 }).at({ s: 1 })), 'parameter', 'other')
    expectError(() => plane.apply(gaussianPacket({ x0: 0, sigma: 1 })), 'parameter', 'state')
    expectError(
      () => oscillatorPropagator({ D: 0.5, curvature: 1 }).at({ s: 1e4, angle: IMAGINARY }),
      'too-large',
      's',
    )
  })

  it('inverted oscillator: no propagator from λτ = π on, and no composition beyond it', () => {
    const barrier = oscillatorPropagator({ D: 0.5, curvature: -1 })
    expectError(() => barrier.at({ s: Math.PI, angle: IMAGINARY }), 'unbounded', 's')
    const kernel = barrier.at({ s: 1.6, angle: IMAGINARY })
    expectError(() => kernel.compose(kernel), 'unbounded', 'compose')
    const quarter = barrier.at({ s: 0.9, angle: IMAGINARY })
    expectSameKernel(quarter.compose(quarter), barrier.at({ s: 1.8, angle: IMAGINARY }), ROUTES)
  })

  it('inverted oscillator: a packet wider than D allows is refused', () => {
    const barrier = oscillatorPropagator({ D: 0.5, curvature: -1 }).at({ s: 1, angle: IMAGINARY })
    // exp(−½αx²) can be normalised as long as tan λτ < 2Dα/λ = α.
    const packet = (alpha: number) => gaussianPacket({ x0: 0, sigma: Math.sqrt(0.5 / alpha) })
    expectError(() => barrier.apply(packet(Math.tan(1) - 0.01)), 'unbounded', 's')
    expect(barrier.apply(packet(Math.tan(1) + 0.01)).variance()[0]).toBeGreaterThan(1)
    const late = oscillatorPropagator({ D: 0.5, curvature: -1 }).at({ s: 2.5, angle: IMAGINARY })
    expectError(() => late.apply(packet(0.1)), 'unbounded', 's')
    expectError(() => late.apply(packet(10)), 'unbounded', 's')
  })
})
