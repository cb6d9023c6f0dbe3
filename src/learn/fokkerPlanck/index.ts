export type { DensityEvolution } from './densityEvolution.js'
export { type DoobTransform, doobTransform } from './doobTransform.js'
export {
  type DensityOptions,
  type Escape,
  type FokkerPlanck,
  type FokkerPlanckOptions,
  fokkerPlanck,
  type InitialDensity,
} from './fokkerPlanck.js'
export {
  type LangevinEnsemble,
  type LangevinEnsembleOptions,
  type LangevinMethod,
  langevinEnsemble,
} from './langevinEnsemble.js'
export {
  type KnownNoise,
  type NoiseDirection,
  type SgdNoise,
  type SgdNoiseOptions,
  sgdNoise,
} from './sgdNoise.js'
