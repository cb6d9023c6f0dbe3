/**
 * A diffusion model: data, a schedule that turns them into noise, and the score of what is between.
 *
 * References: Sohl-Dickstein, Weiss, Maheswaranathan and Ganguli, ICML (2015); Song et al., ICLR (2021).
 */
import { PsilabError, requireKeys, requireNumber } from '../../error.js'
import { Drawable, type Panel, type PanelsFigure, panelsFigure } from '../../figure/index.js'
import type { DriveOptions } from '../../progress/index.js'
import { requireDriving, Watchman } from '../../progress/index.js'
import { adaptiveFlow } from './flow.js'
import { empiricalMixture, GaussianMixture } from './mixture.js'
import { extent, linspace, planeColumns } from './panels.js'
import { columnsOfData, type PointData } from './points.js'
import { compareWithQde, type QdeComparison, type QdeComparisonOptions } from './qdeComparison.js'
import { coordinateNames, DiffusionSamples, short } from './samples.js'
import { type Draw, draw, requireSampling, type SampleOptions, type SampleRequest } from './sampling.js'
import { type NoiseSchedule, requireSchedule } from './schedule.js'
import { mixtureScore, type ScoreFunction } from './score.js'
import { type Speciation, speciation } from './speciation.js'
import { mixtureTarget, pointsTarget, type Target } from './target.js'

export interface DiffusionModelOptions {
  readonly schedule: NoiseSchedule
  /** A mixture, whose score is known exactly, or samples: n numbers, or n rows of d numbers. */
  readonly data: GaussianMixture | PointData
}

export interface LikelihoodOptions extends DriveOptions {
  /** Error of a step of the flow, of coordinates and ln p, relative to 1 + |x|; default 1e-8. */
  readonly tolerance?: number
  /** The law at t = 1: the exact `marginal` (default where the score is exact) or the `prior` N(0, v(1)). */
  readonly start?: 'prior' | 'marginal'
}

/** Time before which the score of data without a density is not asked for. */
const EARLIEST = 1e-3

export const SPACES =
  'The diffusion acts in the space of the data; the quantum dynamic equation of a loss lives in the space of its parameters. Training a score and sampling with it are different dynamics.'

export class DiffusionModel extends Drawable {
  readonly schedule: NoiseSchedule
  /** The law of the data: the mixture that was given, or that of the samples without width. */
  readonly data: GaussianMixture
  /** The data where they are samples, one array a coordinate. */
  readonly points: readonly Float64Array[] | undefined
  readonly dimension: number
  /** Where the score comes from. */
  readonly scoreFunction: ScoreFunction
  /** Earliest time at which the score is known. */
  readonly end: number

  constructor(
    schedule: NoiseSchedule,
    data: GaussianMixture,
    points: readonly Float64Array[] | undefined,
    learned?: { readonly score: ScoreFunction; readonly end: number },
  ) {
    super()
    this.schedule = schedule
    this.data = data
    this.points = points
    this.dimension = data.dimension
    this.scoreFunction = learned?.score ?? mixtureScore(data, schedule)
    this.end = learned?.end ?? (points === undefined ? 0 : EARLIEST)
  }

  /** Whether the score is that of the data's law, and not learned. */
  get isExact(): boolean {
    return true
  }

  /** p_t, the law of α x₀ + √v z. @param t 0 to 1 */
  marginal(t: number): GaussianMixture {
    requireTime(t, 0)
    return this.data.diffused(this.schedule.signal(t), this.schedule.noise(t))
  }

  /** The model's score s(x, t) at points, one column a coordinate. */
  score(points: PointData, t: number): Float64Array[] {
    requireTime(t, this.end)
    const x = columnsOfData('points', points, this.dimension)
    const score = x.map((c) => new Float64Array(c.length))
    this.scoreFunction.at(t)(x, x[0].length, score)
    return score
  }

  /** E[x₀ | x_t] = (x_t + v s)/α (Tweedie's formula), one column a coordinate. */
  denoise(points: PointData, t: number): Float64Array[] {
    const x = columnsOfData('points', points, this.dimension)
    const [alpha, v] = [this.schedule.signal(t), this.schedule.noise(t)]
    return this.score(x, t).map((s, d) => s.map((value, i) => (x[d][i] + v * value) / alpha))
  }

