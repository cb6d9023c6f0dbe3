/**
 * Curves, points, bars and steps over common axes.
 */
import type { Theme } from '../../colour/theme.js'
import { say } from '../../make/words.js'
import { unpack } from '../../packed.js'
import type { CursorRecord, LinesPanelRecord, ScaleRecord, SeriesRecord } from '../../payload.js'
import { type Axis, chart, position, type Setting, setting, uprightTitle } from '../grammar.js'
import { DASHES, type Key, type KeyEntry, labelledOnce, lineStyle, type Sign } from '../key.js'
import { memo } from '../memo.js'
import { labelled, linearTicks, logTicks } from '../ticks.js'
import type { FrameUpdate, Row, Unit, View } from '../view.js'
import { type Between, betweenStops, cursorValue, frameOf, rowAt } from './cursor.js'
import { thousands } from './words.js'

/** Widest chart: a single curve gains nothing beyond. */
export const WIDEST_LINES = 640

/** Outer height that suits a width. */
export function linesHeight(width: number): number {
  return Math.round(Math.min(330, Math.max(190, 0.72 * width)))
}

/** A decoded series. */
interface Curve {
  readonly series: SeriesRecord
  /** Coordinates of the points; of a framed series a row of them, or one common row, a stop of the cursor. */
  readonly x: Float64Array
  readonly y: Float64Array
  readonly points: number
  readonly error?: Float64Array
  /** The stroke that each point belongs to. */
  readonly stroke: readonly number[]
  /** Whether it goes up and down so often that a thick line would hide its course. */
  readonly ragged: boolean
}

/** Turns of a curve that is still smooth. */
const TURNS = 24

/** How often some values turn from rising to falling or back, as runs of noise do. */
function turns(values: Float64Array): number {
  let [count, last] = [0, 0]
  for (let i = 1; i < values.length; i++) {
    const direction = Math.sign(values[i]! - values[i - 1]!)
    if (direction === 0) continue
    if (direction === -last) count++
    last = direction
  }
  return count
}

const curvesOf = memo((panel: LinesPanelRecord): readonly Curve[] =>
  panel.series.map((series) => {
    const { x, y, error, breaks = [] } = series
    const numbers = x ? unpack(x) : new Float64Array()
    const heights = y ? unpack(y) : new Float64Array()
    const points = y?.shape[y.shape.length - 1] ?? 0
    const starts = new Set(breaks)
    let stroke = 0
    return {
      series,
      x: numbers,
      y: heights,
      points,
      ...(error && { error: unpack(error) }),
      stroke: Array.from({ length: points }, (_, i) => {
        if (starts.has(i)) stroke++
        return stroke
      }),
      ragged: turns(heights.subarray(0, points)) > TURNS,
    }
  }),
)

/** How a series is drawn: by its place among those of its role. */
interface Style {
  readonly colour: string
  readonly sign: Sign
}

/** Signs in the order in which they are taken: colours first, then these. */
const REFERENCES: readonly Sign[] = ['dashed', 'dotted', 'dashdot']
const POINTS: readonly Sign[] = ['circle', 'diamond', 'square', 'triangle', 'cross']

/** Whether a series has another shape at each stop of the cursor. */
function isFramed({ y }: SeriesRecord): boolean {
  return (y?.shape.length ?? 1) > 1
}

function stylesOf({ series }: LinesPanelRecord, theme: Theme): readonly Style[] {
  const seen = { data: new Map<string, number>(), reference: new Map<string, number>() }
  return series.map(({ mark, role, label }) => {
    if (role === 'backdrop') return { colour: theme.zeta, sign: 'line' }
    const places = seen[role]
    if (!places.has(label)) places.set(label, places.size)
    const k = places.get(label)!
    if (role === 'reference') {
      const sign = mark === 'points' ? POINTS[k % POINTS.length]! : REFERENCES[k % REFERENCES.length]!
      return {
        colour: k < REFERENCES.length ? theme.ink : theme.muted,
        sign: mark === 'bars' ? 'block' : sign,
      }
    }
    if (mark === 'bars') return { ...lineStyle(theme, k), sign: 'block' }
    // Points of another colour also have another shape.
    if (mark === 'points' || mark === 'heads')
      return { ...lineStyle(theme, k), sign: POINTS[k % POINTS.length]! }
    return lineStyle(theme, k)
  })
}

