/**
 * Cubic splines through samples on a tensor grid in any number of coordinates. Along a line the spline has two continuous
 * derivatives; at its ends the third is continuous across the first and the last inner knot ("not a knot"), so that cubics
 * come out exact and the error is O(h⁴) up to the ends. The tensor product holds at each sample the value and the slopes
 * along each set of axes, and is
 *
 *   s(x) = Σ_corners Σ_slopes f^{(slopes)} Π_d H(x_d),   H the cubic basis of Hermite.
 *
 * Reference: de Boor, A Practical Guide to Splines (1978), chapters IV and XVII.
 */

export class TensorSpline {
  readonly axes: readonly Float64Array[]
  /** One array a set of axes along which the slope is taken; bit d of the index is axis d. */
  private readonly slopes: readonly Float64Array[]
  private readonly strides: readonly number[]

  /**
   * @param axes rising coordinates, at least two an axis
   * @param values C order
   */
  constructor(axes: readonly Float64Array[], values: Float64Array) {
    this.axes = axes
    this.strides = axes.map((_, d) => axes.slice(d + 1).reduce((product, x) => product * x.length, 1))
    const slopes = [values]
    axes.forEach((x, d) => {
      for (let set = 0; set < 1 << d; set++) slopes[set | (1 << d)] = this.slopesAlong(slopes[set], x, d)
    })
    this.slopes = slopes
  }

  private slopesAlong(values: Float64Array, x: Float64Array, d: number): Float64Array {
    const stride = this.strides[d]
    const out = new Float64Array(values.length)
    const line = new Float64Array(x.length)
    for (let start = 0; start < values.length; start++) {
      if (Math.floor(start / stride) % x.length !== 0) continue
      for (let i = 0; i < x.length; i++) line[i] = values[start + i * stride]
      splineSlopes(x, line).forEach((slope, i) => {
        out[start + i * stride] = slope
      })
    }
    return out
  }

  /**
   * The spline or a derivative of it at points; beyond the ends the outermost cubics go on.
   * @param columns one array a coordinate
   * @param orders of the derivative in each coordinate, 0 to 2; default none
   */
  at(columns: readonly Float64Array[], orders: readonly number[] = columns.map(() => 0)): Float64Array {
    const { axes, strides, slopes } = this
    const dimension = axes.length
    const corners = 1 << dimension
    const basis = axes.map(() => new Float64Array(4))
    return columns[0].map((_, p) => {
      let first = 0
      for (let d = 0; d < dimension; d++) {
        const cell = cellOf(axes[d], columns[d][p])
        hermite(columns[d][p], axes[d][cell], axes[d][cell + 1], orders[d], basis[d])
        first += cell * strides[d]
      }
      let sum = 0
      for (let corner = 0; corner < corners; corner++) {
        let at = first
        for (let d = 0; d < dimension; d++) if ((corner >> d) & 1) at += strides[d]
        for (let set = 0; set < corners; set++) {
          let weight = 1
          for (let d = 0; d < dimension; d++) weight *= basis[d][2 * ((corner >> d) & 1) + ((set >> d) & 1)]
          sum += weight * slopes[set][at]
        }
      }
      return sum
    })
  }
}

/** The slopes at its samples of the cubic spline along a line: of a parabola for three of them, of a line for two. */
export function splineSlopes(x: Float64Array, y: Float64Array): Float64Array {
  const n = x.length
  const h = Float64Array.from({ length: n - 1 }, (_, i) => x[i + 1] - x[i])
  const slope = h.map((width, i) => (y[i + 1] - y[i]) / width)
  if (n === 2) return Float64Array.of(slope[0], slope[0])
  if (n === 3) {
    const curvature = (slope[1] - slope[0]) / (h[0] + h[1])
    return Float64Array.of(
      slope[0] - curvature * h[0],
      slope[0] + curvature * h[0],
      slope[1] + curvature * h[1],
    )
  }
  // Rows (lower, diagonal, upper | right) of a tridiagonal system.
  const [lower, diagonal, upper, right] = [0, 0, 0, 0].map(() => new Float64Array(n))
  const ends = h[0] + h[1]
  diagonal[0] = h[1]
  upper[0] = ends
  right[0] = ((h[0] + 2 * ends) * h[1] * slope[0] + h[0] ** 2 * slope[1]) / ends
  for (let i = 1; i < n - 1; i++) {
    lower[i] = h[i]
    diagonal[i] = 2 * (h[i - 1] + h[i])
    upper[i] = h[i - 1]
    right[i] = 3 * (h[i] * slope[i - 1] + h[i - 1] * slope[i])
  }
  const [a, b] = [h[n - 3], h[n - 2]]
  diagonal[n - 1] = a
  lower[n - 1] = a + b
  right[n - 1] = (b ** 2 * slope[n - 3] + (2 * (a + b) + b) * a * slope[n - 2]) / (a + b)
  for (let i = 1; i < n; i++) {
    const factor = lower[i] / diagonal[i - 1]
    diagonal[i] -= factor * upper[i - 1]
    right[i] -= factor * right[i - 1]
  }
  for (let i = n - 1; i >= 0; i--)
    right[i] = (right[i] - (i < n - 1 ? upper[i] * right[i + 1] : 0)) / diagonal[i]
  return right
}

/** The interval [x_i, x_{i+1}] that holds a point, or the outermost one. */
function cellOf(x: Float64Array, at: number): number {
  let [low, high] = [0, x.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (x[middle] <= at) low = middle
    else high = middle
  }
  return low
}

/** Weights of value and slope at the left end, and at the right end, or of a derivative of the cubic. */
function hermite(x: number, left: number, right: number, order: number, out: Float64Array): void {
  const h = right - left
  const t = (x - left) / h
  if (order === 0) {
    out[0] = 1 - t * t * (3 - 2 * t)
    out[1] = h * t * (1 - t) ** 2
    out[2] = t * t * (3 - 2 * t)
    out[3] = -h * t * t * (1 - t)
  } else if (order === 1) {
    out[0] = (-6 * t * (1 - t)) / h
    out[1] = (1 - t) * (1 - 3 * t)
    out[2] = -out[0]
    out[3] = t * (3 * t - 2)
  } else {
    out[0] = (12 * t - 6) / h ** 2
    out[1] = (6 * t - 4) / h
    out[2] = -out[0]
    out[3] = (6 * t - 2) / h
  }
}
