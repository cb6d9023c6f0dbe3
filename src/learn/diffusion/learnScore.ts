/**
 * A score learned from samples by denoising score matching (Vincent 2011): in the coordinate y = x/α = x₀ + σz a network
 * estimates the data from the noisy sample, D(y, σ) ≈ E[x₀ | y], whose least mean square is the exact posterior mean, and
 * Tweedie's formula gives the score s = (D − y)/(σ²α).
 *
 * Preconditioning after Karras, Aittala, Aila and Laine, NeurIPS (2022): with s_d the width of the data and y counted from
 * their mean,
 *
 *   D = c_skip y + c_out F(c_in y, ln σ),  c_skip = s_d²/(σ² + s_d²),  c_out = σ s_d/√(σ² + s_d²),  c_in = 1/√(σ² + s_d²),
 *
 * so that inputs and targets of F have unit size at every noise. F sees ln σ through cosines. ln σ is drawn over the
 * schedule's range, more densely about s_d; the steps are Adam's (Kingma and Ba, ICLR 2015) with a rate that falls as a cosine, and the weights that
 * are used are an average over the last steps.
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { type Panel, type PanelsFigure, panelsFigure, type Tabulated } from '../../figure/index.js'
import { randomStream } from '../../numeric/index.js'
import { type DriveOptions, requireDriving, Watchman } from '../../progress/index.js'
import { DiffusionModel, SPACES } from './model.js'
import { extent, linspace } from './panels.js'
import { coordinateNames, short } from './samples.js'
import type { NoiseSchedule } from './schedule.js'
import type { ScoreFunction } from './score.js'
import { ScoreNetwork } from './scoreNetwork.js'

export interface LearnScoreOptions extends DriveOptions {
  /** Default 3000. */
  readonly steps?: number
  /** Units of each hidden layer; default [24, 24, 24] in one dimension, else [32, 32, 32]. */
  readonly hidden?: readonly number[]
  /** Samples a step; default 128. */
  readonly batch?: number
  /** Largest learning rate of Adam; default 0.02. */
  readonly learningRate?: number
  /** Default 1. */
  readonly seed?: number
}

/** Error of a learned score at one time, over the law of the model's data there. */
export interface ScoreError {
  readonly time: number
  /** √(v E|ŝ − s|²): error of the noise that is estimated from a sample, per √d of 1. */
  readonly absolute: number
  /** √(E|ŝ − s|²/E|s|²). */
  readonly relative: number
}

/** Cosines of ln σ that F sees. */
const FEATURES = 8
/** Least noise that is learned, as a share of the width of the data: below it the score is that of single samples. */
const LEAST_NOISE = 0.03
/** Share of the last steps whose weights are averaged. */
const AVERAGED = 0.2

/** Steps of samplers: a network costs more a step than a formula, and errs by more than such steps do. */
const LEARNED_STEPS = 250

/** Standardisation of data, and the range of noise. */
interface Frame {
  readonly centre: Float64Array
  readonly width: number
  readonly lowest: number
  readonly highest: number
}

/** The coefficients of the preconditioning at one noise. */
function precondition({ width }: Frame, sigma: number) {
  const total = Math.hypot(sigma, width)
  return { skip: (width / total) ** 2, out: (sigma * width) / total, input: 1 / total }
}

/** cos(kπu), u the place of ln σ in its range. */
function features({ lowest, highest }: Frame, sigma: number, into: Float64Array, at: number): void {
  const u = (Math.log(sigma) - Math.log(lowest)) / (Math.log(highest) - Math.log(lowest))
  for (let k = 0; k < FEATURES; k++) into[at + k] = Math.cos((k + 1) * Math.PI * u)
}

function networkScore(network: ScoreNetwork, frame: Frame, schedule: NoiseSchedule): ScoreFunction {
  const d = frame.centre.length
  const width = d + FEATURES
  return {
    dimension: d,
    isLight: true,
    at: (t) => {
      const [alpha, sigma] = [schedule.signal(t), schedule.spread(t)]
      const { skip, out, input } = precondition(frame, sigma)
      const angles = new Float64Array(FEATURES)
      features(frame, sigma, angles, 0)
      const scale = 1 / (sigma * sigma * alpha)
      return (x, n, score, divergence) => {
        const rows = network.input(n)
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < d; j++) rows[i * width + j] = input * (x[j][i] / alpha - frame.centre[j])
          rows.set(angles, i * width + d)
        }
        const outputs = network.forward(n)
        for (let j = 0; j < d; j++)
          for (let i = 0; i < n; i++)
            score[j][i] =
              scale * ((skip - 1) * (x[j][i] / alpha - frame.centre[j]) + out * outputs[i * d + j])
        if (divergence === undefined) return
        divergence.fill((d * (skip - 1) * scale) / alpha, 0, n)
        for (let j = 0; j < d; j++) {
          const direction = new Float64Array(n * width)
          for (let i = 0; i < n; i++) direction[i * width + j] = input / alpha
          const slope = network.along(n, direction)
          for (let i = 0; i < n; i++) divergence[i] += scale * out * slope[i * d + j]
        }
      }
    },
  }
}

