/**
 * Absorbing layers: in the outer part of an axis H gains −iW, which takes ψ away before it reaches the end. At a depth
 * u in a layer of width w,
 *
 *   W = Dκ² y(cu/w),   y(v) = αv − βv³ + 4/[(c − v)² + (εc)²] − 4/(c + v)² − y₀,   κ = c/(2δw),   y(0) = 0.
 *
 * With ε = 0 it comes from the inverse of a scattering problem whose JWKB solution has no transmission at any energy
 * and a reflection that falls with the energy. The rounding ε of the pole at the seam lets steps be longer. With
 * δ = 0.2 and ε = 0.1 a plane wave of wave number k comes back with less than 1e-4 of its |ψ|² for kw ≥ 11.5, with
 * 1e-6 for kw ≥ 25, and passes the seam with less than 1e-4 for kw ≤ 75.
 *
 * Reference: Manolopoulos, J. Chem. Phys. 117, 9552 (2002), equations 2.8–2.23.
 */
import { PsilabError } from '../error.js'
import { type Axis, type Grid, stridesOf } from '../grid/index.js'

const DELTA = 0.2
/** c = √2 K(1/√2), and α, β as functions of it. */
const C = 2.62205755429212
const ALPHA = 1 - 16 / C ** 3
const BETA = (1 - 17 / C ** 3) / C ** 2
const ROUND = (0.1 * C) ** 2

/** k·w from which on a layer of width w sends back less than 1e-4 of |ψ|². */
export const ABSORBED = 11.5

export interface Absorption {
  /** W ≥ 0 at each point of the grid, C order, in the unit of ζ. */
  readonly rate: Float64Array
  /** |∇W|² at each point. */
  readonly slopeSquared: Float64Array
}

/** The absorbing layers of a grid; undefined where no axis absorbs. */
export function absorptionOn(grid: Grid, D: number): Absorption | undefined {
  if (grid.axes.every((a) => a.layer === 0)) return undefined
  const strides = stridesOf(grid.shape)
  const rate = new Float64Array(grid.size)
  const slopeSquared = new Float64Array(grid.size)
  grid.axes.forEach((a, d) => {
    if (a.layer === 0) return
    const line = Array.from(a.coordinates, (x) => layerAt(a, D, Math.min(x - a.lower, a.upper - x)))
    for (let i = 0; i < grid.size; i++) {
      const { value, slope } = line[Math.floor(i / strides[d]) % a.points]
      rate[i] += value
      slopeSquared[i] += slope * slope
    }
  })
  return { rate, slopeSquared }
}

/** W and |dW/dx| at a distance from the end of the axis. */
function layerAt(
  { layer }: Axis,
  D: number,
  distance: number,
): { readonly value: number; readonly slope: number } {
  if (distance >= layer) return { value: 0, slope: 0 }
  const v = (C * (layer - distance)) / layer
  const scale = D * (C / (2 * DELTA * layer)) ** 2
  const [near, far] = [C - v, C + v]
  const pole = near * near + ROUND
  return {
    value: scale * (ALPHA * v - BETA * v ** 3 + 4 / pole - 4 / (C * C + ROUND) + 4 / C ** 2 - 4 / far ** 2),
    slope: (scale * C * (ALPHA - 3 * BETA * v * v + (8 * near) / pole ** 2 + 8 / far ** 3)) / layer,
  }
}

/** @throws PsilabError `parameter` where a result needs a Hermitian H, and layers absorb */
export function requireClosed(axes: readonly Axis[], what: string): void {
  const open = axes.filter((a) => a.layer > 0).map((a) => a.name)
  if (open.length === 0) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'grid.boundary',
    problem: `${what} need a box that keeps ψ, and this one absorbs it at the ends of ${open.join(', ')}`,
    allowed: "'periodic', 'walls' or 'zero-flux'",
    got: 'absorbing',
    advice: 'State the same problem once more without absorbing layers.',
  })
}
