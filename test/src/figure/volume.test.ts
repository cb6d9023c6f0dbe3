import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PHASES } from '../../../src/figure/colour/phase.js'
import { SIZES, waveColours } from '../../../src/figure/colour/wave.js'
import { pack, type WaveFigure } from '../../../src/figure/index.js'
import { decoded } from '../../../src/figure/spec/waves/decoded.js'
import { volumeAxes, volumeColours, volumeSamples } from '../../../src/figure/spec/waves/volume.js'
import * as samples from './samples.js'

/** ψ as the graphics reads it: each byte a share of 255, the sum of a pair a signed number. */
const read = (bytes: Uint8Array, sample: number, part: 0 | 1): number =>
  ((bytes[4 * sample + 2 * part]! / 255) * 65_280 + bytes[4 * sample + 2 * part + 1]! - 32_768) / 32_767

/** Half a step of the two bytes. */
const STEP = 0.5 / 32_767 + 1e-12

const figure = samples.spaceSample()
const [nx, ny, nz] = decoded(figure).shape as [number, number, number]
const [xs, ys, zs] = decoded(figure).axes as [Float64Array, Float64Array, Float64Array]
const at = (i: number, j: number, k: number): number => (i * ny + j) * nz + k

describe('volumeSamples()', () => {
  it('has four bytes a sample, as many as the axes say', () => {
    expect(volumeAxes(figure).map(({ points }) => points)).toEqual([nx, ny, nz])
    expect(volumeSamples(figure, 0)).toHaveLength(4 * nx * ny * nz)
  })

  it('is largest, and of size 1, where |ψ|² is', () => {
    const bytes = volumeSamples(figure, 0)
    let [best, largest, expected, density] = [-1, 0, -1, 0]
    for (let i = 0; i < nx; i++)
      for (let j = 0; j < ny; j++)
        for (let k = 0; k < nz; k++) {
          const size = Math.hypot(read(bytes, at(i, j, k), 0), read(bytes, at(i, j, k), 1))
          if (size > largest) [best, largest] = [at(i, j, k), size]
          const [re, im] = samples.orbital(xs[i]!, ys[j]!, zs[k]!)
          if (re * re + im * im > density) [expected, density] = [at(i, j, k), re * re + im * im]
        }
    // Its mirror image in x = 0 or z = 0 is as large.
    const [i, j, k] = [Math.floor(best / (ny * nz)), Math.floor(best / nz) % ny, best % nz]
    const [a, b, c] = [Math.floor(expected / (ny * nz)), Math.floor(expected / nz) % ny, expected % nz]
    expect(j).toBe(b)
    expect(Math.abs(xs[i]!)).toBeCloseTo(Math.abs(xs[a]!), 6)
    expect(Math.abs(zs[k]!)).toBeCloseTo(Math.abs(zs[c]!), 6)
    expect(Math.abs(largest - 1)).toBeLessThan(2 * STEP)
  })

  it('turns its phase once about a vortex line, against the clock, at every height', () => {
    const bytes = volumeSamples(figure, 0)
    // A way along samples about x = 0, y = −1/2, which |x|, |y| ≤ 1.5 goes around.
    const inside = (axis: Float64Array): number[] =>
      [...axis.keys()].filter((n) => Math.abs(axis[n]!) < 1.5).sort((p, q) => p - q)
    const [i, j] = [inside(xs), inside(ys)]
    const [left, right, low, high] = [i[0]!, i.at(-1)!, j[0]!, j.at(-1)!]
    const way = [
      ...i.map((n) => [n, low] as const),
      ...j.map((n) => [right, n] as const),
      ...[...i].reverse().map((n) => [n, high] as const),
      ...[...j].reverse().map((n) => [left, n] as const),
    ]
    for (const k of [Math.floor(nz / 3), Math.floor(nz / 2), Math.floor((2 * nz) / 3)]) {
      const phases = way.map(([a, b]) => Math.atan2(read(bytes, at(a, b, k), 1), read(bytes, at(a, b, k), 0)))
      const turned = phases.reduce((sum, phase, n) => {
        const step = phases[(n + 1) % phases.length]! - phase
        return sum + Math.atan2(Math.sin(step), Math.cos(step))
      }, 0)
      expect(turned / (2 * Math.PI)).toBeCloseTo(1, 9)
    }
  })

  it('keeps every number to half a step, and 0 as it is', () => {
    const shape = [2, 2, 2]
    const parts = fc.double({ min: -1, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(parts, { minLength: 14, maxLength: 14 }), (values) => {
        // The first sample is 1, the second 0: the scale is known.
        const re = [1, 0, ...values.slice(0, 6).map((v) => v / 2)]
        const im = [0, 0, ...values.slice(6, 12).map((v) => v / 2)]
        const made: WaveFigure = {
          ...figure,
          axes: [0, 1, 2].map(() => pack([0, 1], { dtype: 'float64' })),
          fields: [re, im].map((field) => pack(field, { dtype: 'float64', shape })),
          weights: pack([1, 0, 0, 1], { dtype: 'float64', shape: [1, 2, 2] }),
        }
        const bytes = volumeSamples(made, 0)
        expect([read(bytes, 1, 0), read(bytes, 1, 1)]).toEqual([0, 0])
        for (let n = 0; n < 8; n++) {
          // ψ is summed in 32 bits.
          expect(Math.abs(read(bytes, n, 0) - re[n]!)).toBeLessThan(STEP + 2 ** -23)
          expect(Math.abs(read(bytes, n, 1) - im[n]!)).toBeLessThan(STEP + 2 ** -23)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('is linear between samples where its bytes are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 65_535 }), (a, b) => {
        const bytes = Uint8Array.of(a >> 8, a & 255, 0, 0, b >> 8, b & 255, 0, 0)
        const blended = [0, 1].map((part) => 0.7 * bytes[part]! + 0.3 * bytes[4 + part]!)
        return Math.abs(256 * blended[0]! + blended[1]! - (0.7 * a + 0.3 * b)) < 1e-9
      }),
    )
  })
})

describe('volumeColours()', () => {
  it.each([
    ['light', 'uniform'],
    ['dark', 'safe'],
  ] as const)('has the colours of the largest |ψ| in a section: %s, %s', (theme, map) => {
    const words = new Uint32Array(volumeColours(theme, map).buffer)
    expect(words).toEqual(waveColours(theme, map).slice((SIZES - 1) * PHASES))
  })
})
