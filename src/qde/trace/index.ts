export { type DensityMatrixOptions, densityMatrix } from './densityMatrix.js'
export { type ThermodynamicsOptions, thermodynamics } from './thermodynamics.js'
