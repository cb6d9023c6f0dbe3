import { parse, Error as VegaError, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import { describe, expect, it } from 'vitest'
import {
  arrange,
  type ChartPanel,
  COLUMN_GAP,
  FigureError,
  isChartPanel,
  type PanelSeries,
  panelKey,
  panelNotes,
  panelSpec,
  panelsFigure,
  panelsText,
  THEMES,
  tableText,
  unpack,
  validateFigure,
} from '../../../src/figure/index.js'
import { equidistant, outlined } from '../../../src/figure/make/decimate.js'
import { linearTicks, logTicks } from '../../../src/figure/spec/ticks.js'
import * as samples from './samples.js'
import { grid } from './samples.js'

const words = { title: 'Panels', alt: 'A figure of panels, made by a test of what is stored.' }
const axes = { x: { label: 'x' }, y: { label: 'y' } }

/** The one series of a figure of one panel. */
function stored(series: PanelSeries, scale: 'linear' | 'log' = 'linear') {
  const figure = panelsFigure({
    ...words,
    panels: [
      { type: 'lines', heading: '', x: { label: 'x', scale }, y: { label: 'y', scale }, series: [series] },
    ],
  })
  const panel = figure.panels[0]!
  if (panel.type !== 'lines') throw new Error(panel.type)
  return panel.series[0]!
}

describe('panelsFigure() of lines', () => {
  it('keeps short curves as they are', () => {
    const { x, y, error, ...said } = stored({ label: 'a', x: [0, 1, 3], y: [2, -1, 5], error: [1, 2, 3] })
    expect([x, y, error].map((each) => [...unpack(each!)])).toEqual([
      [0, 1, 3],
      [2, -1, 5],
      [1, 2, 3],
    ])
    expect(said).toEqual({ label: 'a', mark: 'line', role: 'data' })
  })

  it('leaves out what has no place on the axes, counts it, and breaks the line there', () => {
    const linear = stored({
      label: 'a',
      x: [0, 1, 2, 3, 4],
      y: [1, Number.NaN, 2, 3, Number.POSITIVE_INFINITY],
    })
    expect([...unpack(linear.y!)]).toEqual([1, 2, 3])
    expect([linear.breaks, linear.omitted]).toEqual([[1], 2])
    const log = stored({ label: 'a', x: [0, 1, 2, 3], y: [1, 1, 0, -1] }, 'log')
    expect([...unpack(log.x!)]).toEqual([1])
    expect(log.omitted).toBe(3)
    const none = stored({ label: 'a', x: [1, 2], y: [0, 0] }, 'log')
    expect(none).toEqual({ label: 'a', mark: 'line', role: 'data', omitted: 2 })
  })

  it('stores in double precision what single would show as stairs', () => {
    const [near, tiny] = [grid(0, 1, 9).map((t) => 1e6 + 1e-3 * t), grid(1, 9, 9).map((t) => t * 1e-200)]
    for (const y of [near, tiny]) {
      const series = stored({ label: 'a', x: grid(0, 1, 9), y })
      expect([...unpack(series.y!)]).toEqual([...y])
      expect(series.x!.dtype).toBe('float32')
    }
  })

  it('picks of many points every k-th and says of how many; of bars it takes all or none', () => {
    const [x, y] = [grid(0, 1, 20_000), grid(1, 0, 20_000)]
    const points = stored({ label: 'a', mark: 'points', x, y })
    expect(points.of).toBe(20_000)
    expect(points.x!.shape[0]).toBeLessThanOrEqual(3000)
    expect(() => stored({ label: 'a', mark: 'bars', x, y })).toThrow('at most 400 are drawn')
  })

  it('keeps a break of a long line where it was', () => {
    const x = grid(0, 1, 10_000)
    const y = x.map((v, i) => (i > 4000 && i < 4010 ? Number.NaN : v))
    const series = stored({ label: 'a', x, y })
    const drawn = unpack(series.x!)
    expect(series.breaks).toHaveLength(1)
    const [at] = series.breaks!
    expect(drawn[at! - 1]!).toBeLessThanOrEqual(x[4000]! + 1e-7)
    expect(drawn[at!]!).toBeGreaterThanOrEqual(x[4010]! - 1e-7)
  })
})

describe('panelsFigure() of fields and tables', () => {
  const side = 401
  const axis = grid(-1, 1, side)
  const values = Float64Array.from({ length: side * 3 }, (_, k) => Math.floor(k / 3) + 1000 * (k % 3))
  const base = { type: 'field', heading: '', labels: ['x', 'y'], quantity: 'f' } as const

  it('thins a field so that it stays equidistant and symmetric, x slow', () => {
    const figure = panelsFigure({ ...words, panels: [{ ...base, axes: [axis, [0, 1, 2]], values }] })
    const panel = figure.panels[0]!
    if (panel.type !== 'field') throw new Error(panel.type)
    const x = unpack(panel.axes[0])
    expect(x.length).toBeLessThanOrEqual(160)
    for (let i = 1; i < x.length; i++) expect(x[i]! - x[i - 1]!).toBeCloseTo(x[1]! - x[0]!, 12)
    expect(Math.abs(x[0]! + x.at(-1)!)).toBeLessThan(1.01 * (axis[1]! - axis[0]!))
    const kept = unpack(panel.values)
    expect(kept[1]! - kept[0]!).toBeCloseTo(1000, -1)
  })

  it.each([
    ['falling', [1, 0]],
    ['uneven', [0, 1, 3]],
    ['single', [1]],
  ])('refuses %s axes', (_, y) => {
    const make = () =>
      panelsFigure({
        ...words,
        panels: [{ ...base, axes: [[0, 1], y], values: new Float64Array(2 * y.length) }],
      })
    expect(make).toThrow('panels[0].axes[1] must be two or more rising, equidistant coordinates')
  })

  it('diverging values have a 0 that stays exactly 0', () => {
    const field = {
      ...base,
      scale: 'diverging',
      axes: [
        [0, 1],
        [0, 1, 2],
      ],
      values: [-1, 0, 0.5, 3, 0, -2],
    } as const
    const panel = panelsFigure({ ...words, panels: [field] }).panels[0]!
    if (panel.type !== 'field') throw new Error(panel.type)
    const kept = unpack(panel.values)
    expect([kept[1], kept[4]]).toEqual([0, 0])
  })

  it('a table has as many cells a row as columns', () => {
    const table = { type: 'table', heading: '', columns: [{ label: 'a' }, { label: 'b' }] } as const
    expect(() => panelsFigure({ ...words, panels: [{ ...table, rows: [['1', '2'], ['3']] }] })).toThrow(
      'figure.panels[0].rows[1] has 1 numbers; 2 were expected.',
    )
  })

  it('asks for words for who cannot see it, and keeps the seed', () => {
    expect(() => panelsFigure({ title: 'a', alt: ' ', panels: [] })).toThrow(FigureError)
    expect(panelsFigure({ ...words, seed: 7, panels: [] }).provenance.seed).toBe(7)
  })
})

describe('outlined()', () => {
  it('keeps a peak of one point, the ends, and the order', () => {
    const x = grid(0, 1, 50_000)
    const y = x.map((_, i) => (i === 31_234 ? 9 : Math.sin(i)))
    const kept = outlined(x, y, 640)
    expect(kept.length).toBeLessThanOrEqual(640)
    expect([kept[0], kept.at(-1), kept.includes(31_234)]).toEqual([0, 49_999, true])
    expect(kept.every((i, k) => k === 0 || i > kept[k - 1]!)).toBe(true)
  })

  it('takes strips as they are drawn: on a logarithmic axis every decade has its share', () => {
    const x = grid(1, 1e6, 1e5)
    const kept = outlined(x.map(Math.log), x, 400)
    expect(kept.filter((i) => x[i]! < 1e3).length).toBeGreaterThan(40)
  })

  it('follows a curve that turns back', () => {
    const angle = grid(0, 6.28, 5000)
    const kept = outlined(angle.map(Math.cos), angle.map(Math.sin), 200)
    expect(kept.length).toBeLessThanOrEqual(200)
    expect(kept.length).toBeGreaterThan(100)
  })
})

it('equidistant() leaves out as many at one end as at the other', () => {
  for (const [length, limit] of [
    [10, 20],
    [401, 160],
    [162, 160],
    [1000, 160],
  ] as const) {
    const kept = equidistant(length, limit)
    expect(kept.length).toBeLessThanOrEqual(limit)
    expect(Math.abs(kept[0]! - (length - 1 - kept.at(-1)!))).toBeLessThanOrEqual(1)
  }
})

it('a figure of panels survives JSON', () => {
  const figure = panelsFigure({ ...words, panels: [{ type: 'lines', heading: '', ...axes, series: [] }] })
  const back: unknown = JSON.parse(JSON.stringify(figure))
  expect(validateFigure(back)).toEqual(figure)
})

/** A logger that keeps what vega-lite and vega complain about. */
function listener() {
  const said: string[] = []
  const keep = (...complaint: unknown[]) => {
    said.push(complaint.join(' '))
    return logger
  }
  const logger = { level: () => logger, error: keep, warn: keep, info: () => logger, debug: () => logger }
  return { said, logger: logger as never }
}

const CHARTS = samples.panelsSample().panels.filter(isChartPanel)

/** The chart of one panel of curves. */
function curves(series: PanelSeries[], scale: 'linear' | 'log' = 'linear') {
  const axis = (label: string) => ({ label, scale })
  const panel = { type: 'lines', heading: '', x: axis('x'), y: axis('y'), series } as const
  const record = panelsFigure({ ...words, panels: [panel] }).panels[0]! as ChartPanel
  const spec = panelSpec(record, {}) as {
    datasets: Record<string, Record<string, number>[]>
    layer: {
      mark: Record<string, unknown>
      encoding: Record<'x' | 'y', { scale: { domain: [number, number] } }>
    }[]
  }
  const { x, y } = spec.layer[0]!.encoding
  return { record, spec, x: x.scale.domain, y: y.scale.domain }
}

describe.each(CHARTS.map((panel, k) => [k, panel] as const))('the chart of panel %i', (_, panel) => {
  it.each([200, 330, 640])('compiles and runs without a warning at width %i', async (width) => {
    const { said, logger } = listener()
    const { spec } = compile(panelSpec(panel, { width }) as unknown as TopLevelSpec, { logger })
    const view = new View(parse(spec), { renderer: 'none', logger, logLevel: VegaError })
    const svg = await view.toSVG()
    view.finalize()
    expect(said).toEqual([])
    expect(svg).not.toMatch(/NaN|undefined/)
  })

  it('is pure JSON, in the inks of the theme', () => {
    const spec = panelSpec(panel, { theme: 'dark' })
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec)
    expect(JSON.stringify(spec)).toContain(THEMES.dark.ink)
    expect(JSON.stringify(spec)).not.toContain(THEMES.light.ink)
  })
})

