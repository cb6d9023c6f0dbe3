/**
 * Why a diffusion is not undone by running the quantum dynamic equation with τ → −τ. The backward heat equation
 *
 *   ∂p/∂s = −D∇²p      multiplies the wave number k by e^{+Dk²s},
 *
 * so that whatever a density has of high wave numbers that is not its own (finitely many particles, rounding) grows
 * without bound: the problem is ill-posed (Hadamard 1923). What a reversal needs is the score: particles that follow
 * dx = 2D ∇ln p ds + √(2D) dW come back (Anderson 1982).
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { Drawable, type PanelsFigure, panelsFigure, type Tabulated } from '../../figure/index.js'
import { lineFFT } from '../../numeric/index.js'
import { type DriveOptions, requireDriving } from '../../progress/index.js'
import { GaussianMixture } from './mixture.js'
import { histogramOf } from './panels.js'
import { DiffusionSamples } from './samples.js'
import { draw } from './sampling.js'
import { NoiseSchedule } from './schedule.js'
import { mixtureScore } from './score.js'
import { mixtureTarget } from './target.js'

export interface NaiveReversalOptions extends DriveOptions {
  /** A mixture on a line. */
  readonly data: GaussianMixture
  /** Diffusion coefficient; default ½. */
  readonly D?: number
  /** Imaginary time that the data diffuse for; default ½. */
  readonly tau?: number
  /** Particles that the diffused density is known by; default 100 000. */
  readonly samples?: number
  /** Points of the grid, a power of 2; default 256. */
  readonly points?: number
  /** Default 1. */
  readonly seed?: number
}

/** Factors by which the highest wave number has grown at the onset, and when the backward run ends. */
const ONSET = 100
const BURST = 1e6
/** Steps of each part of the backward run; the fourth-order error of the highest rate is below 1e-5. */
const STEPS = 200
/** Steps of the particles with the score. */
const REVERSE_STEPS = 400

export class NaiveReversal extends Drawable {
  readonly x: Float64Array
  /** Density of the data, exact. */
  readonly data: Float64Array
  /** Density of the particles after τ, as counted on the grid. */
  readonly diffused: Float64Array
  /** That density taken back by the backward heat equation, when its highest wave number has grown a hundredfold. */
  readonly onset: Float64Array
  /** The same at the end of the backward run. */
  readonly reversed: Float64Array
  /** How far back the onset is. */
  readonly onsetTime: number
  /** How far back the run came before its highest wave number had grown a millionfold. */
  readonly reached: number
  readonly tau: number
  readonly D: number
  /** Wave numbers k > 0 of the grid. */
  readonly wavenumbers: Float64Array
  /** ln of the growth of each in the run, measured; and +Dk²s. */
  readonly growth: Float64Array
  readonly predicted: Float64Array
  /** The same particles taken back by the score over the whole of τ. */
  readonly withScore: DiffusionSamples
  readonly notes: readonly string[]

  constructor(result: NaiveReversalResult) {
    super()
    this.x = result.x
    this.data = result.data
    this.diffused = result.diffused
    this.onset = result.onset
    this.onsetTime = result.onsetTime
    this.reversed = result.reversed
    this.reached = result.reached
    this.tau = result.tau
    this.D = result.D
    this.wavenumbers = result.wavenumbers
    this.growth = result.growth
    this.predicted = result.predicted
    this.withScore = result.withScore
    const [low, high] = [Math.min(...result.reversed), Math.max(...result.reversed)]
    this.notes = [
      `After ${((100 * result.reached) / result.tau).toPrecision(2)} % of the way back the "density" lies between ${low.toPrecision(2)} and ${high.toPrecision(2)}.`,
      'The backward heat equation is ill-posed: finer grids and more particles make it fail later, never succeed.',
    ]
  }

  /** Largest relative difference of measured and predicted growth rates. */
  get growthError(): number {
    return this.growth.reduce((worst, g, i) => Math.max(worst, Math.abs(g / this.predicted[i] - 1)), 0)
  }

