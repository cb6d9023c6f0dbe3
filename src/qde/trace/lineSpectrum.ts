/**
 * The trace on a line as the sum over all levels of a grid that holds the energies of the highest temperature; over
 * levels on spectral elements where ζ has kinks or the box is given.
 */
import { PsilabError } from '../../error.js'
import type { Grid } from '../../grid/index.js'
import { LevelSums, MAX_TRUNCATION, type Trace } from '../../thermal/index.js'
import { requireClosed } from '../absorber.js'
import { energyOfLevels, type GridChoice } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { allLevels, isEven, levelsInBox } from '../levels/index.js'
import { lowestOf, warnOfWalls } from './refusals.js'

/** e^{−REACH} ≈ 7e-13: weight of the highest levels that a thermal grid holds. */
export const REACH = 28
/** Largest grid all of whose levels are found: their number is that of its points. */
const MOST = 4096
/** Most levels that are found on elements. */
const MOST_ON_ELEMENTS = 128
/** Relative error of levels on elements. */
const ON_ELEMENTS = 1e-13

/** Levels to sum over, the energy up to which they are trusted, and the error of each. */
interface Spectrum {
  readonly levels: Float64Array
  readonly trusted: number
  readonly error: number
  /** Whether nothing above the highest level was found, so that a tail is left out. */
  readonly ends: boolean
}

export function lineSpectrum(space: Discretisation, hottest: number): Trace {
  const { choice, energy } = thermalGrid(space, hottest)
  requireClosed(choice.grid.axes, 'thermodynamics')
  const hamiltonian = space.hamiltonian(choice.grid)
  const { levels, trusted, error, ends } =
    onElements(space, choice.grid, energy) ?? onGrid(space, choice, hottest)
  const sums = new LevelSums(levels, trusted)
  const notes = space.boxGiven ? warnOfWalls(hamiltonian, levels, hottest) : []
  return {
    route: 'spectrum',
    levels,
    notes,
    at(T) {
      const { point, above } = sums.sum(T)
      const truncation = above * (ends ? tailFactor(levels, T) : 1)
      return { ...point, truncation, error: truncation + error / T + Number.EPSILON * levels.length }
    },
  }
}

/** The grid for all states that weigh anything at a temperature, and the energy that they reach. */
export function thermalGrid(
  space: Discretisation,
  hottest: number,
  refinement = 0,
): { readonly choice: GridChoice; readonly energy: number } {
  const energy = groundEstimate(space) + REACH * hottest
  const demand = { levels: space.defaultLevels, energy, ...(refinement > 0 ? { refinement } : {}) }
  return { choice: space.choose(demand), energy }
}

/** About where the lowest level lies: half a level by Weyl's count, and no less than that above min ζ. */
export function groundEstimate(space: Discretisation): number {
  const { grid } = space.choose({ levels: space.defaultLevels })
  const { zeta } = space.hamiltonian(grid)
  const minimum = lowestOf(zeta)
  const step = grid.axes.map((a) => a.spacing)
  return energyOfLevels({ zeta, minimum, step }, space.D, 1.5)
}

/** All levels of a grid that was chosen for the energies of the highest temperature. */
function onGrid(space: Discretisation, { grid, energy }: GridChoice, hottest: number): Spectrum {
  if (grid.size > MOST)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'temperatures',
      problem: `the trace needs all levels of a grid of ${grid.size} points`,
      allowed: `at most ${MOST} points`,
      got: hottest,
      advice:
        'Lower the highest temperature; so many levels are classical, and problem.classicalLimit({ beta }) serves.',
    })
  const hamiltonian = space.hamiltonian(grid)
  const [{ lower, upper }] = grid.axes
  const levels = allLevels(hamiltonian, isEven(space.objective, lower, upper))
  return {
    levels,
    trusted: space.boxGiven ? trustedEnergy(hamiltonian) : energy,
    // What the solver rounds, of a matrix with such elements.
    error: Number.EPSILON * Math.max(hamiltonian.highestKinetic, Math.abs(levels[0])),
    ends: false,
  }
}

/**
 * The levels up to an energy, and one more, on spectral elements, where ζ has kinks or the box is given; undefined
 * where they are too many: then a kink matters little to most of them.
 */
function onElements(space: Discretisation, grid: Grid, energy: number): Spectrum | undefined {
  const [{ lower, upper }] = grid.axes
  if (!space.boxGiven && (space.objective.breaks?.(lower, upper) ?? []).length === 0) return undefined
  for (let count = 16; count <= MOST_ON_ELEMENTS; count *= 2) {
    const levels = levelsInBox(space, grid, count)
    const top = levels[levels.length - 1]
    if (top > energy) {
      const trusted = Math.max(energy, levels[levels.length - 2])
      return { levels, trusted, error: ON_ELEMENTS * (Math.abs(levels[0]) + top - levels[0]), ends: true }
    }
  }
  return undefined
}

/** Σ_{k ≥ 0} e^{−kβΔ} with Δ the distance of the two highest levels: the weight of the tail beside its first level. */
function tailFactor(levels: Float64Array, T: number): number {
  const spacing = levels[levels.length - 1] - levels[levels.length - 2]
  return spacing > 0 ? -1 / Math.expm1(-spacing / T) : 1 / MAX_TRUNCATION
}

/** Energy up to which the levels of a given grid are trusted: half of its kinetic cut-off. Its edges are part of the problem. */
export function trustedEnergy({ zeta, highestKinetic }: Hamiltonian): number {
  return lowestOf(zeta) + highestKinetic / 2
}
