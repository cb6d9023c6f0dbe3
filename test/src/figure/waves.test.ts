import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PHASES } from '../../../src/figure/colour/phase.js'
import { SIZES, waveColours } from '../../../src/figure/colour/wave.js'
import {
  type Figure,
  frameUpdate,
  unpack,
  validateFigure,
  type WaveFigure,
  waveFigure,
} from '../../../src/figure/index.js'
import { commonBasis, type Parts } from '../../../src/figure/make/waves/basis.js'
import type { Raster } from '../../../src/figure/raster/raster.js'
import { resampled, resampling } from '../../../src/figure/raster/resample.js'
import { paintWave, paintWheel, phaseStep } from '../../../src/figure/raster/wave.js'
import { waveAt } from '../../../src/figure/spec/waves/decoded.js'
import { PLANES, projectionOf, sectionOf } from '../../../src/figure/spec/waves/section.js'
import { sliceOf } from '../../../src/figure/spec/waves/space.js'
import { saved } from '../../../src/figure/wire.js'
import * as samples from './samples.js'

/** Bytes of the figure in a notebook. */
const size = (figure: Figure): number => new TextEncoder().encode(JSON.stringify(saved(figure))).length

/** A table whose colours say where they stand: the size in red, the phase in green. */
const PLACES = Uint32Array.from(
  { length: SIZES * PHASES },
  (_, i) => Math.floor(i / PHASES) | ((i % PHASES) << 8) | (255 << 24),
)

/** Steps of size and phase that a picture shows at a pixel. */
function placeAt(rgba: Uint8ClampedArray, pixel: number): { size: number; phase: number } {
  return { size: rgba[4 * pixel]!, phase: rgba[4 * pixel + 1]! }
}

/** How far one phase lies from another, in steps, the short way. */
function turn(from: number, to: number): number {
  return ((to - from + 1.5 * PHASES) % PHASES) - PHASES / 2
}

/** A square field of a complex function on [−1, 1]². */
function field(n: number, f: (x: number, y: number) => readonly [number, number]): Float64Array {
  const values = new Float64Array(2 * n * n)
  const at = (i: number): number => -1 + (2 * i) / (n - 1)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) values.set(f(at(i), at(j)), 2 * (i * n + j))
  return values
}

describe('phaseStep()', () => {
  it('is the angle, rounded to a step', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.double({ min: 1e-3, max: 9, noNaN: true }),
        (angle, r) => {
          const steps = (angle / (2 * Math.PI)) * PHASES
          const found = phaseStep(r * Math.cos(angle), r * Math.sin(angle))
          // Half a step, and the error of the polynomial.
          return Math.abs(turn(found, ((steps % PHASES) + PHASES) % PHASES)) < 0.501
        },
      ),
    )
    expect(phaseStep(0, 0)).toBe(0)
  })
})

describe('resampling', () => {
  it('keeps constants, and waves of four points a wavelength', () => {
    const n = 33
    const wave = field(n, (x, y) => [1, Math.cos((n - 1) * 0.25 * Math.PI * (x + 0.5 * y))])
    const rule = resampling(n, 90)
    const fine = resampled(wave, [n, n], [rule, rule], 2)
    const at = (p: number): number => -1 + (2 * (p + 0.5)) / 90
    // Away from the ends, where samples are missing.
    for (let p = 12; p < 78; p++) {
      for (let q = 12; q < 78; q++) {
        expect(fine[2 * (p * 90 + q)]).toBeCloseTo(1, 5)
        const exact = Math.cos((n - 1) * 0.25 * Math.PI * (at(p) + 0.5 * at(q)))
        // What three lobes leave of a wave at half of the highest wave number, along both axes.
        expect(Math.abs(fine[2 * (p * 90 + q) + 1]! - exact)).toBeLessThan(0.03)
      }
    }
  })
})

