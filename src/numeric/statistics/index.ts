export { blocking, type MeanEstimate } from './blocking.js'
