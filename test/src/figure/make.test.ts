import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  detach,
  eigenstatesFigure,
  evolutionFigure,
  type Figure,
  landscapeFigure,
  type PackedArray,
  PSILAB_VERSION,
  problemFigure,
  saved,
  unpack,
  validateFigure,
} from '../../../src/figure/index.js'
import { decimated, windowOf } from '../../../src/figure/make/decimate.js'
import { localMinima } from '../../../src/figure/make/extrema.js'
import { packField } from '../../../src/figure/make/field.js'
import { indexed, say, sayApart, symbol, timeOf } from '../../../src/figure/make/words.js'
import * as samples from './samples.js'

const ALL: Record<string, Figure> = {
  problem: samples.problemSample(),
  field: samples.fieldSample(),
  'real time': samples.evolutionSample(0),
  'imaginary time': samples.evolutionSample(Math.PI / 2),
  eigenstates: samples.eigenstatesSample(),
  thermodynamics: samples.thermodynamicsSample(),
  landscape: samples.landscapeSample(),
  wave: samples.waveSample(),
  space: samples.spaceSample(),
  derivation: samples.derivationSample(),
  panels: samples.panelsSample(),
}

/** Bytes of the saved payload. */
const size = (figure: Figure): number => new TextEncoder().encode(JSON.stringify(saved(figure))).length

describe.each(Object.entries(ALL))('the %s figure', (_, figure) => {
  it('survives JSON and is valid', () => {
    const back: unknown = JSON.parse(JSON.stringify(figure))
    expect(validateFigure(back)).toBe(back)
    expect(detach(back as Figure)).toEqual(detach(figure))
  })

  it('says in a sentence what it shows', () => {
    expect(figure.alt).toMatch(/^[A-Z].{40,}\.$/s)
    expect(figure.alt).not.toMatch(/NaN|undefined|null/)
    expect(figure.provenance.psilab).toBe(PSILAB_VERSION)
  })
})

it('the version in figures is that of the package', () => {
  const manifest = readFileSync(new URL('../../../src/package.json', import.meta.url), 'utf8')
  expect(PSILAB_VERSION).toBe((JSON.parse(manifest) as { version: string }).version)
})

/** The largest evolution that is stored: a packet over the whole of a fine grid, at many times. */
function largeEvolution(points: number, frames: number) {
  const x = samples.grid(-10, 10, points)
  const psi = Array.from({ length: frames }, (_, k) =>
    Float64Array.from({ length: 2 * points }, (_, i) =>
      i % 2 === 0 ? 3 * Math.cos(i + k) : Math.sin(i * k),
    ),
  )
  const numbers = [...samples.grid(0, 1, frames)]
  const { record: problem } = samples
  return evolutionFigure({
    problem,
    angle: 0,
    readings: ['born'],
    x,
    zeta: x.map((v) => v * v),
    times: numbers,
    psi,
    energy: numbers,
  })
}

describe('evolutionFigure()', () => {
  it.each([
    [64, 30],
    [1024, 500],
    [300, 121],
    [257, 1000],
  ])('keeps a run of %i points and %i frames below 60 KB', (points, frames) => {
    const figure = largeEvolution(points, frames)
    const [t, n] = figure.magnitude.shape as [number, number]
    expect(n).toBeLessThanOrEqual(256)
    expect(t).toBeLessThanOrEqual(120)
    expect(size(figure)).toBeLessThanOrEqual(60_000)
    expect(t).toBeGreaterThanOrEqual(Math.min(frames, 30))
  })

  it('keeps the first and the last time', () => {
    const times = unpack(largeEvolution(300, 121).times)
    expect([times[0], times.at(-1)]).toEqual([0, 1])
  })

  it('normalises each frame, whatever norm it came with', () => {
    const figure = samples.evolutionSample(Math.PI / 2)
    const [t, n] = figure.magnitude.shape as [number, number]
    const x = unpack(figure.x)
    const size = unpack(figure.magnitude)
    for (let k = 0; k < t; k++) {
      let sum = 0
      for (let i = 1; i < n; i++) {
        sum += 0.5 * (size[k * n + i]! ** 2 + size[k * n + i - 1]! ** 2) * (x[i]! - x[i - 1]!)
      }
      // What is left out of the window is 1e−3 of the peak at most, over less than the window's length.
      expect(Math.abs(sum - 1)).toBeLessThan(2e-3)
    }
  })

  it('stores ψ to within half a step in modulus and 0.7° in phase', () => {
    const { psi, times, energy } = samples.run(0, 1, 3)
    const { record: problem, x, zeta } = samples
    const figure = evolutionFigure({ problem, angle: 0, readings: ['born'], x, zeta, times, psi, energy })
    const [size, phase, drawn] = [unpack(figure.magnitude), unpack(figure.phase), unpack(figure.x)]
    const n = drawn.length
    const peak = Math.max(...size)
    const dx = (x.at(-1)! - x[0]!) / (x.length - 1)
    for (let k = 0; k < 3; k++) {
      const norm = Math.sqrt(psi[k]!.reduce((sum, v) => sum + v * v, 0) * dx)
      drawn.forEach((at, column) => {
        const i = x.findIndex((value) => Math.abs(value - at) < 1e-6)
        const [re, im] = [psi[k]![2 * i]!, psi[k]![2 * i + 1]!]
        expect(Math.abs(size[k * n + column]! - Math.hypot(re, im) / norm)).toBeLessThan(peak / 131070 + 1e-9)
        const turn = Math.abs(phase[k * n + column]! - Math.atan2(im, re)) % (2 * Math.PI)
        expect(Math.min(turn, 2 * Math.PI - turn)).toBeLessThanOrEqual(Math.PI / 256 + 1e-9)
      })
    }
  })

  it('refuses ψ of the wrong length, of norm 0, and NaN', () => {
    const { record: problem, x, zeta } = samples
    const make = (frame: Float64Array) => () =>
      evolutionFigure({
        problem,
        angle: 0,
        readings: ['born'],
        x,
        zeta,
        times: [0],
        psi: [frame],
        energy: [1],
      })
    expect(make(new Float64Array(7))).toThrow('psi[0] has 7 numbers; 320 were expected.')
    expect(make(new Float64Array(320))).toThrow('psi[0] must be of finite norm above 0; got 0.')
    expect(make(new Float64Array(320).fill(Number.NaN))).toThrow('got NaN')
  })
})

