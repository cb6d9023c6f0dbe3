/**
 * Hard walls: where a curve ends at one, the chart goes on a little and shows that nothing goes beyond.
 */
import type { Theme } from '../colour/theme.js'
import type { AxisRecord } from '../payload.js'
import { type Axis, fixed } from './grammar.js'
import type { Unit } from './view.js'

/** A curve ends at a wall where it comes this near to it, as a share of the axis: coordinates are stored in single precision. */
const NEAR = 1e-3
/** How far the chart goes on behind a wall, as a share of what is drawn. */
const BEHIND = 0.03

export interface Walls {
  /** What the chart shows of the axis. */
  readonly domain: readonly [number, number]
  /** Each wall in view, and the end of the chart behind it. */
  readonly inView: readonly (readonly [wall: number, behind: number])[]
}

/** The walls at the ends of a curve from `first` to `last`. */
export function wallsOf(axis: AxisRecord | undefined, first: number, last: number): Walls {
  const near = (end: number, wall: number): boolean =>
    axis?.boundary === 'walls' && Math.abs(end - wall) < NEAR * (axis.upper - axis.lower)
  const behind = BEHIND * (last - first)
  const low = axis && near(first, axis.lower) ? first - behind : first
  const high = axis && near(last, axis.upper) ? last + behind : last
  return {
    domain: [low, high],
    inView: [
      ...(low < first ? [[first, low] as const] : []),
      ...(high > last ? [[last, high] as const] : []),
    ],
  }
}

/** Each wall as a line, and what lies behind it in shade. */
export function wallLayers(theme: Theme, { inView }: Walls, across: Axis): readonly Unit[] {
  return inView.flatMap(([wall, behind]): Unit[] => [
    {
      data: { values: [{}] },
      mark: { type: 'rect', color: theme.zeta, opacity: 0.4 },
      encoding: { x: fixed(Math.min(wall, behind), across), x2: { datum: Math.max(wall, behind) } },
    },
    {
      data: { values: [{}] },
      mark: { type: 'rule', color: theme.zeta, strokeWidth: 2 },
      encoding: { x: fixed(wall, across) },
    },
  ])
}
