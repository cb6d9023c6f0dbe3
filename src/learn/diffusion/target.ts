/** What samples are held against: the exact law of the data at a time, or the data points themselves. */
import type { Columns } from '../../objective/index.js'
import type { GaussianMixture } from './mixture.js'

export interface Target {
  readonly dimension: number
  /** Density at points; undefined where only samples are known. */
  readonly density: ((points: Columns) => Float64Array) | undefined
  /** The data, where they are samples. */
  readonly points: Columns | undefined
  /** P(X ≤ x) of a coordinate; undefined where only samples are known. */
  cumulative(coordinate: number): ((x: number) => number) | undefined
  /** Mean and variance of a coordinate. */
  moments(coordinate: number): { readonly mean: number; readonly variance: number } | undefined
}

export function mixtureTarget(mixture: GaussianMixture): Target {
  const { mean, covariance, dimension } = mixture
  return {
    dimension,
    points: undefined,
    density: (points) => mixture.density(points),
    cumulative(coordinate) {
      const line = mixture.marginal(coordinate)
      return (x) => line.cumulative(x)
    },
    moments: (d) => ({ mean: mean[d], variance: covariance[d * dimension + d] }),
  }
}

/** @param mixture of the points without width, with the noise of the time of the samples */
export function pointsTarget(points: Columns, mixture: GaussianMixture): Target {
  const { mean, covariance, dimension } = mixture
  return {
    dimension,
    points,
    density: undefined,
    cumulative: () => undefined,
    moments: (d) => ({ mean: mean[d], variance: covariance[d * dimension + d] }),
  }
}
