/** Which problems have a trace of their own, and what is said where walls shape it. */
import { PsilabError } from '../../error.js'
import { LevelSums, MAX_TRUNCATION } from '../../thermal/index.js'
import type { Discretisation } from '../discretisation.js'
import type { Hamiltonian } from '../hamiltonian.js'

/** @throws PsilabError `unbounded`, `not-confining` where Z does not exist without a box */
export function requireConfinement(space: Discretisation): void {
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

/** Says where walls that were given cut a ζ that rises to them, so that they and not ζ hold the hottest states. */
export function warnOfWalls({ grid, zeta }: Hamiltonian, levels: Float64Array, hottest: number): string[] {
  const ends = Math.min(zeta[0], zeta[zeta.length - 1])
  if (grid.axes[0].boundary === 'periodic' || ends - lowestOf(zeta) <= 1e-9 * Math.abs(ends)) return []
  const { above: share } = new LevelSums(levels, ends).sum(hottest)
  if (share <= MAX_TRUNCATION) return []
  const note = `at T = ${hottest.toPrecision(4)} a share of ${share.toExponential(0)} of Z lies above ζ at the walls, so the given box shapes these curves`
  console.warn(`grid: ${note}.`)
  return [`${note}.`]
}

export function lowestOf(zeta: Float64Array): number {
  return zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
}
