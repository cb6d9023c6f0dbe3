/** The grid of a run: one that holds ψ(0), its free motion, and what a schedule makes of the equation. */
import { PsilabError } from '../../error.js'
import { axis, type Grid, grid, requireNorm, sameGrid, WaveFunction } from '../../grid/index.js'
import { DECAY, type GridChoice, type GridDemand, intervalsFor, requireRoom } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import type { Hamiltonian } from '../hamiltonian.js'
import type { InitialState } from '../initialState.js'

/** Standard deviations of H above ⟨H⟩ that the grid of a run holds at least, by dimension. */
const ENERGY_REACH = [0, 8, 16, 12] as const
/**
 * Largest wave number of a grid, as a multiple of that of the state. Where ζ confines, the energy asks for more by
 * itself; elsewhere scattering by ζ needs the room, on a line, where it costs little.
 */
const MOMENTUM_ROOM = 1.2
const SCATTERING_ROOM = 2
/**
 * Octaves of momenta to spare, by dimension. A splitting of step h couples energies that differ by 2π/h. On a grid that
 * just holds the state, what is beyond its largest momenta returns at the smallest, and so reaches the places where ζ
 * lies so high; with momenta to spare it does not, and steps grow several times longer. The 32 levels that a line holds
 * by default leave that room.
 */
const SPARE = [0, 0, 0.5, 0.5] as const
/** Amplitude, as a share of the tolerance, from which on a grid need not hold what a packet consists of. */
const LOST = 0.1
/** Times that a grid is chosen anew for the energy found on it. */
const ATTEMPTS = 3

/** How long, in which direction of time, and to what error. */
interface Motion {
  readonly time: number
  readonly angle: number
  readonly tolerance: number
}

export interface Placed {
  readonly state: WaveFunction
  readonly grid: Grid
  readonly confinement: GridChoice['confinement']
  /** Largest |k| of ψ(0) along each axis, where that is known. */
  readonly momentum?: readonly number[]
}

/**
 * Puts ψ(0) on a grid that holds it, and where ζ does not confine also its free motion for a time.
 * @param stages the equation at the times that matter for the grid; the beginning comes first
 */
export function place(
  stages: readonly Discretisation[],
  initial: InitialState | WaveFunction,
  motion: Motion,
): Placed {
  const [first] = stages
  if (initial instanceof WaveFunction) {
    requireNorm(initial.normSquared)
    if (first.given !== undefined && !sameGrid(first.given, initial.grid))
      throw new PsilabError({
        code: 'parameter',
        parameter: 'initial',
        problem: "the state lives on another grid than the problem's",
        allowed: 'a state on the grid that was given',
        got: initial.grid.shape,
      })
    const { confinement } = first.choose({ levels: first.defaultLevels })
    if (stages.length === 1) return { state: initial, grid: initial.grid, confinement }
    const grids = stages.map((space) => choiceFor(space, asRecipe(initial), motion).grid)
    const whole = union([initial.grid, ...grids])
    return { state: initial.on(whole), grid: whole, confinement }
  }
  const choices = stages.map((space) => choiceFor(space, initial, motion))
  const whole = union(choices.map((choice) => choice.grid))
  const state = sampled(initial, whole)
  requireRoom(state, first.boxGiven, initial.momentum)
  const { momentum } = initial
  return { state, grid: whole, confinement: choices[0].confinement, ...(momentum && { momentum }) }
}

/** A state as a recipe for other grids. */
function asRecipe(state: WaveFunction): InitialState {
  return { sample: (to) => state.on(to).normalized(), toString: () => state.toString() }
}

/** ψ(0) on a grid. @throws PsilabError `not-finite` where it has no norm, `parameter` where it is no initial state */
function sampled(initial: InitialState, grid: Grid): WaveFunction {
  if (typeof initial.sample !== 'function')
    throw new PsilabError({
      code: 'parameter',
      parameter: 'initial',
      problem: 'not a state to start from',
      allowed: 'a wave packet, a wave function, or an object with sample(grid)',
      got: initial,
    })
  const state = initial.sample(grid)
  requireNorm(state.normSquared)
  return state
}