describe('the axes of curves', () => {
  it('hold all data and error bars', () => {
    const { x, y } = curves([{ label: 'a', mark: 'points', x: [1, 2], y: [5, 6], error: [3, 1] }])
    expect([x[0] < 1, x[1] > 2, y[0] < 2, y[1] > 8]).toEqual([true, true, true, true])
  })

  it('are not run away with by a reference that diverges', () => {
    const x = grid(0.01, 1, 100)
    const { y } = curves([
      { label: 'data', x, y: x },
      { label: 'limit', role: 'reference', x, y: x.map((v) => 1 / v ** 3) },
    ])
    expect(y[1]).toBeLessThan(2)
    expect(curves([{ label: 'alone', role: 'reference', x, y: x.map((v) => 9 * v) }]).y[1]).toBeGreaterThan(9)
  })

  it('have bars stand on 0, and a range where all values are one', () => {
    expect(curves([{ label: 'a', mark: 'bars', x: [1, 2], y: [5, 6] }]).y[0]).toBe(0)
    const { y } = curves([{ label: 'a', x: [1, 2], y: [5, 5] }])
    expect([y[0] < 5, y[1] > 5]).toEqual([true, true])
  })

  it('in logarithms have bars and error bars that end at their foot', () => {
    const { spec, y } = curves(
      [{ label: 'a', mark: 'points', x: [1, 10], y: [1, 100], error: [2, 1] }],
      'log',
    )
    expect(y[0]).toBeGreaterThan(0)
    expect(spec.datasets['series 0']![0]!['below']).toBe(y[0])
  })
})

