/** Annealing of a wave function: i ∂ψ/∂t = [−D(t)∇² + ζ]ψ in real, −∂ψ/∂τ = [−D(τ)∇² + ζ]ψ in imaginary time. */
import { type Grid, type Interval, sameGrid, type WaveFunction } from '../../grid/index.js'
import { type DriveOptions, Watchman } from '../../progress/index.js'
import type { Evolution, Problem } from '../../qde/index.js'
import { dot } from './affine.js'
import { Annealing, type AnnealingTime } from './annealing.js'
import { type DensityRecord, DensityRecorder } from './densityRecord.js'
import { LevelsAlong } from './levelsAlong.js'
import { monitorOf, sayOutrun } from './monitor.js'
import { columnsOf, type Readings } from './readings.js'
import { reducedRun } from './reducedRun.js'
import { probabilityIn, type Region } from './region.js'
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

/** What a run hands back: a row for each time that it reached. */
interface Run {
  readonly times: readonly number[]
  readonly rows: readonly Readings[]
  readonly error: number
  readonly complete: boolean
  readonly warnings: readonly string[]
  readonly levels: LevelsAlong
  /** On a line. */
  readonly density?: DensityRecord
}

/** What rows are measured against. */
interface Yardstick {
  /** The least D at which levels are known. */
  readonly least: number
  /** min ζ. */
  readonly lowest: number
  readonly region: Region | undefined
}

export function annealQuantum(problem: Problem, request: QuantumRequest): Annealing {
  const { schedule, until, time } = request
  let levels: LevelsAlong | undefined
  const along = (from: number, to: number, finer: number): LevelsAlong => {
    const { grid } = problemOnOneGrid(problem, from, to, finer)
    if (levels === undefined || levels.from !== from || levels.to !== to || !sameGrid(levels.grid, grid))
      levels = new LevelsAlong(problem, grid, from, to)
    return levels
  }
  const dial = dialOf(schedule, until, 'D', (from, to) => {
    const found = along(from, to, 1)
    return (D) => found.at(D).resistance
  })
  const { objective, grid, zeta } = problem
  const [{ lower, upper }] = grid.axes
  const yardstick: Yardstick = {
    least: leastFollowed(problem, dial),
    lowest: lowestOn(objective, grid, zeta).value,
    region: request.region ?? basinOfLowest(problem, lower, upper),
  }
  const watchman = new Watchman(0, until, request)
  const { least, region } = yardstick
  const run =
    inLevels(problem, along(dial.from, least, 1), dial, yardstick, request, watchman) ??
    onGrid(problem, (finer) => along(dial.from, least, finer), dial, yardstick, request)
  watchman.report()
  const monitor = monitorOf(dial, least, (D) => run.levels.at(D))
  const outrun = sayOutrun(monitor, time === 'real' ? 't' : 'τ', 'D', 'the gap')
  for (const note of outrun) console.warn(note)
  const column = (name: keyof Readings): Float64Array => Float64Array.from(run.rows, (row) => row[name])
  return new Annealing({
    time,
    dial: 'D',
    schedule: dial.text,
    until,
    times: Float64Array.from(run.times),
    D: Float64Array.from(run.times, dial.at),
    ...columnsOf(column, region, objective.variables),
    monitor,
    error: run.error,
    notes: [
      ...outrun,
      ...(dial.to < least
        ? [
            `Below D = ${Number(least.toPrecision(2))} the ground state is narrower than ψ, which no longer follows: gap and fidelity are not computed there.`,
          ]
        : []),
      ...run.warnings,
    ],
    complete: run.complete,
    ...(run.density && { density: run.density }),
    problem: problem.figure().problem,
  })
}

