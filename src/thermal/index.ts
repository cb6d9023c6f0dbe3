export { type LatticeOptions, latticeHamiltonian } from './lattice.js'
export {
  type OscillatorBeads,
  type OscillatorBeadsOptions,
  oscillatorBeads,
  PathIntegral,
  type PathIntegralOptions,
  pathIntegral,
} from './pathIntegral/index.js'
export { type HermitianMatrix, ThermalState, thermalState } from './thermalState.js'
export {
  MAX_TRUNCATION,
  type ThermodynamicPoint,
  Thermodynamics,
  thermodynamicsOfLevels,
} from './thermodynamics.js'
