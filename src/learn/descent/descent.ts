/** The result of one run of a dynamics: its path, what it answers, and what that cost. */
import { Drawable, type PanelsFigure, panelsFigure } from '../../figure/index.js'
import { column, writeCsv, writeNpz } from '../../interchange/index.js'
import type { MeanEstimate } from '../../numeric/index.js'
import type { Objective } from '../../objective/index.js'
import type { SearchBox } from './box.js'
import type { DescentEnd } from './course.js'
import { costCursor, landscapePanel } from './landscapePanel.js'
import type { Cost } from './ledger.js'
import type { RunRecord } from './recorder.js'
import { count, nameOf, place, settingsText, short } from './words.js'

export interface DescentData {
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly objective: Objective
  readonly box: SearchBox | undefined
  readonly seed: number
  readonly repeat: number
  readonly stopped: DescentEnd
  readonly covariance?: Float64Array
  readonly estimates?: Readonly<Record<string, MeanEstimate>>
  readonly notes: readonly string[]
  readonly ledger: Cost
  readonly record: RunRecord
}

export class Descent extends Drawable implements Cost {
  /** The dynamics and its settings. */
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
  /** Key of its random numbers, and which of the repetitions with it. */
  readonly seed: number
  readonly repeat: number
  /** Where the dynamics was: its point, or the mean of its walkers or density. Every step, or every second, fourth … of a long run. */
  readonly path: readonly (readonly number[])[]
  /** What it would have answered at each of these: its point, the best that it met, or the top of its density. */
  readonly answers: readonly (readonly number[])[]
  /** ζ of these answers. */
  readonly values: Float64Array
  /** Number of the step of each row of the path, 0 at the start. */
  readonly steps: Float64Array
  /** Cost until each row of the path, in values of ζ. */
  readonly costs: Float64Array
  /** Further numbers at each row of the path, such as D, the temperature or the energy, by name. */
  readonly observables: Readonly<Record<string, Float64Array>>
  /** The answer, and ζ there. */
  readonly point: readonly number[]
  readonly value: number
  /** Covariance of walkers or density at the end, row-major d × d, where there are such. */
  readonly covariance: Float64Array | undefined
  /** What was measured along the way, with its standard error: `energy` E₀ of diffusion Monte Carlo at fixed D. */
  readonly estimates: Readonly<Record<string, MeanEstimate>>
  /** Whether the dynamics says that it has arrived. */
  readonly converged: boolean
  /** Whether it was left to end by itself. */
  readonly complete: boolean
  readonly stopped: DescentEnd
  readonly evaluations: number
  readonly gradients: number
  readonly hessians: number
  readonly cost: number
  readonly calls: number
  readonly notes: readonly string[]
  private readonly objective: Objective
  private readonly box: SearchBox | undefined

  constructor(data: DescentData) {
    super()
    const { record, ledger } = data
    this.name = data.name
    this.settings = data.settings
    this.objective = data.objective
    this.box = data.box
    this.seed = data.seed
    this.repeat = data.repeat
    this.path = record.path
    this.answers = record.answers
    this.values = record.values
    this.steps = record.steps
    this.costs = record.costs
    this.observables = record.observables
    this.point = record.answers[record.answers.length - 1]
    this.value = record.values[record.values.length - 1]
    this.covariance = data.covariance
    this.estimates = data.estimates ?? {}
    this.stopped = data.stopped
    this.converged = data.stopped === 'converged'
    this.complete = data.stopped !== 'interrupt' && data.stopped !== 'signal'
    this.evaluations = ledger.evaluations
    this.gradients = ledger.gradients
    this.hessians = ledger.hessians
    this.cost = ledger.cost
    this.calls = ledger.calls
    this.notes = data.notes
  }

  /** A table with one row a recorded step: step, cost, ζ of the answer, the path by coordinate, and the observables. */
  override toCsv(): string {
    const along = (rows: readonly (readonly number[])[], d: number): Float64Array =>
      Float64Array.from(rows, (row) => row[d])
    return writeCsv({
      step: this.steps,
      cost: this.costs,
      zeta: this.values,
      ...Object.fromEntries(this.objective.variables.map((name, d) => [name, along(this.path, d)])),
      ...this.observables,
    })
  }

  /** A .npz archive: `path` and `answers` (steps × coordinates), `zeta`, `step`, `cost`, and the observables. */
  override toNpz(): Uint8Array {
    const rows = (data: readonly (readonly number[])[]) => ({
      dtype: 'float64' as const,
      shape: [data.length, this.objective.variables.length],
      data: Float64Array.from(data.flat()),
    })
    return writeNpz({
      path: rows(this.path),
      answers: rows(this.answers),
      zeta: column(this.values),
      step: column(this.steps),
      cost: column(this.costs),
      ...Object.fromEntries(
        Object.entries(this.observables).map(([name, values]) => [name.replaceAll(' ', '_'), column(values)]),
      ),
    })
  }

  override figure(): PanelsFigure {
    const cursor = costCursor(this.costs)
    const landscape = landscapePanel(this.objective, this.box, [this], cursor.values)
    return panelsFigure({
      title: `${this.name} on ${nameOf(this.objective)}`,
      alt: this.toString(),
      seed: this.seed,
      notes: this.notes,
      panels: [
        {
          type: 'lines',
          cursor: 'x',
          heading: 'Descent',
          x: { label: 'cost in values of ζ' },
          y: { label: 'ζ of the answer' },
          series: [{ label: this.name, x: this.costs, y: this.values }],
        },
        ...(landscape === undefined ? [] : [landscape]),
      ],
      cursor,
    })
  }

  override toString(): string {
    const settings = settingsText(this.settings)
    const last = this.steps[this.steps.length - 1]
    return [
      `${this.name}${settings === '' ? '' : ` (${settings})`}: ζ = ${short(this.value, 8)} at ${place(this.point)}, ` +
        `${ENDS[this.stopped]} after ${last} step${last === 1 ? '' : 's'}`,
      `cost ${count(this.cost)} in values of ζ: ${count(this.evaluations)} values, ${count(this.gradients)} gradients, ` +
        `${count(this.hessians)} Hessians; ${count(this.calls)} calls`,
      ...this.notes,
    ].join('\n')
  }
}

export const ENDS: Readonly<Record<DescentEnd, string>> = {
  converged: 'converged',
  budget: 'budget spent',
  schedule: 'schedule ended',
  diverged: 'diverged',
  interrupt: 'stopped',
  signal: 'stopped',
}
