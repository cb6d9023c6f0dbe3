/**
 * Curves drawn to the ends of their axis. Grids hold the interior points of a box and one of the two equal ends of a
 * ring; what ψ is at the ends is known: 0 at a hard wall, what it is beside it where there is no flux, and on a ring at the upper end what it is at the
 * lower one.
 */
import type { AxisRecord } from '../payload.js'

export interface Ends {
  /** The coordinates, with the ends where they lie one interval of the grid away. */
  readonly x: Float64Array
  /** A function that is 0 at walls; `parts` numbers a point, 2 for a complex one. */
  readonly wave: (values: Float64Array, parts?: number) => Float64Array
  /** A function of x that the box does not end: it is continued there in a straight line. */
  readonly surface: (values: Float64Array) => Float64Array
}

/** Slack, in intervals of the grid. */
const SLACK = 0.01

export function toTheEnds(axis: AxisRecord | undefined, x: Float64Array): Ends {
  const n = x.length
  if (!axis || n < 2) return { x, wave: (values) => values, surface: (values) => values }
  const walls = axis.boundary === 'walls'
  const still = axis.boundary === 'zero-flux'
  const interval = (axis.upper - axis.lower) / (axis.points + (walls ? 1 : 0))
  const beside = (distance: number): boolean =>
    distance > SLACK * interval && distance < (1 + SLACK) * interval
  const before = (walls || still) && beside(x[0]! - axis.lower)
  const after =
    beside(axis.upper - x[n - 1]!) && (walls || still || Math.abs(x[0]! - axis.lower) < SLACK * interval)
  const extended = (values: Float64Array, first: readonly number[], last: readonly number[]): Float64Array =>
    Float64Array.from([...(before ? first : []), ...values, ...(after ? last : [])])
  const outwards = (values: Float64Array, from: number, next: number, to: number): number =>
    values[from]! + ((values[from]! - values[next]!) * (to - x[from]!)) / (x[from]! - x[next]!)
  return {
    x: extended(x, [axis.lower], [axis.upper]),
    wave: (values, parts = 1) => {
      const [first, last] = [[...values.subarray(0, parts)], [...values.subarray(values.length - parts)]]
      const zero = first.map(() => 0)
      return extended(values, walls ? zero : first, walls ? zero : still ? last : first)
    },
    surface: (values) =>
      extended(values, [outwards(values, 0, 1, axis.lower)], [outwards(values, n - 1, n - 2, axis.upper)]),
  }
}
