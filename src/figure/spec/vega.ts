/**
 * Charts as vega draws them. Figures are written in the grammar of vega-lite 6, and use little of it: layers of marks over
 * two numeric axes with given domains, and several of these in a grid. That much is compiled here, to what vega-lite itself
 * would have vega draw: https://vega.github.io/vega-lite/docs/, defaults as in its `src/compile`.
 */
import type { Unit } from './view.js'

/** How the pictures of a chart are held: canvases of a page as themselves, files by their address. */
export type PictureForm = 'image' | 'url'

/** The chart for `vega.parse`. */
export function toVega(spec: Unit, pictures: PictureForm): Unit {
  const data = new Data((spec['datasets'] ?? {}) as Unit)
  const charts = spec['concat'] as readonly Unit[] | undefined
  const drawn = charts
    ? {
        layout: {
          padding: spec['spacing'],
          columns: spec['columns'],
          bounds: spec['bounds'],
          align: 'each',
        },
        marks: charts.map((chart) => ({
          type: 'group',
          encode: { update: { width: { value: chart['width'] }, height: { value: chart['height'] } } },
          ...layered(chart, data, pictures),
        })),
      }
    : { width: spec['width'], height: spec['height'], ...layered(spec, data, pictures) }
  return {
    autosize: spec['autosize'],
    background: spec['background'],
    padding: spec['padding'],
    config: config(spec['config'] as Config),
    signals: spec['params'] ?? [],
    data: data.all,
    ...drawn,
  }
}

interface Config {
  readonly aria: boolean
  readonly font: string
  readonly axis: Unit
  readonly text: Unit
}

function config({ aria, font, axis, text }: Config): Unit {
  const words = { font }
  return {
    aria,
    axis,
    text: { ...words, fontSize: text['fontSize'] },
    style: { 'guide-label': words, 'guide-title': words },
  }
}

/** The data of a chart: its own sets, and what is left of one where not every row is drawn. */
class Data {
  readonly #all = new Map<string, Unit>()

  constructor(sets: Unit) {
    for (const [name, values] of Object.entries(sets)) this.#all.set(name, { name, values })
  }