export class LearnedDiffusionModel extends DiffusionModel {
  /** Mean square of the error of F at each step: the noise of single samples is in it, so that it does not go to 0. */
  readonly loss: Float64Array
  /** Whether all steps were made. */
  readonly complete: boolean
  readonly seed: number
  /** Numbers that were learned. */
  readonly parameters: Float64Array
  private errors: readonly ScoreError[] | undefined
  private readonly exact: DiffusionModel
  private readonly text: string

  constructor(
    exact: DiffusionModel,
    trained: {
      readonly network: ScoreNetwork
      readonly score: ScoreFunction
      readonly end: number
      readonly loss: Float64Array
      readonly complete: boolean
      readonly seed: number
    },
  ) {
    super(exact.schedule, exact.data, exact.points, trained)
    this.exact = exact
    this.loss = trained.loss
    this.complete = trained.complete
    this.seed = trained.seed
    this.parameters = trained.network.parameters
    this.text = `network ${trained.network.sizes.join('–')}, ${this.parameters.length} parameters, ${trained.loss.length} steps, seed ${trained.seed}`
  }

  override get isExact(): boolean {
    return false
  }

  protected override get defaultSteps(): number {
    return this.schedule.betas?.length ?? LEARNED_STEPS
  }

  /**
   * The learned score beside the exact one of the data, averaged over fresh samples of p_t. Of data that are samples the
   * exact score is that of their own law, which the network should not follow where the noise is below their distances.
   * @param times default six from `end` to 1
   * @param samples at each time; default 4000
   */
  scoreErrors(times: readonly number[] = this.shownTimes(), samples = 4000): ScoreError[] {
    requireInteger('samples', samples, 1, 1_000_000)
    return times.map((time) => {
      const x = this.marginal(time).sample({ samples, seed: this.seed + 1 })
      const [learned, exact] = [this.score(x, time), this.exact.score(x, time)]
      let [difference, size] = [0, 0]
      exact.forEach((s, d) => {
        for (let i = 0; i < samples; i++) {
          difference += (learned[d][i] - s[i]) ** 2
          size += s[i] ** 2
        }
      })
      const perNumber = difference / (samples * this.dimension)
      return {
        time,
        absolute: Math.sqrt(this.schedule.noise(time) * perNumber),
        relative: Math.sqrt(difference / size),
      }
    })
  }

  /** A table of the loss, one row a step. */
  protected override tabulated(): Tabulated {
    return { step: this.loss.map((_, k) => k + 1), loss: this.loss }
  }

  /** The errors at the default times, by fewer samples; made once. */
  private get shownErrors(): readonly ScoreError[] {
    const components = this.data.components.length
    this.errors ??= this.scoreErrors(undefined, Math.max(50, Math.min(1000, Math.floor(4e6 / components))))
    return this.errors
  }

  private shownTimes(): number[] {
    return [this.end, 0.1, 0.2, 0.4, 0.7, 1].filter((t, k) => k === 0 || t > this.end)
  }

  protected override limits(): string[] {
    const interrupted = this.complete ? [] : ['The training was interrupted: the score is not converged.']
    return [
      `The score is learned, from noise of ${LEAST_NOISE} of the width of the data on (t ≥ ${short(this.end)}).`,
      ...interrupted,
    ]
  }

  override figure(): PanelsFigure {
    return panelsFigure({
      title: 'Learned score',
      alt: this.toString(),
      seed: this.seed,
      panels: this.trainingPanels(),
      notes: [...this.limits(), SPACES],
    })
  }

  private trainingPanels(): Panel[] {
    const [name] = coordinateNames(this.dimension)
    const errors = this.shownErrors
    const panels: Panel[] = [
      {
        type: 'lines',
        heading: 'Loss',
        x: { label: 'step' },
        y: { label: 'mean square' },
        series: [{ label: 'loss', ...smoothed(this.loss) }],
      },
    ]
    if (this.dimension === 1) {
      const times = [this.end, 0.2, 0.5].filter((t, k) => k === 0 || t > this.end)
      const law = this.marginal(times[times.length - 1])
      const x = linspace(extent(law.sample({ samples: 500 })[0], 0.1))
      panels.push({
        type: 'lines',
        heading: 'Score, learned and exact',
        x: { label: name },
        y: { label: '∂ ln p/∂x' },
        series: times.flatMap((t) => [
          { label: `learned, t = ${short(t)}`, x, y: this.score([x], t)[0] },
          ...(this.points === undefined
            ? [
                {
                  label: `exact, t = ${short(t)}`,
                  role: 'reference' as const,
                  x,
                  y: this.exact.score([x], t)[0],
                },
              ]
            : []),
        ]),
      })
    }
    panels.push({
      type: 'table',
      heading: 'Error of the learned score',
      columns: ['t', '√(v E|ŝ − s|²/d)', '√(E|ŝ − s|²/E|s|²)'].map((label) => ({ label, align: 'right' })),
      rows: errors.map(({ time, absolute, relative }) => [
        short(time),
        absolute.toPrecision(3),
        relative.toPrecision(3),
      ]),
    })
    return panels
  }

