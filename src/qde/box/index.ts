export { asymptote, type Side } from './asymptotes.js'
export {
  chooseGrid,
  type GridChoice,
  type GridDemand,
  type GridRequest,
  intervalsFor,
  lowestPoint,
} from './chooseGrid.js'
export { DECAY, energyOfLevels, levelsBelow } from './confine.js'
export { decayEnd } from './decayEnd.js'
export { edgeShare, requireRoom } from './fit.js'
export { type GridError, gridError } from './gridError.js'
export { requireRegular } from './singularity.js'
