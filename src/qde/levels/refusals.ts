/** Why an objective has no such levels of its own. */
import { PsilabError } from '../../error.js'
import { edgeShare, type GridChoice } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import type { Eigenstates } from './eigenstates.js'

/** Share of |ψ|² at the edge of the box up to which the box does not hold the state. */
const HARMLESS = 1e-9

/** @throws PsilabError `unbounded` where ζ has no lower bound, `not-confining` where it holds fewer levels */
export function requireBoundStates(space: Discretisation, choice: GridChoice, wanted: number): void {
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
    refuseLevels(space, choice.levels, wanted, 'about ')
}

/** @throws PsilabError `not-confining`: a well of finite depth holds fewer levels than wanted */
export function refuseLevels({ objective }: Discretisation, held: number, wanted: number, about = ''): never {
  throw new PsilabError({
    code: 'not-confining',
    parameter: 'levels',
    problem: `ζ = ${objective.text} is a well of finite depth that holds ${about}${held} level${held === 1 ? '' : 's'}`,
    allowed: held === 0 ? 'an objective with levels' : `1 to ${held}`,
    got: wanted,
    advice:
      'Above them the spectrum is continuous; state the box that you mean to make it discrete: grid: { lower, upper, points }.',
  })
}

/** @throws PsilabError `not-confining` where the states reach the edge of a box that nobody gave */
export function requireHeldByObjective(
  space: Discretisation,
  choice: GridChoice,
  { states }: Eigenstates,
): void {
  if (choice.confinement !== 'open' || Math.max(...states.map((s) => edgeShare(s))) <= HARMLESS) return
  throw new PsilabError({
    code: 'not-confining',
    parameter: 'objective',
    problem: `ζ = ${space.objective.text} does not hold these states: they reach the edge of the box`,
    allowed: 'levels below the values of ζ far away',
    advice: 'Ask for fewer levels, or state the box that you mean: grid: { lower, upper, points, boundary }.',
  })
}
