/**
 * Lines of equal value of a field.
 */
import { contours } from 'd3-contour'

/** One point of a line; `line` tells lines apart, `i` orders the points along one. */
export interface ContourPoint {
  readonly x: number
  readonly y: number
  readonly line: number
  readonly i: number
  /** Index of the level, 0 the lowest. */
  readonly level: number
}

/**
 * Contour lines at the given levels of a C-order field (x slow) over equidistant axes.
 * Rings that close along the edge of the field are opened there: the edge is no contour.
 */
export function contourLines(
  field: ArrayLike<number>,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  levels: readonly number[],
): ContourPoint[] {
  const [nx, ny] = [x.length, y.length]
  const [dx, dy] = [(x[nx - 1]! - x[0]!) / (nx - 1), (y[ny - 1]! - y[0]!) / (ny - 1)]
  const values = Array.from(field)
  const trace = contours().size([ny, nx])
  const points: ContourPoint[] = []
  let line = 0
  levels.forEach((value, level) => {
    for (const polygon of trace.contour(values, value).coordinates) {
      for (const ring of polygon) {
        let i = 0
        for (const [column, row] of ring as [number, number][]) {
          // Samples sit at half-integers; what lies outside the outermost ones is d3's closing edge.
          const [u, v] = [row - 0.5, column - 0.5]
          if (u < 0 || v < 0 || u > nx - 1 || v > ny - 1) {
            if (i > 0) line++
            i = 0
          } else {
            points.push({ x: x[0]! + u * dx, y: y[0]! + v * dy, line, i: i++, level })
          }
        }
        line++
      }
    }
  })
  return points
}

/** Levels of a field between its lowest value and the one below which a share of it lies. */
export interface Levels {
  /** Rising values above the lowest; none for a constant field. */
  readonly values: readonly number[]
  /** A smooth scale, straight near the lowest value and logarithmic far above: along it, lines are interpolated. */
  readonly bend: (value: number) => number
  /** How high a value stands: 0 at the lowest, 1 at the highest level, the same from each level to the next. */
  readonly height: (value: number) => number
}

/** A field is a plain below its highest level where so large a share of it differs by less than such a share of its range. */
const PLAIN = { share: 0.1, depth: 1e-3 }

/**
 * Levels that show a field's wells, however high its walls: of {@link contourLevels} and of the levels at which equal
 * steps of √area are passed, the lower ones. For a parabola the two agree; walls that rise faster leave the second,
 * a well in a plain the first.
 */
export function wellLevels(field: ArrayLike<number>, share: number, count: number): Levels {
  const sorted = Float64Array.from(field).sort()
  const at = (q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!
  const [low, high] = [at(0), at(share)]
  const values = contourLevels(low, high, count).map((level, k) =>
    Math.min(level, at(share * ((k + 1) / count) ** 2)),
  )
  const last = high - (values[count - 2] ?? low)
  const height = (value: number): number => {
    if (value >= high) return 1 + Math.log1p((value - high) / (last || 1)) / count
    const above = values.findIndex((level) => level > value)
    const under = above > 0 ? values[above - 1]! : low
    const step = values[above]! - under
    return (above + (step > 0 ? Math.max(0, value - under) / step : 0)) / count
  }
  // Where the field is all but level a line means nothing: it follows the rounding.
  const plain = high - at(Math.max(0, share - PLAIN.share)) < PLAIN.depth * (high - low)
  const lines = [...new Set(values)].filter((level) => level > low && !(plain && level === high))
  const scale = (lines[lines.length >> 1] ?? low + 1) - low
  return { values: lines, height, bend: (value) => Math.asinh((value - low) / scale) }
}

/**
 * `count` levels from `low` to `high`, spaced as squares: a basin's contours are then evenly spaced lines,
 * as they are for a parabola.
 */
export function contourLevels(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => low + (high - low) * ((k + 1) / count) ** 2)
}
