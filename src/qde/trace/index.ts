export { type ThermodynamicsOptions, thermodynamics } from './thermodynamics.js'
