/** Levels to 10–200 digits. */
export { type PreciseOptions, preciseLevels } from './levels.js'
export { PreciseLevels } from './result.js'