  override toString(): string {
    const errors = this.shownErrors
      .map(({ time, absolute }) => `${absolute.toPrecision(2)} at t = ${short(time)}`)
      .join(', ')
    return `${super.toString()}\n${this.text}; error of the estimated noise: ${errors}`
  }
}

/** Means of the loss over a hundred parts of the steps. */
function smoothed(loss: Float64Array): { x: Float64Array; y: Float64Array } {
  const width = Math.max(1, Math.floor(loss.length / 100))
  const parts = Math.max(1, Math.floor(loss.length / width))
  const y = Float64Array.from(
    { length: parts },
    (_, p) => loss.subarray(p * width, (p + 1) * width).reduce((sum, l) => sum + l, 0) / width,
  )
  return { x: y.map((_, p) => (p + 0.5) * width), y }
}

/**
 * Trains a network on the data of a model and returns the model with its score. An interrupted training returns the score
 * that it has: `complete` is false then.
 * @throws PsilabError `parameter` for options out of range, `not-converged` where the loss stops being finite
 * @example
 * learnScore(diffusionModel({ schedule: variancePreserving(), data: twoMoons() }), { steps: 2000 })
 */
export function learnScore(model: DiffusionModel, options: LearnScoreOptions = {}): LearnedDiffusionModel {
  requireKeys('learnScore', options, [
    'steps',
    'hidden',
    'batch',
    'learningRate',
    'seed',
    'progress',
    'signal',
  ])
  requireDriving(options)
  if (!(model instanceof DiffusionModel))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'model',
      problem: 'not a diffusion model',
      allowed: 'what diffusionModel returns',
      got: model,
      advice: 'For example diffusionModel({ schedule: variancePreserving(), data: [-1, 0.5, 2] }).',
    })
  const d = model.dimension
  const steps = requireInteger('steps', options.steps ?? 3000, 1, 10_000_000)
  const batch = requireInteger('batch', options.batch ?? 128, 1, 65_536)
  const rate = requireNumber('learningRate', options.learningRate ?? 0.02, '0 to 1', (r) => r > 0 && r <= 1)
  const seed = requireInteger('seed', options.seed ?? 1, 0, Number.MAX_SAFE_INTEGER)
  const hidden = options.hidden ?? (d === 1 ? [24, 24, 24] : [32, 32, 32])
  if (!Array.isArray(hidden))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'hidden',
      problem: 'not a list',
      allowed: 'units of each hidden layer, for example [24, 24]',
      got: hidden,
    })
  for (const units of hidden) requireInteger('hidden', units, 1, 4096)
  const frame = frameOf(model)
  const network = new ScoreNetwork([d + FEATURES, ...hidden, d])
  const stream = randomStream(seed)
  network.initialise(stream.at(0))
  const batches = new Batches(model, frame, batch)
  const averaged = new Float64Array(network.parameters.length)
  const adam = new Adam(network.parameters.length)
  const gradient = new Float64Array(network.parameters.length)
  const loss = new Float64Array(steps)
  const watchman = new Watchman(0, steps, options)
  let [done, kept] = [0, 0]
  for (; done < steps && !watchman.poll(done); done++) {
    loss[done] = batches.step(network, stream.at(1, done), gradient)
    if (!Number.isFinite(loss[done]))
      throw new PsilabError({
        code: 'not-converged',
        parameter: 'learningRate',
        problem: `the loss is not finite after ${done} steps`,
        got: rate,
        advice: 'Take a lower learning rate.',
      })
    adam.step(network.parameters, gradient, rate * 0.5 * (1 + Math.cos((Math.PI * done) / steps)))
    if (done >= (1 - AVERAGED) * steps) {
      kept++
      for (let i = 0; i < averaged.length; i++) averaged[i] += (network.parameters[i] - averaged[i]) / kept
    }
  }
  watchman.report()
  if (kept > 0) network.parameters.set(averaged)
  return new LearnedDiffusionModel(model, {
    network,
    score: networkScore(network, frame, model.schedule),
    end: earliest(model.schedule, frame.lowest),
    loss: loss.subarray(0, done),
    complete: done === steps,
    seed,
  })
}

