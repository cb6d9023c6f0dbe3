export { type AnnealOptions, anneal } from './anneal.js'
export { Annealing, type AnnealingTime } from './annealing.js'
export { annealSpins, type SpinOptions } from './annealSpins.js'
export {
  FlatAgainstSharp,
  type FlatAgainstSharpOptions,
  flatAgainstSharp,
  type WellCrossing,
} from './flatAgainstSharp.js'
export type { Monitor, Outrun } from './monitor.js'
export { annealedParabola, type ParabolaOptions, type ParabolaResidual } from './parabola.js'
export {
  type AnnealingSchedule,
  adaptive,
  geometric,
  linear,
  logarithmic,
  power,
  type Ramp,
} from './schedule.js'
export type { Well } from './wells.js'
