/**
 * Curves, points, bars and steps over common axes.
 */
import type { Theme } from '../../colour/theme.js'
import { unpack } from '../../packed.js'
import type { LinesPanelRecord, ScaleRecord, SeriesRecord } from '../../payload.js'
import { type Axis, chart, position, setting, uprightTitle } from '../grammar.js'
import { DASHES, type Key, type KeyEntry, labelledOnce, lineStyle, type Sign } from '../key.js'
import { memo } from '../memo.js'
import { labelled, linearTicks, logTicks } from '../ticks.js'
import type { Row, Unit, View } from '../view.js'
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
  readonly x: Float64Array
  readonly y: Float64Array
  readonly error?: Float64Array
  /** The stroke that each point belongs to. */
  readonly stroke: readonly number[]
}

const curvesOf = memo((panel: LinesPanelRecord): readonly Curve[] =>
  panel.series.map((series) => {
    const { x, y, error, breaks = [] } = series
    const numbers = x ? unpack(x) : new Float64Array()
    const starts = new Set(breaks)
    let stroke = 0
    return {
      series,
      x: numbers,
      y: y ? unpack(y) : new Float64Array(),
      ...(error && { error: unpack(error) }),
      stroke: Array.from(numbers, (_, i) => {
        if (starts.has(i)) stroke++
        return stroke
      }),
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

function stylesOf({ series }: LinesPanelRecord, theme: Theme): readonly Style[] {
  const seen = { data: new Map<string, number>(), reference: new Map<string, number>() }
  return series.map(({ mark, role, label }) => {
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
    if (mark === 'points') return { ...lineStyle(theme, k), sign: POINTS[k % POINTS.length]! }
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
    const edges = curve.series.mark === 'bars' ? edgesOf(curve.x, panel.x.scale === 'log').flat() : curve.x
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

const linesLayout = (panel: LinesPanelRecord, width: number, height: number) => {
  const domains = domainsOf(panel, curvesOf(panel))
  const ticks = (scale: ScaleRecord, domain: readonly [number, number], count: number) =>
    (scale.scale === 'log' ? logTicks : linearTicks)(domain, Math.max(2, count))
  const vertical = ticks(panel.y, domains.y, Math.floor((height - 76) / LABEL_HEIGHT))
  const left = Math.round(AROUND + CHARACTER * Math.max(3, ...vertical.labels.map((label) => label.length)))
  const padding = { left, right: 16, top: 30, bottom: 46 }
  const horizontal = ticks(panel.x, domains.x, Math.floor((width - left - 16) / LABEL_WIDTH))
  const type = (scale: ScaleRecord) => (scale.scale === 'log' ? { type: 'log' as const } : {})
  const across: Axis = {
    domain: domains.x,
    labelled: { title: panel.x.label, ...labelled(horizontal) },
    ...type(panel.x),
  }
  const up: Axis = {
    domain: domains.y,
    labelled: {
      ...uprightTitle(panel.y.label),
      titleX: 8 - left,
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

export function linesSpec(panel: LinesPanelRecord, view: View): Unit {
  const width = Math.min(view.width ?? WIDEST_LINES, WIDEST_LINES)
  const s = setting({ ...view, width })
  const height = view.height ?? linesHeight(width)
  const { padding, across, up } = linesLayout(panel, width, height)
  const styles = stylesOf(panel, s.theme)
  const curves = curvesOf(panel)
  const groups = curves.filter(({ series }) => series.mark === 'bars')
  const data: Record<string, Row[]> = {}
  const layer: Unit[] = []
  const [x, y] = [position('x', across), position('y', up)]
  // Bars lie under curves, and what is compared with lies on top.
  const order = (curve: Curve): number =>
    (curve.series.mark === 'bars' ? 0 : 2) + (curve.series.role === 'reference' ? 1 : 0)
  const sorted = [...curves.keys()].sort((a, b) => order(curves[a]!) - order(curves[b]!) || a - b)
  for (const k of sorted) {
    const curve = curves[k]!
    const { colour, sign } = styles[k]!
    const { mark, role } = curve.series
    const name = `series ${k}`
    data[name] = rowsOf(curve, up)
    const reference = role === 'reference'
    const crowd = curves.filter(({ series }) => series.label === curve.series.label).length
    const of = { data: { name } }
    if (curve.error) {
      layer.push({
        ...of,
        mark: { type: 'rule', color: colour, strokeWidth: 1.25, strokeOpacity: 0.75, clip: true },
        encoding: { x, y: position('below', up), y2: { field: 'above' } },
      })
    }
    if (mark === 'bars') {
      data[name] = barRows(curve, groups.indexOf(curve), groups.length, panel.x.scale === 'log', up)
      layer.unshift({
        ...of,
        mark: { type: 'rect', color: colour, fillOpacity: reference ? 0.25 : 0.75, clip: true },
        encoding: {
          x: position('x0', across),
          x2: { field: 'x1' },
          y: position('base', up),
          y2: { field: 'y' },
        },
      })
    } else if (mark === 'points') {
      const crowded = curve.x.length > CROWD
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
              size: curve.x.length > MANY ? 18 : 38,
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
          strokeWidth: reference ? 1.5 : crowd > BUNDLE ? 1.1 : 2,
          ...(crowd > BUNDLE && { strokeOpacity: 0.7 }),
          ...(dash && { strokeDash: dash }),
          ...(mark === 'steps' && { interpolate: 'step-after' }),
          clip: true,
        },
        encoding: { x, y, detail: { field: 'stroke' }, order: { field: 'i', type: 'quantitative' } },
      })
      const lonely = (data[name] ?? []).filter(({ alone }) => alone)
      if (lonely.length > 0) {
        data[`${name} alone`] = lonely
        layer.push({
          data: { name: `${name} alone` },
          mark: { type: 'point', filled: true, color: colour, size: 22, fillOpacity: 1, clip: true },
          encoding: { x, y },
        })
      }
    }
  }
  if (layer.length === 0) {
    layer.push({ data: { values: [] }, mark: { type: 'point' }, encoding: { x, y } })
  }
  return chart({ setting: s, height, padding, data, layer })
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
