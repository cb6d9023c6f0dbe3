/** Samples of a diffusion model, and what they say of the distribution they should have. */
import { PsilabError, requireInteger } from '../../error.js'
import { Drawable, type Panel, type PanelsFigure, panelsFigure } from '../../figure/index.js'
import { column, writeCsv, writeNpz } from '../../interchange/index.js'
import { filmOf } from './film.js'
import type { GaussianMixture } from './mixture.js'
import { densityPanel, histogramOf, pathsPanel } from './panels.js'
import type { Trajectories } from './sampling.js'
import type { Target } from './target.js'

/** Moments of samples with their standard errors, one entry a coordinate. */
export interface SampleMoments {
  readonly mean: Float64Array
  readonly meanError: Float64Array
  /** Divisor n − 1. */
  readonly variance: Float64Array
  readonly varianceError: Float64Array
}

/** An estimate with its standard error, and the exact value where it is known. */
export interface Estimate {
  readonly value: number
  readonly error: number
  readonly exact: number | undefined
}

export interface DiffusionSamplesData {
  readonly columns: readonly Float64Array[]
  readonly target: Target
  readonly text: string
  /** Time at which the samples stopped. */
  readonly end: number
  readonly seed: number
  readonly evaluations: number
  readonly complete: boolean
  readonly trajectories: Trajectories
  /** More particles at fewer times. */
  readonly cloud: Trajectories
  /** The exact law at a time. */
  readonly law?: (t: number) => GaussianMixture
  readonly notes: readonly string[]
}

/** Names of coordinates. */
export function coordinateNames(dimension: number): string[] {
  if (dimension === 1) return ['x']
  if (dimension === 2) return ['x', 'y']
  return Array.from({ length: dimension }, (_, d) => `x${d + 1}`)
}

export class DiffusionSamples extends Drawable {
  /** One array a coordinate. */
  readonly columns: readonly Float64Array[]
  /** Time at which the samples stopped; their law is that of the data with the noise of that time. */
  readonly end: number
  readonly seed: number
  /** Evaluations of the score a sample. */
  readonly evaluations: number
  /** Whether all samples that were asked for are there. */
  readonly complete: boolean
  /** Some particles on their way from t = 1 to `end`. */
  readonly trajectories: Trajectories
  /** Limits: of the start, the steps, the score. */
  readonly notes: readonly string[]
  private readonly target: Target
  private readonly text: string
  private readonly cloud: Trajectories
  private readonly law: DiffusionSamplesData['law']

  constructor(data: DiffusionSamplesData) {
    super()
    this.columns = data.columns
    this.end = data.end
    this.seed = data.seed
    this.evaluations = data.evaluations
    this.complete = data.complete
    this.trajectories = data.trajectories
    this.notes = data.notes
    this.target = data.target
    this.text = data.text
    this.cloud = data.cloud
    this.law = data.law
  }

  get count(): number {
    return this.columns[0].length
  }

  /** Mean and variance of each coordinate with their standard errors. */
  moments(): SampleMoments {
    const d = this.columns.length
    const moments = {
      mean: new Float64Array(d),
      meanError: new Float64Array(d),
      variance: new Float64Array(d),
      varianceError: new Float64Array(d),
    }
    this.columns.forEach((x, j) => {
      const n = x.length
      const mean = x.reduce((sum, v) => sum + v, 0) / n
      let [second, fourth] = [0, 0]
      for (const v of x) {
        const square = (v - mean) ** 2
        second += square
        fourth += square * square
      }
      const variance = second / (n - 1)
      moments.mean[j] = mean
      moments.meanError[j] = Math.sqrt(variance / n)
      moments.variance[j] = variance
      moments.varianceError[j] = Math.sqrt(Math.max(0, fourth / n - variance ** 2) / n)
    })
    return moments
  }

  /** Covariance, row-major d × d, divisor n − 1. */
  covariance(): Float64Array {
    const d = this.columns.length
    const { mean } = this.moments()
    return Float64Array.from({ length: d * d }, (_, at) => {
      const [x, y] = [this.columns[Math.floor(at / d)], this.columns[at % d]]
      const [a, b] = [mean[Math.floor(at / d)], mean[at % d]]
      return x.reduce((sum, v, i) => sum + (v - a) * (y[i] - b), 0) / (this.count - 1)
    })
  }

