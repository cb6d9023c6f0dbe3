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

/**
 * `count` levels from `low` to `high`, spaced as squares: a basin's contours are then evenly spaced lines,
 * as they are for a parabola.
 */
export function contourLevels(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => low + (high - low) * ((k + 1) / count) ** 2)
}
