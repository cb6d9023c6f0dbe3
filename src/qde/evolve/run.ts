/** A run from an initial state: the grid that holds it, the evolution, and what needs care in the result. */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { type Grid, type Reading, sameGrid, WaveFunction } from '../../grid/index.js'
import { requireClosed } from '../absorber.js'
import type { GridChoice, GridDemand } from '../box/index.js'
import { edgeShare, requireRoom } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import type { InitialState } from '../initialState.js'
import { chooseMethod, type MethodName, type Trajectory, trajectory } from '../propagation/index.js'
import { Evolution, timeSymbol } from './evolution.js'

export interface EvolveOptions {
  /** End of the run, s > 0. */
  readonly until: number
  /** Wick angle θ in [0, π/2]: 0 real time (default), π/2 imaginary time. */
  readonly angle?: number
  /** Number of intervals between recorded states; default 100, in space 20. */
  readonly frames?: number
  /** Wanted ‖error‖ of the final state; default 1e-8. */
  readonly tolerance?: number
  /** A fixed number of steps instead of the tolerance; rounded up to a multiple of `frames`. */
  readonly steps?: number
  /**
   * Default `chin4a` where ∇ζ is known, else `chebyshev`, which also suits tight tolerances on lean grids. `lanczos`
   * adapts to the state, `blanesMoan4` is for real time without a gradient, `strang` and `crankNicolson` are the
   * textbooks' methods.
   */
  readonly method?: MethodName
  /** Reading of ψ that the figure shows; default `born`. The others need imaginary time and a real ψ(0) ≥ 0. */
  readonly reading?: Reading | 'both'
}

const OPTIONS: readonly (keyof EvolveOptions)[] = [
  'until',
  'angle',
  'frames',
  'tolerance',
  'steps',
  'method',
  'reading',
]
/** Intervals between recorded states, by dimension, and the most that the states of a run may take, in bytes. */
const FRAMES = [0, 100, 100, 20] as const
const MOST_BYTES = 2 ** 32
/** Standard deviations of H above ⟨H⟩ that the grid of a run holds. */
const ENERGY_REACH = 8
/** Largest wave number of a grid, as a multiple of that of the state. */
const MOMENTUM_ROOM = 1.2
/** Times that a grid is chosen anew for the energy found on it. */
const ATTEMPTS = 3
/** Share of |ψ|² at the edge of a box that ζ did not set, from which on the user is warned. */
const FELT = 1e-6

export function run(
  space: Discretisation,
  initial: InitialState | WaveFunction,
  options: EvolveOptions,
  groundEnergy: () => number,
): Evolution {
  requireKeys('evolve', options, OPTIONS)
  const until = requireNumber('until', options.until, 'a finite number > 0', (s) => s > 0)
  const angle = requireNumber(
    'angle',
    options.angle ?? 0,
    '0 (real time) to π/2 (imaginary time)',
    (a) => a >= 0 && a <= Math.PI / 2,
    'τ = it is a Wick angle of +π/2; a negative angle would let every mode grow without bound.',
  )
  const frames = requireInteger('frames', options.frames ?? FRAMES[space.dimension], 1, 10_000)
  const tolerance = requireNumber(
    'tolerance',
    options.tolerance ?? 1e-8,
    '1e-13 to 0.1',
    (t) => t >= 1e-13 && t <= 0.1,
  )
  if (options.steps !== undefined) requireInteger('steps', options.steps, 1, 5_000_000)
  const { state, choice } = place(space, initial, until * Math.cos(angle))
  requireMemory(choice.grid, frames)
  if (angle > 0) requireClosed(choice.grid.axes, 'evolution off the real time axis')
  const gradient = space.gradientSquared(choice.grid)
  const method = chooseMethod({
    angle,
    known: gradient.gradientSquared !== undefined,
    absorbs: choice.grid.axes.some((a) => a.layer > 0),
    ...(options.method === undefined ? {} : { wanted: options.method }),
    ...(options.steps === undefined ? {} : { steps: options.steps }),
  })
  const reading = options.reading ?? 'born'
  if (reading !== 'born') requirePopulation(state, angle, reading)
  const hamiltonian = space.hamiltonian(choice.grid)
  const recorded = trajectory(hamiltonian, state, {
    method,
    until,
    angle,
    frames,
    tolerance,
    ...(options.steps === undefined ? {} : { steps: options.steps }),
    ...(method === 'chin4a' ? gradient : {}),
  })
  const warnings = edgeWarnings(space, recorded, angle)
  for (const warning of warnings) console.warn(warning)
  return new Evolution(recorded, {
    hamiltonian,
    problem: space.record(choice.grid),
    line: () => space.line(choice.grid),
    angle,
    method,
    reading,
    warnings,
    groundEnergy: () => (angle > 0 && choice.confinement === 'confining' ? known(groundEnergy) : undefined),
  })
}

