/** What vega draws of a chart is what it draws of vega-lite's own compilation, element by element. */
import { parse, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import { describe, expect, it } from 'vitest'
import {
  type Figure,
  isChart,
  isChartPanel,
  isPanelled,
  panelSpec,
  panelsOf,
  type View as Shown,
  toVega,
  toVegaLite,
  type Unit,
} from '../../../src/figure/index.js'
import { panelsFigure } from '../../../src/figure/make/panels/panels.js'
import { parametrise, whole } from '../../../src/page/parametrise.js'
import * as samples from './samples.js'

const x = samples.grid(0, 2, 5)

/** What no sample has: gaps, levels, moving heads, a backdrop, and curves beside a field. */
const rest = panelsFigure({
  title: 'Marks',
  alt: 'Marks of every kind.',
  panels: [
    {
      type: 'lines',
      heading: '',
      x: { label: 'x' },
      y: { label: '' },
      series: [
        { label: 'behind', role: 'backdrop', x, y: x.map((v) => v * v) },
        { label: 'gaps', x, y: [0, Number.NaN, 2, 1, Number.NaN] },
        { label: 'levels', mark: 'levels', x, y: x },
        { label: 'heads', mark: 'heads', x: [1, Number.NaN], y: [1, 1] },
        { label: 'steps', mark: 'steps', role: 'reference', x, y: x },
      ],
    },
    {
      type: 'field',
      heading: '',
      labels: ['x', 'y'],
      axes: [x, x],
      values: Float64Array.from({ length: 25 }, (_, k) => Math.sin(k)),
      quantity: 'f',
      margins: [
        { side: 'left', label: 'before', mark: 'bars', values: [1, 2, 1, 0, 0] },
        { side: 'right', label: 'after', mark: 'line', values: [0, 1, 2, 1, 0] },
        { side: 'top', label: 'mean', mark: 'line', values: [0, 1, 2, 1, 0] },
      ],
    },
  ],
})

/** The charts of a figure. */
function charts(figure: Figure, view: Shown): Unit[] {
  if (isChart(figure)) return [toVegaLite(figure, view)]
  if (!isPanelled(figure)) return []
  const { panels, cursor } = panelsOf(figure)
  return panels.filter(isChartPanel).map((panel) => panelSpec(panel, view, cursor))
}

/** The elements that are drawn, without what nobody sees: names, counted ids, and the frame without ink around all. */
async function elements(spec: Unit): Promise<string> {
  const view = new View(parse(spec), { renderer: 'none' })
  const svg = await view.toSVG()
  view.finalize()
  const ids = new Map<string, string>()
  return svg
    .replace(/<path class="background"[^>]*>/, '')
    .replaceAll(/ \w*(?:marks|group)"/g, '"')
    .replaceAll(/(?:gradient|clip)_?\d+/g, (id) => {
      if (!ids.has(id)) ids.set(id, `id${ids.size}`)
      return ids.get(id)!
    })
}

/** As it is made, and as a page takes it, with parameters for numbers. */
const FORMS: readonly (readonly [string, Shown, (spec: Unit) => Unit])[] = [
  ['as it is', { width: 240, theme: 'dark' }, (spec) => spec],
  ['with parameters', { width: 680, theme: 'light' }, (spec) => whole(parametrise(spec))],
]

const picture = () => 'data:image/png;base64,'

const { derivation: _, ...drawn } = samples.allSamples()

describe.each(Object.entries({ ...drawn, rest }))('the chart of %s', (_name, figure) => {
  it.each(FORMS)('is drawn alike %s', async (_form, view, form) => {
    for (const spec of charts(figure, { ...view, picture })) {
      // Vega marks the rows that it draws: each gets its own.
      const lite = compile(structuredClone(form(spec)) as unknown as TopLevelSpec).spec
      const drawn = await elements(toVega(structuredClone(form(spec)), 'url'))
      expect(drawn.length).toBeGreaterThan(2000)
      expect(drawn).toBe(await elements(lite as unknown as Unit))
    }
  })
})
