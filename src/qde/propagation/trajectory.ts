/**
 * A run: ψ(s) = exp(−i e^{−iθ} s H) ψ(0), for an H that changes in time the solution of ∂ψ/∂s = −i e^{−iθ} H(s) ψ,
 * recorded at chosen times with its norm and the error that it leaves.
 */
import { PsilabError } from '../../error.js'
import { type Grid, WaveFunction } from '../../grid/index.js'
import type { TimedHamiltonian } from '../timedHamiltonian.js'
import { complexStep } from './complexStep.js'
import type { EngineOptions, IntegratorSettings } from './integrator.js'
import { integrator, isSplitting, type MethodName } from './method.js'
import { add, norm, normalise, realParts, widened } from './vector.js'
import type { Frame, Work } from './work.js'

export interface TrajectorySettings {
  readonly method: MethodName
  /** Wick angle. */
  readonly angle: number
  /** Beginning of the run. */
  readonly from: number
  /** Recorded times after it, ascending; the last is the end of the run. */
  readonly frames: readonly number[]
  /** Times at which ψ is looked at, ascending, among them those of the frames. */
  readonly samples: readonly number[]
  /** Looks at ψ at the times of the samples and at the beginning; true ends the run there. */
  readonly look: (sample: Sample) => boolean
  /** Forgets the samples after the first `count`: ψ goes that way again. */
  readonly forget: (count: number) => void
  /** Wanted ‖error‖ of the final state. */
  readonly tolerance: number
  /** Fixed number of steps instead of the tolerance; rounded up so that samples fall between steps. */
  readonly steps?: number
  readonly engine: EngineOptions
}

/** A state of a run, as recorded. */
export interface Sample extends Frame {
  /** ln ‖ψ‖ of the unnormalised solution. */
  readonly logNorm: number
}

export interface Trajectory {
  /** The initial state, the states at the times of the frames, and that at the end of a run that was stopped. */
  readonly states: readonly WaveFunction[]
  readonly times: Float64Array
  /** ln ‖ψ(s)‖ of the unnormalised solution. */
  readonly logNorm: Float64Array
  readonly steps: number
  /** Estimated ‖error‖ that the steps leave in the final state; with a fixed number of them from that of the first. */
  readonly errorEstimate: number
  /** Why it ended before the last frame. */
  readonly ended?: 'condition' | 'halt'
}

/** Parts of a run in each of which an H that changes is looked at. */
const PARTS = 64
/** A norm that differs from 1 by less is one of a state that was recorded normalised: it goes on with the same bits. */
const NORMALISED = 1e-13

