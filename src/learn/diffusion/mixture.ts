/**
 * Mixtures of normal distributions in d dimensions,
 *
 *   p(x) = Σ_k w_k N(x; μ_k, Σ_k),   score ∇ln p = −Σ_k r_k Σ_k⁻¹(x − μ_k),   r_k = w_k N_k / Σ_j w_j N_j,
 *   ∇²ln p = Σ_k r_k (|Σ_k⁻¹(x − μ_k)|² − tr Σ_k⁻¹) − |∇ln p|².
 *
 * A linear stochastic equation takes each component N(μ, Σ) to N(αμ, α²Σ + v) and leaves the weights: the density of a
 * diffusion model whose data are a mixture, and its score, are known exactly. The responsibilities r_k are formed from
 * logarithms less their maximum, so that no distance from the data overflows or divides zero by zero.
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { erf, exponentials, type RandomStream, randomStream, symmetricEigen } from '../../numeric/index.js'
import type { Columns } from '../../objective/index.js'
import { INSPECT } from '../../shown.js'
import { columnsOfData } from './points.js'

export interface GaussianMixtureOptions {
  /** Means: numbers on a line, else lists of d numbers. */
  readonly means: readonly number[] | readonly (readonly number[])[]
  /**
   * Variances: one number for all, or one entry a component: a number (the same in each direction), d numbers (along
   * the axes), or a symmetric positive d × d matrix. Not standard deviations.
   */
  readonly variances: number | readonly (number | readonly number[] | readonly (readonly number[])[])[]
  /** Weights > 0, scaled to the sum 1; default equal. */
  readonly weights?: readonly number[]
}

/** A component: mean, and the principal variances of its covariance with their directions. */
interface Component {
  readonly mean: Float64Array
  /** d principal variances. */
  readonly variances: Float64Array
  /** d orthonormal directions; undefined where they are the axes. */
  readonly directions: readonly Float64Array[] | undefined
}

/** What is asked of a mixture at points; arrays of the length of the points. */
export interface MixtureOutputs {
  readonly score?: readonly Float64Array[]
  readonly logDensity?: Float64Array
  /** ∇·score = ∇²ln p. */
  readonly divergence?: Float64Array
}

/** ln of the share below which a component plays no part: e^{−45} is below the rounding of the sum. */
const NEGLIGIBLE = -45

/** Components, and coordinates of each, that a mixture prints. */
const SHOWN = 4

function digits(value: number): string {
  return String(Number(value.toPrecision(5)))
}

function vector(values: Float64Array): string {
  const shown = Array.from(values.subarray(0, SHOWN), digits)
  return values.length === 1
    ? shown[0]
    : `(${[...shown, ...(values.length > SHOWN ? ['…'] : [])].join(', ')})`
}

export class GaussianMixture {
  readonly dimension: number
  /** Weights, of sum 1. */
  readonly weights: Float64Array
  readonly components: readonly Component[]

  constructor(weights: Float64Array, components: readonly Component[]) {
    this.dimension = components[0].mean.length
    this.weights = weights
    this.components = components
  }

  [INSPECT](): string {
    const { weights, components, dimension } = this
    const shown = components.slice(0, SHOWN).map(({ mean, variances }, k) => {
      return `${digits(weights[k])} N(${vector(mean)}, ${vector(variances)})`
    })
    const rest = components.length > SHOWN ? [`… ${components.length - SHOWN} more`] : []
    return `Gaussian mixture in ${dimension === 1 ? 'one dimension' : `${dimension} dimensions`}: ${[...shown, ...rest].join(' + ')}`
  }

  /** The law of αx + √v z, with x of this mixture and z normal. */
  diffused(alpha: number, noise: number): GaussianMixture {
    return new GaussianMixture(
      this.weights,
      this.components.map(({ mean, variances, directions }) => ({
        mean: mean.map((m) => alpha * m),
        variances: variances.map((s) => alpha * alpha * s + noise),
        directions,
      })),
    )
  }

  /** E[x], d numbers. */
  get mean(): Float64Array {
    const mean = new Float64Array(this.dimension)
    this.components.forEach((c, k) => {
      for (let i = 0; i < mean.length; i++) mean[i] += this.weights[k] * c.mean[i]
    })
    return mean
  }

