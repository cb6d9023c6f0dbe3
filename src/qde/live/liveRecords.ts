/** What figures carry so that a page can compute them anew: the problem's data and the sliders that change it. */
import {
  type InitialRecord,
  type LiveDensityMatrix,
  type LiveEigenstates,
  type LiveEvolution,
  type LiveProblem,
  type LiveThermodynamics,
  pack,
} from '../../figure/index.js'
import type { Grid, WaveFunction } from '../../grid/index.js'
import type { Discretisation } from '../discretisation.js'
import type { EvolveOptions } from '../evolve/options.js'
import type { InitialState, Packet } from '../initialState.js'
import { motionControls, problemControls, temperatureControls } from './controls.js'
import { type ObjectiveAndGrid, objectiveAndGrid } from './objectiveRecord.js'

/** Most dimensions of what a page computes fast enough, and most samples of ψ that a figure carries. */
const DIMENSION = 2
const SAMPLES = 2048
/** Most points of a line between which a page computes ρ. */
const MATRIX = 512
/** Most frames that a page records. */
const FRAMES = 10_000

function shared(
  space: Discretisation,
  grid: Grid,
): (ObjectiveAndGrid & Pick<LiveProblem, 'controls'>) | undefined {
  if (space.dimension > DIMENSION) return undefined
  const { objective, D } = space
  const both = objectiveAndGrid(space, grid)
  return (
    both && { ...both, controls: problemControls(D, both.objective.value ? objective.parameters : undefined) }
  )
}

export function liveProblem(space: Discretisation, grid: Grid): LiveProblem | undefined {
  const common = shared(space, grid)
  return common && common.controls.length > 0 ? { computation: 'problem', ...common } : undefined
}

export function liveEigenstates(
  space: Discretisation,
  grid: Grid,
  count: number,
): LiveEigenstates | undefined {
  const common = shared(space, grid)
  return common && { computation: 'eigenstates', ...common, count }
}

export function liveThermodynamics(
  space: Discretisation,
  grid: Grid,
  temperatures: readonly number[] | undefined,
  route: LiveThermodynamics['route'],
): LiveThermodynamics | undefined {
  const common = shared(space, grid)
  if (common === undefined || (temperatures?.length ?? 0) > 1000) return undefined
  return {
    computation: 'thermodynamics',
    ...common,
    ...(temperatures && { temperatures }),
    ...(route && { route }),
  }
}

/** @returns undefined also where a page takes seconds for ρ, N³ in the points of a line */
export function liveDensityMatrix(
  space: Discretisation,
  grid: Grid,
  beta: number,
  route: LiveDensityMatrix['route'],
): LiveDensityMatrix | undefined {
  if (space.dimension === 1 && grid.size > MATRIX) return undefined
  const common = shared(space, grid)
  return (
    common && {
      computation: 'densityMatrix',
      ...common,
      controls: [...temperatureControls(beta, space.dimension), ...common.controls],
      beta,
      ...(route && { route }),
    }
  )
}

/** @returns undefined for runs that a page cannot repeat: with schedules, conditions, or states that are too large */
export function liveEvolution(
  space: Discretisation,
  initial: InitialState | WaveFunction,
  state: WaveFunction,
  options: EvolveOptions,
): LiveEvolution | undefined {
  const {
    from = 0,
    until,
    angle = 0,
    frames,
    schedule,
    stop,
    method,
    tolerance,
    steps,
    reading = 'born',
  } = options
  if (schedule !== undefined || stop !== undefined) return undefined
  if (Array.isArray(frames) && frames.length > FRAMES) return undefined
  const common = shared(space, state.grid)
  const packet = 'packet' in initial ? initial.packet : undefined
  const record = initialRecord(state, packet)
  if (common === undefined || record === undefined) return undefined
  const { axes } = state.grid
  return {
    computation: 'evolution',
    ...common,
    controls: [
      ...motionControls({
        axes,
        angle,
        from,
        until,
        packet,
        given: space.boxGiven,
        born: reading === 'born',
      }),
      ...common.controls,
    ],
    initial: record,
    from,
    until,
    angle,
    reading,
    ...(typeof frames === 'number' && { frames }),
    ...(Array.isArray(frames) && {
      shares: (frames as readonly number[]).map((s) => Math.min(1, Math.max(0, (s - from) / (until - from)))),
    }),
    ...(method && { method }),
    ...(tolerance !== undefined && { tolerance }),
    ...(steps !== undefined && { steps }),
  }
}

function initialRecord(state: WaveFunction, packet: Packet | undefined): InitialRecord | undefined {
  if (packet !== undefined)
    return { form: 'packet', center: packet.x0, sigma: packet.sigma, momentum: packet.k0 }
  const { values, grid } = state
  if (grid.size > SAMPLES) return undefined
  const part = (offset: 0 | 1) => {
    const numbers = Float64Array.from({ length: grid.size }, (_, i) => values[2 * i + offset])
    return pack(numbers, { shape: grid.shape, name: 'initial' })
  }
  return { form: 'samples', re: part(0), im: part(1) }
}
