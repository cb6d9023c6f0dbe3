export { Evolution } from './evolution.js'
export { type EvolveOptions, run } from './run.js'