  /** Covariance, row-major d × d. */
  get covariance(): Float64Array {
    const d = this.dimension
    const mean = this.mean
    const total = new Float64Array(d * d)
    this.components.forEach((c, k) => {
      const within = covarianceOf(c)
      for (let i = 0; i < d; i++)
        for (let j = 0; j < d; j++)
          total[i * d + j] +=
            this.weights[k] * (within[i * d + j] + (c.mean[i] - mean[i]) * (c.mean[j] - mean[j]))
    })
    return total
  }

  /** The distribution of one coordinate. */
  marginal(coordinate: number): GaussianMixture {
    requireInteger('coordinate', coordinate, 0, this.dimension - 1)
    const d = this.dimension
    return new GaussianMixture(
      this.weights,
      this.components.map((c) => ({
        mean: Float64Array.of(c.mean[coordinate]),
        variances: Float64Array.of(covarianceOf(c)[coordinate * d + coordinate]),
        directions: undefined,
      })),
    )
  }

  /** P(X ≤ x) of one coordinate. */
  cumulative(x: number, coordinate = 0): number {
    const { weights, components } = this.dimension === 1 ? this : this.marginal(coordinate)
    return components.reduce((sum, { mean, variances }, k) => {
      const z = (x - mean[0]) / Math.sqrt(2 * variances[0])
      return sum + weights[k] * 0.5 * (1 + erf(z))
    }, 0)
  }

  /** ln p at points. */
  logDensity(points: Columns): Float64Array {
    const logDensity = new Float64Array(points[0].length)
    this.evaluator()(points, logDensity.length, { logDensity })
    return logDensity
  }

  /** p at points. */
  density(points: Columns): Float64Array {
    return this.logDensity(points).map(Math.exp)
  }

  /** ∇ln p at points, one column a coordinate. */
  score(points: Columns): Float64Array[] {
    const score = points.map((x) => new Float64Array(x.length))
    this.evaluator()(points, points[0].length, { score })
    return score
  }

  /** ∇²p/p − |∇ln p|² as a matrix: the second derivatives of ln p at one point, row-major d × d. */
  curvature(point: readonly number[]): Float64Array {
    const d = this.dimension
    const shares = this.responsibilities(point)
    const hessian = new Float64Array(d * d)
    const score = new Float64Array(d)
    this.components.forEach((c, k) => {
      const pull = precisionTimes(
        c,
        c.mean.map((m, i) => point[i] - m),
      )
      for (let i = 0; i < d; i++) {
        score[i] -= shares[k] * pull[i]
        for (let j = 0; j < d; j++) hessian[i * d + j] += shares[k] * pull[i] * pull[j]
        const column = precisionTimes(
          c,
          Float64Array.from({ length: d }, (_, j) => (j === i ? 1 : 0)),
        )
        for (let j = 0; j < d; j++) hessian[i * d + j] -= shares[k] * column[j]
      }
    })
    return hessian.map((h, at) => h - score[Math.floor(at / d)] * score[at % d])
  }

  private responsibilities(point: readonly number[]): Float64Array {
    const logs = this.components.map((c, k) => {
      const delta = c.mean.map((m, i) => point[i] - m)
      const square = precisionTimes(c, delta).reduce((sum, p, i) => sum + p * delta[i], 0)
      const determinant = c.variances.reduce((sum, s) => sum + Math.log(s), 0)
      return Math.log(this.weights[k]) - (square + determinant) / 2
    })
    const top = Math.max(...logs)
    const shares = Float64Array.from(logs, (q) => Math.exp(q - top))
    const sum = shares.reduce((a, b) => a + b)
    return shares.map((r) => r / sum)
  }

  /**
   * Draws of the mixture, one column a coordinate.
   * @throws PsilabError `parameter` for a number of samples below 1
   */
  sample(options: { readonly samples: number; readonly seed?: number }): Float64Array[] {
    requireKeys('sample', options, ['samples', 'seed'])
    const samples = requireInteger('samples', options.samples, 1, 100_000_000)
    const columns = Array.from({ length: this.dimension }, () => new Float64Array(samples))
    this.draw(randomStream(options.seed ?? 1), columns)
    return columns
  }

