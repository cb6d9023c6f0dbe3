export type { DensityEvolution } from './densityEvolution.js'
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