  override figure(): PanelsFigure {
    const { x, wavenumbers } = this
    const back = histogramOf(this.withScore.columns[0] as Float64Array, 80)
    return panelsFigure({
      title: 'Diffusion is not undone by τ → −τ',
      alt: this.toString(),
      seed: this.withScore.seed,
      panels: [
        {
          type: 'lines',
          heading: `τ → −τ, back by ${this.onsetTime.toPrecision(1)} of ${this.tau}`,
          x: { label: 'x' },
          y: { label: 'density' },
          series: [
            { label: 'taken back', x, y: this.onset },
            { label: 'diffused particles', x, y: this.diffused },
            { label: 'data', role: 'reference', x, y: this.data },
          ],
        },
        {
          type: 'lines',
          heading: 'Growth of wave numbers',
          x: { label: 'k' },
          y: { label: 'factor', scale: 'log' },
          series: [
            { label: 'measured', mark: 'points', x: wavenumbers, y: this.growth.map(Math.exp) },
            { label: 'exp(+Dk²s)', role: 'reference', x: wavenumbers, y: this.predicted.map(Math.exp) },
          ],
        },
        {
          type: 'lines',
          heading: 'The same way with the score',
          x: { label: 'x' },
          y: { label: 'density' },
          series: [
            { label: 'particles at s = τ', mark: 'bars', x: back.centres, y: back.density },
            { label: 'data', role: 'reference', x, y: this.data },
          ],
        },
      ],
      notes: this.notes,
    })
  }

  /** A table with one row a point of the grid: the densities of the data, of the particles, at the onset and at the end. */
  protected override tabulated(): Tabulated {
    const { x, data, diffused, onset, reversed } = this
    return { x, data, diffused, onset, reversed }
  }

  override toString(): string {
    const last = this.growth.length - 1
    return [
      `Naive reversal of a diffusion over τ = ${this.tau}, D = ${this.D}: at s = ${this.reached.toPrecision(3)} the wave number ${this.wavenumbers[last].toPrecision(3)} has grown by ${Math.exp(this.growth[last]).toExponential(2)} (predicted ${Math.exp(this.predicted[last]).toExponential(2)})`,
      `with the score: KS distance ${this.withScore.kolmogorovSmirnov().toPrecision(2)} from the data's law`,
      ...this.notes,
    ].join('\n')
  }
}

interface NaiveReversalResult {
  readonly x: Float64Array
  readonly data: Float64Array
  readonly diffused: Float64Array
  readonly onset: Float64Array
  readonly onsetTime: number
  readonly reversed: Float64Array
  readonly reached: number
  readonly tau: number
  readonly D: number
  readonly wavenumbers: Float64Array
  readonly growth: Float64Array
  readonly predicted: Float64Array
  readonly withScore: DiffusionSamples
}

/**
 * Diffuses particles, and takes them back without and with the score.
 * @throws PsilabError `parameter`
 * @example
 * naiveReversal({ data: gaussianMixture({ means: [-2, 2], variances: 0.25 }), samples: 20_000 })
 */
export function naiveReversal(options: NaiveReversalOptions): NaiveReversal {
  requireKeys('naiveReversal', options, [
    'data',
    'D',
    'tau',
    'samples',
    'points',
    'seed',
    'progress',
    'signal',
  ])
  requireDriving(options)
  const { data } = options
  if (!(data instanceof GaussianMixture) || data.dimension !== 1)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'data',
      problem: 'not a mixture on a line',
      allowed: 'gaussianMixture({ means: [-2, 2], variances: 0.25 })',
      got: data,
    })
  const D = requireNumber('D', options.D ?? 0.5, 'a finite number > 0', (d) => d > 0)
  const tau = requireNumber('tau', options.tau ?? 0.5, 'a finite number > 0', (t) => t > 0)
  const samples = requireInteger('samples', options.samples ?? 100_000, 100, 10_000_000)
  const points = requireInteger('points', options.points ?? 256, 16, 4096)
  const seed = requireInteger('seed', options.seed ?? 1, 0, Number.MAX_SAFE_INTEGER)
  const law = data.diffused(1, 2 * D * tau)
  const [particles] = law.sample({ samples, seed })
  const { x, diffused, length } = counted(particles, law, points)
  const highest = (Math.PI * points) / length
  const reached = Math.min(tau, Math.log(BURST) / (D * highest ** 2))
  const onsetTime = (reached * Math.log(ONSET)) / Math.log(BURST)
  const onset = backwardHeat(diffused, length, D, onsetTime)
  const reversed = backwardHeat(onset, length, D, reached - onsetTime)
  const spectra = [diffused, reversed].map(spectrumOf)
  const modes = points / 2
  const k = (m: number): number => (2 * Math.PI * (m + 1)) / length
  return new NaiveReversal({
    x,
    data: data.density([x]),
    diffused,
    onset,
    onsetTime,
    reversed,
    reached,
    tau,
    D,
    wavenumbers: Float64Array.from({ length: modes }, (_, m) => k(m)),
    growth: Float64Array.from({ length: modes }, (_, m) => Math.log(spectra[1][m + 1] / spectra[0][m + 1])),
    predicted: Float64Array.from({ length: modes }, (_, m) => D * k(m) ** 2 * reached),
    withScore: takenBack(data, law, D, tau, samples, seed, options),
  })
}

