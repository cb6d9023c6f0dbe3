/** The steps of a dynamics, and what they are given and give back. */
import type { MeanEstimate, RandomStream } from '../../numeric/index.js'
import type { Objective } from '../../objective/index.js'
import type { SearchBox } from './box.js'
import type { Ledger } from './ledger.js'

/** One moment of a run. */
export interface Moment {
  /** Where the dynamics is: its point, or the mean of its walkers or of its density. */
  readonly point: ArrayLike<number>
  /** What it would answer if it were stopped here; default its point. */
  readonly answer?: ArrayLike<number>
  /** Whether it was computed before it is handed over here, and so is kept when the run has been stopped since. */
  readonly isPast?: boolean
  /** Further numbers, the same names at every moment of a run. */
  readonly observables?: Readonly<Record<string, number>>
}

/** Why a run ended: `schedule` where that has come to its end; the last two from outside. */
export type DescentEnd = 'converged' | 'budget' | 'schedule' | 'diverged' | 'interrupt' | 'signal'

export interface Ending {
  readonly ended: DescentEnd
  /** Covariance of walkers or density at the end, row-major d × d. */
  readonly covariance?: Float64Array
  /** What was measured along the way, with its statistical error, by name. */
  readonly estimates?: Readonly<Record<string, MeanEstimate>>
  /** Sentences on what was found that needs care. */
  readonly notes?: readonly string[]
}

/** What a course is given. */
export interface Situation {
  /** The objective itself, whose use is not counted. */
  readonly objective: Objective
  readonly ledger: Ledger
  readonly start: Float64Array
  /** Undefined where neither the call nor the objective has one. */
  readonly box: SearchBox | undefined
  readonly random: RandomStream
  /**
   * Looks around: true where the run is to stop. For courses that compute long between two moments, with the share of
   * the run that is done where that is not the share of the budget that is spent.
   */
  readonly poll: (share?: number) => boolean
  readonly signal: AbortSignal | undefined
}

/** The steps of a run: each moment as it is reached, the first of them the start. */
export type Course = Generator<Moment, Ending>