describe('paintWave()', () => {
  const n = 40
  const largest = 1.2
  const packet = (x: number, y: number): readonly [number, number] => {
    const r = Math.exp(-2 * (x * x + y * y))
    return [r * Math.cos(5 * x - 3 * y), r * Math.sin(5 * x - 3 * y)]
  }
  const { width, height, rgba } = paintWave(field(n, packet), {
    shape: [n, n],
    largest,
    colours: PLACES,
    size: [100, 60],
  })

  it('shows size and phase at the middle of each pixel, x to the right and y upwards', () => {
    expect([width, height]).toEqual([100, 60])
    for (let row = 0; row < 60; row += 3) {
      for (let column = 0; column < 100; column += 3) {
        const [re, im] = packet(-1 + (2 * (column + 0.5)) / 100, 1 - (2 * (row + 0.5)) / 60)
        const shown = placeAt(rgba, row * width + column)
        const exact = (Math.atan2(im, re) / (2 * Math.PI) + 1) * PHASES
        // A step of each table; samples are dense enough for the rest.
        expect(Math.abs(shown.size - (Math.hypot(re, im) / largest) * (SIZES - 1))).toBeLessThan(1)
        if (Math.hypot(re, im) > 0.05) expect(Math.abs(turn(shown.phase, exact % PHASES))).toBeLessThan(2)
      }
    }
  })

  it.each([1, -1, 3])('turns the hue %i times around a vortex of that charge', (charge) => {
    const vortex = field(n, (x, y) => {
      const [r, angle] = [Math.hypot(x, y), Math.atan2(y, x)]
      return [r * Math.cos(charge * angle), r * Math.sin(charge * angle)]
    })
    const picture = paintWave(vortex, { shape: [n, n], largest: 1, colours: PLACES, size: [120, 120] })
    let turned = 0
    let before: number | undefined
    for (let k = 0; k <= 360; k += 3) {
      const [c, s] = [Math.cos((k * Math.PI) / 180), Math.sin((k * Math.PI) / 180)]
      const pixel = Math.floor(60 - 40 * s) * 120 + Math.floor(60 + 40 * c)
      const { phase } = placeAt(picture.rgba, pixel)
      if (before !== undefined) turned += turn(before, phase)
      before = phase
    }
    expect(turned / PHASES).toBeCloseTo(charge, 1)
  })

  it('has no seam where the angle is cut: between samples of −π and π lies π, not 0', () => {
    // arg ψ = π + 0.4 x: on both sides of the cut, which runs through the middle.
    const cut = field(8, (x) => [Math.cos(Math.PI + 0.4 * x), Math.sin(Math.PI + 0.4 * x)])
    const picture = paintWave(cut, { shape: [8, 8], largest: 1, colours: PLACES, size: [64, 64] })
    for (let pixel = 0; pixel < 64 * 64; pixel++) {
      const shown = placeAt(picture.rgba, pixel)
      expect(Math.abs(turn(shown.phase, PHASES / 2))).toBeLessThan((0.41 / (2 * Math.PI)) * PHASES + 1)
      expect(shown.size).toBeGreaterThan(SIZES - 3)
    }
  })

  it('is as the wheel beside it: the identity on the disc', () => {
    const colours = waveColours('light', 'uniform')
    const pixels = 60
    const wheel = paintWheel(colours, pixels)
    const z = paintWave(
      field(61, (x, y) => [x, y]),
      { shape: [61, 61], largest: 1, colours, size: [pixels, pixels] },
    )
    const differences: number[] = []
    for (let row = 0; row < pixels; row++) {
      for (let column = 0; column < pixels; column++) {
        const radius = Math.hypot(column - 29.5, row - 29.5)
        if (radius > 28 || radius < 3) continue
        const at = 4 * (row * pixels + column)
        for (let c = 0; c < 4; c++) differences.push(Math.abs(wheel.rgba[at + c]! - z.rgba[at + c]!))
      }
    }
    // A step of size near the middle, where the colour fades in over 50 of 255 each; and the wheel ends a pixel early.
    expect(Math.max(...differences)).toBeLessThan(40)
    expect(differences.reduce((sum, v) => sum + v, 0) / differences.length).toBeLessThan(2)
  })
})

