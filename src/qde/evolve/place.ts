/** The grid of a run: one that holds ψ(0), its free motion, and what a schedule makes of the equation. */
import { PsilabError } from '../../error.js'
import { axis, type Grid, grid, requireNorm, sameGrid, WaveFunction } from '../../grid/index.js'
import { DECAY, type GridChoice, type GridDemand, intervalsFor, requireRoom } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import type { Hamiltonian } from '../hamiltonian.js'
import type { InitialState } from '../initialState.js'

/** Standard deviations of H above ⟨H⟩ that the grid of a run holds at least, by dimension. */
const ENERGY_REACH = [0, 8, 16, 12] as const
/** Largest wave number of a grid, as a multiple of that of the state. */
const MOMENTUM_ROOM = 1.2
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
  if (typeof initial?.sample !== 'function')
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
  const { confinement, levels } = space.choose(demand)
  // A well of finite depth holds fewer levels than were asked for, and lets a packet go.
  const confined = confinement === 'confining' && (levels === undefined || levels >= space.defaultLevels)
  // What an open box absorbs on its way needs no room.
  const opens = space.request.boundary?.includes('absorbing') === true
  const free = initial?.support?.(space.D, confined || opens ? 0 : motion.time, motion.angle)
  const scattered =
    confined || opens || free === undefined || motion.angle > 0
      ? undefined
      : scattering(space, initial, free[0], motion)
  const support = scattered === undefined ? free : [scattered.support]
  const momentum = initial?.momentum?.map((k) => MOMENTUM_ROOM * k + (scattered?.momentum ?? 0))
  const room: GridDemand = {
    ...demand,
    tight: motion.angle > 0,
    ...(support === undefined ? {} : { support }),
    ...(initial?.slowest === undefined ? {} : { slowest: initial.slowest }),
    ...(momentum === undefined ? {} : { momentum }),
  }
  const first = space.choose(room)
  const fixed = space.boxGiven && first.energy === Number.NEGATIVE_INFINITY
  if (fixed || !confined) return first
  // A box for rare energies may be so wide that its points cannot hold the momenta: then a smaller share is held.
  for (const share of [1, 0.5, 0.25]) {
    const choice = energetic(space, initial, motion, room, share)
    if (share === 0.25 || holdsMomenta(choice, initial)) return choice
  }
  return first
}

/** The grid that holds the energies of a state as well, of those above the mean a share. */
function energetic(
  space: Discretisation,
  initial: InitialState,
  motion: Motion,
  room: GridDemand,
  share: number,
): GridChoice {
  let choice = space.choose(room)
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    const hamiltonian = space.hamiltonian(choice.grid)
    const energy = highestEnergy(hamiltonian, sampled(initial, choice.grid), initial, motion, share)
    if (energy <= choice.energy) break
    choice = space.choose({ ...room, energy })
  }
  return choice
}

function holdsMomenta({ grid }: GridChoice, { momentum }: InitialState): boolean {
  return momentum === undefined || grid.axes.every(({ spacing }, d) => Math.PI / spacing >= momentum[d])
}

/** Points at which an open ζ is looked at, and the error of ζ between grid points, as a share of its range. */
const LOOKED_AT = 4096
const SMOOTH = 1e-3
const ROUGH = 4

/**
 * What scattering by an open ζ on a line adds to free motion: it may turn a packet round and speed it up, from the ζ
 * where it starts to the lowest, and it adds momenta of its own, up to the spacing at which ζ is smooth.
 */
function scattering(
  space: Discretisation,
  initial: InitialState,
  free: readonly [number, number],
  { time }: Motion,
): { readonly support: readonly [number, number]; readonly momentum: number } | undefined {
  const { objective, D } = space
  if (space.dimension > 1 || initial.momentum === undefined) return undefined
  const [from, to] = initial.support!(D, 0, 0)[0]
  const reach = (a: number, b: number): number => Math.max(Math.abs(a - from), Math.abs(b - to))
  const values = (a: number, b: number): Float64Array =>
    objective.evaluate([
      Float64Array.from({ length: LOOKED_AT + 1 }, (_, i) => a + ((b - a) * i) / LOOKED_AT),
    ])
  const around = values(from - reach(...free), to + reach(...free))
  const lowest = around.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
  const highest = around.reduce((most, v) => Math.max(most, v), Number.NEGATIVE_INFINITY)
  const range = highest - lowest
  if (!Number.isFinite(range) || range === 0) return undefined
  const start = values(from, to).reduce((most, v) => Math.max(most, v), Number.NEGATIVE_INFINITY)
  const [k] = initial.momentum
  const faster = 2 * D * time * (Math.hypot(k, Math.sqrt((start - lowest) / D)) - k)
  const half = reach(...free) + faster
  const support: readonly [number, number] = [from - half, to + half]
  return {
    support,
    momentum: momentumOf(values(...support), (support[1] - support[0]) / LOOKED_AT, SMOOTH * range),
  }
}

/**
 * π/dx for the widest spacing dx at which the quintic through six samples meets ζ halfway between. A Gaussian that meets
 * 10⁻³ so has lost all but 10⁻¹⁰ of its spectrum beyond π/dx. What is
 * rough at every spacing gets the fourth part of the points that were looked at.
 */
function momentumOf(zeta: Float64Array, spacing: number, allowed: number): number {
  let widest = 0
  // From the finest on: samples too far apart miss what lies between them.
  for (let stride = 2; stride <= LOOKED_AT / 16; stride *= 2) {
    let worst = 0
    const h = stride / 2
    for (let i = 5 * h; i + 5 * h < zeta.length; i += h) {
      const between =
        (3 * (zeta[i - 5 * h] + zeta[i + 5 * h]) -
          25 * (zeta[i - 3 * h] + zeta[i + 3 * h]) +
          150 * (zeta[i - h] + zeta[i + h])) /
        256
      worst = Math.max(worst, Math.abs(between - zeta[i]))
    }
    if (worst > allowed) break
    widest = stride
  }
  return Math.PI / ((widest === 0 ? ROUGH : widest) * spacing)
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
  share: number,
): number {
  const { mean, deviation } = hamiltonian.energy(state)
  const bulk = mean + share * ENERGY_REACH[hamiltonian.grid.axes.length] * deviation
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
  return mean + share * (highest - mean)
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
