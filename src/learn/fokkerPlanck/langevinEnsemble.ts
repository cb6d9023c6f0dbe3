/**
 * Many particles of Langevin dynamics dX = −∇U dt + √(2D) dW, in steps of h:
 *
 *   X ← X − h∇U(X) + √(2Dh) ½(ξₙ + ξₙ₊₁)   Leimkuhler and Matthews, Appl. Math. Res. Express 2013, 34,
 *   X ← X − h∇U(X) + √(2Dh) ξₙ             Euler and Maruyama.
 *
 * Both follow the dynamics to first order in h at a finite time; the stationary density of the first is right to second
 * order, and exactly right where U is quadratic. Particles are drawn in blocks of 2048, each from the stream (seed, block)
 * and from beginning to end, so that no result depends on what runs when.
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { Drawable, type Panel, type PanelsFigure, panelsFigure } from '../../figure/index.js'
import { column, writeCsv, writeNpz } from '../../interchange/index.js'
import { type RandomStream, randomStream } from '../../numeric/index.js'
import {
  gradientOf,
  hessianOf,
  type Objective,
  type ObjectiveLike,
  objectiveFrom,
} from '../../objective/index.js'
import { type DriveOptions, requireDriving, Watchman } from '../../progress/index.js'

export interface LangevinEnsembleOptions extends DriveOptions {
  /** Diffusion coefficient D ≥ 0. */
  readonly D: number
  /** Time step h > 0. */
  readonly step: number
  /** Number of steps. */
  readonly steps: number
  /** Number of particles; default 16 384. */
  readonly particles?: number
  /** Where all particles start, one number a coordinate; default a known minimum, else 0. */
  readonly start?: readonly number[]
  /** Standard deviation of a Gaussian about the start; default 0. */
  readonly spread?: number
  /** Default `leimkuhlerMatthews`. */
  readonly method?: LangevinMethod
  /** Equal parts of the run after which mean and variance are recorded, at most one a step; default 50. */
  readonly frames?: number
  /** Seed of the random numbers; default 1. */
  readonly seed?: number
}

export type LangevinMethod = 'leimkuhlerMatthews' | 'eulerMaruyama'

/** Particles that move together: their columns fit the nearest cache, and one stream draws their noise. */
const BLOCK = 2048
/** Steps of a block between two looks at the clock. */
const POLL = 16
const MOST_PARTICLES = 2 ** 24

/**
 * Moves an ensemble of particles down a loss with noise.
 *
 * @param loss U: an expression in x, y and z or fewer, a function of one to three numbers, or an objective of any number
 * @throws PsilabError `parameter` for options out of range, `not-finite` where the particles leave all bounds
 * @example
 * langevinEnsemble('x^2/2', { D: 0.5, step: 0.01, steps: 1000 }).variance[0].at(-1) // about 0.5
 */
export function langevinEnsemble(loss: ObjectiveLike, options: LangevinEnsembleOptions): LangevinEnsemble {
  requireKeys('langevinEnsemble', options, [
    'D',
    'step',
    'steps',
    'particles',
    'start',
    'spread',
    'method',
    'frames',
    'seed',
    'progress',
    'signal',
  ])
  requireDriving(options)
  const objective = objectiveFrom(loss)
  const run = requireRun(objective, options)
  const recorded = new Moments(objective.variables.length, run)
  const watch = new Watchman(0, run.particles * run.steps, options)
  const blocks = Math.ceil(run.particles / BLOCK)
  const final = objective.variables.map(() => new Float64Array(run.particles))
  let finished = 0
  const reached = (): LangevinEnsemble =>
    new LangevinEnsemble(
      objective,
      run,
      recorded,
      final.map((x) => x.slice(0, finished)),
    )
  watch.snapshot = () => (finished === 0 ? undefined : reached().figure())
  for (let block = 0; block < blocks && watch.halt === undefined; block++) {
    const from = block * BLOCK
    const size = Math.min(BLOCK, run.particles - from)
    const moved = moveBlock(objective, run, randomStream(run.seed, block), size, (steps) =>
      watch.poll(from * run.steps + size * steps),
    )
    // A block that is interrupted has not reached the end: the ensemble is what did.
    if (moved === undefined) break
    recorded.add(moved.sums)
    moved.columns.forEach((x, d) => {
      final[d].set(x, from)
    })
    finished = from + size
  }
  watch.report()
  return reached()
}

