export { Controls, type Values } from './controls.js'
export { Recomputation } from './recomputation.js'
export { hasWorkers } from './workers.js'
