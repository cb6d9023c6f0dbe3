/** H at every time of a run. */
import type { Grid } from '../grid/index.js'
import type { Hamiltonian } from './hamiltonian.js'

export interface TimedHamiltonian {
  readonly grid: Grid
  /** Whether H is the same at all times. */
  readonly fixed: boolean
  at(s: number): Hamiltonian
  /** |∇ζ|² of an H that stays the same, where it is known and finite; made when first asked for. */
  readonly gradientSquared?: Float64Array | undefined
  /** ∇ζ of an H that changes, one array an axis, where it is known. */
  readonly gradient?: (s: number) => readonly Float64Array[]
}
