import { parse, Error as VegaError, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import { describe, expect, it } from 'vitest'
import {
  type ChartFigure,
  eigenstatesFigure,
  frameCount,
  frameLabel,
  frameSymbol,
  frameUpdate,
  keyFrames,
  keyOf,
  THEMES,
  toVegaLite,
  unpack,
  validateFigure,
} from '../../../src/figure/index.js'
import { contourLevels, contourLines, wellLevels } from '../../../src/figure/raster/contours.js'
import { paint } from '../../../src/figure/raster/raster.js'
import { placeLabels } from '../../../src/figure/spec/eigenstates.js'
import { frameWalk } from '../../../src/figure/spec/key-frames.js'
import { interestingRange } from '../../../src/figure/spec/zeta.js'
import * as samples from './samples.js'

const CHARTS: Record<string, ChartFigure> = {
  problem: samples.problemSample(),
  field: samples.fieldSample(),
  'real time': samples.evolutionSample(0),
  'imaginary time': samples.evolutionSample(Math.PI / 2),
  eigenstates: samples.eigenstatesSample(),
  landscape: samples.landscapeSample(),
  wave: samples.waveSample(),
  space: samples.spaceSample(),
}

/** A logger that keeps what vega-lite and vega complain about. */
function listener() {
  const said: string[] = []
  const keep = (...words: unknown[]) => {
    said.push(words.join(' '))
    return logger
  }
  const logger = { level: () => logger, error: keep, warn: keep, info: () => logger, debug: () => logger }
  return { said, logger: logger as never }
}

describe.each(Object.entries(CHARTS))('the chart of the %s figure', (_, figure) => {
  it.each([240, 680, 1000])('compiles and runs without a warning at width %i', async (width) => {
    const { said, logger } = listener()
    const { spec } = compile(toVegaLite(figure, { width }) as unknown as TopLevelSpec, { logger })
    const view = new View(parse(spec), { renderer: 'none', logger, logLevel: VegaError })
    const svg = await view.toSVG()
    view.finalize()
    expect(said).toEqual([])
    expect(svg).not.toMatch(/NaN|undefined/)
    expect(svg.length).toBeGreaterThan(2000)
  })

  it('is pure JSON', () => {
    const spec = toVegaLite(figure)
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec)
  })

  it('takes its inks from the theme', () => {
    const dark = JSON.stringify(toVegaLite(figure, { theme: 'dark' }))
    expect(dark).toContain(THEMES.dark.ink)
    expect(dark).not.toContain(THEMES.light.ink)
  })

  it('has no axis that moves between frames', () => {
    const scales = (frame: number): string =>
      JSON.stringify(compile(toVegaLite(figure, { frame }) as unknown as TopLevelSpec).spec.scales ?? 'none')
    expect(scales(frameCount(figure) - 1)).toBe(scales(0))
  })
})

describe('frames of an evolution', () => {
  const figure = samples.evolutionSample(0)
  const heights = (frame: number): number[] =>
    frameUpdate(figure, { frame }).data['density']!.map(
      (row) => (row['y'] as number) - (row['base'] as number),
    )

  it('stand on ⟨H⟩', () => {
    const energy = unpack(figure.energy)
    expect(frameUpdate(figure, { frame: 5 }).data['density']![0]!['base']).toBe(energy[5])
  })

  it('are coloured by their phase from end to end', () => {
    const { stops } = frameUpdate(figure, { frame: 3 }).params['phase'] as {
      stops: { offset: number; color: string }[]
    }
    expect([stops[0]!.offset, stops.at(-1)!.offset]).toEqual([0, 1])
    expect(new Set(stops.map((stop) => stop.color)).size).toBeGreaterThan(20)
  })

  it('blended between two keep their norm to 1 %', () => {
    const sum = (frame: number): number => heights(frame).reduce((total, height) => total + height, 0)
    for (let k = 0; k < frameCount(figure) - 1; k++) {
      expect(Math.abs(sum(k + 0.5) / sum(k) - 1)).toBeLessThan(0.01)
    }
  })

  it('are named by their time', () => {
    expect(frameLabel(figure, 0)).toBe('t = 0')
    const relaxation = samples.evolutionSample(Math.PI / 2)
    expect(frameLabel(relaxation, frameCount(relaxation) - 1)).toBe('τ = 8')
  })
})

