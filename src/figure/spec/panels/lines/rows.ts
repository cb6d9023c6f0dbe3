/**
 * The rows that are drawn of each series.
 */
import type { LinesPanelRecord } from '../../../payload.js'
import type { Axis } from '../../grammar.js'
import type { Row } from '../../view.js'
import { type Between, rowAt } from '../cursor.js'
import { type Curve, curvesOf, edgesOf } from './curves.js'
import { type Layout, rangeOf, scaleOf } from './layout.js'

/** The rows of a series, of a framed one at a place between stops. */
export function seriesRows(
  panel: LinesPanelRecord,
  k: number,
  { up }: Layout,
  at: Between | undefined,
): Row[] {
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

/** Share of its room that a group of bars takes. */
const FILLED = 0.86

function barRows(curve: Curve, place: number, count: number, log: boolean, up: Axis): Row[] {
  const base = up.type === 'log' ? up.domain[0] : 0
  return edgesOf(curve.x, log).map(([from, to], i) => {
    const at = (share: number): number => (log ? from * (to / from) ** share : from + (to - from) * share)
    const [left, width] = [(1 - FILLED) / 2, FILLED / count]
    return { x0: at(left + place * width), x1: at(left + (place + 1) * width), base, y: curve.y[i]! }
  })
}