/** The key of the series; nothing where the only one is what the vertical axis says. */
export function linesKey(panel: LinesPanelRecord, theme: Theme): Key | undefined {
  const styles = stylesOf(panel, theme)
  const entries: KeyEntry[] = labelledOnce(panel.series.map(({ label }, k) => ({ ...styles[k]!, label })))
  const [first] = entries
  if (!first || (entries.length === 1 && [panel.y.label, panel.heading].includes(first.label)))
    return undefined
  return { entries }
}

/** Which points are not drawn. */
export function linesNotes({ series }: LinesPanelRecord): readonly string[] {
  return series.flatMap(({ label, x, of, omitted }) => {
    const name = label === '' ? '' : `${label}: `
    return [
      ...(of && x ? [`${name}${thousands(x.shape[0]!)} of ${thousands(of)} points are drawn.`] : []),
      ...(omitted
        ? [
            `${name}${thousands(omitted)} ${omitted === 1 ? 'point has' : 'points have'} no place on the axes.`,
          ]
        : []),
    ]
  })
}

/** Margins beside points and above curves, as a share of the range. */
const [BESIDE, ABOVE] = [0.03, 0.06]

/** Values that lie so near to 0 are shown with it: lowest value as a share of the highest. */
const NEAR_ZERO = 0.35

/** By how much of the data's range a reference widens an axis, at most on each side. */
const REACH = 0.5

interface Range {
  readonly low: number
  readonly high: number
}

/** Least and largest of some numbers, in the coordinate of the axis. */
function rangeOf(values: Iterable<number>): Range | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return low <= high ? { low, high } : undefined
}

/** What an axis shows: all data, and of references what lies near it. */
function shown(data: Range | undefined, reference: Range | undefined): Range {
  const range = data ?? reference ?? { low: 0, high: 1 }
  const reach = REACH * (range.high - range.low)
  const low = Math.max(Math.min(range.low, reference?.low ?? range.low), range.low - reach)
  const high = Math.min(Math.max(range.high, reference?.high ?? range.high), range.high + reach)
  if (high > low) return { low, high }
  const around = low === 0 ? 1 : 0.5 * Math.abs(low)
  return { low: low - around, high: high + around }
}

/** Both axes. Ranges are found in the coordinates that are drawn: logarithms on a logarithmic axis. */
function domainsOf(panel: LinesPanelRecord, curves: readonly Curve[]) {
  const drawn = (scale: ScaleRecord) => (value: number) => (scale.scale === 'log' ? Math.log(value) : value)
  const [acrossOf, upOf] = [drawn(panel.x), drawn(panel.y)]
  const of = (role: SeriesRecord['role'], numbers: (curve: Curve) => number[]): Range | undefined =>
    rangeOf(curves.filter(({ series }) => series.role === role).flatMap(numbers))
  const xs = (curve: Curve): number[] => {
    const edges = ['bars', 'levels'].includes(curve.series.mark)
      ? edgesOf(curve.x, panel.x.scale === 'log').flat()
      : curve.x
    return Array.from(edges, acrossOf)
  }
  const ys = ({ y, error }: Curve): number[] =>
    Array.from(y).flatMap((value, i) =>
      [value, value - (error?.[i] ?? 0), value + (error?.[i] ?? 0)].map(upOf),
    )
  const x = shown(of('data', xs), of('reference', xs))
  const y = shown(of('data', ys), of('reference', ys))
  const marked = curves.some(({ series }) => series.mark === 'points')
  const pad = marked ? BESIDE * (x.high - x.low) : 0
  const lift = ABOVE * (y.high - y.low)
  const bars = curves.some(({ series }) => series.mark === 'bars')
  const linear = panel.y.scale === 'linear'
  const near = (end: number, far: number): boolean => linear && (bars || (end >= 0 && end < NEAR_ZERO * far))
  const low = near(y.low, y.high) && y.low >= 0 ? 0 : y.low - lift
  const high = near(-y.high, -y.low) && y.high <= 0 ? 0 : y.high + lift
  const back = (scale: ScaleRecord, value: number): number =>
    scale.scale === 'log' ? Math.exp(value) : value
  return {
    x: [back(panel.x, x.low - pad), back(panel.x, x.high + pad)] as const,
    y: [back(panel.y, low), back(panel.y, high)] as const,
  }
}

/** Pixels of an axis for each of its labels. */
const [LABEL_WIDTH, LABEL_HEIGHT] = [62, 38]

/** Pixels of a character of a label, and of what stands beside labels. */
const [CHARACTER, AROUND] = [6.6, 14]

/** Height of a line of title. */
const TITLE_LINE = 16

