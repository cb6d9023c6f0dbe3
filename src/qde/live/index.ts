export {
  liveDensityMatrix,
  liveEigenstates,
  liveEvolution,
  liveProblem,
  liveThermodynamics,
} from './liveRecords.js'
