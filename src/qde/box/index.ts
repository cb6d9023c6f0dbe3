export { chooseGrid, type GridChoice, type GridDemand } from './chooseGrid.js'
export { energyOfLevels } from './confine.js'
export { edgeShare, requireRoom, tailShare } from './fit.js'