/** Whether bars stand at whole numbers: labels between those would name nothing. */
function isCounted(panel: LinesPanelRecord): boolean {
  const bars = curvesOf(panel).filter(({ series }) => series.mark === 'bars')
  return bars.length > 0 && bars.every(({ x }) => x.every(Number.isInteger))
}

const span = ([low, high]: readonly [number, number]): number => Math.floor(high - low)

const linesLayout = (panel: LinesPanelRecord, width: number, height: number) => {
  const domains = domainsOf(panel, curvesOf(panel))
  const ticks = (scale: ScaleRecord, domain: readonly [number, number], count: number) =>
    (scale.scale === 'log' ? logTicks : linearTicks)(domain, Math.max(2, count))
  const vertical = ticks(panel.y, domains.y, Math.floor((height - 76) / LABEL_HEIGHT))
  const left = Math.round(AROUND + CHARACTER * Math.max(3, ...vertical.labels.map((label) => label.length)))
  const inner = width - left - 16
  // A title that leaves no room for the cursor's values stands in a line above them.
  const lift = saidWidth(panel) > inner + left - AROUND - CHARACTER * panel.y.label.length ? TITLE_LINE : 0
  const padding = { left, right: 16, top: 30 + lift, bottom: 46 }
  const most = Math.floor(inner / LABEL_WIDTH)
  const horizontal = ticks(panel.x, domains.x, isCounted(panel) ? Math.min(most, span(domains.x)) : most)
  const type = (scale: ScaleRecord) => (scale.scale === 'log' ? { type: 'log' as const } : {})
  const across: Axis = {
    domain: domains.x,
    labelled: { title: panel.x.label, ...labelled(horizontal) },
    ...type(panel.x),
  }
  const upright = uprightTitle(panel.y.label)
  const up: Axis = {
    domain: domains.y,
    labelled: {
      ...upright,
      titleX: 8 - left,
      titleY: (upright['titleY'] as number) - lift,
      ...labelled(vertical),
      grid: true,
      domain: false,
      ticks: false,
    },
    ...type(panel.y),
  }
  return { padding, across, up }
}

/** Edges of bars: halfway to their neighbours, in the coordinate that is drawn. */
function edgesOf(x: Float64Array, log: boolean): [number, number][] {
  const at = log ? x.map(Math.log) : x
  const rising = [...new Set(at)].sort((a, b) => a - b)
  let width = Number.POSITIVE_INFINITY
  for (let i = 1; i < rising.length; i++) width = Math.min(width, rising[i]! - rising[i - 1]!)
  const half = Number.isFinite(width) ? width / 2 : 0.5
  const back = (value: number): number => (log ? Math.exp(value) : value)
  return Array.from(at, (value) => [back(value - half), back(value + half)])
}

/** Share of its room that a group of bars takes. */
const FILLED = 0.86

/** Curves of one label beyond this number are thin. */
const BUNDLE = 6

/** Points beyond the first number are smaller, beyond the second they are dots that let others show through. */
const [MANY, CROWD] = [60, 250]