describe('the curves of a chart', () => {
  const many = (count: number, mark: 'line' | 'points'): PanelSeries[] =>
    Array.from({ length: count }, (_, k) => ({ label: `${k}`, mark, x: [0, 1], y: [k, k] }))

  it.each(['line', 'points'] as const)('twelve of mark %s differ in colour or sign', (mark) => {
    for (const theme of Object.values(THEMES)) {
      const entries = panelKey(curves(many(12, mark)).record, theme)!.entries
      expect(new Set(entries.map(({ colour, sign }) => `${colour} ${sign}`)).size).toBe(12)
    }
  })

  it('of one label look alike and stand in the key once; without one they are not in it', () => {
    const bundle = ['a', 'a', 'b', '', '', 'a'].map((label) => ({ label, x: [0, 1], y: [0, 1] }))
    const { record, spec } = curves(bundle)
    expect(panelKey(record, THEMES.light)!.entries.map(({ label }) => label)).toEqual(['a', 'b'])
    const [first, second, third] = THEMES.light.series
    expect(spec.layer.map(({ mark }) => mark['color'])).toEqual([first, first, second, third, third, first])
  })

  it('one has a key only where that says more than the axis', () => {
    const key = (label: string) => panelKey(curves([{ label, x: [0, 1], y: [0, 1] }]).record, THEMES.light)
    expect([key('y'), key(''), key('another')?.entries.length]).toEqual([undefined, undefined, 1])
  })

  it('that are compared with are dashed and lie on top', () => {
    const { spec } = curves([
      { label: 'theory', role: 'reference', x: [0, 1], y: [0, 1] },
      { label: 'data', x: [0, 1], y: [0, 1] },
    ])
    expect(spec.layer.map(({ mark }) => mark['strokeDash'])).toEqual([undefined, [6, 3]])
  })

  it('a point between two breaks is a dot', () => {
    const { spec } = curves([{ label: 'a', x: [0, 1, 2, 3, 4], y: [0, Number.NaN, 2, Number.NaN, 4] }])
    const alone = spec.datasets['series 0']!.filter((row) => row['alone'])
    expect(alone.map(({ x }) => x)).toEqual([0, 2, 4])
    expect(spec.layer.filter(({ mark }) => mark['type'] === 'point')).toHaveLength(1)
  })
})

