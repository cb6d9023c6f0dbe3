import { Complex } from 'complex.js'
import { describe, expect, it } from 'vitest'
import { axis, type Boundary, type Grid, grid, type WaveFunction } from '../../../../src/grid/index.js'
import {
  freePropagator,
  GaussianKernel,
  gaussianPacket,
  linearPropagator,
  oscillatorPropagator,
  quadraticPropagator,
} from '../../../../src/qde/closedForm/index.js'
import { IMAGINARY } from './_draw.js'

/** Trapezoidal sums of Gaussians that have decayed at the ends. */
const SPECTRAL = 1e-11

const lineGrid = (intervals: number, half = 16, boundary: Boundary = 'periodic'): Grid =>
  grid([axis({ name: 'x', lower: -half, upper: half, intervals, boundary })])

const difference = (a: WaveFunction, b: WaveFunction): number => {
  const sum = a.values.reduce((s, v, k) => s + (v - b.values[k]) ** 2, 0)
  return Math.sqrt((sum * a.grid.cell) / b.normSquared)
}

/** A quarter period of an oscillator with D = ½ and ω, about 0.3. */
const quarter = (omega: number): GaussianKernel =>
  oscillatorPropagator({ D: 0.5, curvature: omega ** 2, center: 0.3 }).at({ s: Math.PI / 2 / omega })
/** An oscillator beyond its quarter, tan ωs = −0.75: a later free flight of 0.75 makes an image, b = 0 and c ≠ 0. */
const lens = quadraticPropagator({ D: 0.5, curvature: 1, slope: -0.4 }).at({ s: Math.PI - Math.atan(0.75) })

/** A reflection that moves and boosts before and after. */
const displaced = new GaussianKernel(
  oscillatorPropagator({ D: 0.5, curvature: 1 })
    .at({ s: Math.PI })
    .factors.map((k) => ({
      ...k,
      left: { q: new Complex(0.3), p: new Complex(0, -0.6) },
      right: { q: new Complex(-0.4), p: new Complex(0, 0.7) },
      w: new Complex(-0.1, 0.2),
    })),
)

const packet = gaussianPacket({ x0: 0.6, sigma: 0.7, k0: -1.1 })