interface Run {
  readonly D: number
  readonly step: number
  readonly steps: number
  readonly particles: number
  readonly start: readonly number[]
  readonly spread: number
  readonly method: LangevinMethod
  readonly seed: number
  /** Steps after which moments are recorded, from 0 on. */
  readonly recordedAt: readonly number[]
}

function requireRun({ variables, minima }: Objective, options: LangevinEnsembleOptions): Run {
  const start = options.start ?? minima?.[0]?.point ?? variables.map(() => 0)
  if (!Array.isArray(start) || start.length !== variables.length || !start.every(Number.isFinite))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'start',
      problem: 'not a place',
      allowed: `one finite number for each of ${variables.join(', ')}`,
      got: options.start,
    })
  const method = options.method ?? 'leimkuhlerMatthews'
  if (method !== 'leimkuhlerMatthews' && method !== 'eulerMaruyama')
    throw new PsilabError({
      code: 'parameter',
      parameter: 'method',
      problem: 'there is no such method',
      allowed: "'leimkuhlerMatthews' or 'eulerMaruyama'",
      got: method,
    })
  const steps = requireInteger('steps', options.steps, 1, 2 ** 40)
  const frames = Math.min(steps, requireInteger('frames', options.frames ?? 50, 1, 10_000))
  return {
    D: requireNumber('D', options.D, 'a finite number ≥ 0', (v) => v >= 0),
    step: requireNumber('step', options.step, 'a finite number > 0', (v) => v > 0),
    steps,
    particles: requireInteger('particles', options.particles ?? 16_384, 1, MOST_PARTICLES),
    start,
    spread: requireNumber('spread', options.spread ?? 0, 'a finite number ≥ 0', (v) => v >= 0),
    method,
    seed: requireInteger('seed', options.seed ?? 1, 0, Number.MAX_SAFE_INTEGER),
    recordedAt: Array.from({ length: frames + 1 }, (_, k) => Math.round((k * steps) / frames)),
  }
}

/** Sums over the particles of a block of x − start and its square, one array a coordinate, one number a recorded time. */
interface Sums {
  readonly first: readonly Float64Array[]
  readonly second: readonly Float64Array[]
}

function moveBlock(
  objective: Objective,
  { D, step, steps, start, spread, method, recordedAt }: Run,
  random: RandomStream,
  size: number,
  halted: (steps: number) => boolean,
): { readonly columns: Float64Array[]; readonly sums: Sums } | undefined {
  const gradient = gradientOf(objective)
  const noise = new Float64Array(size)
  const columns = start.map((at) => {
    random.fillNormal(noise)
    return noise.map((xi) => at + spread * xi)
  })
  const empty = (): Float64Array[] => start.map(() => new Float64Array(recordedAt.length))
  const sums = { first: empty(), second: empty() }
  let next = 0
  const record = (): void => {
    columns.forEach((x, d) => {
      let [one, two] = [0, 0]
      for (let i = 0; i < size; i++) {
        const by = x[i] - start[d]
        one += by
        two += by * by
      }
      sums.first[d][next] = one
      sums.second[d][next] = two
    })
    next++
  }
  const kick = kicker(method, Math.sqrt(2 * D * step), step, random, columns)
  record()
  for (let n = 1; n <= steps; n++) {
    kick(gradient(columns))
    if (n === recordedAt[next]) record()
    if (n % POLL === 0 && halted(n)) return undefined
  }
  requireFinite(objective, columns, step)
  return { columns, sums }
}

