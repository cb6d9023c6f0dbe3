/**
 * Draws samples of a diffusion model by running its process backward. Particles go in blocks of a fixed size, each of which
 * draws from a random stream of its own and stays in the nearest cache through all steps: results depend neither on how
 * many blocks there are nor on their order, and the first particles of a larger draw are those of a smaller one.
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { randomStream } from '../../numeric/index.js'
import { type DriveOptions, requireDriving, Watchman } from '../../progress/index.js'
import { adaptiveFlow, type FlowProblem, heunFlow } from './flow.js'
import type { GaussianMixture } from './mixture.js'
import { eulerMaruyamaSteps, implicitSteps, type ReverseStep, timesDown } from './reverseSteps.js'
import type { ScoreAt } from './score.js'

const SAMPLING_METHODS = ['reverseSde', 'probabilityFlow', 'ancestral', 'ddim'] as const
export type SamplingMethod = (typeof SAMPLING_METHODS)[number]

export interface SampleOptions extends DriveOptions {
  /** Number of samples; default 10 000. */
  readonly samples?: number
  /**
   * `reverseSde` (default): Euler–Maruyama steps of the reverse stochastic equation; `probabilityFlow`: its ordinary twin;
   * `ancestral`: DDPM; `ddim`.
   */
  readonly method?: SamplingMethod
  /**
   * Steps from t = 1 down; default that of the schedule, else 1000, or 250 of a learned score; with `ddim` 50. `probabilityFlow` takes Heun's steps
   * where a number is given, and steps of its own to `tolerance` otherwise.
   */
  readonly steps?: number
  /** Error of a step of the adaptive probability flow, relative to 1 + |x|; default 1e-6. */
  readonly tolerance?: number
  /** Share of DDPM's noise in `ddim`, 0 (default) to 1. */
  readonly eta?: number
  /** Time at which to stop; default 0 where the data have a density and the score is exact. */
  readonly end?: number
  /** Where to begin: the `prior` N(0, v(1)) (default), which needs no data, or the exact `marginal` p₁. */
  readonly start?: 'prior' | 'marginal'
  /** Default 1. */
  readonly seed?: number
  /** Trajectories that are kept, 0 to 1000; default 24. */
  readonly paths?: number
}

/** The options with what they leave out. */
export interface SampleRequest {
  readonly samples: number
  readonly method: SamplingMethod
  readonly steps: number | undefined
  readonly tolerance: number
  readonly eta: number
  readonly end: number
  readonly start: 'prior' | 'marginal'
  readonly seed: number
  readonly paths: number
}

/** Most numbers of one draw. */
const MOST_NUMBERS = 2 ** 28

/** @throws PsilabError `parameter` for options that do not exist or are out of range, `too-large` for too many samples */
export function requireSampling(
  options: SampleOptions,
  model: { readonly dimension: number; readonly end: number; readonly steps: number },
): SampleRequest {
  requireKeys('sample', options, [
    'samples',
    'method',
    'steps',
    'tolerance',
    'eta',
    'end',
    'start',
    'seed',
    'paths',
    'progress',
    'signal',
  ])
  requireDriving(options)
  const oneOf = <T extends string>(parameter: string, value: T, allowed: readonly T[]): T => {
    if (allowed.includes(value)) return value
    throw new PsilabError({
      code: 'parameter',
      parameter,
      problem: 'unknown',
      allowed: allowed.map((name) => `'${name}'`).join(', '),
      got: value,
    })
  }
  const method = oneOf('method', options.method ?? 'reverseSde', SAMPLING_METHODS)
  const samples = requireInteger('samples', options.samples ?? 10_000, 1, 1_000_000_000)
  if (samples * model.dimension > MOST_NUMBERS)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'samples',
      problem: `${samples} samples in ${model.dimension} dimensions are too many numbers`,
      allowed: `up to ${Math.floor(MOST_NUMBERS / model.dimension)}`,
      got: samples,
    })
  const { eta } = options
  if (eta !== undefined && method !== 'ddim')
    throw new PsilabError({
      code: 'parameter',
      parameter: 'eta',
      problem: `plays no part in ${method}`,
      allowed: "method: 'ddim'",
      got: eta,
    })
  const steps =
    options.steps ?? (method === 'probabilityFlow' ? undefined : method === 'ddim' ? 50 : model.steps)
  return {
    samples,
    method,
    steps: steps === undefined ? undefined : requireInteger('steps', steps, 1, 1_000_000),
    tolerance: requireNumber(
      'tolerance',
      options.tolerance ?? 1e-6,
      '1e-12 to 0.1',
      (t) => t >= 1e-12 && t <= 0.1,
    ),
    eta: requireNumber('eta', eta ?? (method === 'ancestral' ? 1 : 0), '0 to 1', (e) => e >= 0 && e <= 1),
    end: requireNumber(
      'end',
      options.end ?? model.end,
      model.end === 0 ? 'a time from 0 to below 1' : `a time from ${model.end} to below 1`,
      (t) => t >= model.end && t < 1,
    ),
    start: oneOf('start', options.start ?? 'prior', ['prior', 'marginal']),
    seed: requireInteger('seed', options.seed ?? 1, 0, Number.MAX_SAFE_INTEGER),
    paths: requireInteger('paths', options.paths ?? 24, 0, 1000),
  }
}