/** The run in the space of the lowest levels, where the state stays in it. */
function inLevels(
  problem: Problem,
  levels: LevelsAlong,
  dial: Dial,
  { least, lowest, region }: Yardstick,
  { start, time, until, tolerance, frames }: QuantumRequest,
  watchman: Watchman,
): Run | undefined {
  // In planes and in space a region has no quadrature in the basis.
  if (region !== undefined && problem.objective.variables.length > 1) return undefined
  const given = start && levels.project(start.on(levels.grid).normalized())
  if (given !== undefined && given.outside > tolerance) return undefined
  const ground = levels.at(dial.from).ground
  const first = given?.parts ?? [ground, new Float64Array(ground.length)]
  if (time === 'imaginary' && first[1].some((v) => v !== 0)) return undefined
  const times = Array.from({ length: frames + 1 }, (_, k) => (until * k) / frames)
  const run = reducedRun(levels, dial, time === 'real' ? first : [first[0]], times, tolerance, (t) =>
    watchman.poll(t),
  )
  if (run === undefined) return undefined
  const probability =
    region && levels.probabilityOf((typeof region[0] === 'number' ? region : region[0]) as Interval)
  const reached = times.slice(0, run.states.length)
  const density = densityOf(problem, levels.grid, reached, (k) => levels.density(run.states[k]))
  const complete = reached.length === times.length
  return {
    levels,
    ...(density && { density }),
    times: reached,
    error: run.error,
    complete,
    warnings: complete
      ? []
      : [
          `stopped at ${time === 'real' ? 't' : 'τ'} = ${Number(reached[reached.length - 1].toPrecision(6))} of ${until}`,
        ],
    rows: run.states.map((state, k) => {
      const D = dial.at(reached[k])
      const { K, V } = levels.means(state)
      const known = D >= least ? levels.at(D) : undefined
      return {
        residual: V - lowest,
        excess: D * K + V - (D === 0 ? lowest : (known?.energies[0] ?? Number.NaN)),
        fidelity:
          known === undefined
            ? Number.NaN
            : state.reduce((sum, part) => sum + dot(part, known.ground) ** 2, 0),
        probability: probability?.(state) ?? Number.NaN,
      }
    }),
  }
}

/** The run on a grid, made finer until it holds every state. */
function onGrid(
  problem: Problem,
  along: (finer: number) => LevelsAlong,
  dial: Dial,
  { least, lowest, region }: Yardstick,
  request: QuantumRequest,
): Run {
  const { tolerance } = request
  for (let refinement = 0; ; refinement++) {
    const finer = 2 ** refinement
    const evolution = evolve(problem, problemOnOneGrid(problem, dial.from, least, finer), dial, request)
    if (evolution.complete && evolution.gridError > 10 * tolerance && refinement < REFINEMENTS) continue
    const { times, states, gridError, errorEstimate, warnings, complete } = evolution
    const levels = along(finer)
    const { grid } = levels
    const H = problem.hamiltonian(grid)
    const probability = region && probabilityIn(region, grid)
    const density = densityOf(problem, grid, Array.from(times), (k) => states[k].density())
    return {
      levels,
      ...(density && { density }),
      times: Array.from(times),
      error: errorEstimate + gridError,
      complete,
      warnings,
      rows: states.map((state, k) => {
        const D = dial.at(times[k])
        const known = D >= least ? levels.at(D) : undefined
        const density = state.density()
        return {
          residual: density.reduce((sum, p, i) => sum + p * (H.zeta[i] - lowest), 0) * grid.cell,
          excess:
            H.with(Math.max(D, NOTHING * dial.from), H.zeta).energy(state).mean -
            (D === 0 ? lowest : (known?.energies[0] ?? Number.NaN)),
          fidelity:
            known === undefined
              ? Number.NaN
              : stateOf(grid, levels.groundState(D)).overlap(state).abs() ** 2 / state.normSquared,
          probability: probability?.(state) ?? Number.NaN,
        }
      }),
    }
  }
}

/** |ψ|² at the times of a run on a line. */
function densityOf(
  problem: Problem,
  grid: Grid,
  times: readonly number[],
  at: (k: number) => Float64Array,
): DensityRecord | undefined {
  if (grid.axes.length > 1 || times.length < 2) return undefined
  const recorder = new DensityRecorder(grid.axes[0].coordinates, problem.hamiltonian(grid).zeta, times.length)
  times.forEach((t, k) => {
    recorder.keep(k, t, () => at(k))
  })
  return recorder.record()
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

/** The basin of the deepest of several wells on a line. */
function basinOfLowest({ objective }: Problem, lower: number, upper: number): Interval | undefined {
  if (objective.variables.length > 1) return undefined
  const wells = wellsOf(objective, lower, upper)
  if (wells.length < 2) return undefined
  return wells.reduce((low, well) => (well.value < low.value ? well : low)).basin
}
