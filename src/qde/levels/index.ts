export { allLevels, isEven } from './dense.js'
export { Eigenstates } from './eigenstates.js'
export { levelsInBox } from './lineLevels.js'
export { lowestLevels } from './lowestLevels.js'
