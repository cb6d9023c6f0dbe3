/** What the methods for levels need of one axis of a grid: its kinetic matrix and its largest momenta. */
import { type Axis, grid, spectral } from '../../grid/index.js'
import { Hamiltonian } from '../hamiltonian.js'

/** −D d²/dx² between the points of an axis, row-major points². */
export function kineticMatrix(axis: Axis, D: number): Float64Array {
  const line = grid([axis])
  return new Hamiltonian(line, D, new Float64Array(line.size)).matrix()
}

/** |sin| of half a phase below which two points are one. */
const TOUCHING = 1e-9
/** Width of a band of the largest momenta of an axis, as a share of them all. */
const BAND = 1 / 8

export interface OuterModes {
  /** Orthonormal real functions on the points: the modes of the outermost band of momenta, and of the next. */
  readonly bands: readonly [readonly Float64Array[], readonly Float64Array[]]
  /** Largest κ². */
  readonly square: number
}

export function outerModes(axis: Axis): OuterModes {
  const { points, wavenumbers } = axis
  const { inverse } = spectral(grid([axis]))
  const most = wavenumbers.reduce((largest, k) => Math.max(largest, Math.abs(k)), 0)
  const bands: [Float64Array[], Float64Array[]] = [[], []]
  wavenumbers.forEach((k, index) => {
    const band = Math.floor((1 - Math.abs(k) / most) / BAND)
    if (band > 1) return
    const field = new Float64Array(2 * points)
    field[2 * index] = 1
    inverse(field)
    // Of e^{iκx} and e^{−iκx} the one gives the cosine, the other the sine.
    const sine = Float64Array.from({ length: points }, (_, j) => field[2 * j + 1])
    const mode =
      k < 0 && sine.some((v) => Math.abs(v) > 0.1 / points) ? sine : sine.map((_, j) => field[2 * j])
    const length = Math.sqrt(mode.reduce((sum, v) => sum + v * v, 0))
    if (length > 0) bands[band].push(mode.map((v) => v / length))
  })
  return { bands, square: most * most }
}

/**
 * Values at x of the spectral series that is 1 at point j of an axis and 0 at the others, row-major [points, x.length]:
 * on a ring of N points, with θ = 2π(x − x_j)/L, sin(Nθ/2)/(N tan ½θ), or sin ½θ below for odd N. Walls and zero flux
 * are a ring of twice the length with a second one at the mirrored point, subtracted or added.
 */
export function axisSeries(axis: Axis, x: Float64Array): Float64Array {
  const { lower, upper, spacing, coordinates, points, transform } = axis
  const length = (transform === 'fourier' ? 1 : 2) * (upper - lower)
  const N = Math.round(length / spacing)
  const mirrored = transform === 'fourier' ? 0 : transform === 'sine' ? -1 : 1
  const cardinal = (distance: number): number => {
    const half = (Math.PI * distance) / length
    const below = N * (N % 2 === 0 ? Math.tan(half) : Math.sin(half))
    return Math.abs(Math.sin(half)) < TOUCHING ? 1 : Math.sin(N * half) / below
  }
  const series = new Float64Array(points * x.length)
  for (let j = 0; j < points; j++)
    for (let p = 0; p < x.length; p++) {
      const image = mirrored === 0 ? 0 : mirrored * cardinal(x[p] + coordinates[j] - 2 * lower)
      series[j * x.length + p] = cardinal(x[p] - coordinates[j]) + image
    }
  return series
}
