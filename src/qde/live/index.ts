export { liveEigenstates, liveEvolution, liveProblem, liveThermodynamics } from './liveRecords.js'
