export * from './closedForm/index.js'
export { Discretisation } from './discretisation.js'
export type { EvolveOptions, Observable, Observation, Samples, Schedule } from './evolve/index.js'
export { Evolution, run, runFrames, timeSymbol } from './evolve/index.js'
export { Hamiltonian } from './hamiltonian.js'
export { type InitialState, type Packet, type WavePacketOptions, wavePacket } from './initialState.js'
export { Landscape, type LandscapeMarks, landscape } from './landscape.js'
export {
  axisSeries,
  Eigenstates,
  type LevelDiagram,
  type LevelDiagramOptions,
  levelDiagram,
  lowestLevels,
} from './levels/index.js'
export type { PreciseLevels } from './precise/index.js'
export { Problem } from './problem.js'
export { type MethodName, SPLITTINGS, type Splitting, type SplittingName } from './propagation/index.js'
export { type GridOptions, type QdeOptions, qde } from './qde.js'
export { requireProblem } from './requireProblem.js'
export type { Transmission } from './scattering/index.js'
export { shownGrid, shownProblem } from './shownProblem.js'
export { densityMatrix, type ThermodynamicsOptions, thermodynamics } from './trace/index.js'