  /** Fills columns with draws. */
  draw(stream: RandomStream, columns: readonly Float64Array[]): void {
    const d = this.dimension
    const z = new Float64Array(d)
    for (let i = 0; i < columns[0].length; i++) {
      let [k, left] = [0, stream.uniform()]
      while (k < this.weights.length - 1 && left >= this.weights[k]) left -= this.weights[k++]
      const { mean, variances, directions } = this.components[k]
      for (let j = 0; j < d; j++) z[j] = Math.sqrt(variances[j]) * stream.normal()
      for (let j = 0; j < d; j++) {
        let x = mean[j]
        if (directions === undefined) x += z[j]
        else for (let e = 0; e < d; e++) x += directions[e][j] * z[e]
        columns[j][i] = x
      }
    }
  }

  /** A function that evaluates score, ln p and divergence at the first n points of columns, made for many calls. */
  evaluator(): (x: Columns, n: number, out: MixtureOutputs) => void {
    const isRound = this.components.every((c) => c.variances.every((s) => s === c.variances[0]))
    if (!isRound) return ellipticComponents(this)
    if (this.components.length > 2) return roundComponents(this)
    const score = pairScore(this)
    return (x, n, out) => {
      if (out.score !== undefined && out.logDensity === undefined && out.divergence === undefined)
        score(x, n, out.score)
      else roundComponents(this)(x, n, out)
    }
  }

  toString(): string {
    const { components, dimension, weights } = this
    const shown = components.slice(0, 4).map((c, k) => {
      const mean = Array.from(c.mean, short).join(', ')
      const spread = c.variances.every((s) => s === c.variances[0])
        ? short(c.variances[0])
        : `diag ${Array.from(c.variances, short).join(', ')}${c.directions === undefined ? '' : ' turned'}`
      return `${weights.length === 1 ? '' : `${short(weights[k])} `}N(${dimension === 1 ? mean : `(${mean})`}, ${spread})`
    })
    const rest = components.length > 4 ? ` + … (${components.length} components)` : ''
    return shown.join(' + ') + rest
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)))
}

/** Row-major Σ of a component. */
export function covarianceOf({ variances, directions }: Component): Float64Array {
  const d = variances.length
  const matrix = new Float64Array(d * d)
  for (let e = 0; e < d; e++)
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++)
        matrix[i * d + j] +=
          variances[e] *
          (directions === undefined ? (i === e && j === e ? 1 : 0) : directions[e][i] * directions[e][j])
  return matrix
}

/** Σ⁻¹ δ. */
function precisionTimes({ variances, directions }: Component, delta: ArrayLike<number>): Float64Array {
  const d = variances.length
  if (directions === undefined) return variances.map((s, i) => delta[i] / s)
  const result = new Float64Array(d)
  for (let e = 0; e < d; e++) {
    let along = 0
    for (let i = 0; i < d; i++) along += directions[e][i] * delta[i]
    for (let i = 0; i < d; i++) result[i] += (along / variances[e]) * directions[e][i]
  }
  return result
}

/** ln of the factor of each component: ln w − ½ Σ ln(2πs). */
function logFactors({ weights, components }: GaussianMixture): Float64Array {
  return weights.map(
    (w, k) =>
      Math.log(w) - components[k].variances.reduce((sum, s) => sum + Math.log(2 * Math.PI * s), 0) / 2,
  )
}

/**
 * Score of one or two round components: two share 1 as r and 1 − r, r = 1/(1 + e^u), u the difference of their logarithms.
 */
function pairScore(
  mixture: GaussianMixture,
): (x: Columns, n: number, score: readonly Float64Array[]) => void {
  const [first, second] = mixture.components
  const p0 = 1 / first.variances[0]
  if (second === undefined)
    return (x, n, score) => {
      for (let j = 0; j < x.length; j++) towards(score[j], x[j], n, first.mean[j], p0)
    }
  const p1 = 1 / second.variances[0]
  const factors = logFactors(mixture)
  const lift = factors[1] - factors[0]
  return (x, points, score) => {
    for (let from = 0; from < points; from += TOGETHER) {
      const n = Math.min(TOGETHER, points - from)
      differences(share, x, from, n, lift, [p0 / 2, p1 / 2], [first.mean, second.mean])
      exponentials(share, n)
      for (let i = 0; i < n; i++) share[i] = 1 / (1 + share[i])
      for (let j = 0; j < x.length; j++)
        between(score[j], share, x[j], from, n, p0 * first.mean[j], p1 * second.mean[j], p0, p1)
    }
  }
}

