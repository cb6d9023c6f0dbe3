/**
 * A figure that is plain charts as one vega-lite 5 document, for front ends that draw those and know nothing of ψlab.
 */
import { THEMES } from '../colour/theme.js'
import type { Figure, LinesPanelRecord } from '../payload.js'
import { frameCount, isChart, isPanelled, panelsOf, toVegaLite } from './index.js'
import { DASHES, type Key, keyOf } from './key.js'
import { isChartPanel, panelKey, panelSpec } from './panels/index.js'
import type { Row, Unit } from './view.js'

/** Characters of the longest document: beyond it the picture serves better. */
const LONGEST = 40_000

/** Outer width of a chart alone, and of one beside others. */
const [ALONE, BESIDE] = [620, 360]

/** Digits of its numbers: more are not seen. */
const DIGITS = 6

const FONTS = { text: 'sans-serif', math: 'serif' }

/** Each chart has its own legend, below it. */
const OWN = {
  scale: { color: 'independent', strokeDash: 'independent' },
  legend: { color: 'independent', strokeDash: 'independent' },
}

/** A chart of the document. */
interface Part {
  readonly title: string
  readonly spec: Unit
  readonly key: Key | undefined
}

/** The figure in vega-lite 5; undefined where it moves, needs colours painted, has a table, or is too long. */
export function plainChart(figure: Figure): Unit | undefined {
  const parts = partsOf(figure)
  if (!parts || parts.length === 0 || !parts.every(isPlain)) return undefined
  const charts = parts.map(({ title, spec, key }, k) => ({
    title,
    width: spec['width'],
    height: spec['height'],
    layer: [...layersOf(spec, `${k} `), ...(key ? [legend(key)] : [])],
  }))
  const [only] = charts
  const document = {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    description: figure.alt,
    background: THEMES.light.background,
    config: parts[0]!.spec['config'],
    datasets: Object.assign({}, ...parts.map(({ spec }, k) => datasetsOf(spec, `${k} `))),
    ...(charts.length === 1 ? only : { title: figure.title, concat: charts, columns: 2, resolve: OWN }),
  }
  return JSON.stringify(document).length > LONGEST ? undefined : document
}

function partsOf(figure: Figure): Part[] | undefined {
  if (isChart(figure)) {
    if (frameCount(figure) > 1) return undefined
    const view = { width: ALONE, fonts: FONTS }
    return [{ title: figure.title, spec: toVegaLite(figure, view), key: keyOf(figure, THEMES.light) }]
  }
  if (!isPanelled(figure)) return undefined
  const { panels, cursor: movable } = panelsOf(figure)
  const charts = panels.filter(isChartPanel)
  if (charts.length < panels.length) return undefined
  // What follows the cursor is shown where it stands first; a cursor that only marks a place cannot be moved here.
  const follows = charts.some((panel) => panel.type === 'lines' && hasFrames(panel))
  const cursor = follows ? movable : undefined
  const view = {
    width: charts.length > 1 ? BESIDE : ALONE,
    fonts: FONTS,
    ...(cursor && { frame: cursor.shown }),
  }
  return charts.map((panel) => ({
    title: panel.heading,
    spec: panelSpec(panel, view, cursor),
    key: panelKey(panel, THEMES.light),
  }))
}

function hasFrames({ series }: LinesPanelRecord): boolean {
  return series.some(({ y }) => y && y.shape.length > 1)
}

const layersIn = (spec: Unit): readonly Unit[] => (spec['layer'] as Unit[] | undefined) ?? []

/** Whether a chart is marks over data alone: no painted field, and nothing that is pushed into it. */
function isPlain({ spec, key }: Part): boolean {
  const painted = ({ mark }: Unit): boolean => (mark as { type?: string } | undefined)?.type === 'image'
  const layers = layersIn(spec)
  const pushed = (spec['params'] as unknown[] | undefined) ?? []
  return layers.length > 0 && pushed.length === 0 && !key?.bar && !layers.some(painted)
}

/** The layers, their data under the names that it has in the document. */
function layersOf(spec: Unit, prefix: string): Unit[] {
  const rows = spec['datasets'] as Record<string, readonly Row[]>
  return layersIn(spec).map((layer) => {
    const name = (layer['data'] as { name?: string } | undefined)?.name
    if (name === undefined) return layer
    return { ...layer, data: { name: `${prefix}${name}`, format: formatOf(rows[name] ?? []) } }
  })
}

/** Rows as CSV, which is a third of their JSON. */
function datasetsOf(spec: Unit, prefix: string): Record<string, string> {
  const datasets = Object.entries(spec['datasets'] as Record<string, readonly Row[]>)
  return Object.fromEntries(datasets.map(([name, rows]) => [`${prefix}${name}`, csv(rows)]))
}

function columnsOf(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
}

function csv(rows: readonly Row[]): string {
  const columns = columnsOf(rows)
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((row) => row.map(cell).join())
    .join('\n')
}

function cell(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(DIGITS)))
  const text = String(value ?? '')
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function formatOf(rows: readonly Row[]): Unit {
  const typeIn = (column: string): string => typeof rows.find((row) => row[column] !== undefined)?.[column]
  return {
    type: 'csv',
    parse: Object.fromEntries(columnsOf(rows).map((column) => [column, typeIn(column)])),
  }
}

/** What colours and dashes mean: a layer that draws nothing but its legend. */
function legend({ entries }: Key): Unit {
  const domain = entries.map(({ label }) => label)
  const channel = (range: readonly unknown[]): Unit => ({
    field: 'label',
    type: 'nominal',
    sort: null,
    scale: { domain, range },
    legend: { title: null, orient: 'bottom', symbolOpacity: 1, columns: 2 },
  })
  return {
    data: { values: domain.map((label) => ({ label })) },
    mark: { type: 'line', opacity: 0 },
    encoding: {
      color: channel(entries.map(({ colour }) => colour)),
      strokeDash: channel(entries.map(({ sign }) => DASHES[sign] ?? [])),
    },
  }
}
