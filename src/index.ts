/** ψlab: the quantum dynamic equation of machine learning in real, imaginary and complex time. */
export { derivation, type Derivation, DerivationError, derive } from './derive/index.js'
export * from './error.js'
export * from './expr/index.js'
export * from './grid/index.js'
export * from './learn/index.js'
export * from './objective/index.js'
export * from './qde/index.js'
export * from './thermal/index.js'