describe('waveFigure()', () => {
  const times = [...samples.grid(0, 6, 61)]
  const figure = waveFigure({
    problem: samples.planeRecord,
    ...samples.coherentRun(times),
    frames: { symbol: 't', values: times },
    angle: 0,
  })
  const [x, y] = figure.axes.map((axis) => unpack(axis)) as [Float64Array, Float64Array]
  const cell = (x[1]! - x[0]!) * (y[1]! - y[0]!)

  /** ‖ψ − drawn‖² and ‖drawn‖² at a frame. */
  function compared(frame: number, t: number): { lost: number; norm: number } {
    const psi = waveAt(figure, frame)
    let [lost, norm] = [0, 0]
    for (let i = 0; i < x.length; i++) {
      for (let j = 0; j < y.length; j++) {
        const [re, im] = samples.coherentPacket(x[i]!, y[j]!, t)
        const at = 2 * (i * y.length + j)
        lost += ((psi[at]! - re) ** 2 + (psi[at + 1]! - im) ** 2) * cell
        norm += (psi[at]! ** 2 + psi[at + 1]! ** 2) * cell
      }
    }
    return { lost, norm }
  }

  it('keeps ψ at every frame: 1 % of common fields, 8 bits, and the rim that is cut off', () => {
    figure.frames.values.forEach((t, frame) => {
      const { lost, norm } = compared(frame, t)
      expect(Math.sqrt(lost)).toBeLessThan(0.03)
      expect(norm).toBeCloseTo(1, 1)
    })
  })

  it('blends ψ between frames, phase and place', () => {
    const { values } = figure.frames
    for (const frame of [3.5, 20.25]) {
      const before = Math.floor(frame)
      const t = values[before]! + (frame - before) * (values[before + 1]! - values[before]!)
      const { lost } = compared(frame, t)
      // Second order in a step of 0.1 at speeds up to 3.
      expect(Math.sqrt(lost)).toBeLessThan(0.06)
    }
  })

  it('takes as many fields as eigenstates take part, however many frames there are', () => {
    const { axes, zeta } = samples.coherentRun([])
    const [along] = axes as [Float64Array]
    const state =
      (k: number) =>
      (a: number, b: number): number =>
        a ** k * Math.exp((-a * a - 1.2 * b * b) / 2)
    const [even, odd] = [state(0), state(1)]
    const many = [...samples.grid(0, 30, 150)]
    const psi = many.map((t) => {
      const frame = new Float64Array(2 * along.length ** 2)
      along.forEach((a, i) => {
        along.forEach((b, j) => {
          const [p, q] = [even(a, b), odd(a, b)]
          frame.set(
            [p * Math.cos(1.1 * t) + q * Math.cos(2.1 * t), -p * Math.sin(1.1 * t) - q * Math.sin(2.1 * t)],
            2 * (i * along.length + j),
          )
        })
      })
      return frame
    })
    const two = waveFigure({
      problem: samples.planeRecord,
      axes,
      zeta,
      psi,
      frames: { symbol: 't', values: many },
      angle: 0,
    })
    expect(two.fields).toHaveLength(2)
    expect(two.frames.values).toHaveLength(150)
    expect(size(two)).toBeLessThan(40_000)
  })

  it.each([
    ['noise on 256 × 256 points', 256, 8],
    ['noise in one frame', 256, 1],
  ])('keeps %s below 200 KB', (_, n, count) => {
    let seed = 1
    const random = (): number => {
      seed = (seed * 16807) % 2147483647
      return seed / 2147483647 - 0.5
    }
    const axis = samples.grid(-1, 1, n)
    const noise = waveFigure({
      problem: { ...samples.planeRecord, grid: [] },
      axes: [axis, axis],
      zeta: new Float64Array(n * n),
      psi: Array.from({ length: count }, () => Float64Array.from({ length: 2 * n * n }, random)),
      frames: { symbol: 't', values: [...Array(count).keys()] },
      angle: 0,
    })
    expect(size(noise)).toBeLessThanOrEqual(200_000)
    expect(noise.frames.values.length).toBeGreaterThanOrEqual(Math.min(count, 4))
  })

  it('reaches hard walls, where ψ = 0', () => {
    const n = 31
    const axis = Float64Array.from({ length: n }, (_, i) => (i + 1) / (n + 1))
    const psi = new Float64Array(2 * n * n)
    axis.forEach((a, i) => {
      axis.forEach((b, j) => {
        psi[2 * (i * n + j)] = Math.sin(Math.PI * a) * Math.sin(2 * Math.PI * b)
      })
    })
    const walled = { lower: 0, upper: 1, points: n, boundary: 'walls' as const }
    const box = waveFigure({
      problem: { ...samples.planeRecord, grid: ['x', 'y'].map((name) => ({ name, ...walled })) },
      axes: [axis, axis],
      zeta: new Float64Array(n * n),
      psi: [psi],
      frames: { symbol: 'n', values: [0] },
    })
    const [first, second] = box.axes.map((each) => unpack(each)) as [Float64Array, Float64Array]
    for (const ends of [first, second]) {
      expect(ends[0]).toBeCloseTo(0, 12)
      expect(ends[ends.length - 1]).toBeCloseTo(1, 12)
    }
    const drawn = waveAt(box as WaveFigure, 0)
    expect(Math.max(...drawn.subarray(0, 2 * second.length).map(Math.abs))).toBe(0)
  })

  it('refuses a ψ that is 0, or not a number, by its place', () => {
    const run = samples.coherentRun([0, 1])
    const data = { problem: samples.planeRecord, ...run, frames: { symbol: 't', values: [0, 1] } }
    for (const bad of [0, Number.NaN])
      expect(() => waveFigure({ ...data, psi: [run.psi[0]!, run.psi[1]!.map(() => bad)] })).toThrow(
        /psi\[1\] must be of finite norm above 0/,
      )
    expect(() => waveFigure({ ...data, frames: { symbol: 't', values: [0] } })).toThrow('frames.values')
  })
})