/** Particles counted on the cells of a ring that holds their law. */
function counted(particles: Float64Array, law: GaussianMixture, points: number) {
  const mean = law.mean[0]
  const reach = Math.max(
    ...law.components.map((c) => Math.abs(c.mean[0] - mean) + 6 * Math.sqrt(c.variances[0])),
  )
  const length = 2 * reach
  const lower = mean - reach
  const cell = length / points
  const diffused = new Float64Array(points)
  for (const at of particles) {
    const place = (((at - lower) % length) + length) % length
    diffused[Math.min(points - 1, Math.floor(place / cell))] += 1 / (particles.length * cell)
  }
  return { x: diffused.map((_, i) => lower + (i + 0.5) * cell), diffused, length }
}

/** ∂p/∂s = −D∂²p by Runge and Kutta's fourth-order steps, the derivative by the Fourier series. */
function backwardHeat(p0: Float64Array, length: number, D: number, until: number): Float64Array {
  const n = p0.length
  const fft = lineFFT(n)
  const [line, modes] = [new Float64Array(2 * n), new Float64Array(2 * n)]
  const slope = (p: Float64Array): Float64Array => {
    line.fill(0)
    for (let i = 0; i < n; i++) line[2 * i] = p[i]
    fft.forward(line, modes)
    for (let m = 0; m < n; m++) {
      const k = (2 * Math.PI * (m <= n / 2 ? m : m - n)) / length
      modes[2 * m] *= D * k * k
      modes[2 * m + 1] *= D * k * k
    }
    fft.inverse(modes, line)
    return Float64Array.from({ length: n }, (_, i) => line[2 * i])
  }
  let p = p0
  const h = until / STEPS
  const moved = (by: Float64Array, step: number): Float64Array => p.map((v, i) => v + step * by[i])
  for (let step = 0; step < STEPS; step++) {
    const first = slope(p)
    const second = slope(moved(first, h / 2))
    const third = slope(moved(second, h / 2))
    const fourth = slope(moved(third, h))
    p = p.map((v, i) => v + (h / 6) * (first[i] + 2 * second[i] + 2 * third[i] + fourth[i]))
  }
  return p
}

/** |p̂(k)|. */
function spectrumOf(p: Float64Array): Float64Array {
  const n = p.length
  const line = new Float64Array(2 * n)
  for (let i = 0; i < n; i++) line[2 * i] = p[i]
  const modes = new Float64Array(2 * n)
  lineFFT(n).forward(line, modes)
  return Float64Array.from({ length: n / 2 + 1 }, (_, m) => Math.hypot(modes[2 * m], modes[2 * m + 1]))
}

/** Particles of the diffused law taken back by the reverse stochastic equation. */
function takenBack(
  data: GaussianMixture,
  law: GaussianMixture,
  D: number,
  tau: number,
  samples: number,
  seed: number,
  drive: DriveOptions,
): DiffusionSamples {
  const schedule = new NoiseSchedule({
    name: 'heat',
    text: `heat equation over τ = ${tau}`,
    signal: () => 1,
    noise: (t) => 2 * D * tau * t,
    drift: () => 0,
    diffusion: () => 2 * D * tau,
  })
  const request = {
    samples,
    method: 'reverseSde',
    steps: REVERSE_STEPS,
    tolerance: 1e-6,
    eta: 0,
    end: 0,
    start: 'marginal',
    seed,
    paths: 12,
  } as const
  const result = draw({ schedule, score: mixtureScore(data, schedule) }, law, request, drive)
  return new DiffusionSamples({
    ...result,
    target: mixtureTarget(data),
    text: `the reverse stochastic equation, ${REVERSE_STEPS} steps, ${schedule.text}`,
    end: 0,
    seed,
    notes: [],
  })
}