describe('fields', () => {
  const side = 300
  const axis = samples.grid(-1, 1, side)
  const field = Float64Array.from({ length: side * side }, (_, i) => Math.floor(i / side) + 2 * (i % side))
  const axes: [Float64Array, Float64Array] = [axis, axis]

  it('are thinned to 128 × 128 and keep x slow', () => {
    const { zeta, axes: drawn } = problemFigure({ problem: samples.record, axes, zeta: field, notes: [] })
    const [nx, ny] = zeta.shape as [number, number]
    expect(Math.max(nx, ny)).toBeLessThanOrEqual(128)
    expect(drawn.map((each) => each.shape[0])).toEqual([nx, ny])
    const numbers = unpack(zeta)
    const slope = (a: number, b: number): number => numbers[a]! - numbers[b]!
    expect(slope(1, 0) / slope(ny, 0)).toBeCloseTo(2, 2)
  })

  it('keep four densities of a landscape below 200 KB', () => {
    const densities = [1, 2, 3, 4].map((power) => field.map((value) => Math.exp(-power * value)))
    const figure = landscapeFigure({
      problem: samples.record,
      axes,
      zeta: field,
      densities,
      frames: { symbol: 'D', values: [1, 2, 3, 4] },
      points: [],
      paths: [{ label: 'long', points: new Float64Array(20_000) }],
    })
    expect(size(figure)).toBeLessThanOrEqual(200_000)
    expect(figure.paths[0]!.points.shape[0]).toBeLessThanOrEqual(401)
  })
})

describe('curves to the ends of their axis', () => {
  const { energies } = samples
  const figureOn = (boundary: 'walls' | 'periodic', x: Float64Array, points: number, upper = 1) =>
    eigenstatesFigure({
      problem: { ...samples.record, grid: [{ name: 'x', lower: 0, upper, points, boundary }] },
      x,
      zeta: x.map((at) => 2 * at),
      energies: energies.slice(0, 1),
      states: [x.map((at) => 1 + Math.sin(Math.PI * at))],
    })
  const ends = (packed: PackedArray) => {
    const values = unpack(packed)
    return [values[0]!, values[values.length - 1]!]
  }

  it('reach hard walls, where a wave is 0 and ζ goes on', () => {
    const figure = figureOn('walls', samples.grid(1 / 64, 63 / 64, 63), 63)
    expect(figure.x.shape).toEqual([65])
    expect(ends(figure.x)).toEqual([0, 1])
    for (const [k, end] of ends(figure.zeta).entries()) expect(end).toBeCloseTo(2 * k, 6)
    // Half a step of 16 bits.
    for (const end of ends(figure.states)) expect(Math.abs(end)).toBeLessThan(2e-5)
  })

  it('close the seam of a ring', () => {
    const figure = figureOn('periodic', samples.grid(0, 63 / 64, 64), 64)
    expect(ends(figure.x)).toEqual([0, 1])
    const [first, last] = ends(figure.states)
    expect(last).toBe(first)
    // ζ goes on in a straight line: in a box that was chosen for states that vanish at its ends it is no ring.
    for (const [k, end] of ends(figure.zeta).entries()) expect(end).toBeCloseTo(2 * k, 6)
  })

  it('stay as they are where they show a part, or reach the ends already', () => {
    expect(figureOn('walls', samples.grid(0.3, 0.6, 20), 63).x.shape).toEqual([20])
    expect(figureOn('walls', samples.grid(0, 1, 65), 63).x.shape).toEqual([65])
    expect(figureOn('periodic', samples.grid(0, 1, 65), 64).x.shape).toEqual([65])
  })
})

