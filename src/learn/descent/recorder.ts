/** The record of a run, thinned as it grows: every step at first, then every second, every fourth and so on. */
import type { Objective } from '../../objective/index.js'
import type { Moment } from './course.js'
import type { Cost } from './ledger.js'

export interface RunRecord {
  /** Number of the step of each row, 0 at the start. */
  readonly steps: Float64Array
  /** Cost until then, in values of ζ. */
  readonly costs: Float64Array
  /** Where the dynamics was, and what it would have answered. */
  readonly path: readonly (readonly number[])[]
  readonly answers: readonly (readonly number[])[]
  /** ζ of the answers. */
  readonly values: Float64Array
  readonly observables: Readonly<Record<string, Float64Array>>
}

interface Row {
  readonly step: number
  readonly cost: number
  readonly point: readonly number[]
  readonly answer: readonly number[]
  readonly observables: Readonly<Record<string, number>>
}

/** Most rows, and most coordinates of all of them; at least so many rows are kept in any case. */
const MOST_ROWS = 16_384
const MOST_NUMBERS = 2 ** 22
const LEAST_ROWS = 64

export class Recorder {
  private rows: Row[] = []
  private last: Row | undefined
  private step = 0
  private stride = 1
  private readonly most: number
  private readonly objective: Objective

  constructor(objective: Objective) {
    this.objective = objective
    this.most = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, MOST_NUMBERS / objective.variables.length))
  }

  /** Notes a moment. @returns false, and notes nothing, where the run has left all bounds */
  note({ point, answer, observables = {} }: Moment, { cost }: Cost): boolean {
    if (!isPlace(point) || (answer !== undefined && !isPlace(answer))) return false
    const place = Array.from(point)
    this.last = {
      step: this.step++,
      cost,
      point: place,
      answer: answer === undefined ? place : Array.from(answer),
      observables,
    }
    if (this.last.step % this.stride === 0) this.rows.push(this.last)
    if (this.rows.length > this.most) {
      this.stride *= 2
      this.rows = this.rows.filter(({ step }) => step % this.stride === 0)
    }
    return true
  }

  /** The record, its last row the last moment. ζ of the answers is looked up here, and not counted. */
  close(): RunRecord {
    const rows =
      this.last === undefined || this.rows.at(-1) === this.last ? this.rows : [...this.rows, this.last]
    const column = (f: (row: Row) => number): Float64Array => Float64Array.from(rows, f)
    const answers = rows.map(({ answer }) => answer)
    return {
      steps: column(({ step }) => step),
      costs: column(({ cost }) => cost),
      path: rows.map(({ point }) => point),
      answers,
      values: this.objective.evaluate(
        this.objective.variables.map((_, d) => Float64Array.from(answers, (answer) => answer[d])),
      ),
      observables: Object.fromEntries(
        Object.keys(rows[0]?.observables ?? {}).map((name) => [name, column((row) => row.observables[name])]),
      ),
    }
  }
}

function isPlace(point: ArrayLike<number>): boolean {
  for (let d = 0; d < point.length; d++) if (!Number.isFinite(point[d])) return false
  return true
}
