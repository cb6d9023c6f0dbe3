/**
 * What a figure runs through: its frames in time, over D, or the stops of the cursor of its panels.
 */
import {
  type ChartFigure,
  type CursorRecord,
  cursorFrame,
  cursorLabel,
  cursorStops,
  cursorValue,
  frameCount,
  frameLabel,
  frameSymbol,
  pack,
} from '../figure/index.js'

export interface Run {
  /** Number of frames, at least 2. */
  readonly count: number
  /** Milliseconds of one run at speed 1. */
  readonly duration: number
  /** What the frames run over: its letter, and its name among shared cursors. */
  readonly symbol: string
  /** The frame shown at first. */
  readonly first: number
  /** Caption of a frame. */
  readonly label: (frame: number) => string
  /** Whether a frame between two can be painted. */
  readonly smooth: boolean
  /** Whether it plays when it is first seen. */
  readonly playing: boolean
  /** The number that a frame stands for, and the frame, which may lie between two, that stands for a number. */
  readonly value: (frame: number) => number
  readonly frameAt: (value: number) => number
}

/** Milliseconds of a run in time, of each frame where they are apart, and of a walk of a cursor. */
const DURATION = { run: 6000, each: 1000, cursor: 8000 }

/** The run of a chart that has one. */
export function runOfChart(figure: ChartFigure): Run | undefined {
  const count = frameCount(figure)
  if (count < 2) return undefined
  const symbol = frameSymbol(figure)
  const cursor = { symbol, values: valuesOf(figure, count), shown: 0, plays: true }
  // Between the times of a run there is something to see.
  const smooth = 'angle' in figure && figure.angle !== undefined
  return {
    count,
    duration: smooth ? DURATION.run : count * DURATION.each,
    symbol,
    first: Math.min(count - 1, figure.view?.frame ?? 0),
    label: (frame) => frameLabel(figure, frame),
    smooth,
    playing: figure.view?.frame === undefined,
    value: (frame) => cursorValue(cursor, frame),
    frameAt: (value) => cursorFrame(cursor, value),
  }
}

function valuesOf(figure: ChartFigure, count: number): CursorRecord['values'] {
  if ('times' in figure) return figure.times
  if ('frames' in figure && figure.frames.values.length === count)
    return pack(figure.frames.values, { dtype: 'float64' })
  return pack(
    Float64Array.from({ length: count }, (_, k) => k),
    { dtype: 'float64' },
  )
}

/** The walk of the cursor of panels. */
export function runOfCursor(cursor: CursorRecord | undefined, shown: number | undefined): Run | undefined {
  if (!cursor || cursorStops(cursor) < 2) return undefined
  return {
    count: cursorStops(cursor),
    duration: DURATION.cursor,
    symbol: cursor.symbol,
    first: shown ?? (cursor.plays ? 0 : cursor.shown),
    label: (frame) => cursorLabel(cursor, frame),
    smooth: true,
    playing: cursor.plays && shown === undefined,
    value: (frame) => cursorValue(cursor, frame),
    frameAt: (value) => cursorFrame(cursor, value),
  }
}