  /** New samples of the data, from noise, by one of four ways back. */
  sample(options: SampleOptions = {}): DiffusionSamples {
    const request = requireSampling(options, {
      dimension: this.dimension,
      end: this.end,
      steps: this.defaultSteps,
    })
    const prior = request.start === 'marginal' ? this.marginal(1) : this.prior()
    const samplesOf = (result: Draw, isRunning = false): DiffusionSamples =>
      new DiffusionSamples({
        ...result,
        target: this.target(request.end),
        law: lawOfTimes(this.shownLaw(), this.schedule),
        end: request.end,
        seed: request.seed,
        text: `${describe(request)}, ${this.schedule.text}, seed ${request.seed}`,
        notes: isRunning
          ? []
          : [...this.limits(), ...this.notesOn(request), ...(result.converged ? [] : [UNRELIABLE])],
      })
    const flow = { schedule: this.schedule, score: this.scoreFunction }
    const result = draw(flow, prior, request, options, (drawn) => samplesOf(drawn, true).figure())
    if (result.columns[0].length === 0)
      throw new PsilabError({
        code: 'not-converged',
        parameter: 'samples',
        problem: 'stopped before the first samples were there',
      })
    return samplesOf(result)
  }

  /**
   * ln p of points at the model's earliest time, by the probability flow: that of their images at t = 1 plus the integral of the flow's
   * divergence. Exact to the tolerance where the score is exact.
   * @throws PsilabError `not-converged` where it is stopped, or the flow is too steep for the tolerance
   */
  logLikelihood(points: PointData, options: LikelihoodOptions = {}): Float64Array {
    requireKeys('logLikelihood', options, ['tolerance', 'start', 'progress', 'signal'])
    requireDriving(options)
    const tolerance = requireNumber(
      'tolerance',
      options.tolerance ?? 1e-8,
      '1e-12 to 0.1',
      (e) => e >= 1e-12 && e <= 0.1,
    )
    const { start = this.isExact ? 'marginal' : 'prior' } = options
    const x = columnsOfData('points', points, this.dimension)
    const count = x[0].length
    const law = start === 'marginal' ? this.marginal(1) : this.prior()
    const watchman = new Watchman(0, count, options)
    const result = new Float64Array(count)
    for (let from = 0; from < count; from += TOGETHER) {
      const n = Math.min(TOGETHER, count - from)
      const state = { x: x.map((c) => c.slice(from, from + n)), divergence: new Float64Array(n) }
      const { converged } = adaptiveFlow(
        { schedule: this.schedule, score: this.scoreFunction },
        state,
        n,
        [this.end, 1],
        tolerance,
        () => watchman.poll(from),
      )
      if (watchman.halt !== undefined || !converged)
        throw new PsilabError({
          code: 'not-converged',
          parameter: 'tolerance',
          problem: converged ? 'stopped before all points were there' : UNRELIABLE,
          got: tolerance,
        })
      law.logDensity(state.x).forEach((log, i) => {
        result[from + i] = log + state.divergence[i]
      })
    }
    return result
  }

