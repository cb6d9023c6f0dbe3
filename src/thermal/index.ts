export { boltzmannWeights } from './boltzmann.js'
export {
  ClassicalLimit,
  type ClassicalLimitData,
  type ClassicalNodes,
  classicalSums,
} from './classicalLimit.js'
export { type DrawnLine, type Kernel, ThermalDensityMatrix } from './densityMatrix.js'
export { Ensemble, type EnsembleOptions, ensemble } from './ensemble.js'
export { type LatticeOptions, latticeHamiltonian } from './lattice.js'
export { LevelSums, type ThermodynamicPoint } from './levelSums.js'
export {
  type OscillatorBeads,
  type OscillatorBeadsOptions,
  oscillatorBeads,
  PathIntegral,
  type PathIntegralOptions,
  pathIntegral,
} from './pathIntegral/index.js'
export { StateCooling } from './stateCooling.js'
export { type TemperatureOptions, temperaturesFor, temperaturesOf } from './temperatures.js'
export { type HermitianMatrix, ThermalState, thermalState } from './thermalState.js'
export {
  MAX_TRUNCATION,
  type Route,
  requireWhole,
  type ThermalLine,
  Thermodynamics,
  type Trace,
  type TracePoint,
} from './thermodynamics.js'
export { TwoLevels, type TwoLevelsOptions, twoLevels } from './twoLevels.js'