/** The chart at `view.frame`: at the cursor's first stop to be shown, unless the view says another. */
export function linesSpec(panel: LinesPanelRecord, view: View, cursor?: CursorRecord): Unit {
  const layout = layoutOf(panel, view)
  const { setting: s, height, padding, across, up } = layout
  const styles = stylesOf(panel, s.theme)
  const curves = curvesOf(panel)
  const layer: Unit[] = []
  const [x, y] = [position('x', across), position('y', up)]
  // The backdrop and bars lie under curves, and what is compared with lies on top.
  const order = ({ series: { mark, role } }: Curve): number =>
    (mark === 'bars' ? 0 : 2) + (role === 'reference' ? 1 : role === 'backdrop' ? -3 : 0)
  const sorted = [...curves.keys()].sort((a, b) => order(curves[a]!) - order(curves[b]!) || a - b)
  for (const k of sorted) {
    const curve = curves[k]!
    const { colour, sign } = styles[k]!
    const { mark, role } = curve.series
    const reference = role === 'reference'
    const crowd = curves.filter(({ series }) => series.label === curve.series.label).length
    const of = { data: { name: `series ${k}` } }
    if (role === 'backdrop') {
      const area = { type: 'area', color: s.theme.zetaFill, line: false, clip: true }
      layer.push(
        { ...of, mark: area, encoding: { x, y: position('base', up), y2: { field: 'y' } } },
        {
          ...of,
          mark: { type: 'line', color: colour, strokeWidth: 1, clip: true },
          encoding: { x, y, detail: { field: 'stroke' } },
        },
      )
      continue
    }
    if (curve.error) {
      layer.push({
        ...of,
        mark: { type: 'rule', color: colour, strokeWidth: 1.25, strokeOpacity: 0.75, clip: true },
        encoding: { x, y: position('below', up), y2: { field: 'above' } },
      })
    }
    if (mark === 'bars') {
      layer.push({
        ...of,
        mark: { type: 'rect', color: colour, fillOpacity: reference ? 0.25 : 0.75, clip: true },
        encoding: {
          x: position('x0', across),
          x2: { field: 'x1' },
          y: position('base', up),
          y2: { field: 'y' },
        },
      })
    } else if (mark === 'levels') {
      layer.push({
        ...of,
        mark: { type: 'rule', color: colour, strokeWidth: 2, strokeOpacity: 0.9, clip: true },
        encoding: { x: position('x0', across), x2: { field: 'x1' }, y },
      })
    } else if (mark === 'heads') {
      layer.push({
        ...of,
        mark: {
          type: 'point',
          filled: true,
          color: colour,
          size: 90,
          fillOpacity: 1,
          stroke: s.theme.background,
          strokeWidth: 1.5,
          clip: true,
        },
        encoding: { x, y },
      })
    } else if (mark === 'points') {
      const crowded = curve.points > CROWD
      layer.push({
        ...of,
        mark: crowded
          ? { type: 'point', filled: true, size: 9, color: colour, fillOpacity: 0.45, clip: true }
          : {
              type: 'point',
              ...pointOf(sign),
              color: colour,
              filled: false,
              opacity: 1,
              size: curve.points > MANY ? 18 : 38,
              strokeWidth: 1.75,
              clip: true,
            },
        encoding: { x, y },
      })
    } else {
      const dash = DASHES[sign]
      layer.push({
        ...of,
        mark: {
          type: 'line',
          color: colour,
          strokeWidth: crowd > BUNDLE || curve.ragged ? 1.1 : reference ? 1.5 : 2,
          ...(crowd > BUNDLE && { strokeOpacity: 0.7 }),
          ...(dash && { strokeDash: dash }),
          ...(mark === 'steps' && { interpolate: 'step-after' }),
          clip: true,
        },
        encoding: { x, y, detail: { field: 'stroke' }, order: { field: 'i', type: 'quantitative' } },
      })
      if (strokeOfOne(curve)) {
        layer.push({
          ...of,
          transform: [{ filter: 'datum.alone' }],
          mark: { type: 'point', filled: true, color: colour, size: 22, fillOpacity: 1, clip: true },
          encoding: { x, y },
        })
      }
    }
  }
  if (panel.cursor && cursor) layer.push(...cursorLayers(layout))
  if (layer.length === 0) {
    layer.push({ data: { values: [] }, mark: { type: 'point' }, encoding: { x, y } })
  }
  const frame = frameOf(cursor, view)
  const still = curves.flatMap((curve, k) =>
    isFramed(curve.series) ? [] : [[`series ${k}`, seriesRows(panel, k, layout, undefined)] as const],
  )
  return chart({
    setting: s,
    height,
    padding,
    data: Object.fromEntries(still),
    update: linesFrame(panel, { ...view, frame }, cursor),
    layer,
  })
}

/** What changes with the cursor: where it stands, what the curves are worth there, and series of their own at each stop. */
export function linesFrame(panel: LinesPanelRecord, view: View, cursor?: CursorRecord): FrameUpdate {
  if (!cursor) return { data: {}, params: {} }
  const layout = layoutOf(panel, view)
  const frame = frameOf(cursor, view)
  const at = betweenStops(cursor, frame)
  const framed = curvesOf(panel).flatMap(({ series }, k) =>
    isFramed(series) ? [[`series ${k}`, seriesRows(panel, k, layout, at)] as const] : [],
  )
  return {
    data: {
      ...Object.fromEntries(framed),
      ...(panel.cursor && cursorRows(panel, layout, cursorValue(cursor, frame))),
    },
    params: {},
  }
}

/** The coordinate at a pixel of the chart, at most that of its ends. */
export function linesAt(panel: LinesPanelRecord, view: View, [x]: readonly [number, number]): number {
  const { across, padding, setting } = layoutOf(panel, view)
  const { to, from } = scaleOf(across)
  const [low, high] = across.domain.map(to) as [number, number]
  const share = (x - padding.left) / (setting.width - padding.left - padding.right)
  return from(low + Math.min(1, Math.max(0, share)) * (high - low))
}

