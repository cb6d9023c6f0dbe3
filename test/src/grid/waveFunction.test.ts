import { describe, expect, it } from 'vitest'
import { axis, grid, interpolate, WaveFunction } from '../../../src/grid/index.js'
import { wavePacket } from '../../../src/qde/index.js'

const line = grid([axis({ name: 'x', lower: -10, upper: 10, intervals: 128, boundary: 'walls' })])
const packet = wavePacket({ x0: 0.7, sigma: 0.5, k0: 3 }).sample(line)
const still = wavePacket({ x0: 0.7, sigma: 0.5 }).sample(line)

/** The rectangle rule is spectrally exact for a Gaussian that fits the grid. */
const SPECTRAL = 1e-12

describe('WaveFunction', () => {
  it('reads the born density: norm 1, mean x0, variance σ²', () => {
    expect(Math.abs(packet.normSquared - 1)).toBeLessThan(SPECTRAL)
    expect(Math.abs(packet.mean()[0] - 0.7)).toBeLessThan(SPECTRAL)
    expect(Math.abs(packet.variance()[0] - 0.25)).toBeLessThan(SPECTRAL)
  })

  it('reads the population density with twice the variance', () => {
    expect(Math.abs(still.variance('population')[0] - 0.5)).toBeLessThan(SPECTRAL)
  })

  it('refuses the population reading of a complex ψ and says what to do', () => {
    expect(() => packet.density('population')).toThrow(/real ψ ≥ 0.*Imaginary time/)
  })

  it('gives the probability of an interval by the error function: P(|x − x0| < σ) = erf(1/√2)', () => {
    expect(Math.abs(packet.probability([0.2, 1.2]) - 0.6826894921370859)).toBeLessThan(SPECTRAL)
    expect(Math.abs(packet.probability([Number.NEGATIVE_INFINITY, 0.7]) - 0.5)).toBeLessThan(SPECTRAL)
  })

  it('finds the peak of a Gaussian between grid points', () => {
    const off = wavePacket({ x0: 0.7123, sigma: 0.5 }).sample(line)
    expect(Math.abs(off.peak()[0] - 0.7123)).toBeLessThan(SPECTRAL)
    expect(Math.abs(off.peak('population')[0] - 0.7123)).toBeLessThan(SPECTRAL)
  })

  it('finds the peak of a tilted Gaussian in a plane, between grid points', () => {
    const plane = grid(
      ['x', 'y'].map((name) => axis({ name, lower: -14, upper: 14, intervals: 128, boundary: 'walls' })),
    )
    const values = new Float64Array(2 * plane.size)
    for (let i = 0; i < plane.size; i++) {
      const [x, y] = [plane.columns[0][i] - 0.31, plane.columns[1][i] + 0.47]
      values[2 * i] = Math.exp(-(x * x + y * y - 1.8 * x * y))
    }
    const [x, y] = new WaveFunction(plane, values).peak()
    expect(Math.abs(x - 0.31)).toBeLessThan(1e-11)
    expect(Math.abs(y + 0.47)).toBeLessThan(1e-11)
  })

  it('finds the peak of u(1 + u/5)e^{−u²/2} on a grid of few points', () => {
    const few = grid([axis({ name: 'x', lower: -9, upper: 9, intervals: 40, boundary: 'periodic' })])
    const values = new Float64Array(2 * few.size)
    few.axes[0].coordinates.forEach((x, j) => {
      values[2 * j] = (x - 0.1) * Math.exp(-((x - 0.1) ** 2) / 2)
      // One of the two tops is higher by far.
      values[2 * j] *= 1 + 0.2 * (x - 0.1)
    })
    // d/du [u(1 + εu)e^{−u²/2}] = 0 with ε = 0.2.
    let u = 1
    for (let i = 0; i < 50; i++) u -= (1 + 0.4 * u - u * u - 0.2 * u ** 3) / (0.4 - 2 * u - 0.6 * u * u)
    expect(Math.abs(new WaveFunction(few, values).peak()[0] - u - 0.1)).toBeLessThan(1e-6)
  })

  it('has no probability outside its box, on a ring either', () => {
    const ring = grid([axis({ name: 'x', lower: -10, upper: 10, intervals: 128, boundary: 'periodic' })])
    expect(wavePacket({ x0: 0, sigma: 0.5 }).sample(ring).probability([14, 30])).toBe(0)
    expect(packet.probability([14, 30])).toBe(0)
  })

  it('on a ring, a packet at the seam is whole, and its peak is found there', () => {
    const ring = grid([axis({ name: 'x', lower: 0, upper: 10, intervals: 64, boundary: 'periodic' })])
    const seam = wavePacket({ x0: 0.03, sigma: 0.5 }).sample(ring)
    expect(Math.abs(seam.peak()[0] - 0.03)).toBeLessThan(SPECTRAL)
    // Φ(1) − Φ(−0.06) and Φ(−0.06) − Φ(−2).
    expect(Math.abs(seam.probability([0, 0.53]) - 0.3652669)).toBeLessThan(1e-7)
    expect(Math.abs(seam.probability([9.03, 10]) - 0.45332771)).toBeLessThan(1e-7)
  })

  it('overlaps with a state on another grid', () => {
    const other = grid([axis({ name: 'x', lower: -12, upper: 14, intervals: 256, boundary: 'walls' })])
    const there = wavePacket({ x0: 0.7, sigma: 0.5, k0: 3 }).sample(other)
    expect(Math.abs(packet.overlap(there).re - 1)).toBeLessThan(SPECTRAL)
    const plane = grid([
      line.axes[0],
      axis({ name: 'y', lower: 0, upper: 1, intervals: 8, boundary: 'walls' }),
    ])
    expect(() => packet.on(plane)).toThrow(/different axes/)
  })

  it('overlaps: ⟨ψ|ψ⟩ = 1 and ⟨g|e^{ik(x−x0)}g⟩ = e^{−k²σ²/2}', () => {
    const { re, im } = still.overlap(packet)
    expect(Math.hypot(re - Math.exp((-9 * 0.25) / 2), im)).toBeLessThan(SPECTRAL)
    expect(Math.abs(packet.overlap(packet).re - 1)).toBeLessThan(SPECTRAL)
  })

  it('refuses to normalise zero', () => {
    expect(() => new WaveFunction(line, new Float64Array(2 * line.size)).normalized()).toThrow(
      /cannot be normalised/,
    )
  })
})

