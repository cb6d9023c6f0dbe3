/** A state cooled in imaginary time beside thermal equilibrium, from the levels of the problem. */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { StateCooling } from '../../thermal/index.js'
import { requireClosed } from '../absorber.js'
import { edgeShare } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import type { InitialState } from '../initialState.js'
import { isEven, lowestLevels, statesOfMatrix } from '../levels/index.js'
import { requireConfinement } from './refusals.js'
import { chooseRoute, traceBy } from './route.js'

export interface StateCoolingOptions {
  /** Largest imaginary time τ > 0. */
  readonly until: number
  /** Smallest τ; default a twentieth of `until`. */
  readonly from?: number
  /** How many times, in geometric steps; default 61. */
  readonly points?: number
}

/** Largest grid that a line is expanded on, and levels in two and three dimensions. */
const FINEST = 1024
const LEVELS = [0, 0, 64, 32] as const
/** Share of the cooled state outside the levels known that is accepted at the first time. */
const OUTSIDE = 1e-8

export function stateCooling(
  space: Discretisation,
  initial: InitialState,
  options: StateCoolingOptions,
): StateCooling {
  requireKeys('stateCooling', options, ['until', 'from', 'points'])
  const until = requireNumber('until', options.until, 'a finite number > 0', (t) => t > 0)
  const from = requireNumber(
    'from',
    options.from ?? until / 20,
    'a number from 0 to until, above 0',
    (t) => t > 0 && t < until,
  )
  const points = requireInteger('points', options.points ?? 61, 2, 10_000)
  requireConfinement(space)
  const times = Float64Array.from({ length: points }, (_, k) => from * (until / from) ** (k / (points - 1)))
  const { energies, weights, notes } =
    space.dimension === 1 ? onLine(space, initial) : inLevels(space, initial, from)
  const trace = traceBy(space, chooseRoute(space, undefined), 1 / from)
  const problem = space.record(space.choose({ levels: space.defaultLevels }).grid)
  return new StateCooling({ problem, times, energies, weights, trace, notes })
}

interface Expansion {
  readonly energies: Float64Array
  /** |c_n|². */
  readonly weights: Float64Array
  readonly notes: readonly string[]
}

/** In all states of a grid that holds ψ(0). */
function onLine(space: Discretisation, initial: InitialState): Expansion {
  const { grid } = space.choose({
    levels: space.defaultLevels,
    ...(initial.support && { support: initial.support(space.D, 0) }),
    ...(initial.momentum && { momentum: initial.momentum }),
  })
  requireClosed(grid.axes, 'cooling')
  if (grid.size > FINEST)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'initial',
      problem: `ψ(0) needs a grid of ${grid.size} points, all of whose states would be found`,
      allowed: `at most ${FINEST} points`,
      advice: 'Take a wider or slower packet, nearer to the minimum of ζ.',
    })
  const psi = initial.sample(grid)
  const notes = edgeShare(psi) > OUTSIDE ? ['ψ(0) reaches the ends of the box.'] : []
  const [{ lower, upper }] = grid.axes
  const { energies, vectors } = statesOfMatrix(
    space.hamiltonian(grid),
    isEven(space.objective, lower, upper),
    Number.POSITIVE_INFINITY,
  )
  const scale = Math.sqrt(grid.cell)
  const weights = Float64Array.from(vectors, (phi) => overlap(phi, psi.values, scale))
  return { energies, weights, notes }
}

/** In the lowest levels; what ψ(0) has beyond them is bounded at the first time. */
function inLevels(space: Discretisation, initial: InitialState, from: number): Expansion {
  const { states, energies, grid } = lowestLevels(space, LEVELS[space.dimension])
  const psi = initial.sample(grid)
  const weights = Float64Array.from(states, ({ values }) =>
    overlap(
      values.filter((_, i) => i % 2 === 0),
      psi.values,
      grid.cell,
    ),
  )
  const rest = 1 - weights.reduce((sum, w) => sum + w, 0)
  const top = energies[energies.length - 1]
  const kept = energies.reduce((sum, e, n) => sum + weights[n] * Math.exp(2 * from * (top - e)), 0)
  if (rest > OUTSIDE * kept)
    throw new PsilabError({
      code: 'resolution',
      parameter: 'from',
      problem: `at τ = ${from.toPrecision(3)} a share of up to ${(rest / kept).toExponential(1)} of the cooled state lies beyond the ${energies.length} levels that are found`,
      allowed: `at most ${OUTSIDE}`,
      got: from,
      advice: 'Begin later, with from; or take a packet nearer to the ground state.',
    })
  return { energies, weights, notes: [] }
}

/** |Σ φ ψ|²·scale². */
function overlap(phi: Float64Array, psi: Float64Array, scale: number): number {
  let [re, im] = [0, 0]
  for (let j = 0; j < phi.length; j++) {
    re += phi[j] * psi[2 * j]
    im += phi[j] * psi[2 * j + 1]
  }
  return (re * re + im * im) * scale * scale
}
