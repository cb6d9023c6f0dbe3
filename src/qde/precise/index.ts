/** Levels to 10–200 digits. */
export { preciseLevels } from './levels.js'
export type { PreciseOptions } from './options.js'
export { PreciseLevels } from './result.js'
