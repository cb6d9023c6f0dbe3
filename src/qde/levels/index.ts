export { DENSE_LIMIT, Eigenstates } from './eigenstates.js'
export { lowestLevels } from './lowestLevels.js'
