export {
  type BridgePathsOptions,
  type GaussianBridge,
  type GaussianBridgeOptions,
  type GridBridge,
  type GridBridgeOptions,
  type SampleBridge,
  type SampleBridgeOptions,
  schrodingerBridge,
} from './bridge/index.js'
export { LearnedDiffusionModel, type LearnScoreOptions, learnScore, type ScoreError } from './learnScore.js'
export { GaussianMixture, type GaussianMixtureOptions, gaussianMixture } from './mixture.js'
export {
  DiffusionModel,
  type DiffusionModelOptions,
  diffusionModel,
  type LikelihoodOptions,
} from './model.js'
export { NaiveReversal, type NaiveReversalOptions, naiveReversal } from './naiveReversal.js'
export type { PointData } from './points.js'
export type { QdeComparison, QdeComparisonOptions } from './qdeComparison.js'
export type { DiffusionSamples, Estimate, SampleMoments } from './samples.js'
export type { SampleOptions, SamplingMethod } from './sampling.js'
export {
  type DdpmCosineOptions,
  type DdpmLinearOptions,
  ddpmCosine,
  ddpmLinear,
  NoiseSchedule,
  subVariancePreserving,
  type VarianceExplodingOptions,
  type VariancePreservingOptions,
  varianceExploding,
  variancePreserving,
} from './schedule.js'
export type { Speciation } from './speciation.js'
export { type TwoMoonsOptions, twoMoons } from './twoMoons.js'
