/** A run from an initial state: the grid that holds it, the evolution, and what needs care in the result. */
import { PsilabError } from '../../error.js'
import type { Grid, WaveFunction } from '../../grid/index.js'
import { Watchman } from '../../progress/index.js'
import { requireClosed } from '../absorber.js'
import type { Discretisation } from '../discretisation.js'
import type { InitialState } from '../initialState.js'
import { liveEvolution } from '../live/index.js'
import {
  chooseMethod,
  type Frame,
  type Sample,
  type Trajectory,
  trajectory,
  type Work,
} from '../propagation/index.js'
import type { TimedHamiltonian } from '../timedHamiltonian.js'
import { drive, driveFrames } from './drive.js'
import { Evolution, timeSymbol } from './evolution.js'
import { gridFindings } from './gridWarnings.js'
import { jumpError, jumpsOf } from './jumps.js'
import { type EvolveOptions, requireOptions, timesOf } from './options.js'
import { place } from './place.js'
import { observer, type Row } from './samples.js'
import { requireSchedule, scheduledHamiltonian, stages } from './schedule.js'
import { stepWarnings } from './stepWarnings.js'

type GroundEnergy = () => number

/** The whole run at once. */
export function run(
  space: Discretisation,
  initial: InitialState | WaveFunction,
  options: EvolveOptions,
  groundEnergy: GroundEnergy,
): Evolution {
  const { work, watchman, result } = prepare(space, initial, options, groundEnergy)
  return result(drive(work, watchman))
}

/** The same by and by: each frame as soon as it is there, and the whole at the end. */
export async function* runFrames(
  space: Discretisation,
  initial: InitialState | WaveFunction,
  options: EvolveOptions,
  groundEnergy: GroundEnergy,
): AsyncGenerator<Frame, Evolution> {
  const { work, watchman, result } = prepare(space, initial, options, groundEnergy)
  return result(yield* driveFrames(work, watchman))
}

interface Prepared {
  readonly work: Work<Trajectory>
  readonly watchman: Watchman
  readonly result: (trajectory: Trajectory) => Evolution
}