/** One step of all particles of a block, given the gradient. */
function kicker(
  method: LangevinMethod,
  size: number,
  step: number,
  random: RandomStream,
  columns: readonly Float64Array[],
): (gradient: readonly Float64Array[]) => void {
  const noise = new Float64Array(columns[0].length)
  if (method === 'eulerMaruyama')
    return (gradient) => {
      columns.forEach((x, d) => {
        random.fillNormal(noise)
        const slope = gradient[d]
        for (let i = 0; i < x.length; i++) x[i] += size * noise[i] - step * slope[i]
      })
    }
  const before = columns.map((x) => {
    const first = new Float64Array(x.length)
    random.fillNormal(first)
    return first
  })
  return (gradient) => {
    columns.forEach((x, d) => {
      random.fillNormal(noise)
      const [slope, last] = [gradient[d], before[d]]
      for (let i = 0; i < x.length; i++) {
        x[i] += 0.5 * size * (last[i] + noise[i]) - step * slope[i]
        last[i] = noise[i]
      }
    })
  }
}

function requireFinite({ variables }: Objective, columns: readonly Float64Array[], step: number): void {
  const d = columns.findIndex((x) => !x.every(Number.isFinite))
  if (d < 0) return
  throw new PsilabError({
    code: 'not-finite',
    parameter: 'step',
    problem: `particles left all bounds along ${variables[d]}`,
    allowed: 'a step below 2 divided by the largest curvature that they meet',
    got: step,
  })
}

/** Particles at which the curvature is looked at. */
const LOOKS = 32

/** The largest curvature along an axis, in the mean over some particles. */
function steepness(loss: Objective, particles: readonly Float64Array[]): number {
  // Differences of many coordinates cost too much for a note.
  if (loss.hessian === undefined && particles.length > 3) return 0
  const rows = hessianOf(loss)(particles.map((column) => column.slice(0, LOOKS)))
  const each = rows[0][0].map((_, i) => rows.reduce((most, row, d) => Math.max(most, row[d][i]), 0))
  return each.reduce((sum, v) => sum + v, 0) / each.length
}

class Moments {
  readonly times: Float64Array
  readonly sums: Sums

  constructor(dimension: number, { recordedAt, step }: Run) {
    this.times = Float64Array.from(recordedAt, (n) => n * step)
    const empty = (): Float64Array[] =>
      Array.from({ length: dimension }, () => new Float64Array(recordedAt.length))
    this.sums = { first: empty(), second: empty() }
  }

  add({ first, second }: Sums): void {
    for (const [own, more] of [
      [this.sums.first, first],
      [this.sums.second, second],
    ])
      own.forEach((sum, d) => {
        for (let k = 0; k < sum.length; k++) sum[k] += more[d][k]
      })
  }
}

/** Particles after a run, and their mean and variance during it. */
export class LangevinEnsemble extends Drawable {
  readonly loss: Objective
  readonly D: number
  readonly step: number
  readonly seed: number
  /** Recorded times, from 0 on. */
  readonly times: Float64Array
  /** Mean and variance of each coordinate at each time, one array a coordinate. */
  readonly mean: readonly Float64Array[]
  readonly variance: readonly Float64Array[]
  /** Particles at the end, one array a coordinate. */
  readonly particles: readonly Float64Array[]
  /** Whether all the particles asked for reached the end; the others are left out. */
  readonly complete: boolean
  readonly notes: readonly string[]

