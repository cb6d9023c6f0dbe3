/** What a run is asked for, checked. */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import type { Grid, Reading } from '../../grid/index.js'
import { type DriveOptions, requireDriving } from '../../progress/index.js'
import type { MethodName } from '../propagation/index.js'
import type { Plane } from './flux.js'
import type { Observable, Observation } from './samples.js'
import type { Schedule } from './schedule.js'

export interface EvolveOptions extends DriveOptions {
  /** End of the run, s > from. */
  readonly until: number
  /** Time at which the run begins, default 0: to go on from a state of another run, and where a schedule begins. */
  readonly from?: number
  /** Wick angle θ in [0, π/2]: 0 real time (default), π/2 imaginary time. */
  readonly angle?: number
  /**
   * States that are kept: a number of equal intervals (default 100, in space 20, fewer on large grids), or a list of times. The
   * first and the last state always are.
   */
  readonly frames?: number | readonly number[]
  /** Times at which observables are read off besides those of the frames, in the same form; default none. */
  readonly samples?: number | readonly number[]
  /** Observables of one's own, by name. */
  readonly observables?: Readonly<Record<string, Observable>>
  /** A plane such as { x: 2 } through which the current of probability is to be recorded. */
  readonly flux?: Plane
  /** Ends the run at the first sample for which it returns true. */
  readonly stop?: (observation: Observation) => boolean
  /** D, constants of ζ, or ζ itself as functions of time. */
  readonly schedule?: Schedule
  /** Wanted ‖error‖ of the final state; default 1e-10 on a line, 1e-8 in a plane and in space. */
  readonly tolerance?: number
  /** A fixed number of steps instead of the tolerance; rounded up so that each sample falls between two steps. */
  readonly steps?: number
  /**
   * Default `chin4a` where ∇ζ is known, else `chebyshev`, which also suits tight tolerances on lean grids. `lanczos`
   * adapts to the state, `blanesMoan4` is for real time without a gradient, `strang` and `crankNicolson` are the
   * textbooks' methods.
   */
  readonly method?: MethodName
  /** Reading of ψ that the figure shows; default `born`. The others need imaginary time and a real ψ(0) ≥ 0. */
  readonly reading?: Reading | 'both'
  /** The same bits on every machine, at the price of the fused multiply-add; default false. */
  readonly reproducible?: boolean
  /** Threads in planes and in space, 1 to 64; default the cores, where the grid is large enough. The same bits for any. */
  readonly threads?: number
}

const OPTIONS: readonly (keyof EvolveOptions)[] = [
  'until',
  'from',
  'angle',
  'frames',
  'samples',
  'observables',
  'flux',
  'stop',
  'schedule',
  'tolerance',
  'steps',
  'method',
  'reading',
  'reproducible',
  'threads',
  'progress',
  'signal',
]

/** The options with what they leave out. */
export interface RunRequest {
  readonly from: number
  readonly until: number
  readonly angle: number
  readonly tolerance: number
}

/** Most times in a list or intervals in a number. */
const MOST = { frames: 10_000, samples: 1_000_000 } as const
/** Bytes of recorded states that are kept without being asked for, and at most. */
const KEPT_BYTES = 2 ** 28
const MOST_BYTES = 2 ** 32
/** Intervals between recorded states, by dimension. */
const FRAMES = [0, 100, 100, 20] as const
/** ‖error‖ of the final state, by dimension. What is seen in a state errs by less: on a line by about 1e-11. */
const TOLERANCE = [0, 1e-10, 1e-8, 1e-8] as const

/** @throws PsilabError `parameter` for options that do not exist or are out of range */
export function requireOptions(options: EvolveOptions, dimension: number): RunRequest {
  requireKeys('evolve', options, OPTIONS)
  const from = requireNumber('from', options.from ?? 0, 'a finite number', () => true)
  const until = requireNumber(
    'until',
    options.until,
    options.from === undefined ? 'a finite number > 0' : `a finite number > from = ${from}`,
    (s) => s > from,
  )
  const angle = requireNumber(
    'angle',
    options.angle ?? 0,
    '0 (real time) to π/2 (imaginary time)',
    (a) => a >= 0 && a <= Math.PI / 2,
    'τ = it is a Wick angle of +π/2; a negative angle would let every mode grow without bound.',
  )
  const tolerance = requireNumber(
    'tolerance',
    options.tolerance ?? TOLERANCE[dimension],
    '1e-13 to 0.1',
    (t) => t >= 1e-13 && t <= 0.1,
  )
  if (options.steps !== undefined) requireInteger('steps', options.steps, 1, 5_000_000)
  if (options.threads !== undefined) requireInteger('threads', options.threads, 1, 64)
  for (const [name, f] of Object.entries({ ...options.observables, stop: options.stop }))
    if (f !== undefined && typeof f !== 'function')
      throw new PsilabError({
        code: 'parameter',
        parameter: name === 'stop' ? 'stop' : `observables.${name}`,
        problem: 'not a function',
        allowed: name === 'stop' ? '(observation) => boolean' : '(state, s) => number',
        got: f,
      })
  requireDriving(options)
  return { from, until, angle, tolerance }
}

export interface Times {
  /** Times after the beginning, ascending; the last is the end of the run. */
  readonly frames: readonly number[]
  /** The same, those of the frames among them. */
  readonly samples: readonly number[]
}

/**
 * @throws PsilabError `parameter` for times outside the run, `too-large` where the states would not fit into memory
 */
export function timesOf(options: EvolveOptions, { from, until }: RunRequest, { size, shape }: Grid): Times {
  const room = Math.floor(KEPT_BYTES / (16 * size)) - 1
  const frames = listOf(
    'frames',
    options.frames ?? Math.max(1, Math.min(FRAMES[shape.length], room)),
    from,
    until,
  )
  const bytes = 16 * size * (frames.length + 1)
  if (bytes > MOST_BYTES)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'frames',
      problem: `${frames.length + 1} states of ${shape.join(' × ')} points need ${(bytes / 2 ** 30).toFixed(1)} GiB`,
      allowed: `${MOST_BYTES / 2 ** 30} GiB, here up to ${Math.floor(MOST_BYTES / (16 * size)) - 1} frames`,
      got: frames.length,
      advice:
        'Record fewer frames, or take fewer points; observables can be recorded more often: give samples.',
    })
  if (options.samples === undefined) return { frames, samples: frames }
  const samples = listOf('samples', options.samples, from, until)
  return { frames, samples: [...new Set([...frames, ...samples])].sort((a, b) => a - b) }
}

function listOf(
  name: 'frames' | 'samples',
  given: number | readonly number[],
  from: number,
  until: number,
): number[] {
  if (typeof given === 'number') {
    const count = requireInteger(name, given, 1, MOST[name])
    return Array.from({ length: count }, (_, k) => from + ((until - from) * (k + 1)) / count)
  }
  if (!Array.isArray(given) || given.length > MOST[name])
    throw new PsilabError({
      code: 'parameter',
      parameter: name,
      problem: 'neither a number nor a list of times',
      allowed: `1 to ${MOST[name]}, or a list of at most as many times`,
      got: given,
    })
  for (const s of given as readonly number[])
    requireNumber(name, s, `times from ${from} to ${until}`, (t) => t >= from && t <= until)
  return [...new Set([...(given as readonly number[]).filter((s) => s > from), until])].sort((a, b) => a - b)
}