describe('interpolate', () => {
  it.each(['walls', 'periodic'] as const)('continues a packet between grid points, %s', (boundary) => {
    const box = grid([axis({ name: 'x', lower: -10, upper: 10, intervals: 128, boundary })])
    const state = wavePacket({ x0: 0.7, sigma: 0.5, k0: 3 }).sample(box)
    const x = Float64Array.of(0.123, 0.7, 1.9)
    const psi = interpolate(state, [x])
    x.forEach((at, p) => {
      const amplitude = (2 * Math.PI * 0.25) ** -0.25 * Math.exp(-((at - 0.7) ** 2) / 1)
      expect(Math.abs(psi[2 * p] - amplitude * Math.cos(3 * (at - 0.7)))).toBeLessThan(SPECTRAL)
      expect(Math.abs(psi[2 * p + 1] - amplitude * Math.sin(3 * (at - 0.7)))).toBeLessThan(SPECTRAL)
    })
  })
})

describe('in space', () => {
  const box = grid(
    ['x', 'y', 'z'].map((name, d) =>
      axis({ name, lower: -7, upper: 7, intervals: [40, 36, 32][d], boundary: 'periodic' }),
    ),
  )
  const state = wavePacket({ x0: [0.3, -0.2, 0.1], sigma: [0.7, 0.8, 0.9], k0: [1, 0, -1] }).sample(box)
  /** What the spacing of this grid leaves of a Gaussian's momentum tail. */
  const COARSE = 1e-9

  it('mean, variance and peak are those of the Gaussian, axis by axis', () => {
    const [mean, variance, peak] = [state.mean(), state.variance(), state.peak()]
    for (const [d, x] of [0.3, -0.2, 0.1].entries()) {
      expect(Math.abs(mean[d] - x)).toBeLessThan(COARSE)
      expect(Math.abs(variance[d] - [0.49, 0.64, 0.81][d])).toBeLessThan(COARSE)
      expect(Math.abs(peak[d] - x)).toBeLessThan(COARSE)
    }
  })

  it('a marginal is the density of the coordinates that are named', () => {
    const plane = wavePacket({ x0: [0.3, 0.1], sigma: [0.7, 0.9] }).sample(grid([box.axes[0], box.axes[2]]))
    const marginal = state.marginal(['x', 'z'])
    plane.density().forEach((p, i) => {
      expect(Math.abs(marginal[i] - p)).toBeLessThan(COARSE)
    })
    expect(() => state.marginal(['z', 'x'])).toThrow(/names: not coordinates of the state in their order/)
    expect(() => state.marginal([])).toThrow(/some of 'x', 'y', 'z'/)
  })

  it('the probability of a box is a product of error functions', () => {
    // P(|x − x̄| < σ) along x and y, all of z.
    const inside = state.probability([
      [-0.4, 1],
      [-1, 0.6],
      [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    ])
    expect(Math.abs(inside - 0.6826894921370859 ** 2)).toBeLessThan(COARSE)
  })

  it('on another grid it is the same state, and vanishes outside its box', () => {
    const other = grid(
      ['x', 'y', 'z'].map((name) =>
        axis({ name, lower: -9, upper: 10, intervals: 48, boundary: 'periodic' }),
      ),
    )
    const there = wavePacket({ x0: [0.3, -0.2, 0.1], sigma: [0.7, 0.8, 0.9], k0: [1, 0, -1] }).sample(other)
    expect(Math.abs(state.overlap(there).re - 1)).toBeLessThan(COARSE)
  })
})
