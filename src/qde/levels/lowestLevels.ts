/** The lowest levels of ζ: on a grid fine enough for them, and only where ζ and not the box holds them. */
import { PsilabError, requireInteger } from '../../error.js'
import { type Grid, interpolate, type WaveFunction } from '../../grid/index.js'
import { requireClosed } from '../absorber.js'
import type { GridChoice } from '../box/index.js'
import { edgeShare, energyOfLevels, tailShare } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import type { Hamiltonian } from '../hamiltonian.js'
import type { SplittingName } from '../propagation/index.js'
import { boxLevels } from './boxLevels.js'
import { DENSE_LIMIT, Eigenstates, solveEigenstates } from './eigenstates.js'

/** Most levels that may be asked for. */
const MOST = 256
/** Levels beyond those wanted that a grid is chosen for, by dimension. */
const SPARE = [0, 8, 1, 1] as const
/** Doublings of the resolution that levels may ask for, and the largest grid that they may lead to, by dimension. */
const MAX_REFINEMENT = [0, 3, 1, 1] as const
const FINEST = [0, DENSE_LIMIT, 2 ** 14, 2 ** 18] as const
/** Doublings that are not worth another try. */
const LEAST_REFINEMENT = 0.2
/** Share of a level's spectrum at the largest momenta that leaves its energy exact to about 1e-12 on a line, 1e-9 elsewhere. */
const RESOLVED = [0, 1e-13, 1e-10, 1e-10] as const
/** Share above which the user is warned. */
const UNRESOLVED = 1e-8
/** Division of the line on which the grid's quadrature is checked. */
const FINER = 8
/** Relative quadrature errors up to which a grid is fine enough, and from which on the user is warned. */
const EXACT = 1e-11
const ROUGH = 1e-9
/** Share of |ψ|² at the edge of the box up to which the box does not hold the state. */
const HARMLESS = 1e-9

export function lowestLevels(space: Discretisation, levels: number): Eigenstates {
  requireInteger('levels', levels, 1, MOST)
  const { dimension } = space
  if (dimension > 1) return levelsInBox(space, levels)
  for (let refinement = 0; ; ) {
    // Levels that a roomy box does not resolve are sought again in a tight one.
    const room = levels + (refinement === 0 ? SPARE[dimension] : 0)
    const choice = roomFor(space, levels, room, refinement)
    requireBoundStates(space, choice, levels)
    requireClosed(choice.grid.axes, 'eigenstates')
    const hamiltonian = space.hamiltonian(choice.grid)
    const pairs = solveEigenstates(hamiltonian, {
      levels,
      window: energyWindow(hamiltonian, levels),
      ...splittingOf(space, choice.grid),
    })
    const result = new Eigenstates(hamiltonian, pairs, space.record(choice.grid), () =>
      space.line(choice.grid),
    )
    requireHeldByObjective(space, choice, result)
    const tail = Math.max(...result.states.map((s) => tailShare(s, hamiltonian)))
    const quadrature = quadratureError(space, result.state, hamiltonian)
    // Doublings that the largest grid still allows along each axis.
    const finer = Math.min(1, Math.log2(FINEST[dimension] / choice.grid.size) / dimension)
    const last =
      space.given !== undefined || refinement >= MAX_REFINEMENT[dimension] || finer < LEAST_REFINEMENT
    const resolved = tail <= RESOLVED[dimension] && quadrature <= EXACT * energyScale(result, hamiltonian)
    if (resolved || last) {
      if (tail > UNRESOLVED)
        console.warn(
          `grid.points: a share of ${tail.toExponential(0)} of the highest level lies at the largest momenta of the grid, so its energy is not converged; give more points or a smaller box.`,
        )
      if (quadrature > ROUGH * energyScale(result, hamiltonian))
        console.warn(
          `objective: ζ is not smooth on this grid, so energies are good to about ${quadrature.toExponential(0)} only; give more points.`,
        )
      return result
    }
    refinement += finer
  }
}

/** In two and three dimensions. */
function levelsInBox(space: Discretisation, levels: number): Eigenstates {
  const choice = roomFor(space, levels, levels + 1, 0)
  requireBoundStates(space, choice, levels)
  const { hamiltonian, pairs } = boxLevels(space, choice.grid, choice.energy, levels)
  const result = new Eigenstates(hamiltonian, pairs, space.record(hamiltonian.grid), () => {
    throw new RangeError('a line is drawn of one dimension only')
  })
  requireHeldByObjective(space, choice, result)
  const worst = Math.max(...pairs.errors)
  if (worst > ROUGH * energyScale(result, hamiltonian))
    console.warn(
      `grid.points: the energies are good to about ${worst.toExponential(0)} only; give ${space.given === undefined ? 'a grid of your own' : 'more points or a smaller box'}.`,
    )
  return result
}

