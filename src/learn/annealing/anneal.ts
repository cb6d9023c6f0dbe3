/** The entrance: `anneal(problem, { schedule: geometric(1, 0.01), until: 50, time: 'imaginary' })`. */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { type Interval, WaveFunction } from '../../grid/index.js'
import { type DriveOptions, requireDriving } from '../../progress/index.js'
import { type Problem, requireProblem } from '../../qde/index.js'
import type { Annealing, AnnealingTime } from './annealing.js'
import { annealClassically } from './classical.js'
import { annealQuantum } from './quantum.js'
import type { Region } from './region.js'
import type { AnnealingSchedule } from './schedule.js'

export interface AnnealOptions extends DriveOptions {
  /** linear, geometric, power, logarithmic, adaptive, or D as a function of time. */
  readonly schedule: AnnealingSchedule
  /** The time that annealing takes, > 0. */
  readonly until: number
  /**
   * `real` (default) and `imaginary` anneal the wave function with D; `classical` anneals the density of the overdamped
   * Langevin equation dX = −∇ζ dt + √(2T) dW with the temperature T, in one dimension.
   */
  readonly time?: AnnealingTime
  /** Where to start from; default the ground state at the first D. Classical annealing starts in equilibrium. */
  readonly start?: WaveFunction
  /** An interval, or one an axis, whose probability is followed; default on a line the basin of the deepest well. */
  readonly region?: Region
  /**
   * Wanted ‖error‖ of the last state, default 1e-6: probabilities err by far less. In classical time the mass that one
   * step may misplace, default 1e-7.
   */
  readonly tolerance?: number
  /** Equal intervals of time at whose ends results are recorded; default 100. */
  readonly frames?: number
}

const OPTIONS: readonly (keyof AnnealOptions)[] = [
  'schedule',
  'until',
  'time',
  'start',
  'region',
  'tolerance',
  'frames',
  'progress',
  'signal',
]
const TIMES: readonly AnnealingTime[] = ['real', 'imaginary', 'classical']

/** ‖error‖ of the last state, and mass that one step of the classical density may misplace. */
const TOLERANCE = { quantum: 1e-6, classical: 1e-7 } as const
const FRAMES = 100
const MOST_FRAMES = 10_000

/**
 * Annealing: D falls by a schedule while ψ evolves, in real or imaginary time; or, classically, the temperature falls
 * while a density relaxes. A run that is interrupted returns what it has, `complete: false`.
 *
 * @example anneal(problem, { schedule: geometric(1, 0.01), until: 50, time: 'imaginary' })
 *
 * @throws PsilabError `parameter` for options out of range, `resolution` where an adaptive schedule meets a gap that
 * cannot be told from zero, `unbounded` or `not-confining` where there is no ground state
 */
export function anneal(problem: Problem, options: AnnealOptions): Annealing {
  requireProblem(problem)
  requireKeys('anneal', options, OPTIONS)
  const { schedule, time = 'real', start, region } = options
  const until = requireNumber('until', options.until, 'a finite number > 0', (t) => t > 0)
  const frames = requireInteger('frames', options.frames ?? FRAMES, 1, MOST_FRAMES)
  requireDriving(options)
  if (!TIMES.includes(time)) refuse('time', 'no such time', TIMES.join(', '), time)
  if (start !== undefined && !(start instanceof WaveFunction))
    refuse('start', 'not a state', 'a wave function', start)
  const classical = time === 'classical'
  const tolerance = requireNumber(
    'tolerance',
    options.tolerance ?? TOLERANCE[classical ? 'classical' : 'quantum'],
    '1e-12 to 0.01',
    (v) => v >= 1e-12 && v <= 0.01,
  )
  const { variables } = problem.objective
  if (region !== undefined) requireRegion(region, variables)
  const { progress, signal } = options
  const common = {
    schedule,
    until,
    tolerance,
    frames,
    ...(progress && { progress }),
    ...(signal && { signal }),
  }
  if (!classical)
    return annealQuantum(problem, { ...common, time, ...(start && { start }), ...(region && { region }) })
  if (start !== undefined) refuse('start', 'classical annealing starts in equilibrium', 'nothing', start)
  if (variables.length > 1)
    refuse('time', 'classical annealing is for one coordinate', "'real' or 'imaginary' here", time)
  const interval =
    region === undefined ? undefined : ((typeof region[0] === 'number' ? region : region[0]) as Interval)
  return annealClassically(problem, { ...common, ...(interval && { region: interval }) })
}

function requireRegion(region: Region, names: readonly string[]): void {
  const box = (typeof region?.[0] === 'number' ? [region] : region) as readonly Interval[]
  if (Array.isArray(box) && box.length === names.length && box.every(([a, b]) => a < b)) return
  refuse(
    'region',
    'not a box in the coordinates',
    `one interval [lower, upper] for each of ${names.join(', ')}`,
    region,
  )
}

function refuse(parameter: string, problem: string, allowed: string, got: unknown): never {
  throw new PsilabError({ code: 'parameter', parameter, problem, allowed, got })
}