describe('apply(waveFunction)', () => {
  const cases: readonly (readonly [string, GaussianKernel])[] = [
    ['free, real time', freePropagator({ D: 0.5, zeta0: 0.4 }).at({ s: 1 })],
    ['free, imaginary time', freePropagator({ D: 0.5 }).at({ s: 1, angle: IMAGINARY })],
    ['linear, θ = 0.5', linearPropagator({ D: 0.5, slope: 0.7, center: 1 }).at({ s: 1, angle: 0.5 })],
    ['oscillator past a focus', oscillatorPropagator({ D: 0.5, curvature: 1, center: 0.3 }).at({ s: 4 })],
    [
      'oscillator, imaginary time',
      oscillatorPropagator({ D: 0.5, curvature: 1 }).at({ s: 6, angle: IMAGINARY }),
    ],
    ['inverted oscillator', oscillatorPropagator({ D: 0.5, curvature: -0.5 }).at({ s: 1 })],
    [
      'oscillator at a focus',
      oscillatorPropagator({ D: 0.5, curvature: 1, center: 0.3 }).at({ s: 3 * Math.PI }),
    ],
    [
      'oscillator pushed by a slope, at a focus',
      quadraticPropagator({ D: 0.5, curvature: 1, slope: 0.8 }).at({ s: Math.PI }),
    ],
    ['two quarter periods of different oscillators: a squeeze', quarter(2).compose(quarter(1))],
    ['free flight to the image of a lens', freePropagator({ D: 0.5 }).at({ s: 0.75 }).compose(lens)],
    ['a focus between displacements on both sides', displaced],
    ['time 0', oscillatorPropagator({ D: 0.5, curvature: 1, center: 0.3 }).at({ s: 0 })],
  ]

  it.each(cases)('is apply(gaussian) on the grid: %s', (_, kernel) => {
    for (const boundary of ['periodic', 'walls'] as const) {
      const g = lineGrid(256, 16, boundary)
      expect(difference(kernel.apply(packet.on(g)), kernel.apply(packet).on(g))).toBeLessThan(SPECTRAL)
    }
  })

  it('works along each axis of a plane, focus and all', () => {
    const plane = grid([
      axis({ name: 'x', lower: -8, upper: 8, intervals: 64, boundary: 'walls' }),
      axis({ name: 'y', lower: -9, upper: 9, intervals: 128, boundary: 'periodic' }),
    ])
    const state = gaussianPacket({ x0: [0.5, -0.4], sigma: [0.7, 0.6], k0: [0.5, -1] })
    for (const s of [1.2, Math.PI]) {
      const kernel = oscillatorPropagator({ D: 0.5, curvature: [1, 0.4], center: [0.2, 0], zeta0: 0.3 }).at({
        s,
      })
      expect(difference(kernel.apply(state.on(plane)), kernel.apply(state).on(plane))).toBeLessThan(SPECTRAL)
    }
  })

  it('acts on any state: superpositions evolve as their parts', () => {
    const g = lineGrid(256)
    const kernel = oscillatorPropagator({ D: 0.5, curvature: 1 }).at({ s: 2, angle: 0.9 })
    const other = gaussianPacket({ x0: -2, sigma: 0.5 })
    const sum = packet.on(g)
    other.on(g).values.forEach((v, k) => {
      sum.values[k] += v
    })
    const expected = kernel.apply(packet).on(g)
    kernel
      .apply(other)
      .on(g)
      .values.forEach((v, k) => {
        expected.values[k] += v
      })
    expect(difference(kernel.apply(sum), expected)).toBeLessThan(SPECTRAL)
  })

  it('is linear, and leaves its argument alone', () => {
    const g = lineGrid(128)
    const psi = packet.on(g)
    const before = Float64Array.from(psi.values)
    freePropagator({ D: 0.5 }).at({ s: 1 }).apply(psi)
    expect(psi.values).toEqual(before)
  })

  it('either is spectrally accurate or refuses, the times between too short and long enough among them', () => {
    const g = lineGrid(64, 8)
    const state = gaussianPacket({ x0: 0.3, sigma: 0.7, k0: -0.5 })
    let [right, refused] = [0, 0]
    for (const angle of [0, 0.3, 1, IMAGINARY])
      for (let power = -6; power <= 0; power += power > -2 && power < 0.2 ? 0.02 : 0.25) {
        const kernel = freePropagator({ D: 0.5 }).at({ s: 10 ** power, angle })
        try {
          expect(difference(kernel.apply(state.on(g)), kernel.apply(state).on(g))).toBeLessThan(1e-10)
          right++
        } catch (error) {
          expect(error).toMatchObject({ code: 'resolution' })
          refused++
        }
      }
    expect(right).toBeGreaterThan(100)
    expect(refused).toBeGreaterThan(100)
  })

  it('names the spacing where it is too wide, and the box where the result leaves it', () => {
    expect(() =>
      freePropagator({ D: 0.5 })
        .at({ s: 0.01 })
        .apply(packet.on(lineGrid(256))),
    ).toThrow(expect.objectContaining({ code: 'resolution', parameter: 'grid.points' }))
    const fast = gaussianPacket({ x0: 0, sigma: 1, k0: 5 })
    expect(() =>
      freePropagator({ D: 0.5 })
        .at({ s: 3.5 })
        .apply(fast.on(lineGrid(512))),
    ).toThrow(expect.objectContaining({ code: 'resolution', parameter: 'grid' }))
    const deep = freePropagator({ D: 0.5, zeta0: 5000 }).at({ s: 1, angle: IMAGINARY })
    expect(() => deep.apply(packet.on(lineGrid(256)))).toThrow(
      expect.objectContaining({ code: 'not-finite', parameter: 'state' }),
    )
    // A state cut off by the box is not resolved either.
    expect(() =>
      freePropagator({ D: 0.5 })
        .at({ s: 1 })
        .apply(gaussianPacket({ x0: 14, sigma: 1 }).on(lineGrid(256))),
    ).toThrow(expect.objectContaining({ code: 'resolution' }))
  })
})
