/** Thermodynamics of one objective: all levels of a grid that holds the energies of the highest temperature. */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../error.js'
import type { Grid } from '../grid/index.js'
import { MAX_TRUNCATION, Thermodynamics, thermodynamicsOfLevels } from '../thermal/index.js'
import { requireClosed } from './absorber.js'
import type { GridChoice } from './box/index.js'
import type { Discretisation } from './discretisation.js'
import type { Hamiltonian } from './hamiltonian.js'
import { allLevels, isEven, levelsInBox, lowestLevels } from './levels/index.js'

export interface ThermodynamicsOptions {
  /** T > 0 in the unit of ζ; default: 81 values from 1/20 of the mean spacing of the lowest levels to 4 times it. */
  readonly temperatures?: readonly number[]
  /** β = 1/T instead: one value, or several. */
  readonly beta?: number | readonly number[]
}

/** e^{−REACH} ≈ 7e-13: weight of the highest levels that a thermal grid holds. */
const REACH = 28
/** Largest grid all of whose levels are found: their number is that of its points. */
const MOST = 4096
/** Most levels that are found on elements. */
const MOST_ON_ELEMENTS = 128
/** Levels whose spacing sets the default temperatures, and how many temperatures. */
const LOWEST = 8
const COUNT = 81

export function thermodynamics(space: Discretisation, options: ThermodynamicsOptions): Thermodynamics {
  requireKeys('thermodynamics', options, ['temperatures', 'beta'])
  requireLine(space)
  requireConfinement(space)
  const { energies } = lowestLevels(space, LOWEST)
  const spacing = (energies[LOWEST - 1] - energies[0]) / (LOWEST - 1)
  const temperatures = temperaturesOf(options) ?? logarithmic(spacing / 20, 4 * spacing, COUNT)
  requireInteger('temperatures.length', temperatures.length, 1, 100_000)
  for (const T of temperatures) requireNumber('temperatures', T, 'finite numbers > 0', (t) => t > 0)
  const hottest = Math.max(...temperatures)
  const energy = energies[0] + REACH * hottest
  const choice = space.choose({ levels: space.defaultLevels, energy })
  requireClosed(choice.grid.axes, 'thermodynamics')
  const hamiltonian = space.hamiltonian(choice.grid)
  const { levels, trusted } = onElements(space, choice.grid, energy) ?? onGrid(space, choice, hottest)
  if (space.boxGiven) warnOfWalls(hamiltonian, levels, hottest)
  return new Thermodynamics(levels, temperatures, trusted, space.record(choice.grid))
}

/** Levels to sum over, and the energy up to which they are trusted. */
interface Spectrum {
  readonly levels: Float64Array
  readonly trusted: number
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
        'Lower the highest temperature; so many levels are classical, and quadrature of e^{−βζ} serves.',
    })
  const hamiltonian = space.hamiltonian(grid)
  const [{ lower, upper }] = grid.axes
  return {
    levels: allLevels(hamiltonian, isEven(space.objective, lower, upper)),
    trusted: space.boxGiven ? trustedEnergy(hamiltonian) : energy,
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
    if (top > energy) return { levels, trusted: Math.max(energy, levels[levels.length - 2]) }
  }
  return undefined
}

function temperaturesOf({ temperatures, beta }: ThermodynamicsOptions): readonly number[] | undefined {
  if (temperatures !== undefined && beta !== undefined)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'beta',
      problem: 'given together with temperatures',
      allowed: 'one of beta and temperatures',
    })
  if (beta === undefined) return temperatures
  const list = typeof beta === 'number' ? [beta] : beta
  return list.map((b) => 1 / requireNumber('beta', b, 'finite numbers > 0', (v) => v > 0))
}

function requireLine({ objective }: Discretisation): void {
  if (objective.variables.length === 1) return
  throw new PsilabError({
    code: 'too-large',
    parameter: 'objective',
    problem: 'the trace over a plane is not available',
    allowed: 'one coordinate',
    got: objective.variables,
    advice: 'Sum the levels that you need: thermodynamicsOfLevels(problem.eigenstates(40).energies, T).',
  })
}

function requireConfinement(space: Discretisation): void {
  const { confinement, levels = space.defaultLevels } = space.choose({ levels: space.defaultLevels })
  if (confinement === 'confining' && levels >= space.defaultLevels) return
  throw new PsilabError({
    code: 'not-confining',
    parameter: 'objective',
    problem: `ζ = ${space.objective.text} does not confine at every energy, so Z grows with the box without limit`,
    allowed: 'an objective that rises on all sides',
    advice: 'State the box that you mean: grid: { lower, upper, points }.',
  })
}

/** Energy up to which the levels of a given grid are trusted: half of its kinetic cut-off. Its edges are part of the problem. */
function trustedEnergy({ zeta, highestKinetic }: Hamiltonian): number {
  return lowestOf(zeta) + highestKinetic / 2
}

/** Says where walls that were given cut a ζ that rises to them, so that they and not ζ hold the hottest states. */
function warnOfWalls({ grid, zeta }: Hamiltonian, levels: Float64Array, hottest: number): void {
  const ends = Math.min(zeta[0], zeta[zeta.length - 1])
  if (grid.axes[0].boundary === 'periodic' || ends - lowestOf(zeta) < 1e-9 * Math.abs(ends)) return
  const share = thermodynamicsOfLevels(levels, hottest, ends).truncation
  if (share > MAX_TRUNCATION)
    console.warn(
      `grid: at T = ${hottest.toPrecision(4)} a share of ${share.toExponential(0)} of Z lies above ζ at the walls, so the given box shapes these curves.`,
    )
}

function lowestOf(zeta: Float64Array): number {
  return zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
}

function logarithmic(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => from * (to / from) ** (k / (count - 1)))
}