/** p(m − x). */
function towards(score: Float64Array, x: Float64Array, n: number, mean: number, precision: number): void {
  for (let i = 0; i < n; i++) score[i] = precision * (mean - x[i])
}

/** lift + h₀|x − m₀|² − h₁|x − m₁|². */
function differences(
  out: Float64Array,
  x: Columns,
  from: number,
  n: number,
  lift: number,
  [h0, h1]: readonly [number, number],
  [m0, m1]: readonly [Float64Array, Float64Array],
): void {
  for (let j = 0; j < x.length; j++) {
    const [column, a, b] = [x[j], m0[j], m1[j]]
    const lifted = j === 0 ? lift : 0
    for (let i = 0; i < n; i++) {
      const u = column[from + i] - a
      const v = column[from + i] - b
      const value = lifted + h0 * u * u - h1 * v * v
      out[i] = j === 0 ? value : out[i] + value
    }
  }
}

/** r(q₀ − p₀x) + (1 − r)(q₁ − p₁x). */
function between(
  score: Float64Array,
  share: Float64Array,
  x: Float64Array,
  from: number,
  n: number,
  q0: number,
  q1: number,
  p0: number,
  p1: number,
): void {
  for (let i = 0; i < n; i++) {
    const at = x[from + i]
    const second = q1 - p1 * at
    score[from + i] = second + share[i] * (q0 - p0 * at - second)
  }
}

/** Points that are evaluated together: few enough that what is kept of them stays near, and no more numbers in all. */
const TOGETHER = 512
const KEPT_NUMBERS = 2 ** 20

/** Arrays that every evaluation writes before it reads: shared, since none is under way within another. */
const [top, total, share, square, bend] = Array.from({ length: 5 }, () => new Float64Array(TOGETHER))
const sums: Float64Array[] = []
let logs = new Float64Array(0)

/** Components that are as wide in each direction: component after component, each for all points. */
function roundComponents(mixture: GaussianMixture): (x: Columns, n: number, out: MixtureOutputs) => void {
  const d = mixture.dimension
  const count = mixture.components.length
  const factors = logFactors(mixture)
  const precisions = Float64Array.from(mixture.components, (c) => 1 / c.variances[0])
  const { components } = mixture
  const together = Math.max(16, Math.min(TOGETHER, Math.floor(KEPT_NUMBERS / count)))
  if (logs.length < count * together) logs = new Float64Array(count * together)
  while (sums.length < d) sums.push(new Float64Array(TOGETHER))
  return (x, points, { score, logDensity, divergence }) => {
    for (let from = 0; from < points; from += together) {
      const n = Math.min(together, points - from)
      top.fill(Number.NEGATIVE_INFINITY)
      for (let k = 0; k < count; k++) {
        squaresInto(square, x, from, n, components[k].mean)
        largestLogs(logs, k * together, top, square, n, factors[k], precisions[k] / 2)
      }
      total.fill(0)
      bend.fill(0)
      for (let j = 0; j < d; j++) sums[j].fill(0)
      for (let k = 0; k < count; k++) {
        sharesInto(share, total, logs, k * together, top, n)
        for (let j = 0; j < d; j++)
          pullInto(sums[j], share, x[j], from, n, components[k].mean[j], precisions[k])
        if (divergence === undefined) continue
        squaresInto(square, x, from, n, components[k].mean)
        for (let i = 0; i < n; i++) bend[i] += share[i] * precisions[k] * (precisions[k] * square[i] - d)
      }
      if (score !== undefined)
        for (let j = 0; j < d; j++) {
          const [sum, to] = [sums[j], score[j]]
          for (let i = 0; i < n; i++) to[from + i] = sum[i] / total[i]
        }
      if (logDensity !== undefined)
        for (let i = 0; i < n; i++) logDensity[from + i] = top[i] + Math.log(total[i])
      if (divergence !== undefined)
        for (let i = 0; i < n; i++) {
          let value = bend[i] / total[i]
          for (let j = 0; j < d; j++) value -= (sums[j][i] / total[i]) ** 2
          divergence[from + i] = value
        }
    }
  }
}