export function* trajectory(
  hamiltonian: TimedHamiltonian,
  initial: WaveFunction,
  settings: TrajectorySettings,
): Work<Trajectory> {
  const { angle, from, frames, samples, tolerance, method, steps: count } = settings
  const { grid } = initial
  const until = frames[frames.length - 1]
  const inReal = angle === 0
  const width = isReal(initial, angle, method) ? 1 : 2
  const unit = 1 / Math.sqrt(grid.cell)
  const reference = inReal ? 0 : least(hamiltonian.at(from).zeta)
  // In real time ψ keeps its norm; elsewhere it runs normalised, and the logarithm of what was divided out is kept.
  const asGiven = inReal || Math.abs(norm(initial.values) / unit - 1) <= NORMALISED
  const { advance, verify } = integrator(
    method,
    {
      hamiltonian,
      angle,
      reference,
      rate: tolerance / (until - from),
      longest: hamiltonian.fixed ? Number.POSITIVE_INFINITY : (until - from) / PARTS,
      width,
      unit,
      ...(asGiven && width === 2 ? { initial: initial.values } : {}),
      engine: settings.engine,
    } satisfies IntegratorSettings,
    count === undefined ? undefined : (until - from) / count,
  )
  let psi = width === 1 ? realParts(initial.values) : Float64Array.from(initial.values)
  let logarithm = asGiven ? 0 : normalise(psi, unit)
  /** ψ as it is now; nothing goes on in its own array after the end. */
  const recorded = (s: number, end: boolean): Sample => {
    const logNorm = inReal ? Math.log(norm(psi) / unit) : logarithm - reference * Math.sin(angle) * (s - from)
    if (!Number.isFinite(logNorm)) notFinite(s)
    // The phase that H − E_ref left out is put back.
    const phase = -reference * complexStep(angle, s - from).im
    const own = end && width === 2 && phase === 0
    return { time: s, state: own ? new WaveFunction(grid, psi) : stateOf(grid, psi, width, phase), logNorm }
  }

  const records: Sample[] = [
    asGiven
      ? { time: from, state: initial, logNorm: inReal ? Math.log(norm(psi) / unit) : 0 }
      : recorded(from, false),
  ]
  let looks = 1
  /** Time of the last look. */
  let looked = from
  let taken = 0
  let errorEstimate = 0
  let ended: Trajectory['ended'] = settings.look(records[0]) ? 'condition' : undefined
  let s = from
  let next = 0
  if ((yield records[0]) === true) ended ??= 'halt'
  const isFrame = new Set(frames)
  const kept = verify !== undefined ? new Float64Array(psi.length) : undefined
  const save = () => {
    kept?.set(psi)
    return { s, next, logarithm, looks, count: records.length }
  }
  let saved = save()
  while (ended === undefined && next < samples.length) {
    const stop = samples[next]
    const way = yield* advance(psi, s, stop)
    s = way.time
    taken += way.steps
    logarithm += way.growth
    errorEstimate += way.error
    if (s === stop) {
      const sample = recorded(s, next === samples.length - 1)
      if (isFrame.has(stop)) records.push(sample)
      looks += 1
      looked = s
      if (settings.look(sample)) ended = 'condition'
      next += 1
    }
    const halted = way.halted || (yield s) === true
    if (halted) ended ??= 'halt'
    if (!way.due && ended === undefined && next < samples.length) continue
    const error = verify === undefined ? 0 : yield* verify(psi, s, halted)
    if (error === undefined) {
      // The array of ψ may be that of a state that was looked at.
      psi = Float64Array.from(kept!)
      ;({ s, next, logarithm, looks } = saved)
      records.length = saved.count
      settings.forget(looks)
      ended = undefined
      continue
    }
    errorEstimate += error
    for (const record of records.slice(saved.count)) yield record
    saved = save()
  }
  if (records[records.length - 1].time !== s) {
    const last = recorded(s, true)
    records.push(last)
    if (looked !== s) settings.look(last)
  }
  return {
    states: records.map(({ state }) => state),
    times: Float64Array.from(records, ({ time }) => time),
    logNorm: Float64Array.from(records, ({ logNorm }) => logNorm),
    steps: taken,
    errorEstimate,
    ...(ended === undefined || s === until ? {} : { ended }),
  }
}

/** Whether the run can do with real numbers: an imaginary time keeps a real ψ real, at half the cost in planes. */
function isReal({ grid, values }: WaveFunction, angle: number, method: MethodName): boolean {
  if (angle !== Math.PI / 2 || grid.axes.length < 2 || !isSplitting(method)) return false
  for (let i = 1; i < values.length; i += 2) if (values[i] !== 0) return false
  return true
}

function least(values: Float64Array): number {
  return values.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
}

/** A copy of the field times e^{i·phase}. */
function stateOf(grid: Grid, psi: Float64Array, width: 1 | 2, phase: number): WaveFunction {
  const values = width === 1 ? widened(psi) : psi
  const result = new Float64Array(values.length)
  if (phase === 0) result.set(values)
  else add(result, values, Math.cos(phase), Math.sin(phase))
  return new WaveFunction(grid, result)
}

function notFinite(s: number): never {
  throw new PsilabError({
    code: 'not-finite',
    parameter: 'until',
    problem: `the wave function stopped being finite before s = ${s}`,
    advice:
      'Where ζ has no lower bound imaginary time grows without limit: shorten until, or narrow the box.',
  })
}