/** The grid for ψ(0) in one equation. */
function choiceFor(space: Discretisation, initial: InitialState, motion: Motion): GridChoice {
  const demand: GridDemand = { levels: space.defaultLevels, refinement: SPARE[space.dimension] }
  const confined = space.choose(demand).confinement === 'confining'
  // What an open box absorbs on its way needs no room.
  const opens = space.request.boundary?.includes('absorbing') === true
  const support = initial.support?.(space.D, confined || opens ? 0 : motion.time, motion.angle)
  const factor = confined || space.dimension > 1 ? MOMENTUM_ROOM : SCATTERING_ROOM
  const room: GridDemand = {
    ...demand,
    tight: motion.angle > 0,
    ...(support === undefined ? {} : { support }),
    ...(initial.slowest === undefined ? {} : { slowest: initial.slowest }),
    ...(initial.momentum === undefined ? {} : { momentum: initial.momentum.map((k) => factor * k) }),
  }
  let energy: number | undefined
  for (let attempt = 1; ; attempt++) {
    const choice = space.choose(energy === undefined ? room : { ...room, energy })
    const fixed = space.boxGiven && choice.energy === Number.NEGATIVE_INFINITY
    if (fixed || choice.confinement !== 'confining' || attempt === ATTEMPTS) return choice
    energy = highestEnergy(space.hamiltonian(choice.grid), sampled(initial, choice.grid), initial, motion)
    if (energy <= choice.energy) return choice
  }
}

/**
 * The energy that a state reaches. In phase space a packet falls off as in x times as in k: where |ψ(x)| is e^{−L} of
 * its largest value there are momenta up to k√((λ − L)/λ₀), down to the amplitude e^{−λ}, with k the largest momentum of
 * the recipe, at its e^{−λ₀}. In imaginary time, of a state without a recipe, and off the line, where an energy along
 * one axis is none along another, it is what the moments of H say.
 */
function highestEnergy(
  hamiltonian: Hamiltonian,
  state: WaveFunction,
  { momentum }: InitialState,
  { angle, tolerance }: Motion,
): number {
  const { mean, deviation } = hamiltonian.energy(state)
  const bulk = mean + ENERGY_REACH[hamiltonian.grid.axes.length] * deviation
  if (angle > 0 || momentum === undefined || momentum.length > 1) return bulk
  const { values } = state
  let peak = 0
  for (let i = 0; i < values.length; i += 2) peak = Math.max(peak, values[i] ** 2 + values[i + 1] ** 2)
  const least = Math.log(1 / (LOST * tolerance))
  const kinetic = (hamiltonian.D * momentum[0] ** 2) / DECAY
  let highest = bulk
  for (let i = 0; i < values.length; i += 2) {
    const L = -0.5 * Math.log((values[i] ** 2 + values[i + 1] ** 2) / peak)
    if (L < least) highest = Math.max(highest, hamiltonian.zeta[i / 2] + kinetic * (least - L))
  }
  return highest
}

/** The grid that covers all of some grids at the finest of their spacings; the first where it does. */
function union(grids: readonly Grid[]): Grid {
  const [first] = grids
  if (grids.every((g) => sameGrid(g, first))) return first
  const axes = first.axes.map((own, d) => {
    const all = grids.map((g) => g.axes[d])
    const lower = Math.min(...all.map((a) => a.lower))
    const upper = Math.max(...all.map((a) => a.upper))
    const spacing = Math.min(...all.map((a) => a.spacing))
    const covers = own.lower <= lower && own.upper >= upper && own.spacing <= spacing
    if (covers) return own
    return axis({
      name: own.name,
      lower,
      upper,
      intervals: intervalsFor((upper - lower) / spacing - 1e-6),
      boundary: own.boundary,
    })
  })
  return axes.every((a, d) => a === first.axes[d]) ? first : grid(axes)
}