/** |x − m|². */
function squaresInto(square: Float64Array, x: Columns, from: number, n: number, mean: Float64Array): void {
  square.fill(0)
  for (let j = 0; j < mean.length; j++) {
    const [column, m] = [x[j], mean[j]]
    for (let i = 0; i < n; i++) {
      const delta = column[from + i] - m
      square[i] += delta * delta
    }
  }
}

function largestLogs(
  logs: Float64Array,
  at: number,
  top: Float64Array,
  square: Float64Array,
  n: number,
  factor: number,
  half: number,
): void {
  for (let i = 0; i < n; i++) {
    const log = factor - half * square[i]
    logs[at + i] = log
    if (log > top[i]) top[i] = log
  }
}

/** e^{log − top}, and the sum of them. */
function sharesInto(
  share: Float64Array,
  total: Float64Array,
  logs: Float64Array,
  at: number,
  top: Float64Array,
  n: number,
): void {
  for (let i = 0; i < n; i++) share[i] = logs[at + i] - top[i]
  exponentials(share, n)
  for (let i = 0; i < n; i++) total[i] += share[i]
}

function pullInto(
  sum: Float64Array,
  share: Float64Array,
  x: Float64Array,
  from: number,
  n: number,
  mean: number,
  precision: number,
): void {
  for (let i = 0; i < n; i++) sum[i] += share[i] * precision * (mean - x[from + i])
}

/** Components with covariances of any form. */
function ellipticComponents(mixture: GaussianMixture): (x: Columns, n: number, out: MixtureOutputs) => void {
  const { components, dimension: d } = mixture
  const factors = logFactors(mixture)
  const traces = components.map((c) => c.variances.reduce((sum, s) => sum + 1 / s, 0))
  const precisions = components.map((c) => {
    const unit = new Float64Array(d)
    return Float64Array.from({ length: d * d }, (_, at) => {
      unit.fill(0)
      unit[at % d] = 1
      return precisionTimes(c, unit)[Math.floor(at / d)]
    })
  })
  const logs = new Float64Array(components.length)
  const pulls = new Float64Array(components.length * d)
  const delta = new Float64Array(d)
  const sum = new Float64Array(d)
  return (x, n, { score, logDensity, divergence }) => {
    for (let i = 0; i < n; i++) {
      let top = Number.NEGATIVE_INFINITY
      for (let k = 0; k < components.length; k++) {
        const { mean } = components[k]
        const precision = precisions[k]
        for (let j = 0; j < d; j++) delta[j] = mean[j] - x[j][i]
        let square = 0
        for (let j = 0, at = 0; j < d; j++) {
          let pull = 0
          for (let e = 0; e < d; e++, at++) pull += precision[at] * delta[e]
          pulls[k * d + j] = pull
          square += pull * delta[j]
        }
        logs[k] = factors[k] - 0.5 * square
        if (logs[k] > top) top = logs[k]
      }
      let total = 0
      let bend = 0
      sum.fill(0)
      for (let k = 0; k < components.length; k++) {
        const below = logs[k] - top
        if (!(below > NEGLIGIBLE)) continue
        const share = Math.exp(below)
        total += share
        let square = 0
        for (let j = 0, m = k * d; j < d; j++, m++) {
          sum[j] += share * pulls[m]
          square += pulls[m] * pulls[m]
        }
        bend += share * (square - traces[k])
      }
      const scale = 1 / total
      if (score !== undefined) for (let j = 0; j < d; j++) score[j][i] = sum[j] * scale
      if (logDensity !== undefined) logDensity[i] = top + Math.log(total)
      if (divergence !== undefined) {
        bend *= scale
        for (let j = 0; j < d; j++) bend -= (sum[j] * scale) ** 2
        divergence[i] = bend
      }
    }
  }
}

