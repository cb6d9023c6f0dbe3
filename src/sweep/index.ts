export { type SweepOptions, type SweepRow, SweepTable, sweepTable } from './sweepTable.js'
