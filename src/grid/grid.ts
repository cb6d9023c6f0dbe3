/** A rectangular grid: the product of its axes, C order (the last axis runs fastest). */
import { PsilabError } from '../error.js'
import { shownAs } from '../shown.js'
import { type Axis, axisText } from './axis.js'

export interface Grid {
  readonly axes: readonly Axis[]
  /** Number of points along each axis. */
  readonly shape: readonly number[]
  /** Number of grid points. */
  readonly size: number
  /** Volume dx₁·dx₂… that one point stands for. */
  readonly cell: number
  /** Coordinates of every point: one array of length `size` an axis, made when first asked for. */
  readonly columns: readonly Float64Array[]
}

/** Largest number of points of a grid: a state then takes 256 MiB. */
export const MAX_GRID_SIZE: number = 2 ** 24

export function grid(axes: readonly Axis[]): Grid {
  const shape = axes.map((a) => a.points)
  const size = shape.reduce((product, n) => product * n, 1)
  if (size > MAX_GRID_SIZE)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'grid.points',
      problem: `a grid of ${shape.join(' × ')} points needs ${Math.ceil((16 * size) / 2 ** 20)} MiB a state`,
      allowed: `at most ${MAX_GRID_SIZE} points`,
      got: size,
    })
  let columns: readonly Float64Array[] | undefined
  const made: Grid = {
    axes,
    shape,
    size,
    cell: axes.reduce((product, a) => product * a.spacing, 1),
    get columns() {
      columns ??= columnsOf({ axes, shape }, 0, size)
      return columns
    },
  }
  return shownAs(made, gridText)
}

function gridText({ axes, size }: Grid): string {
  return axes.length === 1 ? axisText(axes[0]) : `${axes.map(axisText).join(' × ')}: ${size} points`
}

/** Coordinates of the points `from` to `to`, C order: one array an axis. */
export function columnsOf(
  {
    axes,
    shape,
  }: {
    readonly axes: readonly Pick<Axis, 'coordinates' | 'points'>[]
    readonly shape: readonly number[]
  },
  from: number,
  to: number,
): Float64Array[] {
  const strides = stridesOf(shape)
  return axes.map(({ coordinates, points }, d) => {
    const column = new Float64Array(to - from)
    const stride = strides[d]
    let j = Math.floor(from / stride) % points
    let run = from % stride
    for (let i = 0; i < column.length; i++) {
      column[i] = coordinates[j]
      if (++run < stride) continue
      run = 0
      j = j + 1 === points ? 0 : j + 1
    }
    return column
  })
}

/** Distance between neighbours along each axis, in points, C order. */
export function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, d) => shape.slice(d + 1).reduce((product, n) => product * n, 1))
}

/** Whether two grids have the same points. */
export function sameGrid(a: Grid, b: Grid): boolean {
  return (
    a === b ||
    (a.axes.length === b.axes.length &&
      a.axes.every((p, d) => {
        const q = b.axes[d]
        return (['points', 'lower', 'upper', 'boundary', 'layer'] as const).every((key) => p[key] === q[key])
      }))
  )
}