it('what is not drawn is said, in the chart and in the text', () => {
  const x = grid(0, 1, 20_000)
  const points = curves([{ label: 'a', mark: 'points', x, y: x.map((v, i) => (i === 5 ? Number.NaN : v)) }])
  const sentences = ['a: 3 000 of 19 999 points are drawn.', 'a: 1 point has no place on the axes.']
  const plain = (text: string) => text.replaceAll('\u202f', ' ')
  expect(panelNotes(points.record).map(plain)).toEqual(sentences)
  const text = plain(panelsText({ ...samples.panelsSample(), panels: [points.record] }))
  for (const sentence of sentences) expect(text).toContain(sentence)
  const plane = {
    type: 'field',
    heading: '',
    labels: ['x', 'y'],
    quantity: 'f',
    values: [0, 1, 2, 3],
  } as const
  const field = {
    ...plane,
    axes: [
      [0, 1],
      [0, 1],
    ] as const,
    samples: [x, x] as const,
  }
  const [record] = panelsFigure({ ...words, panels: [field] }).panels
  expect(panelNotes(record as ChartPanel).map(plain)).toEqual(['3 000 of 20 000 samples are drawn.'])
})

it('paths over a field look as the curves of the same labels in a chart', () => {
  const labels = Array.from({ length: 8 }, (_, k) => `optimiser ${k}`)
  const paths = labels.map((label) => ({ label, points: [0, 0, 1, 1] }))
  const field = { type: 'field', heading: '', labels: ['x', 'y'], quantity: 'f' } as const
  const axes = [
    [0, 1],
    [0, 1],
  ] as const
  const [record] = panelsFigure({
    ...words,
    panels: [{ ...field, axes, values: [0, 1, 2, 3], paths }],
  }).panels
  const chart = curves(labels.map((label) => ({ label, x: [0, 1], y: [0, 1] }))).record
  for (const theme of Object.values(THEMES)) {
    expect(panelKey(record as ChartPanel, theme)!.entries).toEqual(panelKey(chart, theme)!.entries)
  }
})

it('paths of one label are a bundle: one colour, one entry, and fewer points each', () => {
  const points = Float64Array.from({ length: 2000 }, (_, i) => i / 2000)
  const paths = Array.from({ length: 100 }, (_, k) => ({ label: k < 40 ? 'walkers' : '', points }))
  const field = { type: 'field', heading: '', labels: ['x', 'y'], quantity: 'f', scale: 'wells' } as const
  const axes = [
    [0, 1],
    [0, 1],
  ] as const
  const figure = panelsFigure({ ...words, panels: [{ ...field, axes, values: [0, 1, 2, 3], paths }] })
  const panel = figure.panels[0] as ChartPanel
  expect(panelKey(panel, THEMES.light)!.entries.map(({ label }) => label)).toEqual([
    'contours of f',
    'walkers',
  ])
  expect(JSON.stringify(figure).length).toBeLessThan(120_000)
})