/** Most components, and most dimensions of a covariance that is no multiple of the identity. */
const MOST_COMPONENTS = 100_000
const MOST_DIMENSIONS = 256

/**
 * A mixture of normal distributions: `gaussianMixture({ weights: [0.3, 0.7], means: [-2, 1], variances: [0.25, 0.16] })`.
 * @throws PsilabError `parameter` for lists of different lengths, weights that are not positive, covariances that are not
 * symmetric and positive
 * @example
 * gaussianMixture({ means: [-2, 2], variances: 0.25 }) // ½N(−2, ½²) + ½N(2, ½²)
 */
export function gaussianMixture(options: GaussianMixtureOptions): GaussianMixture {
  requireKeys('gaussianMixture', options, ['means', 'variances', 'weights'])
  const means = rowsOf(options.means)
  const d = means[0].length
  const { variances } = options
  const list = Array.isArray(variances) ? variances : means.map(() => variances as number)
  const weights = options.weights ?? means.map(() => 1)
  for (const [parameter, given] of [
    ['variances', list],
    ['weights', weights],
  ] as const)
    if (given.length !== means.length)
      refuse(parameter, 'another number than of means', `${means.length}, one a component`, given.length)
  for (const w of weights) requireNumber('weights', w, 'finite numbers > 0', (v) => v > 0)
  const sum = weights.reduce((a, b) => a + b)
  return new GaussianMixture(
    Float64Array.from(weights, (w) => w / sum),
    means.map((mean, k) => ({ mean, ...principal(list[k], d) })),
  )
}

/** The mixture of points without width: the distribution of samples themselves. */
export function empiricalMixture(points: Columns): GaussianMixture {
  const n = points[0].length
  return new GaussianMixture(
    new Float64Array(n).fill(1 / n),
    Array.from({ length: n }, (_, i) => ({
      mean: Float64Array.from(points, (x) => x[i]),
      variances: new Float64Array(points.length),
      directions: undefined,
    })),
  )
}

function rowsOf(means: GaussianMixtureOptions['means']): Float64Array[] {
  const columns = columnsOfData('means', means)
  if (columns[0].length > MOST_COMPONENTS || columns.length > MOST_DIMENSIONS)
    refuse('means', 'too many', `${MOST_COMPONENTS} in ${MOST_DIMENSIONS} dimensions`, [
      columns[0].length,
      columns.length,
    ])
  return Array.from({ length: columns[0].length }, (_, k) => Float64Array.from(columns, (x) => x[k]))
}

/** Difference of mirrored entries, as a share of the largest, that still counts as symmetric. */
const ASYMMETRY = 1e-12

function principal(
  given: number | readonly number[] | readonly (readonly number[])[],
  d: number,
): Omit<Component, 'mean'> {
  const positive = (s: number): number =>
    requireNumber('variances', s, 'finite numbers > 0, or positive matrices', (v) => v > 0)
  if (typeof given === 'number')
    return { variances: new Float64Array(d).fill(positive(given)), directions: undefined }
  if (!Array.isArray(given) || given.length !== d)
    return refuse('variances', 'of a wrong form', `a number, ${d} numbers or a ${d} × ${d} matrix`, given)
  if (typeof given[0] === 'number')
    return { variances: Float64Array.from(given as readonly number[], positive), directions: undefined }
  const matrix = Float64Array.from((given as readonly (readonly number[])[]).flat())
  const largest = matrix.reduce((top, m) => Math.max(top, Math.abs(m)), 0)
  if (matrix.length !== d * d || !matrix.every(Number.isFinite))
    return refuse('variances', 'not a matrix', `${d} rows of ${d} finite numbers`, given)
  for (let i = 0; i < d; i++)
    for (let j = 0; j < i; j++)
      if (Math.abs(matrix[i * d + j] - matrix[j * d + i]) > ASYMMETRY * largest)
        return refuse('variances', 'not symmetric', 'a covariance matrix', given)
  const { values, vectors } = symmetricEigen(matrix.slice(), d)
  values.forEach(positive)
  return { variances: values, directions: vectors }
}

function refuse(parameter: string, problem: string, allowed: string, got: unknown): never {
  throw new PsilabError({ code: 'parameter', parameter, problem, allowed, got })
}