describe('frames of a landscape', () => {
  const plain = samples.landscapeSample()

  it('are named by symbol and value, or by the captions given', () => {
    expect(frameLabel(plain, 1)).toBe('D = 0.3')
    const labels = plain.densities.map((_, k) => `state ${k}`)
    const named = validateFigure({ ...plain, frames: { ...plain.frames, labels } }) as typeof plain
    expect(frameLabel(named, 1)).toBe('state 1')
  })

  it('run over a symbol that names the slider', () => {
    expect([plain, samples.evolutionSample(0), samples.eigenstatesSample()].map(frameSymbol)).toEqual([
      'D',
      't',
      '',
    ])
  })

  it('say what is coloured', () => {
    const title = (quantity?: string) =>
      keyOf(quantity === undefined ? plain : { ...plain, quantity }, THEMES.light)?.bar?.title
    expect([title(), title('ψ')]).toEqual(['|ψ|²', 'ψ'])
  })
})

it('the population reading is drawn where it is asked for', () => {
  expect(frameUpdate(samples.evolutionSample(0), { frame: 0 }).data['population']).toBeUndefined()
  const rows = frameUpdate(samples.evolutionSample(Math.PI / 2), { frame: 0 }).data['population']!
  expect(rows.length).toBeGreaterThan(50)
})

it('keyFrames() follow the motion: a relaxation is shown while it happens', () => {
  const figure = samples.evolutionSample(Math.PI / 2)
  const frames = keyFrames(figure, 6)
  expect(frames[0]).toBe(0)
  expect(frames.at(-1)).toBe(frameCount(figure) - 1)
  expect(frames[3]!).toBeLessThan(frameCount(figure) / 2)
  expect(new Set(frames).size).toBe(6)
})

it('frameWalk() keeps frames distinct when all happens in one step', () => {
  expect(frameWalk([100, 0, 0, 0, 0, 0, 0, 0], 5)).toHaveLength(5)
  expect(new Set(frameWalk([100, 0, 0, 0, 0, 0, 0, 0], 5)).size).toBe(5)
  expect(frameWalk([1, 1], 6)).toEqual([0, 1, 2])
})

it('keyOf() names readings, paths and points', () => {
  const labels = (figure: Parameters<typeof keyOf>[0]) =>
    keyOf(figure, THEMES.light)?.entries.map(({ label }) => label)
  expect(labels(samples.evolutionSample(Math.PI / 2))).toEqual(['born |ψ|²', 'population ψ/∫ψ'])
  expect(labels(samples.landscapeSample())).toEqual([
    'contours of ζ',
    'gradient descent',
    'maximum likelihood',
  ])
  expect(labels(samples.eigenstatesSample())).toBeUndefined()
})

describe('a reading alone', () => {
  const both = samples.evolutionSample(Math.PI / 2)

  it('of the population draws and names no other curve', () => {
    const figure = { ...both, readings: ['population'] as const }
    const spec = JSON.stringify(toVegaLite(figure))
    expect(spec).toContain('"name":"population"')
    expect(spec).not.toContain('"name":"density"')
    expect(frameUpdate(figure, { frame: 0 }).data['density']).toBeUndefined()
    const key = keyOf(figure, THEMES.light)!
    expect([key.entries.map(({ label }) => label), key.bar]).toEqual([['population ψ/∫ψ'], undefined])
  })

  it('stands within the chart, however tall', () => {
    const [y] = (
      toVegaLite({ ...both, readings: ['population'] })['layer'] as {
        encoding: { y?: { scale: { domain: [number, number] } } }
      }[]
    ).flatMap(({ encoding }) => (encoding.y ? [encoding.y] : []))
    const rows = frameUpdate({ ...both, readings: ['population'] }, { frame: 0 }).data['population']!
    const top = Math.max(...rows.map((row) => row['y'] as number))
    expect(top).toBeLessThanOrEqual(y!.scale.domain[1])
  })
})

