/**
 * The series of a panel, decoded.
 */
import { unpack } from '../../../packed.js'
import type { LinesPanelRecord, SeriesRecord } from '../../../payload.js'
import { memo } from '../../memo.js'

/** A decoded series. */
export interface Curve {
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

export const curvesOf = memo((panel: LinesPanelRecord): readonly Curve[] =>
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

/** Whether a series has another shape at each stop of the cursor. */
export function isFramed({ y }: SeriesRecord): boolean {
  return (y?.shape.length ?? 1) > 1
}

/** Edges of bars: halfway to their neighbours, in the coordinate that is drawn. */
export function edgesOf(x: Float64Array, log: boolean): [number, number][] {
  const at = log ? x.map(Math.log) : x
  const rising = [...new Set(at)].sort((a, b) => a - b)
  let width = Number.POSITIVE_INFINITY
  for (let i = 1; i < rising.length; i++) width = Math.min(width, rising[i]! - rising[i - 1]!)
  const half = Number.isFinite(width) ? width / 2 : 0.5
  const back = (value: number): number => (log ? Math.exp(value) : value)
  return Array.from(at, (value) => [back(value - half), back(value + half)])
}

/** Whether the cursor says what a series is worth. */
export function hasWorth({ mark, role }: SeriesRecord): boolean {
  return role === 'data' && mark !== 'bars' && mark !== 'levels'
}