  get all(): Unit[] {
    return [...this.#all.values()]
  }

  /** The rows of a set for which all the expressions are true. */
  where(source: string, filters: readonly string[]): string {
    if (filters.length === 0) return source
    const name = [source, ...filters].join(' where ')
    const transform = filters.map((expr) => ({ type: 'filter', expr }))
    if (!this.#all.has(name)) this.#all.set(name, { name, source, transform })
    return name
  }
}

/** A channel of an encoding: a field of the data, or a number of the axis (`datum`) or of the page (`value`). */
interface Channel {
  readonly field?: string
  readonly datum?: number | Expression
  readonly value?: number
  readonly scale?: Unit | null
  readonly axis?: Unit
}

type Encoding = Readonly<Record<string, Channel>>

/** A parameter in place of a number. */
interface Expression {
  readonly expr: string
}

const isExpression = (value: unknown): value is Expression =>
  typeof value === 'object' && value !== null && 'expr' in value

/** A value, or the signal of the parameter that holds it. */
const held = (value: unknown): unknown => (isExpression(value) ? { signal: value.expr } : value)
const given = (value: unknown): Unit => (isExpression(value) ? { signal: value.expr } : { value })

/** Marks over two axes. */
function layered(spec: Unit, data: Data, pictures: PictureForm): Unit {
  const layers = spec['layer'] as readonly Layer[]
  /** The first channel that says what a scale is. */
  const scaled = (name: string): Channel | undefined =>
    layers.map(({ encoding }) => encoding[name]).find((channel) => channel?.scale)
  const [x, y, color] = ['x', 'y', 'color'].map(scaled)
  return {
    scales: [
      ...(x ? [scale(x, { name: 'x', type: 'linear', range: [0, spec['width']] })] : []),
      ...(y ? [scale(y, { name: 'y', type: 'linear', range: [spec['height'], 0] })] : []),
      ...(color ? [scale(color, { name: 'color', type: 'ordinal' })] : []),
    ],
    axes: [
      ...(y?.axis?.['grid'] ? [gridLines(y.axis)] : []),
      ...(x ? [axis(x, { scale: 'x', orient: 'bottom', labelFlush: true })] : []),
      ...(y ? [axis(y, { scale: 'y', orient: 'left' })] : []),
    ],
    marks: layers.flatMap((layer) => marks(layer, data, pictures)),
  }
}

function scale({ scale }: Channel, of: Unit): Unit {
  return { ...of, ...scale, domain: held(scale!['domain']) }
}

function axis({ axis }: Channel, at: Unit): Unit {
  const { title, labelExpr, values, ...rest } = axis as {
    title: string
    labelExpr?: string
    values?: unknown
  }
  return {
    ...at,
    zindex: 0,
    aria: false,
    ...rest,
    grid: false,
    ...(title !== '' && { title }),
    ...(values !== undefined && { values: held(values) }),
    ...(labelExpr !== undefined && { encode: { labels: { update: { text: { signal: labelExpr } } } } }),
  }
}

/** Lines across from the values of the vertical axis, below everything else. */
function gridLines({ values, tickCount }: Unit): Unit {
  return {
    scale: 'y',
    orient: 'left',
    gridScale: 'x',
    grid: true,
    domain: false,
    labels: false,
    ticks: false,
    minExtent: 0,
    maxExtent: 0,
    zindex: 0,
    aria: false,
    ...(values !== undefined && { values: held(values) }),
    ...(tickCount !== undefined && { tickCount }),
  }
}

interface Layer {
  readonly data: { readonly name?: string }
  readonly transform?: readonly { readonly filter: string }[]
  readonly mark: Unit & { readonly type: string; readonly point?: Unit }
  readonly encoding: Encoding
}

/** Marks that connect the rows of a set. */
const PATHS: ReadonlySet<string> = new Set(['line', 'area'])

/** Marks that are drawn in outline. */
const OUTLINES: ReadonlySet<string> = new Set(['line', 'rule', 'point'])

/** What vega knows by another name. */
const NAMES: Readonly<Record<string, string>> = { point: 'symbol' }

function marks(layer: Layer, data: Data, pictures: PictureForm): Unit[] {
  const { mark, encoding, transform = [] } = layer
  const path = PATHS.has(mark.type)
  const filters = transform.map(({ filter }) => filter)
  const there = ['x', 'y'].flatMap((name) => encoding[name]?.field ?? []).map((field) => finite(field))
  const from = layer.data.name && data.where(layer.data.name, path ? filters : [...filters, ...there])
  const order = encoding['order']?.field
  const drawn: Unit = {
    type: NAMES[mark.type] ?? mark.type,
    style: mark.type,
    ...(from && { from: { data: from } }),
    ...(mark['clip'] === true && { clip: true }),
    ...(order !== undefined ? { sort: { field: datum(order) } } : path && { sort: { field: along(layer) } }),
    encode: {
      update: {
        ...style(layer),
        ...(path && there.length > 0 && { defined: { signal: there.join(' && ') } }),
        ...positions(layer),
        ...(encoding['text'] && { text: { field: encoding['text'].field } }),
        ...(encoding['url'] && { [pictures]: { field: encoding['url'].field } }),
      },
    },
  }
  const groupby = [...INKS, 'detail'].flatMap((name) => encoding[name]?.field ?? [])
  return [
    path && from && groupby.length > 0 ? eachOf(drawn, from, groupby) : drawn,
    ...(mark.point
      ? marks({ ...layer, mark: { opacity: 1, ...mark.point, type: 'point' } }, data, pictures)
      : []),
  ]
}

const datum = (field: string): string => `datum[${JSON.stringify(field)}]`
/** Whether a row has a number there. */
const finite = (field: string): string => `isFinite(${datum(field)})`

/** The direction in which a path without an order runs. */
function along({ mark, encoding }: Layer): 'x' | 'y' {
  return mark['orient'] === 'horizontal' || (encoding['x2'] && !encoding['y2']) ? 'y' : 'x'
}

/** A path for each value of some fields. */
function eachOf(path: Unit, data: string, groupby: readonly string[]): Unit {
  const name = `each ${groupby.join(' and ')}`
  return {
    type: 'group',
    from: { facet: { name, data, groupby } },
    encode: { update: { width: { field: { group: 'width' } }, height: { field: { group: 'height' } } } },
    marks: [{ ...path, from: { data: name } }],
  }
}

/** Channels by which marks of one layer look different. */
const INKS = ['color', 'fill', 'shape'] as const

/** Properties of a mark that vega has by the same name. */
const LOOKS = [
  'align',
  'aspect',
  'baseline',
  'dx',
  'dy',
  'fill',
  'fillOpacity',
  'font',
  'fontSize',
  'fontStyle',
  'interpolate',
  'opacity',
  'shape',
  'size',
  'stroke',
  'strokeDash',
  'strokeOpacity',
  'strokeWidth',
  'text',
] as const

/** Points that do not say how opaque they are. */
const POINT_OPACITY = 0.7

function style(layer: Layer): Unit {
  const { mark, encoding } = layer
  const { type, color = 'black', filled = !OUTLINES.has(type) } = mark
  const ink = filled === true ? 'fill' : 'stroke'
  const looks = LOOKS.filter((name) => mark[name] !== undefined)
  const { color: inked, fill, shape } = encoding
  return {
    ...(type === 'area' && { orient: { value: along(layer) === 'x' ? 'vertical' : 'horizontal' } }),
    ...(type === 'text' && { baseline: { value: 'middle' } }),
    ...(type === 'point' && {
      ...(!filled && { fill: { value: 'transparent' } }),
      ...(mark['fillOpacity'] === undefined && { opacity: { value: POINT_OPACITY } }),
    }),
    ...(type !== 'image' && { [ink]: given(color) }),
    ...Object.fromEntries(looks.map((name) => [name, given(mark[name])])),
    ...(inked && { [ink]: inked.scale ? { scale: 'color', field: inked.field } : { field: inked.field } }),
    ...(fill && { fill: { field: fill.field } }),
    ...(shape && { shape: { field: shape.field } }),
  }
}

/** Where a mark stands; rules and rectangles go right across where nothing else is said. */
function positions({ mark, encoding }: Layer): Unit {
  const place = (name: string): Unit => {
    const { field, datum, value } = encoding[name]!
    const scale = name[0]
    if (field !== undefined) return { scale, field }
    return datum === undefined ? { value } : { scale, ...given(datum) }
  }
  const said = ['x', 'x2', 'y', 'y2'].filter((name) => encoding[name])
  const across = ACROSS[mark.type]
  return {
    ...(encoding['x'] ? {} : across?.x),
    ...(encoding['y'] ? {} : across?.y),
    ...Object.fromEntries(said.map((name) => [name, place(name)])),
  }
}

const start = { value: 0 }
const end = (side: 'width' | 'height'): Unit => ({ field: { group: side } })

/** From one side of the chart to the other. */
const ACROSS: Readonly<Record<string, { readonly x: Unit; readonly y: Unit }>> = {
  rect: { x: { x: start, x2: end('width') }, y: { y: start, y2: end('height') } },
  rule: { x: { x: end('width'), x2: start }, y: { y: start, y2: end('height') } },
}
