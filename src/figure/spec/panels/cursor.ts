/**
 * The cursor that the panels of a figure share: at its stops numbers were computed; between two, what is drawn is blended.
 */
import { say } from '../../make/words.js'
import { unpack } from '../../packed.js'
import type { CursorRecord } from '../../payload.js'
import { memo } from '../memo.js'
import type { View } from '../view.js'

const stopsOf = memo((cursor: CursorRecord) => unpack(cursor.values))

/** Two neighbouring stops, and the share of the way between them. */
export interface Between {
  readonly from: number
  readonly to: number
  readonly share: number
}

export function betweenStops(cursor: CursorRecord, frame: number): Between {
  const last = stopsOf(cursor).length - 1
  const at = Math.min(last, Math.max(0, frame))
  const from = Math.min(Math.floor(at), Math.max(0, last - 1))
  return { from, to: Math.min(last, from + 1), share: at - from }
}

/** Where the cursor is in a view: at the stop that the figure shows first, unless the view says another. */
export function frameOf(cursor: CursorRecord | undefined, { frame }: View): number {
  return frame ?? cursor?.shown ?? 0
}

/** Number of stops. */
export function cursorStops(cursor: CursorRecord): number {
  return stopsOf(cursor).length
}

/** The value of the cursor at a frame, which may lie between two stops. */
export function cursorValue(cursor: CursorRecord, frame: number): number {
  const stops = stopsOf(cursor)
  const { from, to, share } = betweenStops(cursor, frame)
  return stops[from]! + share * (stops[to]! - stops[from]!)
}

/** Caption of a frame: "T = 0.5", or what the figure calls its nearest stop. */
export function cursorLabel(cursor: CursorRecord, frame: number): string {
  const said = cursor.labels?.[Math.round(frame)]
  return said ?? `${cursor.symbol} = ${say(cursorValue(cursor, frame))}`
}

/** The frame at which the cursor has a value: between two stops, or the end that is nearer. */
export function cursorFrame(cursor: CursorRecord, value: number): number {
  const stops = stopsOf(cursor)
  const last = stops.length - 1
  const falling = stops[last]! < stops[0]!
  const before = (k: number): boolean => (falling ? stops[k]! >= value : stops[k]! <= value)
  if (last === 0 || !before(0)) return 0
  if (before(last)) return last
  let [low, high] = [0, last]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (before(middle)) low = middle
    else high = middle
  }
  return low + (value - stops[low]!) / (stops[high]! - stops[low]!)
}

/** Row `frame` of values that have one row a stop, blended between two; the values themselves where they have none. */
export function rowAt(values: Float64Array, size: number, { from, to, share }: Between): Float64Array {
  if (values.length <= size) return values
  const row = values.subarray(from * size, (from + 1) * size)
  if (share === 0 || from === to) return row
  const next = values.subarray(to * size, (to + 1) * size)
  return row.map((value, i) => value + share * (next[i]! - value))
}