/** @throws PsilabError `too-large` where the recorded states outgrow the memory */
function requireMemory({ size, shape }: Grid, frames: number): void {
  const bytes = 16 * size * (frames + 1)
  if (bytes <= MOST_BYTES) return
  throw new PsilabError({
    code: 'too-large',
    parameter: 'frames',
    problem: `${frames + 1} states of ${shape.join(' × ')} points need ${(bytes / 2 ** 30).toFixed(1)} GiB`,
    allowed: `${MOST_BYTES / 2 ** 30} GiB, here up to ${Math.floor(MOST_BYTES / (16 * size)) - 1} frames`,
    got: frames,
    advice: 'Record fewer frames, or take fewer points.',
  })
}

/** The value, or nothing where it cannot be had: a figure does without its reference line. */
function known(value: () => number): number | undefined {
  try {
    return value()
  } catch (error) {
    if (error instanceof PsilabError) return undefined
    throw error
  }
}

interface Placed {
  readonly state: WaveFunction
  readonly choice: GridChoice
}

/** Puts ψ(0) on a grid that holds it, and where ζ does not confine also its free motion for a time. */
function place(space: Discretisation, initial: InitialState | WaveFunction, freeTime: number): Placed {
  const demand: GridDemand = { levels: space.defaultLevels }
  if (initial instanceof WaveFunction) {
    if (space.given !== undefined && !sameGrid(space.given, initial.grid))
      throw new PsilabError({
        code: 'parameter',
        parameter: 'initial',
        problem: "the state lives on another grid than the problem's",
        allowed: 'a state on the grid that was given',
        got: initial.grid.shape,
      })
    initial.normalized()
    return { state: initial, choice: { ...space.choose(demand), grid: initial.grid } }
  }
  const confined = space.choose(demand).confinement === 'confining'
  // What an open box absorbs on its way needs no room.
  const opens = space.request.boundary?.includes('absorbing') === true
  const support = initial.support?.(space.D, confined || opens ? 0 : freeTime)
  const room: GridDemand = {
    ...demand,
    ...(support === undefined ? {} : { support }),
    ...(initial.slowest === undefined ? {} : { slowest: initial.slowest }),
    ...(initial.momentum === undefined ? {} : { momentum: initial.momentum.map((k) => MOMENTUM_ROOM * k) }),
  }
  let energy: number | undefined
  for (let attempt = 1; ; attempt++) {
    const choice = space.choose(energy === undefined ? room : { ...room, energy })
    const hamiltonian = space.hamiltonian(choice.grid)
    const state = initial.sample(choice.grid)
    const { mean, deviation } = hamiltonian.energy(state)
    energy = mean + ENERGY_REACH * deviation
    const fixed =
      (space.boxGiven && choice.energy === Number.NEGATIVE_INFINITY) || choice.confinement !== 'confining'
    if (fixed || energy <= choice.energy || attempt === ATTEMPTS) {
      requireRoom(state, hamiltonian, space.boxGiven, initial.momentum)
      return { state, choice }
    }
  }
}

/** @throws PsilabError `parameter` where ψ does not stay real and ≥ 0, so that it is no density of a population */
function requirePopulation(state: WaveFunction, angle: number, reading: string): void {
  if (angle === Math.PI / 2 && state.isPopulation) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'reading',
    problem: 'only a real ψ ≥ 0 in imaginary time is the density of a population',
    allowed: "'born' here",
    got: reading,
    advice: 'Set angle: Math.PI / 2 and start from a packet with k0: 0, or leave reading out.',
  })
}

/** The edges of a grid that the user gave are part of the problem; any other edge that the state reaches is not. */
function edgeWarnings(space: Discretisation, { states, times }: Trajectory, angle: number): string[] {
  if (space.boxGiven) return []
  const first = states.findIndex((s) => edgeShare(s, (a) => a.boundary !== 'absorbing') > FELT)
  if (first < 0) return []
  return [
    `grid: the wave function reaches the edge of the box at ${timeSymbol(angle)} ≈ ${times[first].toPrecision(3)}; from there on the box shapes it. State the box that you mean: grid: { lower, upper, points, boundary }.`,
  ]
}