  /** When the density of symmetric data gets its second maximum on the way back. */
  speciation(): Speciation {
    if (this.points === undefined) return speciation(this.data, this.schedule)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'data',
      problem: 'samples are not symmetric',
      allowed: 'a mixture',
    })
  }

  /** The forward process as the quantum dynamic equation in imaginary time, solved on a grid and compared, in one dimension. */
  compareWithQde(options: QdeComparisonOptions = {}): QdeComparison {
    return compareWithQde(this, options)
  }

  protected get defaultSteps(): number {
    return this.schedule.betas?.length ?? 1000
  }

  /** N(0, v(1)). */
  private prior(): GaussianMixture {
    return new GaussianMixture(Float64Array.of(1), [
      {
        mean: new Float64Array(this.dimension),
        variances: new Float64Array(this.dimension).fill(this.schedule.noise(1)),
        directions: undefined,
      },
    ])
  }

  protected target(end: number): Target {
    const law = this.marginal(end)
    return this.points === undefined ? mixtureTarget(law) : pointsTarget(this.points, law)
  }

  /** Sentences on what the score is. */
  protected limits(): string[] {
    if (this.points === undefined) return []
    return [
      'The exact score of finitely many samples leads back to those very samples: it memorises. learnScore() gives a score that does not.',
    ]
  }

  private notesOn({ method, start, end, steps }: SampleRequest): string[] {
    const { schedule, data } = this
    const notes: string[] = []
    if (end > 0)
      notes.push(
        `Stopped at t = ${short(end)}, with noise of ${short(schedule.spread(end))} of the data's unit.`,
      )
    if (start === 'prior') {
      const [alpha, v] = [schedule.signal(1), schedule.noise(1)]
      const shift = Math.max(...data.mean.map((m) => Math.abs((alpha * m) / Math.sqrt(v))))
      const d = this.dimension
      const wider = Math.max(
        ...data.mean.map((_, j) => Math.sqrt(1 + (alpha * alpha * data.covariance[j * d + j]) / v) - 1),
      )
      if (Math.max(shift, wider) > 0.01)
        notes.push(
          `The prior is not the law at t = 1: the mean is off by ${short(shift)} and the width by ${short(wider)} of its own. start: 'marginal' has no such error.`,
        )
    }
    if (method === 'reverseSde' && steps !== undefined) {
      const longest = Math.max(
        ...Array.from(
          { length: Math.min(steps, 1000) },
          (_, k, t = end + ((1 - end) * (k + 1)) / Math.min(steps, 1000)) =>
            (schedule.diffusion(t) / schedule.noise(t)) *
            ((1 - end) / steps) *
            Math.min(1, schedule.noise(t)),
        ),
      )
      notes.push(`Euler–Maruyama steps err by O(1/steps); compare with twice as many.`)
      if (longest > 0.5)
        notes.push(
          `The longest step adds ${short(longest)} of the noise's variance: too much for Euler–Maruyama. Take more steps, 'ancestral' or 'probabilityFlow'.`,
        )
    }
    return notes
  }

  override figure(): PanelsFigure {
    return panelsFigure({
      title: 'Diffusion model',
      alt: this.toString(),
      panels: this.panels(),
      notes: [...this.limits(), SPACES],
    })
  }

  protected panels(): Panel[] {
    const names = coordinateNames(this.dimension)
    if (this.dimension === 1) return this.linePanels(names[0])
    if (this.dimension === 2) return this.planePanels(names)
    return [scheduleTable(this)]
  }

  /** The law of the data, of so many samples at most as a figure needs. */
  private shownLaw(): GaussianMixture {
    const { points, data } = this
    const stride = Math.ceil(data.components.length / MOST_SHOWN)
    if (points === undefined || stride === 1) return data
    return empiricalMixture(points.map((x) => x.filter((_, i) => i % stride === 0)))
  }

  private linePanels(name: string): Panel[] {
    const least = this.points === undefined ? this.end : POINTS_SHOWN_FROM
    const times = SHOWN.map((t) => Math.max(t, least))
    const law = this.shownLaw()
    const at = (t: number) => law.diffused(this.schedule.signal(t), this.schedule.noise(t))
    const x = linspace(reach(at(times[0]), 0))
    return [
      {
        type: 'lines',
        heading: 'Forward marginals',
        x: { label: name },
        y: { label: 'density' },
        series: times.map((t) => ({ label: `t = ${t}`, x, y: at(t).density([x]) })),
      },
      {
        type: 'lines',
        heading: 'Score',
        x: { label: name },
        y: { label: '∂ ln p/∂x' },
        series: times.map((t) => ({ label: `t = ${t}`, x, y: at(t).score([x])[0] })),
      },
    ]
  }

  private planePanels(names: readonly string[]): Panel[] {
    const least = this.points === undefined ? this.end : POINTS_SHOWN_FROM
    const law = this.shownLaw()
    const at = (t: number) => law.diffused(this.schedule.signal(t), this.schedule.noise(t))
    const axesAt = (t: number) => [linspace(reach(at(t), 0), SIDE), linspace(reach(at(t), 1), SIDE)] as const
    const labels = [names[0], names[1]] as const
    const densities = [0, 0.2, 0.5].map((time): Panel => {
      const t = Math.max(time, least)
      const axes = axesAt(t)
      const values = at(t).density(planeColumns(axes[0], axes[1]))
      return { type: 'field', heading: `p at t = ${t}`, labels, axes, values, quantity: 'p', contours: true }
    })
    const axes = axesAt(SCORE_SHOWN_AT)
    const score = at(SCORE_SHOWN_AT).score(planeColumns(axes[0], axes[1]))
    return [
      ...densities,
      ...score.map(
        (values, d): Panel => ({
          type: 'field',
          heading: `Score along ${names[d]} at t = ${SCORE_SHOWN_AT}`,
          labels,
          axes,
          values,
          scale: 'diverging',
          quantity: `∂ ln p/∂${names[d]}`,
          contours: [0],
        }),
      ),
    ]
  }

  override toString(): string {
    const { schedule, data, points } = this
    const what = points === undefined ? data.toString() : `${points[0].length} samples in ${this.dimension} d`
    return [`Diffusion model of ${what}; ${schedule.text}`, ...this.limits()].join('\n')
  }
}

