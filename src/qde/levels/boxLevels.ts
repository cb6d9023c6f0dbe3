/**
 * Lowest levels in two or three dimensions, in a box: on the leanest grid that holds them,
 *   1. as sums, where ζ is a sum over the coordinates;
 *   2. from a few products of mean-field eigenfunctions, where they serve;
 *   3. on the region where the states live, by iteration that starts from an adiabatic basis.
 * The grid is refined until the estimated errors meet the tolerance.
 */
import { type Axis, type Grid, grid, interpolation, WaveFunction } from '../../grid/index.js'
import { energyOfLevels } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import type { Hamiltonian } from '../hamiltonian.js'
import type { Eigenpairs } from './eigenpairs.js'
import { leanGrid } from './leanGrid.js'
import { productLevels } from './productLevels.js'
import { forEachAxis } from './products.js'
import { regionLevels } from './regionLevels.js'
import { separableLevels } from './separableLevels.js'
import { tailErrors } from './tail.js'

/** Wanted error of an energy as a share of the energy window that holds the levels, by dimension. */
const TOLERANCE = [0, 0, 1e-10, 1e-9] as const
/** Error of all causes together that is accepted, as a multiple of the tolerance. */
const ACCEPTED = 5
/** Deviation of ζ from a sum over its coordinates that is none, as a multiple of the tolerance. */
const HARMLESS = 1e-2
/** Least part of the rectangle around a classical region that a round one fills, by dimension. */
const ROUND = [0, 0, 0.25, 0.12] as const
/** Attempts at a grid. */
const ATTEMPTS = 5
/** Least and largest factor by which a grid that is too coarse is refined. */
const REFINEMENT = [1.1, 1.5] as const

export interface BoxLevels {
  readonly hamiltonian: Hamiltonian
  readonly pairs: Eigenpairs
}

/**
 * @param box its axes; where the user gave them, they are the grid of the result and the finest on which levels are sought
 * @param energy up to which the box was chosen, or −∞
 */
export function boxLevels(space: Discretisation, box: Grid, energy: number, levels: number): BoxLevels {
  const { objective, D, given, dimension } = space
  const whole = space.hamiltonian(box)
  const least = whole.zeta.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
  const step = box.axes.map((a) => a.spacing)
  let top = Number.isFinite(energy)
    ? energy
    : energyOfLevels({ zeta: whole.zeta, minimum: least, step }, D, levels + 2)
  let best: BoxLevels | undefined
  let effort = 1
  for (let attempt = 0; ; attempt++) {
    const lean = leanGrid(objective, D, box.axes, top, effort)
    const axes = given === undefined ? lean.axes : lean.axes.map((a, d) => coarser(a, box.axes[d]))
    const complete = given !== undefined && axes.every((a, d) => a === box.axes[d])
    const hamiltonian = complete ? whole : space.hamiltonian(grid(axes))
    const tolerance = TOLERANCE[dimension] * (top - least)
    const found =
      separableLevels(hamiltonian, levels, HARMLESS * tolerance) ??
      (isRound(hamiltonian, top) ? productLevels(hamiltonian, levels, tolerance) : undefined) ??
      regionLevels(hamiltonian, levels, top, tolerance)
    const tails = tailErrors(hamiltonian.grid, D, found.vectors)
    const pairs = { ...found, errors: found.errors.map((e, n) => e + tails[n]) }
    const error = Math.max(...pairs.errors)
    if (best === undefined || error < Math.max(...best.pairs.errors)) best = { hamiltonian, pairs }
    if (error <= ACCEPTED * tolerance || complete || attempt === ATTEMPTS - 1) break
    top = Math.max(top, found.energies[levels - 1])
    // The logarithm of the tail grows about as κ².
    const missing = Math.log(tolerance / (top - least)) / Math.log(Math.max(...tails) / (top - least))
    effort *= Math.min(REFINEMENT[1], Math.max(REFINEMENT[0], Math.sqrt(Math.abs(missing))))
  }
  return given === undefined || best.hamiltonian === whole ? best : interpolated(best, whole)
}

/** Whether the classical region fills much of the rectangle around it, so that products suit the states. */
function isRound({ grid: { shape }, zeta }: Hamiltonian, energy: number): boolean {
  const reached = shape.map((n) => new Uint8Array(n))
  forEachAxis(shape, (d, j, i) => {
    if (zeta[i] <= energy) reached[d][j] = 1
  })
  const around = reached.reduce((product, marks) => product * marks.reduce((sum, m) => sum + m, 0), 1)
  return zeta.filter((v) => v <= energy).length > ROUND[shape.length] * around
}

function coarser(a: Axis, b: Axis): Axis {
  return a.points < b.points ? a : b
}

/** The same functions on the points of a finer grid of the same box. */
function interpolated({ hamiltonian: { grid: lean }, pairs }: BoxLevels, finer: Hamiltonian): BoxLevels {
  const { grid: fine } = finer
  const series = lean.axes.map((a, d) => axisSeries(a, fine.axes[d].coordinates))
  const scale = Math.sqrt(fine.cell / lean.cell)
  const vectors = pairs.vectors.map((phi) => {
    let values = phi.map((v) => v * scale)
    // Each axis in turn, slowest first: [n, rest] becomes [rest, points], so that after all the order is C order.
    lean.shape.forEach((n, d) => {
      const points = fine.shape[d]
      const rest = values.length / n
      const next = new Float64Array(rest * points)
      for (let i = 0; i < rest; i++)
        for (let j = 0; j < n; j++) {
          const c = values[j * rest + i]
          if (c === 0) continue
          for (let p = 0, to = i * points, at = j * points; p < points; p++) next[to++] += c * series[d][at++]
        }
      values = next
    })
    return values
  })
  return { hamiltonian: finer, pairs: { ...pairs, vectors } }
}

/** Values at x of the function that is 1 at point j of an axis and 0 at the others, row-major [points, x.length]. */
function axisSeries(axis: Axis, x: Float64Array): Float64Array {
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