/** Some particles at the times that were kept of them. */
export interface Trajectories {
  readonly times: Float64Array
  /** One array a coordinate, C order [path, time]. */
  readonly columns: readonly Float64Array[]
  readonly count: number
}

export interface Draw {
  readonly columns: readonly Float64Array[]
  readonly trajectories: Trajectories
  /** More particles at fewer times. */
  readonly cloud: Trajectories
  /** Evaluations of the score a particle, the mean over the blocks. */
  readonly evaluations: number
  readonly complete: boolean
  /** Whether every adaptive step kept its tolerance. */
  readonly converged: boolean
}

/** Particles of a block. */
const BLOCK = 1024
/** Times of a trajectory that are kept at most. */
const KEPT = 400
/** Particles of a cloud, and times between 1 and the end at which it is kept. */
const [CLOUD, MOMENTS] = [400, 28]

/** @param shown the figure of the samples that are there while others are drawn */
export function draw(
  problem: FlowProblem,
  prior: GaussianMixture,
  request: SampleRequest,
  drive: DriveOptions,
  shown?: (drawn: Draw) => object,
): Draw {
  const { samples, method, steps, end } = request
  const dimension = prior.dimension
  const columns = Array.from({ length: dimension }, () => new Float64Array(samples))
  const blocks = Math.ceil(samples / BLOCK)
  const watchman = new Watchman(0, samples, drive)
  const recorder = new Recorder(Math.min(request.paths, samples, BLOCK), dimension)
  const cloud = new Recorder(Math.min(CLOUD, samples), dimension)
  let last = 1
  const times = steps === undefined ? undefined : timesDown(steps, end)
  const linear =
    times === undefined || method === 'probabilityFlow'
      ? undefined
      : new LinearSampler(
          problem,
          method === 'reverseSde'
            ? eulerMaruyamaSteps(problem.schedule, times)
            : implicitSteps(problem.schedule, times, request.eta),
          times,
        )
  const keys = randomStream(request.seed)
  let [done, evaluations, converged] = [0, 0, true]
  const drawn = (): Draw => ({
    columns: columns.map((c) => (done === samples ? c : c.slice(0, done))),
    trajectories: recorder.trajectories(),
    cloud: cloud.trajectories(),
    evaluations: evaluations / Math.max(1, Math.ceil(done / BLOCK)),
    complete: done === samples,
    converged,
  })
  watchman.snapshot = () => (done === 0 ? undefined : shown?.(drawn()))
  for (let block = 0; block < blocks; block++) {
    const from = block * BLOCK
    const n = Math.min(BLOCK, samples - from)
    const stream = keys.at(block)
    const x = Array.from({ length: dimension }, () => new Float64Array(BLOCK))
    prior.draw(stream, x)
    const stride = Math.max(1, Math.ceil((steps ?? 1) / KEPT))
    if (block === 0) {
      recorder.keep(1, x)
      cloud.keep(1, x)
    }
    let count = 0
    const after = (t: number): boolean => {
      count++
      if (block === 0 && (count % stride === 0 || t === end)) recorder.keep(t, x)
      if (block === 0 && (last - t >= (1 - end) / MOMENTS || t === end)) {
        cloud.keep(t, x)
        last = t
      }
      return watchman.poll(from + (n * (1 - t)) / (1 - end))
    }
    if (linear !== undefined) evaluations += linear.run(x, stream, after)
    else if (times !== undefined) evaluations += heunFlow(problem, { x }, BLOCK, times, after)
    else {
      const run = adaptiveFlow(problem, { x }, BLOCK, [1, end], request.tolerance, after)
      evaluations += run.evaluations
      converged &&= run.converged
    }
    if (watchman.halt !== undefined) break
    x.forEach((column, d) => {
      columns[d].set(column.subarray(0, n), from)
    })
    done = from + n
    watchman.poll(done)
  }
  watchman.report()
  return drawn()
}

