/** Annealing of a wave function: i ∂ψ/∂t = [−D(t)∇² + ζ]ψ in real, −∂ψ/∂τ = [−D(τ)∇² + ζ]ψ in imaginary time. */
import { type Interval, sameGrid, type WaveFunction } from '../../grid/index.js'
import type { Evolution, Problem } from '../../qde/index.js'
import type { DriveOptions } from '../../work/index.js'
import { Annealing, type AnnealingTime } from './annealing.js'
import { LevelsAlong } from './levelsAlong.js'
import { monitorOf, sayOutrun } from './monitor.js'
import { type Region, sayRegion } from './region.js'
import { leastFollowed, problemOnOneGrid, stateOf } from './runGrid.js'
import { type AnnealingSchedule, type Dial, dialOf } from './schedule.js'
import { lowestOn, wellsOf } from './wells.js'

export interface QuantumRequest extends DriveOptions {
  readonly schedule: AnnealingSchedule
  readonly until: number
  readonly time: Exclude<AnnealingTime, 'classical'>
  readonly start?: WaveFunction
  readonly region?: Region
  readonly tolerance: number
  readonly frames: number
}

/** D below this share of the first is zero for all purposes. */
const NOTHING = 1e-12
/** Times that the grid is made finer where it does not hold a state. */
const REFINEMENTS = 2

export function annealQuantum(problem: Problem, request: QuantumRequest): Annealing {
  const { schedule, until, tolerance } = request
  let levels: LevelsAlong | undefined
  const dial = dialOf(schedule, until, 'D', (from, to) => {
    levels = new LevelsAlong(problem, problemOnOneGrid(problem, from, to).grid, from, to)
    return (D) => levels!.at(D).resistance
  })
  const least = leastFollowed(problem, dial)
  for (let refinement = 0; ; refinement++) {
    const place = problemOnOneGrid(problem, dial.from, least, 2 ** refinement)
    const evolution = evolve(problem, place, dial, request)
    if (evolution.complete && evolution.gridError > 10 * tolerance && refinement < REFINEMENTS) continue
    const { grid } = evolution.final
    const along =
      levels !== undefined && sameGrid(levels.grid, grid)
        ? levels
        : new LevelsAlong(problem, grid, dial.from, least)
    return resultOf(problem, dial, least, along, evolution, request)
  }
}

function evolve(problem: Problem, place: Problem, dial: Dial, request: QuantumRequest): Evolution {
  const { until, time, tolerance, frames, progress, signal } = request
  const start = request.start ?? problem.withD(dial.from).groundState().state
  const floor = NOTHING * dial.from
  return place.evolve(start.on(place.grid).normalized(), {
    until,
    angle: time === 'real' ? 0 : Math.PI / 2,
    frames,
    tolerance,
    schedule: { D: (t) => Math.max(floor, dial.at(t)) },
    ...(progress && { progress }),
    ...(signal && { signal }),
  })
}

function resultOf(
  problem: Problem,
  dial: Dial,
  least: number,
  levels: LevelsAlong,
  evolution: Evolution,
  { time, until, region }: QuantumRequest,
): Annealing {
  const { times, states, gridError, errorEstimate, warnings, complete } = evolution
  const { grid } = evolution.final
  const H = problem.hamiltonian(grid)
  const lowest = lowestOn(problem.objective, grid, H.zeta).value
  const basin = region ?? basinOfLowest(problem, grid.axes[0].lower, grid.axes[0].upper)
  const rows = states.map((state, k) => {
    const D = dial.at(times[k])
    const known = D >= least
    const ground = known ? stateOf(grid, levels.groundState(D)).overlap(state).abs() ** 2 : Number.NaN
    const above = D === 0 ? lowest : known ? levels.at(D).energies[0] : Number.NaN
    const density = state.density()
    const zeta = density.reduce((sum, p, i) => sum + p * (H.zeta[i] - lowest), 0) * grid.cell
    return {
      D,
      residual: zeta,
      excess: H.with(Math.max(D, NOTHING * dial.from), H.zeta).energy(state).mean - above,
      fidelity: ground / state.normSquared,
      probability: basin === undefined ? Number.NaN : state.probability(basin),
    }
  })
  const monitor = monitorOf(dial, least, (D) => levels.at(D))
  const symbol = time === 'real' ? 't' : 'τ'
  const outrun = sayOutrun(monitor, symbol, 'D', 'the gap')
  for (const note of outrun) console.warn(note)
  const column = (name: keyof (typeof rows)[number]): Float64Array =>
    Float64Array.from(rows, (row) => row[name])
  return new Annealing({
    time,
    dial: 'D',
    schedule: dial.text,
    until,
    times,
    D: column('D'),
    residual: column('residual'),
    excess: column('excess'),
    fidelity: column('fidelity'),
    ...(basin !== undefined && {
      probability: column('probability'),
      region: sayRegion(
        basin,
        grid.axes.map((a) => a.name),
      ),
    }),
    monitor,
    error: errorEstimate + gridError,
    notes: [
      ...outrun,
      ...(dial.to < least
        ? [
            `Below D = ${Number(least.toPrecision(2))} the ground state is narrower than ψ, which no longer follows: gap and fidelity are not computed there.`,
          ]
        : []),
      ...warnings,
    ],
    complete,
    problem: problem.figure().problem,
  })
}

/** The basin of the deepest of several wells on a line. */
function basinOfLowest({ objective }: Problem, lower: number, upper: number): Interval | undefined {
  if (objective.variables.length > 1) return undefined
  const wells = wellsOf(objective, lower, upper)
  if (wells.length < 2) return undefined
  return wells.reduce((low, well) => (well.value < low.value ? well : low)).basin
}
