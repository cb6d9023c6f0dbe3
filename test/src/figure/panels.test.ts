import { describe, expect, it } from 'vitest'
import {
  FigureError,
  type PanelSeries,
  panelsFigure,
  unpack,
  validateFigure,
} from '../../../src/figure/index.js'
import { equidistant, outlined } from '../../../src/figure/make/decimate.js'
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