interface Layout extends ReturnType<typeof linesLayout> {
  readonly setting: Setting
  readonly height: number
}

function layoutOf(panel: LinesPanelRecord, view: View): Layout {
  const width = Math.min(view.width ?? WIDEST_LINES, WIDEST_LINES)
  const height = view.height ?? linesHeight(width)
  return { setting: setting({ ...view, width }), height, ...linesLayout(panel, width, height) }
}

/** The rows of a series, of a framed one at a place between stops. */
function seriesRows(panel: LinesPanelRecord, k: number, { up }: Layout, at: Between | undefined): Row[] {
  const curves = curvesOf(panel)
  const whole = curves[k]!
  const { points } = whole
  const curve = at ? { ...whole, x: rowAt(whole.x, points, at), y: rowAt(whole.y, points, at) } : whole
  const { mark, role } = curve.series
  const log = panel.x.scale === 'log'
  if (role === 'backdrop') return backdropRows(curve, up)
  if (mark === 'levels') return levelRows(curve, log)
  if (mark !== 'bars') return rowsOf(curve, up)
  const groups = curves.filter(({ series }) => series.mark === 'bars')
  return barRows(curve, groups.indexOf(whole), groups.length, log, up)
}

/** Height of a backdrop as a share of the panel. */
const BACKDROP = 0.9

/** A shape of its own scale, from the foot of the panel up. */
function backdropRows({ x, y, stroke }: Curve, up: Axis): Row[] {
  const { low, high } = rangeOf(y) ?? { low: 0, high: 1 }
  const place = scaleOf(up)
  const [foot, top] = up.domain.map(place.to) as [number, number]
  const at = (value: number): number =>
    place.from(foot + (BACKDROP * (top - foot) * (value - low)) / (high - low || 1))
  return Array.from(x, (each, i) => ({ x: each, y: at(y[i]!), base: up.domain[0], stroke: stroke[i]!, i }))
}

/** Share of the room around a level that its line takes. */
const LEVEL = 0.7

function levelRows({ x, y }: Curve, log: boolean): Row[] {
  const share = (1 - LEVEL) / 2
  return edgesOf(x, log).map(([from, to], i) => {
    const at = (part: number): number => (log ? from * (to / from) ** part : from + (to - from) * part)
    return { x: x[i]!, x0: at(share), x1: at(1 - share), y: y[i]!, i }
  })
}

/** From the coordinate of an axis to what is drawn in equal steps, and back. */
function scaleOf({ type }: Pick<Axis, 'type'>): { to: (v: number) => number; from: (v: number) => number } {
  return type === 'log' ? { to: Math.log, from: Math.exp } : { to: (v) => v, from: (v) => v }
}

/** Most curves whose values are written; of more, only the places are marked. */
const SAID = 5
/** Ends of axes and stops of the cursor that differ by less are the same, as a share of the axis. */
const ROUNDING = 1e-9
/** Size of the values, and pixels above the panel and between them. */
const VALUE = { size: 11, above: 14, between: 12 }

/** Characters of most values. */
const SAID_LENGTH = 6

/** Pixels that the values above the panel take. */
function saidWidth(panel: LinesPanelRecord): number {
  if (!panel.cursor) return 0
  const labels = panel.series.flatMap((series) =>
    isFramed(series) || !hasWorth(series) ? [] : [series.label],
  )
  const count = new Set(labels.map((label, k) => (label === '' ? k : label))).size
  return count > SAID ? 0 : count * (CHARACTER * SAID_LENGTH + VALUE.between)
}

/** Whether the cursor says what a series is worth. */
function hasWorth({ mark, role }: SeriesRecord): boolean {
  return role === 'data' && mark !== 'bars' && mark !== 'levels'
}

/** The cursor's line, the curves' places on it, and above the panel, in their colours, what they are worth there. */
function cursorLayers({ across, up, setting: { theme } }: Layout): Unit[] {
  const [x, y] = [position('x', across), position('y', up)]
  const colour = { field: 'colour', type: 'nominal', scale: null, legend: null }
  return [
    {
      data: { name: 'cursor' },
      mark: { type: 'rule', color: theme.ink, strokeWidth: 1, strokeOpacity: 0.6 },
      encoding: { x },
    },
    {
      data: { name: 'cursor places' },
      mark: { type: 'point', filled: true, size: 44, fillOpacity: 1, stroke: theme.background },
      encoding: { x, y, fill: colour },
    },
    {
      data: { name: 'cursor values' },
      mark: { type: 'text', align: 'right', baseline: 'alphabetic', fontSize: VALUE.size },
      encoding: {
        x: position('at', across),
        y: { value: -VALUE.above },
        text: { field: 'said' },
        color: colour,
      },
    },
  ]
}