const UNRELIABLE = 'The adaptive steps did not keep their tolerance everywhere'

/** Points whose flow is solved for together. */
const TOGETHER = 256

/** Times of the curves in a figure, and of the score in a plane; from when on samples have a density to show. */
const SHOWN = [0, 0.1, 0.2, 0.4, 1]
const SCORE_SHOWN_AT = 0.2
const POINTS_SHOWN_FROM = 0.02
/** Samples that a density in a figure is made of. */
const MOST_SHOWN = 1000
/** Points along each side of a field. */
const SIDE = 97

function lawOfTimes(law: GaussianMixture, schedule: NoiseSchedule): (t: number) => GaussianMixture {
  return (t) => law.diffused(schedule.signal(t), schedule.noise(t))
}

function requireTime(t: number, least: number): void {
  requireNumber('t', t, `a time from ${least} to 1`, (at) => at >= least && at <= 1)
}

function describe({ method, steps, eta, tolerance }: SampleRequest): string {
  switch (method) {
    case 'reverseSde':
      return `the reverse stochastic equation, ${steps} Euler–Maruyama steps`
    case 'probabilityFlow':
      return steps === undefined
        ? `the probability flow, adaptive to ${tolerance}`
        : `the probability flow, ${steps} Heun steps`
    case 'ancestral':
      return `DDPM's ancestral sampling, ${steps} steps`
    case 'ddim':
      return `DDIM, ${steps} steps, η = ${eta}`
  }
}

/** Where a law lies along a coordinate. */
function reach(law: GaussianMixture, coordinate: number): readonly [number, number] {
  const { components } = law.marginal(coordinate)
  return extent(
    components.flatMap(({ mean, variances }) => {
      const width = 3.5 * Math.sqrt(Math.max(variances[0], 1e-12))
      return [mean[0] - width, mean[0] + width]
    }),
    0,
  )
}

function scheduleTable(model: DiffusionModel): Panel {
  return {
    type: 'table',
    heading: 'Forward process',
    columns: ['t', 'α', '√v', '√v/α'].map((label) => ({ label, align: 'right' as const })),
    rows: SHOWN.map((t) =>
      [t, model.schedule.signal(t), Math.sqrt(model.schedule.noise(t)), model.schedule.spread(t)].map((v) =>
        short(v),
      ),
    ),
  }
}

/**
 * A diffusion model of a mixture, whose score is exact, or of samples.
 *
 * @example
 * const model = diffusionModel({
 *   schedule: variancePreserving(),
 *   data: gaussianMixture({ means: [-2, 2], variances: 0.25 }),
 * })
 * model.sample({ samples: 10_000 })
 *
 * @throws PsilabError `parameter` for data that are neither, `too-large` for more than 100 000 samples
 */
export function diffusionModel(options: DiffusionModelOptions): DiffusionModel {
  requireKeys('diffusionModel', options, ['schedule', 'data'])
  const schedule = requireSchedule(options.schedule)
  if (options.data instanceof GaussianMixture) return new DiffusionModel(schedule, options.data, undefined)
  const points = columnsOfData('data', options.data)
  if (points[0].length > MOST_POINTS)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'data',
      problem: 'too many samples',
      allowed: `up to ${MOST_POINTS}`,
      got: points[0].length,
    })
  return new DiffusionModel(schedule, empiricalMixture(points), points)
}

const MOST_POINTS = 100_000