describe('placeLabels()', () => {
  it('sets two near levels symmetrically about their line', () => {
    expect(placeLabels([100, 101, 200], 14, 16)).toEqual([
      [0, 93.5],
      [1, 107.5],
      [2, 200],
    ])
  })

  it('leaves labels out rather than let them drift from their lines', () => {
    const heights = Array.from({ length: 60 }, (_, k) => 6 * k)
    const placed = placeLabels(heights, 14, 16)
    expect(placed.map(([k]) => k)).toEqual(Array.from({ length: 20 }, (_, k) => 3 * k))
    for (const [k, at] of placed) expect(at).toBe(heights[k])
  })
})

it('a chart of many levels says how many have no label', () => {
  const one = samples.states[0]!
  const figure = eigenstatesFigure({
    problem: samples.record,
    x: samples.x,
    zeta: samples.zeta,
    energies: Array.from({ length: 60 }, (_, k) => k),
    states: Array(60).fill(one),
  })
  expect(JSON.stringify(toVegaLite(figure))).toMatch(/"text":"and \d+ more"/)
  expect(JSON.stringify(toVegaLite(samples.eigenstatesSample()))).not.toMatch(/and \d+ more/)
})

describe('wellLevels()', () => {
  const side = 80
  const axis = samples.grid(-4, 4, side)
  const field = (at: (x: number, y: number) => number): Float64Array =>
    Float64Array.from({ length: side ** 2 }, (_, k) => at(axis[Math.floor(k / side)]!, axis[k % side]!))
  const areaBelow = (values: Float64Array, level: number): number =>
    values.filter((value) => value < level).length / values.length

  it('are even steps of the radius for a parabola', () => {
    const bowl = field((x, y) => x * x + y * y)
    const radii = wellLevels(bowl, 0.7, 8).values.map(Math.sqrt)
    for (let k = 1; k < 8; k++) expect(radii[k]! - radii[k - 1]!).toBeCloseTo(radii[7]! / 8, 0)
  })

  it('show the wells of a field whose walls are a million times as high', () => {
    const steep = field((x, y) => -100 * Math.exp(-4 * ((x - 1) ** 2 + y * y)) + Math.exp(x * x + y * y))
    const { values } = wellLevels(steep, 0.9, 10)
    expect(Math.max(...steep)).toBeGreaterThan(1e12)
    expect(areaBelow(steep, values[0]!)).toBeLessThan(0.02)
    expect(areaBelow(steep, values[3]!)).toBeLessThan(0.2)
    expect(values.filter((level) => level < 0).length).toBeGreaterThanOrEqual(2)
  })

  it('show a narrow well in a plain', () => {
    const plain = field((x, y) => -Math.exp(-4 * (x * x + y * y)))
    const { values } = wellLevels(plain, 0.9, 10)
    expect(values.length).toBeGreaterThanOrEqual(8)
    // No line in the plain itself, where it would follow the rounding.
    expect(Math.max(...values)).toBeLessThan(-0.1)
  })

  it('rise, at heights that rise with them', () => {
    const values = field((x, y) => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2)
    const levels = wellLevels(values, 0.9, 10)
    for (const scale of [levels.height, levels.bend]) {
      const seen = Array.from(values.slice().sort(), scale)
      for (let k = 1; k < seen.length; k++) expect(seen[k]!).toBeGreaterThanOrEqual(seen[k - 1]!)
    }
    expect(wellLevels([3, 3, 3, 3], 0.9, 10).values).toEqual([])
  })
})

it('the signs of points stand in a halo of the paper, in both themes', () => {
  for (const theme of ['light', 'dark'] as const) {
    const { layer } = toVegaLite(samples.landscapeSample(), { theme }) as {
      layer: { mark: { type: string; stroke?: string; strokeWidth?: number } }[]
    }
    const [halo, sign] = layer.map(({ mark }) => mark).filter(({ type }) => type === 'point')
    expect([halo!.stroke, sign!.stroke]).toEqual([THEMES[theme].background, THEMES[theme].ink])
    expect(halo!.strokeWidth!).toBeGreaterThanOrEqual(sign!.strokeWidth! + 3)
  }
})

