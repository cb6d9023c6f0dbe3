/** The lowest levels of ζ: on a grid fine enough for them, and only where ζ and not the box holds them. */
import { PsilabError, requireInteger } from '../error.js'
import type { GridChoice } from './chooseGrid.js'
import type { Discretisation } from './discretisation.js'
import { DENSE_LIMIT, Eigenstates, solveEigenstates } from './eigenstates.js'
import { edgeShare, tailShare } from './fit.js'
import type { Hamiltonian } from './hamiltonian.js'

/** Most levels that may be asked for. */
const MOST = 256
/** Levels beyond those wanted that a grid on a line is chosen for. */
const SPARE = 8
/** Doublings of the resolution that levels may ask for, and the largest grid that they may lead to, by dimension. */
const MAX_REFINEMENT = 3
const FINEST = [0, DENSE_LIMIT, 2 ** 15] as const
/** Share of a level's spectrum at the largest momenta that leaves its energy exact to about 1e-12 on a line, 1e-9 in a plane. */
const RESOLVED = [0, 1e-13, 1e-10] as const
/** Share above which the user is warned. */
const UNRESOLVED = 1e-8
/** Share of |ψ|² at the edge of the box up to which the box does not hold the state. */
const HARMLESS = 1e-9

export function lowestLevels(space: Discretisation, levels: number): Eigenstates {
  requireInteger('levels', levels, 1, MOST)
  const { dimension } = space
  const room = dimension === 1 ? Math.max(space.defaultLevels, levels + SPARE) : levels + 1
  for (let refinement = 0; ; refinement++) {
    const choice = space.choose({ levels: room, refinement })
    requireBoundStates(space, choice, levels)
    const hamiltonian = space.hamiltonian(choice.grid)
    const pairs = solveEigenstates(hamiltonian, {
      levels,
      window: energyWindow(choice, hamiltonian),
      method: space.objective.gradient === undefined ? 'strang' : 'chin4a',
      ...space.gradientSquared(choice.grid),
    })
    const result = new Eigenstates(hamiltonian, pairs, space.record(choice.grid), () =>
      space.line(choice.grid),
    )
    const tail = Math.max(...result.states.map((s) => tailShare(s, hamiltonian)))
    const finer = choice.grid.size * 2 ** dimension
    const last = space.given !== undefined || refinement === MAX_REFINEMENT || finer > FINEST[dimension]
    if (tail <= RESOLVED[dimension] || last) {
      requireHeldByObjective(space, choice, result)
      if (tail > UNRESOLVED)
        console.warn(
          `grid.points: a share of ${tail.toExponential(0)} of the highest level lies at the largest momenta of the grid, so its energy is not converged; give more points or a smaller box.`,
        )
      return result
    }
  }
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
      problem: `${zeta} is a well of finite depth that holds about ${choice.levels} levels`,
      allowed: `1 to ${choice.levels}`,
      got: wanted,
      advice:
        'Above them the spectrum is continuous; state the box that you mean to make it discrete: grid: { lower, upper, points }.',
    })
}

/** @throws PsilabError `not-confining` where the states reach the edge of a box that nobody gave */
function requireHeldByObjective(space: Discretisation, choice: GridChoice, { states }: Eigenstates): void {
  if (choice.confinement !== 'open' || Math.max(...states.map(edgeShare)) <= HARMLESS) return
  throw new PsilabError({
    code: 'not-confining',
    parameter: 'objective',
    problem: `ζ = ${space.objective.text} does not hold these states: they reach the edge of the box`,
    allowed: 'levels below the values of ζ far away',
    advice: 'Ask for fewer levels, or state the box that you mean: grid: { lower, upper, points, boundary }.',
  })
}

/**
 * Range above min ζ in which the wanted levels lie: known where the grid was chosen for them; on a given grid a
 * tenth of what ζ spans on average, and at least a few levels of the empty box.
 */
function energyWindow({ energy }: GridChoice, { grid, zeta, D }: Hamiltonian): number {
  const lowest = zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
  if (Number.isFinite(energy)) return energy - lowest
  const mean = zeta.reduce((sum, v) => sum + v, 0) / zeta.length
  const box = grid.axes.reduce((sum, a) => sum + D * ((3 * Math.PI) / (a.upper - a.lower)) ** 2, 0)
  return Math.max(0.1 * (mean - lowest), box)
}
