/** The grid of a run: one that holds ψ(0), its free motion, and what a schedule makes of the equation. */
import { PsilabError } from '../../error.js'
import { axis, type Grid, grid, sameGrid, stridesOf, WaveFunction } from '../../grid/index.js'
import { type GridChoice, type GridDemand, intervalsFor, requireRoom } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import type { InitialState } from '../initialState.js'

/** Standard deviations of H above ⟨H⟩ that the grid of a run holds. */
const ENERGY_REACH = 8
/** Largest wave number of a grid, as a multiple of that of the state. */
const MOMENTUM_ROOM = 1.2
/** Times that a grid is chosen anew for the energy found on it. */
const ATTEMPTS = 3

export interface Placed {
  readonly state: WaveFunction
  readonly grid: Grid
  readonly confinement: GridChoice['confinement']
}

/**
 * Puts ψ(0) on a grid that holds it, and where ζ does not confine also its free motion for a time.
 * @param stages the equation at the times that matter for the grid; the beginning comes first
 */
export function place(
  stages: readonly Discretisation[],
  initial: InitialState | WaveFunction,
  freeTime: number,
): Placed {
  const [first] = stages
  if (initial instanceof WaveFunction) {
    initial.normalized()
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
    const grids = stages.map((space) => choiceFor(space, asRecipe(initial), freeTime).grid)
    const whole = union([initial.grid, ...grids])
    return { state: onto(initial, whole), grid: whole, confinement }
  }
  const choices = stages.map((space) => choiceFor(space, initial, freeTime))
  const whole = union(choices.map((choice) => choice.grid))
  const state = initial.sample(whole)
  requireRoom(state, first.hamiltonian(whole), first.boxGiven, initial.momentum)
  return { state, grid: whole, confinement: choices[0].confinement }
}

/** A state as a recipe for other grids. */
function asRecipe(state: WaveFunction): InitialState {
  return { sample: (to) => onto(state, to).normalized(), toString: () => state.toString() }
}

/** A state of a box on a larger one, in which it has died away outside of its own. */
function onto(state: WaveFunction, to: Grid): WaveFunction {
  if (sameGrid(state.grid, to)) return state
  const { values } = state.on(to)
  const strides = stridesOf(to.shape)
  for (let i = 0; i < to.size; i++) {
    const outside = state.grid.axes.some(({ lower, upper }, d) => {
      const x = to.axes[d].coordinates[Math.floor(i / strides[d]) % to.shape[d]]
      return x < lower || x > upper
    })
    if (outside) values.fill(0, 2 * i, 2 * i + 2)
  }
  return new WaveFunction(to, values)
}

/** The grid for ψ(0) in one equation. */
function choiceFor(space: Discretisation, initial: InitialState, freeTime: number): GridChoice {
  const demand: GridDemand = { levels: space.defaultLevels }
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
    const fixed = space.boxGiven && choice.energy === Number.NEGATIVE_INFINITY
    if (fixed || choice.confinement !== 'confining' || attempt === ATTEMPTS) return choice
    const { mean, deviation } = space.hamiltonian(choice.grid).energy(initial.sample(choice.grid))
    energy = mean + ENERGY_REACH * deviation
    if (energy <= choice.energy) return choice
  }
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
