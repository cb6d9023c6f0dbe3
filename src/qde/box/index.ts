export { chooseGrid, type GridChoice, type GridDemand, type GridRequest, intervalsFor } from './chooseGrid.js'
export { energyOfLevels } from './confine.js'
export { edgeShare, requireRoom, tailShare } from './fit.js'
export { type GridError, gridError } from './gridError.js'
