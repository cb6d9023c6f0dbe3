/** What the methods for levels need of one axis of a grid: its kinetic matrix and its largest momenta. */
import { type Axis, grid, interpolation, spectral, WaveFunction } from '../../grid/index.js'
import { Hamiltonian } from '../hamiltonian.js'

/** −D d²/dx² between the points of an axis, row-major points². */
export function kineticMatrix(axis: Axis, D: number): Float64Array {
  const line = grid([axis])
  return new Hamiltonian(line, D, new Float64Array(line.size)).matrix()
}

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

/** Values at x of the function that is 1 at point j of an axis and 0 at the others, row-major [points, x.length]. */
export function axisSeries(axis: Axis, x: Float64Array): Float64Array {
  const line = grid([axis])
  const at = interpolation(line, [x])
  const series = new Float64Array(axis.points * x.length)
  // Two points at a time, as real and imaginary part.
  for (let j = 0; j < axis.points; j += 2) {
    const values = new Float64Array(2 * axis.points)
    values[2 * j] = 1
    if (j + 1 < axis.points) values[2 * (j + 1) + 1] = 1
    const psi = at(new WaveFunction(line, values))
    for (let p = 0; p < x.length; p++) {
      series[j * x.length + p] = psi[2 * p]
      if (j + 1 < axis.points) series[(j + 1) * x.length + p] = psi[2 * p + 1]
    }
  }
  return series
}