  constructor(loss: Objective, run: Run, { times, sums }: Moments, particles: readonly Float64Array[]) {
    super()
    const n = particles[0].length
    this.loss = loss
    this.D = run.D
    this.step = run.step
    this.seed = run.seed
    this.times = times
    this.particles = particles
    this.complete = n === run.particles
    this.mean = sums.first.map((sum, d) => sum.map((s) => run.start[d] + s / n))
    this.variance = sums.second.map((sum, d) => sum.map((s, k) => s / n - (sums.first[d][k] / n) ** 2))
    this.notes = [
      ...(run.method === 'leimkuhlerMatthews'
        ? ['Averages at a finite time err by the order of the step, stationary ones by its square.']
        : ['Averages err by the order of the step, stationary ones as well.']),
      ...(n > 0 && steepness(loss, particles) * run.step >= 2
        ? [
            'The step is too long for the curvature where particles are: they overshoot, and no mean of theirs settles.',
          ]
        : []),
      ...(this.complete ? [] : [`Stopped: ${n} of ${run.particles} particles reached the end.`]),
    ]
  }

  /** A .npz archive: `times`, and by the name of each coordinate its mean, variance and particles. */
  override toNpz(): Uint8Array {
    return writeNpz(
      Object.fromEntries([
        ['times', column(this.times)],
        ...this.loss.variables.flatMap((name, d) => [
          [name, column(this.particles[d])],
          [`mean_${name}`, column(this.mean[d])],
          [`variance_${name}`, column(this.variance[d])],
        ]),
      ]),
    )
  }

  /** A table with one row a time: t, mean and variance of each coordinate. */
  override toCsv(): string {
    return writeCsv({
      t: this.times,
      ...Object.fromEntries(
        this.loss.variables.flatMap((name, d) => [
          [`mean ${name}`, this.mean[d]],
          [`variance ${name}`, this.variance[d]],
        ]),
      ),
    })
  }

  override figure(): PanelsFigure {
    const { loss, particles, times, mean, variance, D, seed } = this
    // Twelve curves can be told apart.
    const shown = loss.variables.slice(0, 6)
    const panels: Panel[] = [
      {
        type: 'lines',
        heading: 'Mean and variance',
        x: { label: 't' },
        y: { label: 'mean, variance' },
        series: shown.flatMap((name, d) => [
          { label: `mean of ${name}`, x: times, y: mean[d] },
          { label: `variance of ${name}`, x: times, y: variance[d] },
        ]),
      },
    ]
    if (particles[0].length > 1) panels.push(histograms(shown, particles))
    return panelsFigure({
      title: `Langevin dynamics of ${particles[0].length} particles, D = ${D}`,
      alt: `Particles on U = ${loss.text} with noise. ${this.summary()}`,
      seed,
      panels,
      notes: this.notes,
    })
  }

  override toString(): string {
    return [this.summary(), ...this.notes].join('\n')
  }

  private summary(): string {
    const k = this.times.length - 1
    const each = this.loss.variables
      .slice(0, 6)
      .map(
        (name, d) =>
          `⟨${name}⟩ = ${this.mean[d][k].toPrecision(4)} ± ${Math.sqrt(this.variance[d][k] / this.particles[d].length).toPrecision(2)}, Var ${name} = ${this.variance[d][k].toPrecision(4)}`,
      )
    return `${this.particles[0].length} particles at t = ${Number(this.times[k].toPrecision(6))}: ${each.join(', ')}`
  }
}

const BINS = 80

/** Density of the particles along each coordinate, over the middle of all but one in a thousand. */
function histograms(names: readonly string[], particles: readonly Float64Array[]): Panel {
  return {
    type: 'lines',
    heading: 'Density of the particles at the end',
    x: { label: names.join(', ') },
    y: { label: 'density' },
    series: names.map((name, d) => {
      const sorted = particles[d].slice().sort()
      const n = sorted.length
      const [low, high] = [sorted[Math.floor(0.0005 * n)], sorted[Math.ceil(0.9995 * n) - 1]]
      const width = (high - low) / BINS || 1
      const counts = new Float64Array(BINS)
      for (const x of sorted) {
        const bin = Math.floor((x - low) / width)
        if (bin >= 0 && bin < BINS) counts[bin]++
      }
      return {
        label: `along ${name}`,
        x: counts.map((_, i) => low + (i + 0.5) * width),
        y: counts.map((c) => c / (n * width)),
      }
    }),
  }
}