function frameOf({ data, schedule, dimension }: DiffusionModel): Frame {
  const { mean, covariance } = data
  let total = 0
  for (let j = 0; j < dimension; j++) total += covariance[j * dimension + j]
  const width = Math.sqrt(total / dimension)
  if (!(width > 0))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'data',
      problem: 'all samples are the same',
      allowed: 'samples that differ',
    })
  const lowest = Math.max(LEAST_NOISE * width, schedule.spread(0))
  return { centre: mean, width, lowest, highest: schedule.spread(1) }
}

/** The time at which a schedule has this noise, by halving. */
function earliest(schedule: NoiseSchedule, sigma: number): number {
  let [low, high] = [0, 1]
  if (schedule.spread(0) >= sigma) return 0
  for (let middle = 0.5; middle > low && middle < high; middle = (low + high) / 2)
    if (schedule.spread(middle) < sigma) low = middle
    else high = middle
  return high
}

/** Share of the draws of σ that fall, evenly in ln σ, where data and noise are of one size; and that size. */
const NEAR = 0.8
const NEAR_REACH = 6

/** σ by a number of [0, 1): evenly in ln σ, denser where the posterior of the data is neither the data's law nor a point. */
function drawNoise({ lowest, highest, width }: Frame, u: number): number {
  const near = u < NEAR
  const low = near ? Math.max(lowest, width / NEAR_REACH ** 1.5) : lowest
  const high = near ? Math.max(low, Math.min(highest, width * NEAR_REACH)) : highest
  return low * (high / low) ** (near ? u / NEAR : (u - NEAR) / (1 - NEAR))
}

/** Noisy samples and what the network should make of them. */
class Batches {
  private readonly model: DiffusionModel
  private readonly frame: Frame
  private readonly size: number
  private readonly clean: readonly Float64Array[]
  private readonly errors: Float64Array

  constructor(model: DiffusionModel, frame: Frame, size: number) {
    this.model = model
    this.frame = frame
    this.size = size
    this.clean = Array.from({ length: model.dimension }, () => new Float64Array(size))
    this.errors = new Float64Array(size * model.dimension)
  }

  /** One batch: writes the gradient, returns the loss E|F − target|²/d. */
  step(network: ScoreNetwork, stream: ReturnType<typeof randomStream>, gradient: Float64Array): number {
    const { clean, frame, size, errors } = this
    const d = clean.length
    const width = d + FEATURES
    this.drawClean(stream)
    const input = network.input(size)
    const targets = new Float64Array(size * d)
    for (let i = 0; i < size; i++) {
      const sigma = drawNoise(frame, (i + stream.uniform()) / size)
      const { skip, out, input: scale } = precondition(frame, sigma)
      for (let j = 0; j < d; j++) {
        const x = clean[j][i] - frame.centre[j]
        const y = x + sigma * stream.normal()
        input[i * width + j] = scale * y
        targets[i * d + j] = (x - skip * y) / out
      }
      features(frame, sigma, input, i * width + d)
    }
    const outputs = network.forward(size)
    let loss = 0
    for (let i = 0; i < errors.length; i++) {
      const error = outputs[i] - targets[i]
      loss += error * error
      errors[i] = (2 * error) / errors.length
    }
    network.backward(size, errors, gradient)
    return loss / errors.length
  }

  private drawClean(stream: ReturnType<typeof randomStream>): void {
    const { points, data } = this.model
    if (points === undefined) data.draw(stream, this.clean)
    else
      for (let i = 0; i < this.size; i++) {
        const at = stream.integer(points[0].length)
        for (let j = 0; j < points.length; j++) this.clean[j][i] = points[j][at]
      }
  }
}

/** Adam's decay rates, and what keeps its quotient finite. */
const [FIRST_DECAY, SECOND_DECAY, TINY] = [0.9, 0.999, 1e-8]

class Adam {
  private readonly first: Float64Array
  private readonly second: Float64Array
  private steps = 0

  constructor(size: number) {
    this.first = new Float64Array(size)
    this.second = new Float64Array(size)
  }

  step(parameters: Float64Array, gradient: Float64Array, rate: number): void {
    this.steps++
    const { first, second } = this
    const scale = rate / (1 - FIRST_DECAY ** this.steps)
    const correction = 1 / (1 - SECOND_DECAY ** this.steps)
    for (let i = 0; i < parameters.length; i++) {
      const g = gradient[i]
      first[i] += (1 - FIRST_DECAY) * (g - first[i])
      second[i] += (1 - SECOND_DECAY) * (g * g - second[i])
      parameters[i] -= (scale * first[i]) / (Math.sqrt(second[i] * correction) + TINY)
    }
  }
}