  /** Share of samples with lower ≤ x ≤ upper in one coordinate. */
  probability([lower, upper]: readonly [number, number], coordinate = 0): Estimate {
    const x = this.coordinate(coordinate)
    const value = x.reduce((sum, v) => sum + (v >= lower && v <= upper ? 1 : 0), 0) / x.length
    const cumulative = this.target.cumulative(coordinate)
    return {
      value,
      error: Math.sqrt((value * (1 - value)) / x.length),
      exact: cumulative && cumulative(upper) - cumulative(lower),
    }
  }

  /**
   * The Kolmogorov–Smirnov distance max |F_n − F| of one coordinate from its exact distribution, or from that of the
   * data where those are samples. For n exact samples it is below 1.358/√n in 95 of 100 cases.
   */
  kolmogorovSmirnov(coordinate = 0): number {
    const x = this.coordinate(coordinate).toSorted()
    const cumulative = this.target.cumulative(coordinate)
    let worst = 0
    if (cumulative !== undefined) {
      for (let i = 0; i < x.length; i++) {
        const exact = cumulative(x[i])
        worst = Math.max(worst, exact - i / x.length, (i + 1) / x.length - exact)
      }
      return worst
    }
    const data = this.target.points![coordinate].toSorted()
    for (let i = 0, j = 0; i < x.length && j < data.length; ) {
      const at = Math.min(x[i], data[j])
      while (i < x.length && x[i] <= at) i++
      while (j < data.length && data[j] <= at) j++
      worst = Math.max(worst, Math.abs(i / x.length - j / data.length))
    }
    return worst
  }

  /** Counts as a density over equal bins of one coordinate: centres of the bins and heights. */
  histogram(bins = 80, coordinate = 0): { readonly centres: Float64Array; readonly density: Float64Array } {
    requireInteger('bins', bins, 1, 10_000)
    return histogramOf(this.coordinate(coordinate), bins)
  }

  private coordinate(at: number): Float64Array {
    const column = this.columns[at]
    if (column !== undefined) return column
    throw new PsilabError({
      code: 'parameter',
      parameter: 'coordinate',
      problem: 'there is none of this number',
      allowed: `0 to ${this.columns.length - 1}`,
      got: at,
    })
  }

  override figure(): PanelsFigure {
    const names = coordinateNames(this.columns.length)
    const film = filmOf(this.cloud, names, this.law)
    const panels: Panel[] = [
      ...(film ? [film.panel] : []),
      densityPanel('Samples beside the exact density', this.columns, this.target, names),
      ...(film ? [] : pathsPanel(this.trajectories, names)),
    ]
    return panelsFigure({
      title: 'Samples of a diffusion model',
      alt: this.toString(),
      seed: this.seed,
      panels,
      notes: this.notes,
      ...(film && { cursor: film.cursor }),
    })
  }

  override toString(): string {
    const { mean, meanError, variance, varianceError } = this.moments()
    const names = coordinateNames(this.columns.length)
    const shown = names.slice(0, 3).map((name, d) => {
      const exact = this.target.moments(d)
      const beside = exact === undefined ? '' : ` (exact ${short(exact.mean)}, ${short(exact.variance)})`
      const distance = `KS distance ${this.kolmogorovSmirnov(d).toPrecision(2)}`
      return `${name}: mean ${withError(mean[d], meanError[d])}, variance ${withError(variance[d], varianceError[d])}${beside}, ${distance}`
    })
    const state = this.complete ? '' : '; interrupted'
    return [`${this.count} samples by ${this.text}${state}`, ...shown, ...this.notes].join('\n')
  }

  /** A table with one row a sample. */
  override toCsv(): string {
    return writeCsv(
      Object.fromEntries(coordinateNames(this.columns.length).map((name, d) => [name, this.columns[d]])),
    )
  }

  /** A .npz archive: a column a coordinate, and the trajectories as `times` and `path_…` of shape [paths, times]. */
  override toNpz(): Uint8Array {
    const names = coordinateNames(this.columns.length)
    const { times, columns, count } = this.trajectories
    return writeNpz({
      ...Object.fromEntries(names.map((name, d) => [name, column(this.columns[d])])),
      times: column(times),
      ...Object.fromEntries(
        names.map((name, d) => [
          `path_${name}`,
          { dtype: 'float64' as const, shape: [count, times.length], data: columns[d] },
        ]),
      ),
    })
  }
}

export function short(value: number): string {
  return String(Number(value.toPrecision(5)))
}

function withError(value: number, error: number): string {
  const digits = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(Math.max(error, 1e-12)))))
  return `${value.toFixed(digits)} ± ${error.toFixed(digits)}`
}
