/**
 * A line, plane or space cut out of an objective of many coordinates: ζ(o + Σ_k t_k d_k) as an objective of t. Its
 * derivatives are ∂ζ/∂t_k = d_k·∇ζ and ∂²ζ/∂t_k∂t_l = d_k·∇∇ζ d_l.
 */
import { breaksOf } from '../breaks.js'
import { type Columns, type Objective, symmetric } from '../objective.js'
import { shownObjective } from '../shownObjective.js'

/** An objective of few coordinates, on a plane of another. */
export interface Section extends Objective {
  /** The point of the whole space at coordinates of the section. */
  at(point: readonly number[]): number[]
}

export interface Plane {
  readonly origin: readonly number[]
  /** Directions, one number a coordinate of the whole. */
  readonly directions: readonly ArrayLike<number>[]
  readonly variables: readonly string[]
  readonly tex: string
  readonly text: string
}

/** ζ of the whole on a plane. */
export function cut(whole: Objective, plane: Plane): Section {
  const { origin, directions, variables, tex, text } = plane
  /** Coordinates of the whole: those that no direction moves stay one column of one value. */
  const lift = (columns: Columns): Float64Array[] =>
    origin.map((o, u) => {
      const moved = new Float64Array(columns[0].length).fill(o)
      directions.forEach((direction, k) => {
        if (direction[u] === 0) return
        for (let p = 0; p < moved.length; p++) moved[p] += direction[u] * columns[k][p]
      })
      return moved
    })
  const along = (values: readonly Float64Array[], direction: ArrayLike<number>): Float64Array => {
    const sum = new Float64Array(values[0].length)
    values.forEach((value, u) => {
      if (direction[u] === 0) return
      for (let p = 0; p < sum.length; p++) sum[p] += direction[u] * value[p]
    })
    return sum
  }
  const evaluate = (columns: Columns): Float64Array =>
    inBlocks(columns, origin.length, (block) => [whole.evaluate(lift(block))])[0]
  const { gradient, hessian } = whole
  return shownObjective({
    variables,
    tex,
    text,
    evaluate,
    ...(gradient && {
      gradient: (columns: Columns) =>
        inBlocks(columns, origin.length, (block) => {
          const slopes = gradient(lift(block))
          return directions.map((direction) => along(slopes, direction))
        }),
    }),
    ...(hessian && {
      hessian: (columns: Columns) => {
        const rows = hessian(lift(columns))
        return symmetric(
          directions.map((direction, k) => {
            const half = rows.map((row) => along(row, direction))
            return directions.slice(0, k + 1).map((other) => along(half, other))
          }),
        )
      },
    }),
    // Where nothing says that the whole is smooth, neither is its section.
    ...(gradient === undefined && variables.length === 1
      ? { breaks: (lower: number, upper: number) => breaksOf((t) => evaluate([t]), lower, upper) }
      : {}),
    at: (point) => lift(point.map((t) => Float64Array.of(t))).map(([x]) => x),
  })
}

/** Numbers of the whole that are lifted at a time. */
const BLOCK = 2 ** 20

/** The arrays that a function of columns gives, from points a block at a time. */
function inBlocks(
  columns: Columns,
  width: number,
  of: (block: Columns) => readonly Float64Array[],
): Float64Array[] {
  const count = columns[0].length
  const size = Math.max(1, Math.floor(BLOCK / width))
  if (size >= count) return [...of(columns)]
  const whole: Float64Array[] = []
  for (let from = 0; from < count; from += size)
    of(columns.map((column) => column.subarray(from, from + size))).forEach((part, k) => {
      whole[k] ??= new Float64Array(count)
      whole[k].set(part, from)
    })
  return whole
}