function cursorRows(panel: LinesPanelRecord, layout: Layout, value: number): FrameUpdate['data'] {
  const { across, up, padding, setting } = layout
  const styles = stylesOf(panel, setting.theme)
  const [low, high] = across.domain
  const [wide, tall] = [scaleOf(across), scaleOf(up)]
  const slack = ROUNDING * (wide.to(high) - wide.to(low))
  const inside = wide.to(value) >= wide.to(low) - slack && wide.to(value) <= wide.to(high) + slack
  const curves = curvesOf(panel)
  const known = !inside
    ? []
    : curves.flatMap((curve, k) => {
        const y = isFramed(curve.series) ? undefined : worthAt(curve, value, wide, tall)
        const { label } = curve.series
        // Points on a curve of the same label say the same again.
        const again = label !== '' && curves.slice(0, k).some(({ series }) => series.label === label)
        return y === undefined || again ? [] : [{ x: value, y, colour: styles[k]!.colour }]
      })
  const inner = setting.width - padding.left - padding.right
  const coordinate = (pixel: number): number =>
    wide.from(wide.to(low) + (pixel / inner) * (wide.to(high) - wide.to(low)))
  let right = inner
  const values = known.length > SAID ? [] : [...known].reverse()
  return {
    cursor: inside ? [{ x: value }] : [],
    'cursor places': known.filter(({ y }) => y >= up.domain[0] && y <= up.domain[1]),
    'cursor values': values.map(({ y, colour }) => {
      const row = { at: coordinate(right), said: say(y, values.length > 2 ? 3 : 4), colour }
      right -= CHARACTER * row.said.length + VALUE.between
      return row
    }),
  }
}

/** What a curve is worth at a coordinate, along the strokes as they are drawn. */
function worthAt(
  { series, x, y, stroke }: Curve,
  value: number,
  wide: ReturnType<typeof scaleOf>,
  tall: ReturnType<typeof scaleOf>,
): number | undefined {
  if (!hasWorth(series)) return undefined
  const exact = x.indexOf(value)
  if (exact >= 0) return y[exact]
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [x[i]!, x[i + 1]!]
    if (stroke[i] !== stroke[i + 1] || (value - a) * (value - b) > 0) continue
    if (series.mark === 'steps') return y[i]
    const share = (wide.to(value) - wide.to(a)) / (wide.to(b) - wide.to(a))
    return tall.from(tall.to(y[i]!) + share * (tall.to(y[i + 1]!) - tall.to(y[i]!)))
  }
  return undefined
}

/** Whether some stroke of a curve is a point, which no line shows. */
function strokeOfOne({ stroke }: Curve): boolean {
  return stroke.some((each, i) => each !== stroke[i - 1] && each !== stroke[i + 1])
}

function pointOf(sign: Sign): Unit {
  return { shape: sign === 'triangle' ? 'triangle-up' : sign }
}

function rowsOf({ x, y, error, stroke }: Curve, up: Axis): Row[] {
  const lowest = up.domain[0]
  return Array.from(x, (at, i) => ({
    x: at,
    y: y[i]!,
    i,
    stroke: stroke[i]!,
    ...(stroke[i] !== stroke[i - 1] && stroke[i] !== stroke[i + 1] && { alone: true }),
    // The lower end of a bar that reaches 0 on a logarithmic axis lies at the foot of the axis.
    ...(error && {
      below: up.type === 'log' ? Math.max(lowest, y[i]! - error[i]!) : y[i]! - error[i]!,
      above: y[i]! + error[i]!,
    }),
  }))
}

function barRows(curve: Curve, place: number, count: number, log: boolean, up: Axis): Row[] {
  const base = up.type === 'log' ? up.domain[0] : 0
  return edgesOf(curve.x, log).map(([from, to], i) => {
    const at = (share: number): number => (log ? from * (to / from) ** share : from + (to - from) * share)
    const [left, width] = [(1 - FILLED) / 2, FILLED / count]
    return { x0: at(left + place * width), x1: at(left + (place + 1) * width), base, y: curve.y[i]! }
  })
}