function prepare(
  space: Discretisation,
  initial: InitialState | WaveFunction,
  options: EvolveOptions,
  groundEnergy: GroundEnergy,
): Prepared {
  const request = requireOptions(options, space.dimension)
  const { from, until, angle, tolerance } = request
  const { schedule } = options
  if (schedule !== undefined) requireSchedule(schedule, space.objective)
  const placed = place(schedule === undefined ? [space] : stages(space, schedule, from, until), initial, {
    time: until - from,
    angle,
    tolerance,
  })
  const { state, grid } = placed
  if (angle > 0) requireClosed(grid.axes, 'evolution off the real time axis')
  const times = timesOf(options, request, grid)
  const hamiltonian =
    schedule === undefined ? fixedHamiltonian(space, grid) : scheduledHamiltonian(space, schedule, grid, from)
  const method = chooseMethod({
    angle,
    known: () => hamiltonian.gradientSquared !== undefined || hamiltonian.gradient !== undefined,
    fixed: hamiltonian.fixed,
    absorbs: grid.axes.some((a) => a.layer > 0),
    ...(options.method === undefined ? {} : { wanted: options.method }),
    ...(options.steps === undefined ? {} : { steps: options.steps }),
  })
  const reading = options.reading ?? 'born'
  if (reading !== 'born') requirePopulation(state, angle, reading)
  const observe = observer({
    initial: state,
    hamiltonian: hamiltonian.at,
    ...(options.observables === undefined ? {} : { observables: options.observables }),
    ...(options.flux === undefined ? {} : { flux: options.flux }),
  })
  // What can be read off the recorded states later is not read off during the run.
  const reads =
    times.samples.length > times.frames.length ||
    options.stop !== undefined ||
    options.observables !== undefined
  const rows: Row[] = []
  const watchman = new Watchman(from, until, options)
  let latest: Sample | undefined
  watchman.snapshot = () =>
    latest &&
    new Evolution(
      {
        states: [latest.state],
        times: Float64Array.of(latest.time),
        logNorm: Float64Array.of(latest.logNorm),
        steps: 0,
        errorEstimate: 0,
      },
      {
        observe,
        hamiltonian: hamiltonian.at(latest.time),
        problem: space.record(grid),
        line: () => space.line(grid),
        angle,
        method,
        reading,
        until,
        stopped: undefined,
        warnings: [],
        gridError: 0,
        live: () => undefined,
        groundEnergy: () => undefined,
      },
    ).figure()
  const work = trajectory(hamiltonian, state, {
    method,
    angle,
    from,
    ...times,
    tolerance,
    ...(options.steps === undefined ? {} : { steps: options.steps }),
    engine: {
      reproducible: options.reproducible ?? false,
      ...(options.threads === undefined ? {} : { threads: options.threads }),
      cancelled: () => watchman.poll(),
    },
    look(sample) {
      latest = sample
      if (!reads) return false
      const row = observe(sample)
      const { state: _, ...rest } = row
      rows.push(rest)
      return options.stop?.(row) === true
    },
    forget(count) {
      rows.length = Math.min(rows.length, count)
    },
  })
  return {
    work,
    watchman,
    result(result) {
      const stopped = result.ended === 'halt' ? watchman.halt : result.ended
      const last = result.times[result.times.length - 1]
      const findings = gridFindings(
        space,
        hamiltonian.at(last),
        result.states,
        tolerance,
        (k) => `${timeSymbol(angle)} ≈ ${result.times[k].toPrecision(3)}`,
        placed.momentum,
      )
      const jumps =
        schedule?.objective === undefined && schedule?.parameters === undefined
          ? jumpsOf(space.objective, state)
          : []
      const byJumps = jumpError(jumps, result.times, result.states)
      // Off the real axis errors die away, at a rate that is not known here.
      const felt = byJumps > JUMPS_FELT ? jumps : []
      const warnings = [
        ...(stopped === undefined
          ? []
          : [
              `stopped at ${timeSymbol(angle)} = ${Number(last.toPrecision(6))} of ${until}${REASONS[stopped]}`,
            ]),
        ...findings.warnings,
        ...(felt.length === 0
          ? []
          : [
              `grid.points: ζ jumps at ${felt.map(({ at }) => `${space.objective.variables[0]} = ${Number(at.toPrecision(6))}`).join(', ')}; a grid tells that place to half a spacing${angle === 0 ? `, which leaves an error of about ${byJumps.toExponential(0)}` : ''}. Halve the spacing and compare.`,
            ]),
        ...(options.steps === undefined
          ? []
          : stepWarnings(
              result.errorEstimate,
              result.states,
              // In space Hψ would be a third field of the size of ψ.
              angle === 0 &&
                hamiltonian.fixed &&
                space.dimension < 3 &&
                hamiltonian.at(last).absorption === undefined
                ? hamiltonian.at(last)
                : undefined,
            )),
      ]
      for (const warning of warnings) console.warn(warning)
      return new Evolution(result, {
        ...(reads ? { rows } : {}),
        observe,
        hamiltonian: hamiltonian.at(last),
        problem: space.record(grid),
        line: () => space.line(grid),
        angle,
        method,
        reading,
        until,
        stopped,
        warnings,
        live: () => liveEvolution(space, initial, state, options),
        gridError: findings.error + (angle === 0 ? byJumps : 0),
        groundEnergy: () =>
          angle > 0 && schedule === undefined && placed.confinement === 'confining'
            ? known(groundEnergy)
            : undefined,
      })
    },
  }
}

/** ‖error‖ by the places of jumps that is warned of. */
const JUMPS_FELT = 1e-3

const REASONS = {
  condition: ': the condition was met',
  interrupt: ': interrupted',
  signal: ': aborted',
} as const

function fixedHamiltonian(space: Discretisation, grid: Grid): TimedHamiltonian {
  const hamiltonian = space.hamiltonian(grid)
  let square: Float64Array | undefined
  return {
    grid,
    fixed: true,
    at: () => hamiltonian,
    get gradientSquared() {
      square ??= space.gradientSquared(grid)
      return square
    },
  }
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