it('sayApart() takes as many digits as tell neighbours apart, up to ten', () => {
  expect(sayApart([0.108, 0.10800123, 0.5, 0.9], 4)).toEqual(['0.108', '0.108001', '0.5', '0.9'])
  expect(sayApart([1, 1 + 1e-12], 4)).toEqual(['1', '1'])
})

it('packField() keeps wells under walls that sixteen bits cannot span', () => {
  const axis = samples.grid(-1, 1, 40)
  const field = (height: number) =>
    Float64Array.from({ length: 1600 }, (_, k) => {
      const [x, y] = [axis[Math.floor(k / 40)]!, axis[k % 40]!]
      return x * x + y * y + height * Math.max(0, x) ** 8
    })
  expect(packField(field(1), [40, 40]).dtype).toBe('uint16')
  const steep = field(1e9)
  const kept = unpack(packField(steep, [40, 40]))
  for (const [k, value] of steep.entries()) {
    if (value < 1) expect(kept[k]).toBeCloseTo(value, 5)
  }
})

it('landscapeFigure() takes a title, captions and what is coloured', () => {
  const one = new Float64Array([1, 2, 3, 4])
  const axis = new Float64Array([0, 1])
  const data = {
    problem: samples.record,
    axes: [axis, axis] as const,
    zeta: one,
    densities: [one],
    points: [],
    paths: [],
  }
  const plain = landscapeFigure({ ...data, frames: { symbol: 'n', values: [4] } })
  expect([plain.title, plain.frames.labels]).toEqual(['Density on the loss landscape', undefined])
  const frames = { symbol: 'n', values: [4], labels: ['n = 4, E = 2.5'] }
  const named = landscapeFigure({ ...data, frames, title: 'Eigenstates', quantity: 'φₙ²' })
  expect([named.title, named.quantity, named.frames]).toEqual(['Eigenstates', 'φₙ²', frames])
  expect(named.alt).toContain('at n = 4, E = 2.5 it peaks')
  expect(() => landscapeFigure({ ...data, frames: { ...frames, labels: [] } })).toThrow('frames.labels')
})

it('eigenstatesFigure() keeps energies exactly and states to 1/131070 of their range', () => {
  const { energies, states, x, zeta, record: problem } = samples
  const figure = eigenstatesFigure({
    problem,
    x,
    zeta,
    energies: energies.slice(0, 3),
    states: states.slice(0, 3),
  })
  expect([...unpack(figure.energies)]).toEqual(Array.from(energies.slice(0, 3)))
  expect(figure.states.shape[0]).toBe(3)
})

describe('decimated()', () => {
  it.each([
    [10, 20],
    [21, 20],
    [1000, 20],
    [2, 2],
  ])('takes of %i samples at most %i, and one more for the last', (count, limit) => {
    const taken = decimated(0, count, limit)
    expect(taken.length).toBeLessThanOrEqual(limit)
    expect([taken[0], taken.at(-1)]).toEqual([0, count - 1])
  })
})

it('windowOf() finds what is inside and widens it', () => {
  expect(windowOf(100, (i) => i >= 40 && i < 60, 0.1)).toEqual([38, 62])
  expect(windowOf(100, () => false, 0.1)).toEqual([0, 100])
})

it('localMinima() counts a flat bottom once and no edge', () => {
  expect(localMinima([0, 1, 0, 0, 1, -1, 2, 0])).toEqual([2, 5])
})

it('say() writes numbers for people', () => {
  expect([0, -0.25, 1 / 3, 123456, 1e-7].map((value) => say(value))).toEqual([
    '0',
    '−0.25',
    '0.333',
    '1.23e5',
    '1e−7',
  ])
})

it('timeOf() names the three times', () => {
  expect([0, Math.PI / 2, Math.PI / 4].map((angle) => timeOf(angle).symbol)).toEqual(['t', 'τ', 's'])
})

it('indexed() sets the indices of single letters, and leaves names of several', () => {
  expect(
    ['V_s = 2', 'ζ − ζ_min', 'x_1, x_12', 'learning_rate', 'k_B', 'a_b_c', 'x_most'].map(indexed),
  ).toEqual(['Vₛ = 2', 'ζ − ζₘᵢₙ', 'x₁, x₁₂', 'learning_rate', 'k_B', 'a_b_c', 'x_most'])
})

it('symbol() sets digits at the end of a name as an index', () => {
  expect(['x', 'w1', 'w12', 'ζ', '2'].map(symbol)).toEqual(['x', 'w₁', 'w₁₂', 'ζ', '2'])
})