/** Most steps for which the prepared score is kept. */
const MOST_KEPT = 10_000

/** Runs blocks through the steps x ← state·x + score·s + noise·z. */
class LinearSampler {
  private readonly steps: readonly ReverseStep[]
  private readonly times: Float64Array
  private readonly problem: FlowProblem
  private readonly scores: readonly Float64Array[]
  private readonly z = new Float64Array(BLOCK)
  /** The score at the beginning of each step, where it may be kept. */
  private readonly kept: readonly ScoreAt[] | undefined

  constructor(problem: FlowProblem, steps: readonly ReverseStep[], times: Float64Array) {
    this.problem = problem
    this.steps = steps
    this.times = times
    const { score } = problem
    this.kept = score.isLight && steps.length <= MOST_KEPT ? steps.map(({ t }) => score.at(t)) : undefined
    this.scores = Array.from({ length: problem.score.dimension }, () => new Float64Array(BLOCK))
  }

  run(
    x: readonly Float64Array[],
    stream: { fillNormal(out: Float64Array): void },
    after: (t: number) => boolean,
  ): number {
    const { steps, scores, z, times } = this
    for (let k = 0; k < steps.length; k++) {
      const { t, state, score, noise } = steps[k]
      const evaluate = this.kept?.[k] ?? this.problem.score.at(t)
      evaluate(x, BLOCK, scores)
      for (let d = 0; d < x.length; d++) {
        if (noise === 0) advance(x[d], state, score, scores[d])
        else {
          stream.fillNormal(z)
          advanceNoisy(x[d], state, score, scores[d], noise, z)
        }
      }
      if (after(times[k + 1])) return k + 1
    }
    return steps.length
  }
}

function advance(x: Float64Array, a: number, b: number, s: Float64Array): void {
  for (let i = 0; i < BLOCK; i++) x[i] = a * x[i] + b * s[i]
}

function advanceNoisy(
  x: Float64Array,
  a: number,
  b: number,
  s: Float64Array,
  c: number,
  z: Float64Array,
): void {
  for (let i = 0; i < BLOCK; i++) x[i] = a * x[i] + b * s[i] + c * z[i]
}

class Recorder {
  private readonly times: number[] = []
  private readonly rows: Float64Array[][] = []
  private readonly count: number
  private readonly dimension: number

  constructor(count: number, dimension: number) {
    this.count = count
    this.dimension = dimension
  }

  keep(t: number, x: readonly Float64Array[]): void {
    if (this.count === 0) return
    this.times.push(t)
    this.rows.push(x.map((column) => column.slice(0, this.count)))
  }

  trajectories(): Trajectories {
    const { count, times, rows } = this
    return {
      count,
      times: Float64Array.from(times),
      columns: Array.from({ length: this.dimension }, (_, d) => {
        const column = new Float64Array(count * times.length)
        for (let p = 0; p < count; p++)
          for (let k = 0; k < times.length; k++) column[p * times.length + k] = rows[k][d][p]
        return column
      }),
    }
  }
}
