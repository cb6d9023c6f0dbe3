export { type LatticeOptions, latticeHamiltonian } from './lattice.js'
export { type HermitianMatrix, ThermalState, thermalState } from './thermalState.js'
export {
  MAX_TRUNCATION,
  type ThermodynamicPoint,
  Thermodynamics,
  thermodynamicsOfLevels,
} from './thermodynamics.js'
