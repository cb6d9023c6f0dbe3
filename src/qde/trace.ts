/** Thermodynamics of one objective: all levels of a grid that holds the energies of the highest temperature. */
import { PsilabError, requireInteger, requireNumber } from '../error.js'
import { Thermodynamics } from '../thermal/index.js'
import type { Discretisation } from './discretisation.js'
import { DENSE_LIMIT } from './eigenstates.js'
import type { Hamiltonian } from './hamiltonian.js'
import { lowestLevels } from './levels.js'

export interface ThermodynamicsOptions {
  /** T > 0 in the unit of ζ; default: 81 values from 1/20 of the mean spacing of the lowest levels to 4 times it. */
  readonly temperatures?: readonly number[]
}

/** e^{−REACH} ≈ 7e-13: weight of the highest levels that a thermal grid holds. */
const REACH = 28
/** Levels whose spacing sets the default temperatures, and how many temperatures. */
const LOWEST = 8
const COUNT = 81

export function thermodynamics(space: Discretisation, options: ThermodynamicsOptions): Thermodynamics {
  requireLine(space)
  requireConfinement(space)
  const { energies } = lowestLevels(space, LOWEST)
  const spacing = (energies[LOWEST - 1] - energies[0]) / (LOWEST - 1)
  const temperatures = options.temperatures ?? logarithmic(spacing / 20, 4 * spacing, COUNT)
  requireInteger('temperatures.length', temperatures.length, 1, 100_000)
  for (const T of temperatures) requireNumber('temperatures', T, 'finite numbers > 0', (t) => t > 0)
  const hottest = Math.max(...temperatures)
  const choice = space.choose({ levels: space.defaultLevels, energy: energies[0] + REACH * hottest })
  if (choice.grid.size > 2 * DENSE_LIMIT)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'temperatures',
      problem: `the trace needs all levels of a grid of ${choice.grid.size} points`,
      allowed: `at most ${2 * DENSE_LIMIT} points`,
      got: hottest,
      advice:
        'Lower the highest temperature; so many levels are classical, and quadrature of e^{−βζ} serves.',
    })
  const hamiltonian = space.hamiltonian(choice.grid)
  const trusted = space.given === undefined ? choice.energy : trustedEnergy(hamiltonian)
  return new Thermodynamics(hamiltonian.levels(), temperatures, trusted, space.record(choice.grid))
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

/** Energies up to which a given grid is trusted: half of its kinetic cut-off, and below ζ at the walls where ζ rises to them. */
function trustedEnergy({ grid, zeta, D, spectral }: Hamiltonian): number {
  const [axis] = grid.axes
  const lowest = zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
  const half = lowest + (D * spectral.wavenumberSquared.reduce((most, k) => Math.max(most, k), 0)) / 2
  const ends = Math.min(zeta[0], zeta[zeta.length - 1])
  const isBox = axis.boundary === 'periodic' || ends - lowest < 1e-9 * Math.max(1, Math.abs(lowest))
  return isBox ? half : Math.min(half, ends)
}

function logarithmic(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => from * (to / from) ** (k / (count - 1)))
}
