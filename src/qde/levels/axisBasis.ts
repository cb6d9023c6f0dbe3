/** What the methods for levels need of one axis of a grid: its kinetic matrix and its largest momenta. */
import { type Axis, grid, spectral } from '../../grid/index.js'
import { Hamiltonian } from '../hamiltonian.js'

/** −D d²/dx² between the points of an axis, row-major points². */
export function kineticMatrix(axis: Axis, D: number): Float64Array {
  const line = grid([axis])
  return new Hamiltonian(line, D, new Float64Array(line.size)).matrix()
}

/** Share of the momenta of an axis, the largest, whose weight tells how well a state is resolved. */
const OUTER = 1 / 8

export interface OuterModes {
  /** Orthonormal real functions on the points, the modes of the largest momenta. */
  readonly modes: readonly Float64Array[]
  /** Largest κ². */
  readonly square: number
}

export function outerModes(axis: Axis): OuterModes {
  const { points, wavenumbers } = axis
  const { inverse } = spectral(grid([axis]))
  const most = wavenumbers.reduce((largest, k) => Math.max(largest, Math.abs(k)), 0)
  const modes: Float64Array[] = []
  wavenumbers.forEach((k, index) => {
    if (Math.abs(k) <= (1 - OUTER) * most) return
    const field = new Float64Array(2 * points)
    field[2 * index] = 1
    inverse(field)
    // Of e^{iκx} and e^{−iκx} the one gives the cosine, the other the sine.
    const sine = Float64Array.from({ length: points }, (_, j) => field[2 * j + 1])
    const mode =
      k < 0 && sine.some((v) => Math.abs(v) > 0.1 / points) ? sine : sine.map((_, j) => field[2 * j])
    const length = Math.sqrt(mode.reduce((sum, v) => sum + v * v, 0))
    if (length > 0) modes.push(mode.map((v) => v / length))
  })
  return { modes, square: most * most }
}