describe('commonBasis()', () => {
  const frames = (): Parts[] =>
    Array.from({ length: 9 }, (_, t) => ({
      re: Float32Array.from({ length: 50 }, (_, i) => Math.cos(0.1 * t * i)),
      im: Float32Array.from({ length: 50 }, (_, i) => Math.sin(0.13 * t * i + t)),
    }))

  it('is orthonormal, and its errors fall to 0', () => {
    const { fields, errors } = commonBasis(frames(), 0, 40)
    fields.forEach((a, k) => {
      fields.forEach((b, l) => {
        const product = a.reduce((sum, v, i) => sum + v * b[i]!, 0)
        // Rounding of single precision.
        expect(product).toBeCloseTo(k === l ? 1 : 0, 4)
      })
    })
    expect(errors[0]).toBe(1)
    // The square root of the rounding of a norm in single precision.
    expect(errors[errors.length - 1]).toBeLessThan(1e-3)
  })

  it('represents each frame as well as it says', () => {
    const { fields, weights, errors } = commonBasis(frames(), 0.1, 40)
    const last = errors[errors.length - 1]!
    expect(last).toBeLessThan(0.1)
    frames().forEach(({ re, im }, t) => {
      let [lost, norm] = [0, 0]
      for (let i = 0; i < re.length; i++) {
        const [a, b] = [0, 1].map((c) =>
          fields.reduce((sum, field, k) => sum + weights[2 * (t * fields.length + k) + c]! * field[i]!, 0),
        ) as [number, number]
        lost += (re[i]! - a) ** 2 + (im[i]! - b) ** 2
        norm += re[i]! ** 2 + im[i]! ** 2
      }
      expect(Math.sqrt(lost / norm)).toBeLessThan(last + 1e-4)
    })
  })
})

