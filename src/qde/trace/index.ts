export { type ClassicalLimitOptions, classicalLimit } from './classicalLimit.js'
export { type DensityMatrixOptions, densityMatrix } from './densityMatrix.js'
export { type StateCoolingOptions, stateCooling } from './stateCooling.js'
export { type ThermodynamicsOptions, thermodynamics } from './thermodynamics.js'
