/**
 * H of a line in its lowest modes, on a grid as coarse as a drawing allows: once they are known, a run is a sum
 * ψ(x, s) = Σ c_n exp(−i e^{−iθ} E_n s) φ_n(x), and time, angle and packet cost a product.
 */
import { axis, type Grid, grid } from '../grid/index.js'
import { symmetricEigen } from '../numeric/index.js'
import { evaluateOn } from '../objective/index.js'
import { axisSeries, type Discretisation, Hamiltonian } from '../qde/index.js'

/** Intervals that are tried; the matrix of more takes longer than the steps of a run. */
const INTERVALS = [64, 96, 128, 160, 192, 240] as const
/** Energies above min ζ that a grid holds to about 1e-4, as a share of its largest kinetic energy. */
const HELD = 0.6
/** Most that ζ may differ, where the modes live, from the cubic through its samples, as a share of their energy. */
const ROUGH = 0.01
/** Points of a drawn line. */
const POINTS = 320

export interface Modes {
  readonly grid: Grid
  readonly hamiltonian: Hamiltonian
  /** Ascending. */
  readonly energies: Float64Array
  /** Real, Σφ² = 1 over the grid. */
  readonly vectors: readonly Float64Array[]
  /** Points from one end of the box to the other, and ∫φ² = 1 of each mode at them. */
  readonly x: Float64Array
  readonly drawn: readonly Float64Array[]
}

export interface Wanted {
  /** Modes that a grid with this H, good up to the energy `held`, has to find; undefined where it is too coarse. */
  readonly count: (hamiltonian: Hamiltonian, held: number) => number | undefined
  /** Whether those below `held` are enough. */
  readonly suffices: (modes: Modes) => boolean
}

const kept = new WeakMap<Discretisation, Map<string, Modes>>()

/**
 * The modes on the coarsest grid that holds them.
 * @param within a grid whose box is taken; it is never finer than this
 * @returns undefined where none of the grids does
 */
export function modesOf(space: Discretisation, within: Grid, wanted: Wanted): Modes | undefined {
  const [{ boundary, points, layer }] = within.axes
  if (space.dimension !== 1 || layer > 0) return undefined
  const finest = boundary === 'walls' ? points + 1 : points
  const given = space.given !== undefined
  for (const intervals of [...INTERVALS.filter((n) => n < finest), finest]) {
    if (intervals > INTERVALS[INTERVALS.length - 1]) return undefined
    const own = intervals === finest
    const coarse = own ? within : coarsened(within, intervals)
    const zeta = evaluateOn(space.objective, coarse)
    const hamiltonian = new Hamiltonian(coarse, space.D, zeta)
    // A grid that was given is what it is.
    const least = zeta.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
    const held = own && given ? Number.POSITIVE_INFINITY : least + HELD * hamiltonian.highestKinetic
    const count = wanted.count(hamiltonian, held)
    if (count === undefined) continue
    const found = below(solved(space, hamiltonian, Math.min(count, coarse.size)), held)
    const top = found.energies[found.energies.length - 1]
    if (wanted.suffices(found) && (own || isSmooth(space, coarse, top))) return found
  }
  return undefined
}

function below(modes: Modes, held: number): Modes {
  const beyond = modes.energies.findIndex((E) => E > held)
  if (beyond < 0) return modes
  const { energies, vectors, drawn } = modes
  return {
    ...modes,
    energies: energies.subarray(0, beyond),
    vectors: vectors.slice(0, beyond),
    drawn: drawn.slice(0, beyond),
  }
}

function coarsened(within: Grid, intervals: number): Grid {
  const [{ name, lower, upper, boundary }] = within.axes
  return grid([axis({ name, lower, upper, boundary, intervals })])
}

function solved(space: Discretisation, hamiltonian: Hamiltonian, count: number): Modes {
  const { grid: coarse } = hamiltonian
  const key = `${coarse.axes[0].lower} ${coarse.axes[0].upper} ${coarse.size}`
  const known = kept.get(space) ?? new Map<string, Modes>()
  kept.set(space, known)
  const found = known.get(key)
  if (found !== undefined && found.energies.length >= count) return found
  const { values, vectors } = symmetricEigen(hamiltonian.matrix(), coarse.size, { lowest: count })
  const { x, series } = seriesOf(coarse)
  const unit = 1 / Math.sqrt(coarse.cell)
  const drawn = vectors.map((vector) => {
    const phi = new Float64Array(x.length)
    for (let j = 0; j < vector.length; j++) {
      const v = vector[j] * unit
      for (let i = 0, at = j * x.length; i < x.length; i++, at++) phi[i] += v * series[at]
    }
    return phi
  })
  const modes = { grid: coarse, hamiltonian, energies: values, vectors, x, drawn }
  known.set(key, modes)
  return modes
}

/** The last series that was made: a slider of D or of a constant keeps a box that was given. */
let last: { readonly key: string; readonly x: Float64Array; readonly series: Float64Array } | undefined

function seriesOf(coarse: Grid): { readonly x: Float64Array; readonly series: Float64Array } {
  const [own] = coarse.axes
  const { lower, upper, points, boundary } = own
  const key = `${lower} ${upper} ${points} ${boundary}`
  if (last?.key === key) return last
  const x = Float64Array.from({ length: POINTS + 1 }, (_, i) => lower + ((upper - lower) * i) / POINTS)
  last = { key, x, series: axisSeries(own, x) }
  return last
}

/** Whether ζ between the points, where it lies below an energy, is what its samples say. */
function isSmooth(
  { objective }: Discretisation,
  { axes: [{ coordinates, spacing }] }: Grid,
  top: number,
): boolean {
  const quarters = 4
  const fine = objective.evaluate([
    Float64Array.from(
      { length: (coordinates.length - 1) * quarters + 1 },
      (_, i) => coordinates[0] + (i * spacing) / quarters,
    ),
  ])
  const least = fine.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
  for (let i = quarters; i + 2 * quarters < fine.length; i += quarters)
    for (let q = 1; q < quarters; q++) {
      const value = fine[i + q]
      if (value > top && fine[i] > top && fine[i + quarters] > top) continue
      const t = q / quarters
      const cubic =
        (-t * (t - 1) * (t - 2) * fine[i - quarters]) / 6 +
        ((t + 1) * (t - 1) * (t - 2) * fine[i]) / 2 -
        ((t + 1) * t * (t - 2) * fine[i + quarters]) / 2 +
        ((t + 1) * t * (t - 1) * fine[i + 2 * quarters]) / 6
      if (!(Math.abs(value - cubic) <= ROUGH * (top - least))) return false
    }
  return true
}

/** Modes up to an energy by Weyl's count, and some more. */
export function countUpTo({ grid: { cell }, zeta, D }: Hamiltonian, energy: number): number {
  if (energy === Number.POSITIVE_INFINITY) return zeta.length
  const phase = zeta.reduce((sum, v) => sum + Math.sqrt(Math.max(0, energy - v) / D), 0)
  return Math.ceil((phase * cell) / Math.PI) + 2
}
