/**
 * Lowest levels in two or three dimensions, in a box: on the leanest grid that holds them,
 *   1. as sums, where ζ is a sum over the coordinates;
 *   2. from a few products of mean-field eigenfunctions, where they serve;
 *   3. on the region where the states live, by iteration that starts from an adiabatic basis.
 * The grid is refined until the estimated errors meet the tolerance.
 */
import { PsilabError } from '../../error.js'
import { type Axis, type Grid, grid } from '../../grid/index.js'
import { energyOfLevels } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { axisSeries } from './axisBasis.js'
import type { Eigenpairs } from './eigenpairs.js'
import { quadratureError, tailErrors } from './gridErrors.js'
import { leanGrid, type Samples, samplesOf } from './leanGrid.js'
import { productLevels } from './productLevels.js'
import { forEachAxis } from './products.js'
import { regionLevels } from './regionLevels.js'
import { separableLevels } from './separableLevels.js'

/** Wanted error of an energy as a share of the energy window that holds the levels, by dimension. */
const TOLERANCE = [0, 0, 1e-10, 1e-8] as const
/** Error of all causes together that is accepted, as a multiple of the tolerance. */
const ACCEPTED = 10
/** Error, as a share of the energy window, from which on a result is refused. */
const USELESS = 1e-2
/** Deviation of ζ from a sum over its coordinates that is none, as a multiple of the tolerance. */
const HARMLESS = 1e-2
/** Least part of the rectangle around a classical region that a round one fills, by dimension. */
const ROUND = [0, 0, 0.25, 0.12] as const
/** Share of the estimated momenta that winding regions reach: they narrow where little energy is left. */
const WINDING = 0.85
/** Attempts at a grid. */
const ATTEMPTS = 8
/** How far above the estimate levels may lie, in parts of the energy window, before the box is chosen anew. */
const SLACK = 0.5
/** Milliseconds after which a grid is not refined any more. */
const PATIENCE = 10_000
/** Least and largest factor by which a grid that is too coarse is refined. */
const REFINEMENT = [1.1, 1.5] as const

export interface BoxLevels {
  readonly hamiltonian: Hamiltonian
  readonly pairs: Eigenpairs
}

/**
 * @param box the first to try; where the user gave it, the grid of the result and the finest on which levels are sought
 * @param energy up to which the box was chosen, or −∞
 */
export function boxLevels(space: Discretisation, box: Grid, energy: number, levels: number): BoxLevels {
  const { objective, D, given, dimension } = space
  let samples = samplesOf(objective, D, box.axes)
  const least = samples.zeta.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
  const step = samples.grid.axes.map((a) => a.spacing)
  let top = Number.isFinite(energy)
    ? energy
    : energyOfLevels({ zeta: samples.zeta, minimum: least, step }, D, levels + 2)
  let best: BoxLevels | undefined
  let effort = 1
  const started = Date.now()
  for (let attempt = 1; ; attempt++) {
    const round = isRound(samples, top)
    const lean = leanGrid(samples, top, round ? effort : WINDING * effort)
    const axes = given === undefined ? lean.axes : lean.axes.map((a, d) => coarser(a, given.axes[d]))
    const complete = given !== undefined && axes.every((a, d) => a === given.axes[d])
    const hamiltonian = space.hamiltonian(complete ? given : grid(axes))
    if (levels > hamiltonian.grid.size / 2) refuseSoMany(hamiltonian.grid, levels)
    const tolerance = TOLERANCE[dimension] * (top - least)
    const limit = top + SLACK * (top - least)
    const found =
      separableLevels(hamiltonian, levels, HARMLESS * tolerance) ??
      (round ? productLevels(hamiltonian, levels, tolerance) : undefined) ??
      regionLevels(hamiltonian, levels, top, limit, tolerance)
    const last = attempt >= ATTEMPTS || Date.now() - started > PATIENCE
    const highest = typeof found === 'number' ? found : found.energies[levels - 1]
    if (highest > limit && !last) {
      // Zero-point energy lifts the levels far above the estimate, and the box has to hold them there.
      top = highest
      if (given === undefined)
        samples = samplesOf(objective, D, space.choose({ levels, energy: top }).grid.axes)
      continue
    }
    if (typeof found === 'number') break
    const tails = tailErrors(hamiltonian.grid, D, found.vectors)
    // The highest state needs the grid most.
    const quadrature = quadratureError(hamiltonian, objective, found.vectors[levels - 1])
    const pairs = { ...found, errors: found.errors.map((e, n) => e + tails[n] + quadrature) }
    const error = Math.max(...pairs.errors)
    if (best === undefined || error < Math.max(...best.pairs.errors)) best = { hamiltonian, pairs }
    if (error <= ACCEPTED * tolerance || complete || last) break
    top = Math.max(top, highest)
    // The logarithm of the tail grows about as κ².
    const missing =
      Math.log(tolerance / (top - least)) / Math.log((Math.max(...tails) + quadrature) / (top - least))
    effort *= Math.min(REFINEMENT[1], Math.max(REFINEMENT[0], Math.sqrt(Math.abs(missing))))
  }
  if (best === undefined || Math.max(...best.pairs.errors) > USELESS * (top - least)) refuseUnseen(levels)
  return given === undefined || best.hamiltonian.grid === given
    ? best
    : interpolated(best, space.hamiltonian(given))
}

function refuseUnseen(levels: number): never {
  throw new PsilabError({
    code: 'not-converged',
    parameter: 'levels',
    problem: 'no grid was found that holds the states',
    allowed: 'levels that up to 2^18 points resolve',
    got: levels,
    advice: 'State the box that you mean: grid: { lower, upper, points }.',
  })
}

function refuseSoMany({ shape, size }: Grid, levels: number): never {
  throw new PsilabError({
    code: 'resolution',
    parameter: 'levels',
    problem: `a grid of ${shape.join(' × ')} points cannot hold that many levels`,
    allowed: `1 to ${Math.floor(size / 2)}`,
    got: levels,
    advice: 'Give grid.points a larger number.',
  })
}

/** Whether the classical region fills much of the rectangle around it, so that products suit the states. */
function isRound({ grid: { shape }, zeta }: Samples, energy: number): boolean {
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
      const [points, cardinal] = [fine.shape[d], series[d]]
      const rest = values.length / n
      const next = new Float64Array(rest * points)
      for (let i = 0; i < rest; i++) {
        const row = next.subarray(i * points, (i + 1) * points)
        // Two points of the coarse line in one pass over the fine one.
        for (let j = 0; j < n; j += 2) {
          const [at, after] = [j * points, Math.min(j + 1, n - 1) * points]
          const c = values[j * rest + i]
          const e = j + 1 < n ? values[(j + 1) * rest + i] : 0
          if (c !== 0 || e !== 0)
            for (let p = 0; p < points; p++) row[p] += c * cardinal[at + p] + e * cardinal[after + p]
        }
      }
      values = next
    })
    return values
  })
  return { hamiltonian: finer, pairs: { ...pairs, vectors } }
}
