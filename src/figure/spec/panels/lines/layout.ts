/**
 * What the axes of curves show, how they are labelled, and the room around them.
 */
import type { LinesPanelRecord, ScaleRecord, SeriesRecord } from '../../../payload.js'
import { type Axis, type Setting, setting, uprightTitle } from '../../grammar.js'
import { labelled, linearTicks, logTicks } from '../../ticks.js'
import type { View } from '../../view.js'
import { type Curve, curvesOf, edgesOf, hasWorth, isFramed } from './curves.js'

/** Widest chart: a single curve gains nothing beyond. */
export const WIDEST_LINES = 640

/** Outer height that suits a width. */
export function linesHeight(width: number): number {
  return Math.round(Math.min(330, Math.max(190, 0.72 * width)))
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
export function rangeOf(values: Iterable<number>): Range | undefined {
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
export const CHARACTER = 6.6
const AROUND = 14

/** Height of a line of title. */
const TITLE_LINE = 16

/** Whether bars stand at whole numbers: labels between those would name nothing. */
function isCounted(panel: LinesPanelRecord): boolean {
  const bars = curvesOf(panel).filter(({ series }) => series.mark === 'bars')
  return bars.length > 0 && bars.every(({ x }) => x.every(Number.isInteger))
}

const span = ([low, high]: readonly [number, number]): number => Math.floor(high - low)

/** Most curves whose values are written; of more, only the places are marked. */
export const SAID = 5

/** Size of the values, and pixels above the panel and between them. */
export const VALUE = { size: 11, above: 14, between: 12 }

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

export interface Layout extends ReturnType<typeof linesLayout> {
  readonly setting: Setting
  readonly height: number
}

export function layoutOf(panel: LinesPanelRecord, view: View): Layout {
  const width = Math.min(view.width ?? WIDEST_LINES, WIDEST_LINES)
  const height = view.height ?? linesHeight(width)
  return { setting: setting({ ...view, width }), height, ...linesLayout(panel, width, height) }
}

/** From the coordinate of an axis to what is drawn in equal steps, and back. */
export function scaleOf({ type }: Pick<Axis, 'type'>): {
  to: (v: number) => number
  from: (v: number) => number
} {
  return type === 'log' ? { to: Math.log, from: Math.exp } : { to: (v) => v, from: (v) => v }
}