it('⟨H⟩ and E₀ are named beside the chart, where no density reaches', () => {
  const figure = samples.evolutionSample(0)
  const { layer } = toVegaLite(figure) as {
    layer: { mark: { text?: string; align?: string; dx?: number }; encoding: { x?: { datum?: number } } }[]
  }
  const named = layer.filter(({ mark }) => mark.text !== undefined)
  expect(named.map(({ mark }) => mark.text)).toEqual(['E₀', '⟨H⟩'])
  for (const { mark, encoding } of named) {
    expect([mark.align, mark.dx! > 0]).toEqual(['left', true])
    expect(encoding.x!.datum).toBeGreaterThanOrEqual(unpack(figure.x).at(-1)!)
  }
})

describe('hard walls', () => {
  const grid = { name: 'x', lower: 0, upper: 1, points: 63, boundary: 'walls' } as const
  const x = samples.grid(1 / 64, 63 / 64, 63)
  const figure = eigenstatesFigure({
    problem: { ...samples.record, grid: [grid] },
    x,
    zeta: new Float64Array(63),
    energies: [1],
    states: [x.map((at) => Math.sqrt(2) * Math.sin(Math.PI * at))],
  })

  it('are drawn where they lie in view, and behind them the chart goes on', () => {
    const spec = toVegaLite(figure) as { layer: { mark: { type: string }; encoding: never }[] }
    expect(spec.layer.filter(({ mark }) => mark.type === 'rect')).toHaveLength(2)
    const text = JSON.stringify(spec)
    expect(text).toContain('"domain":[-0.03,1.03]')
  })

  it('are not drawn where the view ends before them', () => {
    const far = { ...figure, problem: { ...figure.problem, grid: [{ ...grid, lower: -1, upper: 2 }] } }
    expect(JSON.stringify(toVegaLite(far))).not.toContain('"rect"')
  })
})

it('interestingRange() shows wells and barrier, not the far walls', () => {
  const [low, high] = interestingRange(samples.grid(-3, 3, 400).map((v) => (v * v - 1) ** 2))
  expect(low).toBeCloseTo(0, 3)
  expect(high).toBeGreaterThan(1)
  expect(high).toBeLessThan(4)
  expect(interestingRange([1, 1, 1])).toEqual([1, 2])
})

describe('contourLines()', () => {
  const [x, y] = [samples.grid(-2, 2, 81), samples.grid(-1, 1, 61)]
  const field = Float64Array.from(
    { length: 81 * 61 },
    (_, k) => x[Math.floor(k / 61)]! ** 2 + y[k % 61]! ** 2,
  )

  it('lie where the field has their value', () => {
    const points = contourLines(field, x, y, [0.25, 0.5])
    // Linear interpolation errs by at most h²/8 · ∂²ζ = 0.05²/8 · 2.
    for (const point of points) {
      expect(Math.abs(point.x ** 2 + point.y ** 2 - [0.25, 0.5][point.level]!)).toBeLessThan(1e-3)
    }
    expect(new Set(points.map((point) => point.line)).size).toBe(2)
  })

  it('end at the edge and do not run along it', () => {
    const points = contourLines(field, x, y, [2])
    expect(points.length).toBeGreaterThan(20)
    for (const point of points) expect(Math.abs(point.x ** 2 + point.y ** 2 - 2)).toBeLessThan(1e-2)
  })

  it('of a parabola at squared levels are equidistant', () => {
    const radii = contourLevels(0, 9, 3).map(Math.sqrt)
    expect(radii).toEqual([1, 2, 3])
  })
})

it('paint() puts x to the right and y upwards', () => {
  const { rgba } = paint([0, 1, 0, 0], {
    shape: [2, 2],
    range: [0, 1],
    colours: [
      [0, 0, 0],
      [255, 0, 0],
    ],
  })
  // Value 1 sits at x = 0, y = 1: the upper left pixel.
  expect([...rgba.subarray(0, 4)]).toEqual([255, 0, 0, 255])
  expect([rgba[4], rgba[8], rgba[12]]).toEqual([0, 0, 0])
})