describe('planes out of space', () => {
  const figure = samples.spaceSample()
  const axes = figure.axes.map((axis) => unpack(axis))
  const shape = axes.map((axis) => axis.length)
  const spacing = axes.map((axis) => axis[1]! - axis[0]!)
  const psi = waveAt(figure, 0)

  it.each([0, 1, 2])('projection %i is a density, ∫ = 1', (k) => {
    const plane = PLANES[k]!
    const cell = spacing.reduce((product, h) => product * h, 1)
    const sum = projectionOf(psi, shape, plane).reduce((total, v) => total + v, 0) * cell
    // 8 bits, and the rim that is cut off.
    expect(sum).toBeCloseTo(1, 2)
  })

  it.each([0, 1, 2])('section %i at a point of the grid is ψ there, and half way the mean of two', (k) => {
    const plane = PLANES[k]!
    const [p, q] = plane.over
    const at = (place: number): Float64Array => sectionOf(psi, shape, plane, place, 2)
    const middle = Math.floor(shape[plane.across]! / 2)
    const strides = [shape[1]! * shape[2]!, shape[2]!, 1]
    const [here, next, between] = [at(middle), at(middle + 1), at(middle + 0.5)]
    for (let i = 0; i < shape[p]!; i++) {
      for (let j = 0; j < shape[q]!; j++) {
        const from = 2 * (i * strides[p]! + j * strides[q]! + middle * strides[plane.across]!)
        const to = 2 * (i * shape[q]! + j)
        expect(here[to]).toBe(psi[from])
        expect(here[to + 1]).toBe(psi[from + 1])
        expect(between[to]).toBeCloseTo((here[to]! + next[to]!) / 2, 6)
      }
    }
  })

  it('sections go through where there is something to see, or where the reader asks', () => {
    const point = sliceOf(figure, {})
    const [re, im] = samples.orbital(...(point as [number, number, number]))
    // The largest |ψ|² is that of x² + (y + ½)² on y > 0, z = 0.
    const largest = Math.max(
      ...[...samples.grid(0, 2, 200)].map((b) => Math.hypot(...samples.orbital(0, b, 0))),
    )
    expect(Math.hypot(re, im)).toBeGreaterThan(0.6 * largest)
    expect(sliceOf(figure, { slice: [1, 2, 3] })).toEqual([1, 2, 3])
    const kept = validateFigure({ ...figure, view: { slice: [0.5, 0, -1] } })
    if (kept.kind !== 'wave') throw new Error('no wave')
    expect(sliceOf(kept, {})).toEqual([0.5, 0, -1])
    expect(sliceOf(kept, { slice: [1, 2, 3] })).toEqual([1, 2, 3])
  })

  it('moving a plane moves its section and where the others are crossed, and no projection', () => {
    const painted: Raster[] = []
    const at = (slice: readonly number[]) => {
      painted.length = 0
      const { data } = frameUpdate(figure, {
        width: 680,
        slice,
        picture: (raster) => {
          painted.push(raster)
          return ''
        },
      })
      const [xy, _, xz, __, yz] = painted
      return { data, sections: [xy!, xz!, yz!], shadows: [painted[1], painted[3], painted[5]] }
    }
    const [here, there] = [at([0, 0, 0]), at([0, 0, 0.6])]
    const bytes = ({ rgba }: Raster): string => Buffer.from(rgba).toString('base64')
    expect(bytes(here.sections[0]!)).not.toBe(bytes(there.sections[0]!))
    for (const k of [1, 2]) expect(bytes(here.sections[k]!)).toBe(bytes(there.sections[k]!))
    expect(here.shadows).toEqual(there.shadows)
    expect(there.data['cross1']).toEqual([{ x: 0, y: 0.6 }])
  })

  it('planes share one scale', () => {
    const axes = [2, 3, 2.4].map((end) => samples.grid(-end, end, 16))
    const size = 16 ** 3
    const wide = waveFigure({
      problem: figure.problem,
      axes,
      zeta: new Float64Array(size),
      // Even, so that no side of the box is cut off.
      psi: [Float64Array.from({ length: 2 * size }, (_, i) => 1 - (i % 2))],
      frames: { symbol: 'n', values: [0] },
    })
    const sizes = new Map<string, readonly [number, number]>()
    frameUpdate(wide, {
      width: 680,
      picture: ({ width, height }) => {
        sizes.set(`picture${sizes.size}`, [width, height])
        return ''
      },
    })
    const scales = [...sizes.values()].flatMap(([width, height], k) => {
      const [p, q] = PLANES[Math.floor(k / 2)]!.over
      const span = (d: number): number => axes[d]![15]! - axes[d]![0]!
      return [width / span(p), height / span(q)]
    })
    expect(scales).toHaveLength(12)
    // Half a pixel of rounding on 80 or more.
    for (const scale of scales) expect(Math.abs(scale / scales[0]! - 1)).toBeLessThan(0.013)
  })

  it('a section through the vortex line turns its hue once', () => {
    let picture: Raster | undefined
    frameUpdate(figure, {
      width: 680,
      slice: [0, 0, 0],
      picture: (raster) => {
        picture ??= raster
        return ''
      },
    })
    const { width, height, rgba } = picture!
    const place = (axis: Float64Array, v: number): number =>
      (v - axis[0]!) / (axis[axis.length - 1]! - axis[0]!)
    const colours: string[] = []
    for (let k = 0; k < 24; k++) {
      const angle = (k * Math.PI) / 12
      const column = Math.floor(place(axes[0]!, Math.cos(angle)) * width)
      const row = Math.floor((1 - place(axes[1]!, Math.sin(angle) - 0.5)) * height)
      colours.push(String(rgba.subarray(4 * (row * width + column), 4 * (row * width + column) + 3)))
    }
    // All phases differ: none comes twice on the way around.
    expect(new Set(colours).size).toBe(24)
  })
})