describe('the key of a field', () => {
  const bar = (scale: 'sequential' | 'diverging', values: number[]) => {
    const field = { type: 'field', heading: '', labels: ['x', 'y'], quantity: 'f', scale, values } as const
    const axis = [0, 1]
    const [record] = panelsFigure({ ...words, panels: [{ ...field, axes: [axis, axis] }] }).panels
    return panelKey(record as ChartPanel, THEMES.light)!.bar!
  }

  it('says the values of its ends; 0 has the colour of the paper', () => {
    expect(bar('sequential', [1, 2, 3, 4]).labels).toEqual(['0', '4'])
    expect(bar('sequential', [-1e-18, 2, 3, 4]).labels).toEqual(['0', '4'])
    expect(bar('sequential', [-2, 2, 3, 4]).labels).toEqual(['−2', '4'])
    const { labels, colours } = bar('diverging', [-2, 0, 1, 1])
    expect(labels).toEqual(['−2', '0', '2'])
    expect(colours[(colours.length - 1) / 2]).toBe(THEMES.light.background)
  })
})

describe('arrange()', () => {
  const { panels } = samples.panelsSample()
  const rows = (width: number) =>
    arrange(panels, width).map((row) => row.panels.map(({ type }) => type[0]).join(''))

  it('sets one to three charts beside each other by width, and tables alone', () => {
    expect(rows(800)).toEqual(['fll', 'lf', 't'])
    expect(rows(600)).toEqual(['fl', 'll', 'f', 't'])
    expect(rows(400)).toEqual(['f', 'l', 'l', 'l', 'f', 't'])
  })

  it('fits the width', () => {
    for (const width of [240, 439, 440, 689, 690, 860]) {
      for (const row of arrange(panels, width)) {
        const across = row.panels.length * row.width + (row.panels.length - 1) * COLUMN_GAP
        expect(across).toBeLessThanOrEqual(width)
      }
    }
  })
})

describe('labels of axes', () => {
  const shown = ({ values, labels }: { values: readonly number[]; labels: readonly string[] }) => [
    values.map((value) => Number(value.toPrecision(10))),
    labels,
  ]

  it('are multiples of 1, 2 or 5, with as many digits as they need', () => {
    expect(shown(linearTicks([-3, 3], 4))).toEqual([
      [-2, 0, 2],
      ['−2', '0', '2'],
    ])
    expect(shown(linearTicks([0.1, 0.62], 5))).toEqual([
      [0.1, 0.2, 0.3, 0.4, 0.5, 0.6],
      ['0.1', '0.2', '0.3', '0.4', '0.5', '0.6'],
    ])
    expect(linearTicks([0, 2.4e-7], 3).labels).toEqual(['0', '10⁻⁷', '2·10⁻⁷'])
    expect(linearTicks([-1.2e6, 0], 3).labels).toEqual(['−10⁶', '−5·10⁵', '0'])
    expect(linearTicks([-9, 9], 1).labels).toEqual(['−5', '0', '5'])
    expect(linearTicks([1, 1.0004], 4).labels.slice(0, 2)).toEqual(['1.0000', '1.0001'])
  })

  it('in logarithms are powers of ten, or multiples where there are too few', () => {
    expect(logTicks([1e-3, 1e3], 7).labels).toEqual(['10⁻³', '10⁻²', '10⁻¹', '1', '10', '10²', '10³'])
    expect(logTicks([0.01, 100], 7).labels).toEqual(['0.01', '0.1', '1', '10', '100'])
    expect(logTicks([1e-12, 1], 4).labels.length).toBeLessThanOrEqual(5)
    expect(logTicks([0.15, 3], 4).labels).toEqual(['0.2', '0.5', '1', '2'])
    expect(logTicks([2.1, 2.9], 4).labels.length).toBeGreaterThanOrEqual(2)
  })
})

it('tableText() aligns columns', () => {
  const columns = [{ label: 'a' }, { label: 'value', align: 'right' }] as const
  expect(
    tableText(columns, [
      ['long', '1'],
      ['x', '100'],
    ]),
  ).toBe('a     value\n────  ─────\nlong      1\nx       100')
})
