export { Controls } from './controls.js'
export { Recomputation } from './recomputation.js'
