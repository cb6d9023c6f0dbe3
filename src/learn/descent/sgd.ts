/**
 * Stochastic gradient descent, x ← x − ηg, with a gradient g that is right on average alone: the mean over a batch of the
 * samples of a loss, drawn anew at each step, or the gradient with normal noise of a given covariance.
 *
 * With gradient noise of covariance C the density of x moves like that of Langevin dynamics with the diffusion matrix
 * ηC/2, to first order in η. That is a D of the quantum dynamic equation only where C is the same in all directions and
 * at all places.
 *
 * Reference: Robbins and Monro, Ann. Math. Stat. 22, 400 (1951); Mandt, Hoffman and Blei, JMLR 18(134) (2017).
 */
import { PsilabError, requireInteger, requireKeys } from '../../error.js'
import type { RandomStream } from '../../numeric/index.js'
import type { Objective, SampleGradients } from '../../objective/index.js'
import { Dynamics } from './dynamics.js'
import { requireRate } from './firstOrder.js'
import { eigenbasis, requireMatrixSize } from './symmetric.js'

export interface SgdOptions {
  /** η > 0. */
  readonly learningRate: number
  /** Samples in a batch, for a loss that is a mean over samples; drawn without repetition. */
  readonly batch?: number
  /** Instead of a batch: variance of normal noise in each coordinate of the gradient, or its covariance matrix. */
  readonly noise?: number | readonly (readonly number[])[]
}

/**
 * Stochastic gradient descent.
 * @throws PsilabError `parameter` for options out of range
 * @example
 * sgd({ learningRate: 0.1, noise: 0.5 }).run('x^2/2', { start: [1], seed: 3 })
 */
export function sgd(options: SgdOptions): Dynamics {
  requireKeys('sgd', options, ['learningRate', 'batch', 'noise'])
  const learningRate = requireRate(options.learningRate)
  const { batch, noise } = options
  if ((batch === undefined) === (noise === undefined))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'sgd',
      problem: 'noise comes from one source',
      allowed: 'batch: samples a step, or noise: variance of the gradient',
      got: options,
    })
  if (batch !== undefined) requireInteger('batch', batch, 1, Number.MAX_SAFE_INTEGER)
  return new Dynamics({
    name: 'SGD',
    settings: { learningRate, ...(batch === undefined ? { noise } : { batch }) },
    isRandom: true,
    *course({ ledger, start, random }) {
      const x = Float64Array.from(start)
      const samples = batch === undefined ? undefined : requireSamples(ledger.objective, batch)
      const drawn = samples === undefined ? undefined : batches(samples.count, batch!, random)
      const disturb = noise === undefined ? undefined : normalNoise(noise, x.length, random)
      yield { point: x }
      while (ledger.affords(0, samples === undefined ? 1 : batch! / samples.count)) {
        const g = samples === undefined ? ledger.gradient(x) : ledger.sampleGradient(samples, x, drawn!())
        disturb?.(g)
        for (let d = 0; d < x.length; d++) x[d] -= learningRate * g[d]
        yield { point: x }
      }
      return { ended: 'budget' }
    },
  })
}

function requireSamples({ sampleGradients: samples, text }: Objective, batch: number): SampleGradients {
  if (samples !== undefined && batch <= samples.count) return samples
  throw new PsilabError({
    code: 'parameter',
    parameter: samples === undefined ? 'objective' : 'batch',
    problem: samples === undefined ? 'not a mean over samples' : 'more samples than there are',
    allowed: samples === undefined ? 'the loss of a model on data' : `1 to ${samples.count}`,
    got: samples === undefined ? text : batch,
    advice: 'For any other objective give noise: the variance of the gradient.',
  })
}

/** Batches of different samples each, by the first steps of a Fisher–Yates shuffle of what the last one left. */
function batches(count: number, batch: number, random: RandomStream): () => Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i)
  return () => {
    for (let i = 0; i < batch; i++) {
      const j = i + random.integer(count - i)
      ;[order[i], order[j]] = [order[j], order[i]]
    }
    return order.subarray(0, batch)
  }
}

/** Adds normal noise: of one variance, or of a covariance C as C^{½}ξ. */
function normalNoise(
  noise: number | readonly (readonly number[])[],
  d: number,
  random: RandomStream,
): (g: Float64Array) => void {
  const draw = new Float64Array(d)
  if (typeof noise === 'number' && noise >= 0 && Number.isFinite(noise)) {
    const size = Math.sqrt(noise)
    return (g) => {
      random.fillNormal(draw)
      for (let i = 0; i < d; i++) g[i] += size * draw[i]
    }
  }
  const basis = eigenbasis(requireCovariance(noise, d), d)
  // Rounding leaves eigenvalues a little below 0 in a covariance that is singular.
  if (basis.values[0] < -ROUNDING * basis.values[d - 1]) refuseNoise(noise, d)
  const sizes = basis.values.map((v) => Math.sqrt(Math.max(0, v)))
  return (g) => {
    random.fillNormal(draw)
    basis.outOf(draw.map((u, i) => sizes[i] * u)).forEach((v, i) => {
      g[i] += v
    })
  }
}

/** Rounding of eigenvalues, and of what is symmetric, as a share of the largest. */
const ROUNDING = 1e-12

function requireCovariance(noise: unknown, d: number): Float64Array {
  if (!Array.isArray(noise) || noise.length !== d || noise.some((row) => row?.length !== d))
    refuseNoise(noise, d)
  requireMatrixSize(d, 'noise of a covariance')
  const matrix = Float64Array.from((noise as number[][]).flat())
  const largest = matrix.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
  const isSymmetric = matrix.every(
    (v, k) => Math.abs(v - matrix[(k % d) * d + Math.floor(k / d)]) <= ROUNDING * largest,
  )
  if (!isSymmetric || !matrix.every(Number.isFinite)) refuseNoise(noise, d)
  return matrix
}

function refuseNoise(noise: unknown, d: number): never {
  throw new PsilabError({
    code: 'parameter',
    parameter: 'noise',
    problem: 'not the covariance of a gradient',
    allowed: `a variance ≥ 0, or a symmetric matrix of ${d} × ${d} numbers without negative eigenvalues`,
    got: noise,
  })
}
