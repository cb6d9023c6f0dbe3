/**
 * The thin-plate spline through scattered samples of the plane: the surface of least bending energy,
 *
 *   s(x) = Σ_i c_i φ(|x − x_i|) + a₀ + a₁x + a₂y,   φ(r) = r² ln r,   Σc_i = Σc_i x_i = Σc_i y_i = 0.
 *
 * What leaving out sample i changes there is c_i/(B⁻¹)_ii, with B the matrix of the whole system, so that none of the n
 * smaller systems is solved.
 *
 * References: Duchon, in Constructive Theory of Functions of Several Variables (1977); Rippa, Adv. Comput. Math. 11, 193
 * (1999), for leaving out.
 */
import { lu } from './lu.js'

export class ThinPlateSpline {
  /** Values of the samples less those of the spline through all others. */
  readonly leftOut: Float64Array
  private readonly x: Float64Array
  private readonly y: Float64Array
  private readonly weights: Float64Array
  private readonly scale: number
  private readonly centre: readonly [number, number]

  private constructor(x: Float64Array, y: Float64Array, values: Float64Array, system: ThinPlateSystem) {
    this.scale = system.scale
    this.centre = system.centre
    this.x = x.map((v) => (v - system.centre[0]) / system.scale)
    this.y = y.map((v) => (v - system.centre[1]) / system.scale)
    const n = x.length
    this.weights = new Float64Array(n + 3)
    this.weights.set(values)
    system.solve(this.weights)
    this.leftOut = values.map((_, i) => {
      const unit = new Float64Array(n + 3)
      unit[i] = 1
      system.solve(unit)
      return this.weights[i] / unit[i]
    })
  }

  /** The spline through samples at (x_i, y_i); undefined where they lie on a line, or two of them at one place. */
  static through(x: Float64Array, y: Float64Array, values: Float64Array): ThinPlateSpline | undefined {
    const system = systemOf(x, y)
    return system === undefined ? undefined : new ThinPlateSpline(x, y, values, system)
  }

  /** The spline at points. */
  at(columns: readonly Float64Array[]): Float64Array {
    return this.sum(
      columns,
      (dx, dy) => phi(dx * dx + dy * dy),
      (a, b, c, u, v) => a + b * u + c * v,
    )
  }

  /** Its slopes along x and y. */
  gradientAt(columns: readonly Float64Array[]): Float64Array[] {
    const slope = (d: number, square: number): number =>
      square === 0 ? 0 : (d * (Math.log(square) + 1)) / this.scale
    return [
      this.sum(
        columns,
        (dx, dy) => slope(dx, dx * dx + dy * dy),
        (_, b) => b / this.scale,
      ),
      this.sum(
        columns,
        (dx, dy) => slope(dy, dx * dx + dy * dy),
        (_, __, c) => c / this.scale,
      ),
    ]
  }

  private sum(
    [x, y]: readonly Float64Array[],
    kernel: (dx: number, dy: number) => number,
    plane: (a: number, b: number, c: number, u: number, v: number) => number,
  ): Float64Array {
    const n = this.x.length
    const [a, b, c] = this.weights.subarray(n)
    return x.map((at, p) => {
      const u = (at - this.centre[0]) / this.scale
      const v = (y[p] - this.centre[1]) / this.scale
      let total = plane(a, b, c, u, v)
      for (let i = 0; i < n; i++) total += this.weights[i] * kernel(u - this.x[i], v - this.y[i])
      return total
    })
  }
}

/** φ of r². */
const phi = (square: number): number => (square === 0 ? 0 : (square * Math.log(square)) / 2)

interface ThinPlateSystem {
  readonly solve: (b: Float64Array) => void
  readonly scale: number
  readonly centre: readonly [number, number]
}

/** In coordinates of the size 1, in which the system is well scaled. */
function systemOf(x: Float64Array, y: Float64Array): ThinPlateSystem | undefined {
  const n = x.length
  const size = n + 3
  const range = (v: Float64Array): readonly [number, number] => [
    v.reduce((m, w) => Math.min(m, w), Number.POSITIVE_INFINITY),
    v.reduce((m, w) => Math.max(m, w), Number.NEGATIVE_INFINITY),
  ]
  const [[left, right], [bottom, top]] = [range(x), range(y)]
  const scale = Math.max(right - left, top - bottom)
  const centre = [(left + right) / 2, (bottom + top) / 2] as const
  if (!(scale > 0)) return undefined
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i !== j && x[i] === x[j] && y[i] === y[j]) return undefined
      matrix[i * size + j] = phi(((x[i] - x[j]) / scale) ** 2 + ((y[i] - y[j]) / scale) ** 2)
    }
    ;[1, (x[i] - centre[0]) / scale, (y[i] - centre[1]) / scale].forEach((v, k) => {
      matrix[i * size + n + k] = v
      matrix[(n + k) * size + i] = v
    })
  }
  const most = matrix.reduce((m, v) => Math.max(m, Math.abs(v)), 0)
  const solve = lu(matrix, size)
  // Points on a line leave the plane undetermined, which rounding hides from the pivots.
  for (let i = 0; i < size; i++) if (Math.abs(matrix[i * size + i]) < 1e-13 * most) return undefined
  return solve === undefined ? undefined : { solve, scale, centre }
}
