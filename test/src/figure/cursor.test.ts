import fc from 'fast-check'
import { parse, Error as VegaError, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import { describe, expect, it } from 'vitest'
import {
  type ChartPanel,
  cursorFrame,
  cursorLabel,
  cursorValue,
  FigureError,
  isChartPanel,
  type Panel,
  type PanelCursor,
  type PanelsFigure,
  panelFrame,
  panelSpec,
  panelsFigure,
  panelsOf,
  type Row,
  validateFigure,
} from '../../../src/figure/index.js'
import * as samples from './samples.js'

/** Arrays of stops keep a 65535th of their range. */
const QUANTISED = 1e-4

const x = samples.grid(-2, 2, 41)
const y = samples.grid(-1, 1, 21)
const stops = [1, 2, 4, 8]
const bell = (width: number): Float64Array => x.map((at) => Math.exp(-at * at * width) * Math.sqrt(width))

function figure(panels: readonly Panel[], cursor: Partial<PanelCursor> = {}): PanelsFigure {
  return panelsFigure({
    title: 'Cursor',
    alt: 'Panels with a cursor.',
    cursor: { symbol: 'T', values: stops, ...cursor },
    panels,
  })
}

const curve = (scale: 'linear' | 'log'): Panel => ({
  type: 'lines',
  heading: '',
  x: { label: 'T', scale },
  y: { label: 'E', scale },
  series: [
    { label: 'E', x: stops, y: stops.map((T) => T ** 2) },
    { label: 'theory', role: 'reference', x: stops, y: stops },
  ],
  cursor: 'x',
})

const densities: Panel = {
  type: 'lines',
  heading: '',
  x: { label: 'x' },
  y: { label: 'p' },
  series: [
    { label: 'ζ', role: 'backdrop', x, y: x.map((at) => at * at) },
    { label: 'p', x, y: stops.map(bell) },
  ],
}

const plane: Panel = {
  type: 'field',
  heading: '',
  labels: ['x', 'y'],
  axes: [x, y],
  values: stops.map((T) => Float64Array.from({ length: 41 * 21 }, (_, i) => T + i)),
  quantity: 'p',
  samples: [stops.map((T) => [0, T / 8]), stops.map((T) => [-0.5, T / 16])],
  paths: [{ label: 'run', points: [-1, 0, 0, 0, 0, 1], at: [1, 4, 8] }],
  margins: [
    { side: 'top', label: 'p(x)', values: stops.map(bell) },
    { side: 'right', label: 'samples', mark: 'bars', values: stops.map((T) => [1, T, 1]) },
  ],
}

const time: Panel = {
  ...plane,
  values: new Float64Array(41 * 21),
  cursor: 'x',
  samples: [
    [0, 1],
    [0, 1],
  ],
}

const charts = (of: PanelsFigure): ChartPanel[] => of.panels.filter(isChartPanel)

/** The rows of a data set of the first panel at a frame. */
function rows(of: PanelsFigure, name: string, frame: number): readonly Row[] {
  return panelFrame(charts(of)[0]!, { frame, picture: () => 'picture' }, of.cursor).data[name]!
}

describe('the cursor', () => {
  const { cursor } = figure([curve('linear')])

  it('has the values of its stops, and between two what lies between', () => {
    expect([0, 1, 2, 3].map((frame) => cursorValue(cursor!, frame))).toEqual(stops)
    expect(cursorValue(cursor!, 1.5)).toBe(3)
    expect(cursorLabel(cursor!, 2)).toBe('T = 4')
  })

  it.each([[stops], [[...stops].reverse()]])('frames and values of %s are each other’s inverse', (values) => {
    const record = figure([curve('linear')], { values }).cursor!
    fc.assert(
      fc.property(fc.double({ min: 0, max: 3, noNaN: true }), (frame) => {
        expect(cursorFrame(record, cursorValue(record, frame))).toBeCloseTo(frame, 10)
      }),
    )
    expect([cursorFrame(record, 100), cursorFrame(record, -100)].sort((a, b) => a - b)).toEqual([0, 3])
  })
})

describe('a panel over the cursor’s variable', () => {
  it.each(['linear', 'log'] as const)('marks data where it is drawn, on a %s axis', (scale) => {
    const of = figure([curve(scale)])
    expect(rows(of, 'cursor', 2)).toEqual([{ x: 4 }])
    const [place, ...more] = rows(of, 'cursor places', 2)
    expect([place!['x'], place!['y'], more.length]).toEqual([4, 16, 0])
    // T² is a straight line in logarithms, and a chord between its points else.
    const [between] = rows(of, 'cursor places', 1.5)
    expect(between!['y']).toBeCloseTo(scale === 'log' ? 9 : 10, 10)
    expect(rows(of, 'cursor values', 2).map(({ said }) => said)).toEqual(['16'])
  })

  it('does not mark what lies beyond its axis', () => {
    const of = figure([{ ...curve('linear'), series: [{ label: 'E', x: [1, 2], y: [1, 2] }] } as Panel])
    expect([rows(of, 'cursor', 3), rows(of, 'cursor places', 3)]).toEqual([[], []])
  })
})

describe('a series with an array a stop', () => {
  it('is what was given at each stop, and their mean halfway', () => {
    const of = figure([densities])
    const at = (frame: number) => rows(of, 'series 1', frame).map((row) => row['y'] as number)
    for (const [k, T] of stops.entries())
      at(k).forEach((value, i) => {
        expect(Math.abs(value - bell(T)[i]!)).toBeLessThan(QUANTISED)
      })
    at(0.5).forEach((value, i) => {
      expect(value).toBeCloseTo((at(0)[i]! + at(1)[i]!) / 2, 12)
    })
  })

  it('keeps its axes, and the backdrop stands behind without a scale', () => {
    const of = figure([densities])
    const spec = (frame: number) => JSON.stringify(panelSpec(charts(of)[0]!, { frame }, of.cursor)['layer'])
    expect(spec(0)).toBe(spec(3))
    const { layer } = panelSpec(charts(of)[0]!, {}, of.cursor) as { layer: { mark: { type: string } }[] }
    expect(layer[0]!.mark.type).toBe('area')
  })
})

describe('the values above a panel', () => {
  /** Where the upright title of a panel stands, in pixels above it, and the room that is left there. */
  const above = (label: string) => {
    const { padding, layer } = panelSpec(
      { ...charts(figure([curve('linear')]))[0]!, y: { label, scale: 'linear' } } as ChartPanel,
      { width: 200 },
    ) as { padding: { top: number }; layer: { encoding: { y: { axis: { titleY: number } } } }[] }
    return { title: -layer[0]!.encoding.y.axis.titleY, room: padding.top }
  }

  it('stand below a title that leaves them no room', () => {
    const [short, long] = [above('E'), above('a title as long as the panel is wide')]
    expect(long.title - short.title).toBeGreaterThan(11)
    expect(long.room - short.room).toBe(long.title - short.title)
  })
})

describe('a field with an array a stop', () => {
  const of = figure([plane])

  it('moves its samples and the ends of its paths', () => {
    expect(rows(of, 'samples', 3).map((row) => row['x'])).toEqual([0, 1])
    const ends = [0, 1, 2, 3].map((frame) => rows(of, 'ends', frame)[0]!)
    const expected = [
      [-1, 0],
      [-2 / 3, 0],
      [0, 0],
      [0, 1],
    ]
    ends.forEach((end, k) => {
      expect(end['x']).toBeCloseTo(expected[k]![0]!, 5)
      expect(end['y']).toBeCloseTo(expected[k]![1]!, 5)
    })
    expect(rows(of, 'travelled', 1)).toHaveLength(2)
  })

  it('has its margins outside of it, of one scale in all frames', () => {
    const heights = (frame: number) => rows(of, 'margin 0', frame).map((row) => row['height'] as number)
    const base = rows(of, 'margin 0', 0)[0]!['base'] as number
    expect(base).toBeGreaterThan(1)
    const area = (frame: number): number => heights(frame).reduce((sum, height) => sum + height - base, 0)
    // ∫exp(−wx²)√w dx is the same for all w.
    expect(area(3) / area(1)).toBeCloseTo(1, 2)
    const bars = rows(of, 'margin 1', 0)
    expect(bars).toHaveLength(3)
    expect(bars[0]!['base'] as number).toBeGreaterThan(2)
  })

  it('marks the cursor along an axis that is its variable', () => {
    expect(rows(figure([time]), 'cursor', 0)).toEqual([{ x: 1 }])
    expect(rows(figure([time]), 'cursor', 3)).toEqual([])
  })
})

describe.each([
  ['curves', curve('log')],
  ['densities', densities],
  ['a plane', plane],
  ['time', time],
] as const)('the chart of %s', (_, panel) => {
  it.each([240, 520])(
    'compiles without a warning, and every frame updates it, at width %i',
    async (width) => {
      const said: string[] = []
      const keep = (...words: unknown[]) => {
        said.push(words.join(' '))
        return logger
      }
      const logger = { level: () => logger, error: keep, warn: keep, info: () => logger, debug: () => logger }
      const of = figure([panel])
      const view = { width, picture: () => 'data:image/png;base64,' }
      const { spec } = compile(panelSpec(charts(of)[0]!, view, of.cursor) as unknown as TopLevelSpec, {
        logger: logger as never,
      })
      const drawn = new View(parse(spec), { renderer: 'none', logger: logger as never, logLevel: VegaError })
      for (const frame of [0, 1.5, 3]) {
        const { data } = panelFrame(charts(of)[0]!, { ...view, frame }, of.cursor)
        for (const [name, each] of Object.entries(data)) drawn.data(name, [...each])
        expect(await drawn.toSVG()).not.toMatch(/NaN|undefined/)
      }
      drawn.finalize()
      expect(said).toEqual([])
    },
  )
})

describe('validateFigure()', () => {
  const broken = (change: (json: { cursor?: object; panels: object[] }) => void): (() => unknown) => {
    const json = JSON.parse(JSON.stringify(figure([densities]))) as { panels: object[] }
    change(json)
    return () => validateFigure(json)
  }

  it('refuses arrays for other stops than those there are, and a cursor that is nowhere', () => {
    expect(broken(() => {})).not.toThrow()
    expect(broken((json) => delete json.cursor)).toThrow(FigureError)
    expect(broken((json) => Object.assign(json.cursor!, { shown: 4 }))).toThrow(FigureError)
    expect(broken((json) => Object.assign(json.cursor!, { labels: ['a'] }))).toThrow(FigureError)
    expect(() => figure([densities], { values: [1, 2] })).toThrow(FigureError)
  })
})

describe('the panels of thermodynamics', () => {
  const of = panelsOf(samples.thermodynamicsSample())

  it('all follow one temperature', () => {
    expect(of.cursor!.symbol).toBe('T')
    expect(charts(of).map(({ cursor }) => cursor)).toEqual(['x', 'x', 'x', 'x'])
    expect(panelsOf(samples.thermodynamicsSample()).panels).toHaveLength(4)
    expect(() => validateFigure(JSON.parse(JSON.stringify(of)))).not.toThrow()
  })
})