/**
 * What the grid misses of ⟨ζ⟩ in the ground state, in one dimension: its value by the spectral series on a line
 * FINER times finer, less its value by the grid points. It vanishes for smooth ζ and is the error of E₀ at a kink.
 */
function quadratureError(space: Discretisation, state: WaveFunction, { grid, zeta }: Hamiltonian): number {
  if (space.dimension > 1) return 0
  const [axis] = grid.axes
  const count = Math.round((axis.upper - axis.lower) / axis.spacing) * FINER
  const dx = (axis.upper - axis.lower) / count
  const x = Float64Array.from({ length: count }, (_, i) => axis.lower + i * dx)
  const psi = interpolate(state, [x])
  const fine = space.objective
    .evaluate([x])
    .reduce((sum, v, i) => sum + v * (psi[2 * i] ** 2 + psi[2 * i + 1] ** 2), 0)
  const coarse = state.density().reduce((sum, p, i) => sum + p * zeta[i], 0)
  const error = Math.abs(fine * dx - coarse * grid.cell)
  return Number.isFinite(error) ? error : 0
}

/** The energy above min ζ, against which errors count. */
function energyScale({ energies }: Eigenstates, { zeta }: Hamiltonian): number {
  return (
    energies[energies.length - 1] - zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
  )
}

/** A grid with room to spare, or in a well of finite depth just for the wanted levels: the highest decay slowly. */
function roomFor(space: Discretisation, levels: number, room: number, refinement: number): GridChoice {
  const choice = space.choose({ levels: room, refinement })
  const held = choice.levels ?? room
  return held < room && held >= levels ? space.choose({ levels, refinement }) : choice
}

/** The best splitting that ζ allows on a grid. */
function splittingOf(
  space: Discretisation,
  grid: Grid,
): { readonly method: SplittingName; readonly gradientSquared?: Float64Array } {
  const known = space.gradientSquared(grid)
  return { method: known.gradientSquared === undefined ? 'strang' : 'chin4a', ...known }
}

/** @throws PsilabError `unbounded` where ζ has no lower bound, `not-confining` where it holds fewer levels */
function requireBoundStates(space: Discretisation, choice: GridChoice, wanted: number): void {
  const zeta = `ζ = ${space.objective.text}`
  if (choice.confinement === 'unbounded')
    throw new PsilabError({
      code: 'unbounded',
      parameter: 'objective',
      problem: `${zeta} has no lower bound, so H has no ground state and no levels`,
      allowed: 'an objective that is bounded below',
      advice:
        'Add a confining term such as 0.1*x^4, or state the box that you mean: grid: { lower: -5, upper: 5, points: 256 }.',
    })
  if (choice.levels !== undefined && choice.levels < wanted)
    throw new PsilabError({
      code: 'not-confining',
      parameter: 'levels',
      problem: `${zeta} is a well of finite depth that holds about ${choice.levels} level${choice.levels === 1 ? '' : 's'}`,
      allowed: `1 to ${choice.levels}`,
      got: wanted,
      advice:
        'Above them the spectrum is continuous; state the box that you mean to make it discrete: grid: { lower, upper, points }.',
    })
}

/** @throws PsilabError `not-confining` where the states reach the edge of a box that nobody gave */
function requireHeldByObjective(space: Discretisation, choice: GridChoice, { states }: Eigenstates): void {
  if (choice.confinement !== 'open' || Math.max(...states.map((s) => edgeShare(s))) <= HARMLESS) return
  throw new PsilabError({
    code: 'not-confining',
    parameter: 'objective',
    problem: `ζ = ${space.objective.text} does not hold these states: they reach the edge of the box`,
    allowed: 'levels below the values of ζ far away',
    advice: 'Ask for fewer levels, or state the box that you mean: grid: { lower, upper, points, boundary }.',
  })
}

/** Energies above min ζ up to which the wanted levels and a few more lie, by Weyl's count on the grid itself. */
function energyWindow({ zeta, D, grid }: Hamiltonian, levels: number): number {
  const lowest = zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
  return (
    energyOfLevels({ zeta, minimum: lowest, step: grid.axes.map((a) => a.spacing) }, D, levels + 2) - lowest
  )
}
