/** The result of a comparison: one row a dynamics, the spread over its repetitions, and what they cost. */
import { Drawable, type Panel, type PanelsFigure, panelsFigure } from '../../figure/index.js'
import { column, writeCsv, writeNpz } from '../../interchange/index.js'
import type { Objective } from '../../objective/index.js'
import { isInside, type SearchBox } from './box.js'
import { type Descent, ENDS } from './descent.js'
import { costCursor, landscapePanel } from './landscapePanel.js'
import { quantile } from './quantiles.js'
import { count, nameOf, settingsText, short } from './words.js'

/** A dynamics that was run, or refused. */
export interface Entry {
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly runs: readonly Descent[]
  readonly refusal?: string
}

export interface ComparisonRow extends Entry {
  /** ζ − ζ_min of the answer: median and quartiles over the repetitions. */
  readonly excess: { readonly median: number; readonly lower: number; readonly upper: number }
  /** How many of the runs came within the tolerance of ζ_min, inside the box. */
  readonly reached: number
  /** The same excess at each cost of the comparison; NaN before the first answer. */
  readonly median: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
}

export interface ComparisonData {
  readonly objective: Objective
  readonly box: SearchBox | undefined
  readonly entries: readonly Entry[]
  readonly budget: number
  readonly repeats: number
  readonly seed: number
  readonly tolerance: number
  readonly complete: boolean
}

/** Costs at which runs are compared, in equal ratios. */
const CHECKPOINTS = 100
/** Error bars on a curve. */
const BARS = 10
/** Smallest excess that is drawn: what lies below is rounding, or as good as none. */
const FLOOR = 1e-12

export class Comparison extends Drawable {
  readonly rows: readonly ComparisonRow[]
  /** ζ_min: known of the objective, or the lowest that any run found. */
  readonly minimum: number
  readonly isMinimumKnown: boolean
  /** Costs at which the rows tell median and quartiles, in values of ζ. */
  readonly costs: Float64Array
  readonly budget: number
  readonly repeats: number
  readonly seed: number
  readonly tolerance: number
  /** Whether all runs were left to end by themselves. */
  readonly complete: boolean
  readonly notes: readonly string[]
  private readonly objective: Objective
  private readonly box: SearchBox | undefined

  constructor(data: ComparisonData) {
    super()
    const { objective, box, entries } = data
    this.objective = objective
    this.box = box
    this.budget = data.budget
    this.repeats = data.repeats
    this.seed = data.seed
    this.tolerance = data.tolerance
    this.complete = data.complete
    const known = objective.minima?.[0]?.value
    this.isMinimumKnown = known !== undefined
    this.minimum = known ?? lowestOf(entries, box)
    this.costs = checkpoints(data.budget)
    this.rows = entries.map((entry) => this.rowOf(entry))
    this.notes = [
      ...(known === undefined ? ['ζ_min is the lowest value that any of these runs found'] : []),
      ...(data.complete ? [] : ['stopped before the end: what is shown was reached until then']),
      ...this.rows.flatMap(({ name, refusal }) => (refusal === undefined ? [] : [`${name}: ${refusal}`])),
      ...this.rows.flatMap((row) => leftBox(row, box)),
      ...this.rows.flatMap(({ name, runs }) => (runs[0]?.notes ?? []).map((note) => `${name}: ${note}`)),
    ]
  }

  /** One row a run: dynamics by its number, repetition, ζ, excess, whether it converged, and the costs. */
  override toCsv(): string {
    const runs = this.rows.flatMap(({ runs }, k) => runs.map((run) => ({ run, k })))
    const of = (f: (run: Descent, k: number) => number): Float64Array =>
      Float64Array.from(runs, ({ run, k }) => f(run, k))
    return writeCsv({
      dynamics: of((_, k) => k + 1),
      repeat: of((run) => run.repeat),
      zeta: of((run) => run.value),
      excess: of((run) => run.value - this.minimum),
      converged: of((run) => Number(run.converged)),
      evaluations: of((run) => run.evaluations),
      gradients: of((run) => run.gradients),
      hessians: of((run) => run.hessians),
      cost: of((run) => run.cost),
      calls: of((run) => run.calls),
    })
  }

  /** A .npz archive: `cost`, and `median`, `lower`, `upper` of the excess (dynamics × costs). */
  override toNpz(): Uint8Array {
    const table = (f: (row: ComparisonRow) => Float64Array) => ({
      dtype: 'float64' as const,
      shape: [this.rows.length, this.costs.length],
      data: Float64Array.from(this.rows.flatMap((row) => Array.from(f(row)))),
    })
    return writeNpz({
      cost: column(this.costs),
      median: table((row) => row.median),
      lower: table((row) => row.lower),
      upper: table((row) => row.upper),
    })
  }

  override figure(): PanelsFigure {
    const shown = this.rows.filter(({ runs }) => runs.length > 0)
    const cursor = costCursor(this.costs)
    const landscape = landscapePanel(
      this.objective,
      this.box,
      shown.map(({ runs }) => runs[0]),
      cursor.values,
    )
    const groups = parts(shown, MOST_CURVES)
    const isSpread = shown.some(({ runs }) => runs.length > 1)
    const panels: Panel[] = [
      ...groups.map((rows) => this.curves(rows)),
      ...(isSpread ? groups.map((rows) => this.spread(rows)) : []),
      ...(landscape === undefined ? [] : [landscape]),
      {
        type: 'table',
        heading: 'Comparison',
        columns: COLUMNS,
        rows: this.rows.map((row) => this.cells(row)),
      },
    ]
    return panelsFigure({
      title: `Dynamics on ${nameOf(this.objective)}`,
      alt: this.lines().join('; '),
      seed: this.seed,
      notes: [...this.notes, ...(shown.some(isFloored) ? [FLOORED] : []), COUNTED],
      panels,
      cursor,
    })
  }

  override toString(): string {
    return [...this.lines(), ...this.notes].join('\n')
  }

  private lines(): string[] {
    const rows = this.rows.map((row) => {
      const [dynamics, excess, , reached, cost, calls, ended] = this.cells(row)
      return row.refusal === undefined
        ? `${dynamics}: ζ − ζ_min = ${excess}, reached ${reached}, cost ${cost}, ${calls} calls, ${ended}`
        : `${row.name}: refused`
    })
    const repeats = this.repeats === 1 ? '' : `, ${this.repeats} repetitions, medians`
    return [
      `${nameOf(this.objective)}: ζ_min = ${short(this.minimum, 8)}; budget ${this.budget} values${repeats}, seed ${this.seed}`,
      ...rows,
    ]
  }

  private rowOf(entry: Entry): ComparisonRow {
    const excess = entry.runs.map((run) => run.value - this.minimum)
    const at = Array.from(this.costs, (cost) => entry.runs.map((run) => answerAt(run, cost) - this.minimum))
    const known = (values: readonly number[], q: number): number =>
      values.length === 0 || values.some(Number.isNaN) ? Number.NaN : quantile(values, q)
    const curve = (q: number): Float64Array => Float64Array.from(at, (values) => known(values, q))
    const ended = (q: number): number => (excess.length === 0 ? Number.NaN : quantile(excess, q))
    return {
      ...entry,
      excess: { median: ended(0.5), lower: ended(0.25), upper: ended(0.75) },
      reached: entry.runs.filter(
        (run) =>
          run.value - this.minimum <= this.tolerance &&
          (this.box === undefined || isInside(this.box, run.point)),
      ).length,
      median: curve(0.5),
      lower: curve(0.25),
      upper: curve(0.75),
    }
  }

  /** Median curves, a panel for so many dynamics as can be told apart. */
  private curves(rows: readonly ComparisonRow[]): Panel {
    return {
      type: 'lines',
      cursor: 'x',
      heading: this.repeats === 1 ? 'Excess over the minimum' : 'Excess over the minimum, median',
      ...AXES,
      series: rows.map((row) => {
        const first = row.median.findIndex((v) => !Number.isNaN(v))
        const from = first < 0 ? row.median.length : first
        return {
          label: row.name,
          mark: 'steps',
          x: this.costs.subarray(from),
          y: row.median.subarray(from).map(drawn),
        }
      }),
    }
  }

  /** Quartiles as bars, at some of the costs. */
  private spread(rows: readonly ComparisonRow[]): Panel {
    return {
      type: 'lines',
      heading: 'Quartiles over the repetitions',
      ...AXES,
      series: rows.map(({ name, lower, upper }) => {
        const picked = Array.from({ length: BARS }, (_, k) =>
          Math.round(((k + 1) * (this.costs.length - 1)) / BARS),
        ).filter((k) => !Number.isNaN(lower[k]))
        const at = (side: Float64Array): Float64Array => Float64Array.from(picked, (k) => drawn(side[k]))
        const [low, high] = [at(lower), at(upper)]
        return {
          label: name,
          mark: 'points',
          x: Float64Array.from(picked, (k) => this.costs[k]),
          y: low.map((v, k) => (v + high[k]) / 2),
          error: low.map((v, k) => (high[k] - v) / 2),
        }
      }),
    }
  }

  private cells(row: ComparisonRow): string[] {
    const { name, settings, runs, excess, reached } = row
    const text = settingsText(settings)
    const dynamics = text === '' ? name : `${name} (${text})`
    if (runs.length === 0) return [dynamics, '–', '–', '–', '–', '–', 'refused']
    const median = (f: (run: Descent) => number): string => count(quantile(runs.map(f), 0.5))
    return [
      dynamics,
      short(excess.median),
      runs.length === 1 ? '–' : `${short(excess.lower, 3)} to ${short(excess.upper, 3)}`,
      `${reached} of ${runs.length}`,
      median((run) => run.cost),
      median((run) => run.calls),
      endsOf(runs),
    ]
  }
}

/** Most curves of a panel. */
const MOST_CURVES = 8

const AXES = {
  x: { label: 'cost in values of ζ', scale: 'log' },
  y: { label: 'ζ − ζ_min', scale: 'log' },
} as const

/** An excess as it is drawn on a logarithmic axis. */
const drawn = (excess: number): number => Math.max(excess, FLOOR)

/** Whether a curve of a row is drawn higher than it is. */
const isFloored = ({ median, lower }: ComparisonRow): boolean =>
  [median, lower].some((curve) => curve.some((excess) => excess < FLOOR))

const FLOORED = 'An excess below 10⁻¹² is drawn at 10⁻¹².'

/** Parts of nearly equal length, none longer than `most`. */
function parts<T>(list: readonly T[], most: number): T[][] {
  const n = Math.ceil(list.length / most)
  const at = (k: number): number => Math.round((k * list.length) / n)
  return Array.from({ length: n }, (_, k) => list.slice(at(k), at(k + 1)))
}

const COUNTED =
  'cost: a value of ζ counts 1, a gradient d, a Hessian d(d + 1)/2; calls: each counts 1. What is looked up for this record alone is not counted.'

const COLUMNS = [
  { label: 'dynamics' },
  { label: 'ζ − ζ_min', align: 'right' },
  { label: 'quartiles', align: 'right' },
  { label: 'reached', align: 'right' },
  { label: 'cost', align: 'right' },
  { label: 'calls', align: 'right' },
  { label: 'ended' },
] as const

function endsOf(runs: readonly Descent[]): string {
  const counts = new Map<string, number>()
  for (const { stopped } of runs) counts.set(ENDS[stopped], (counts.get(ENDS[stopped]) ?? 0) + 1)
  const [only] = counts.keys()
  return counts.size === 1 ? only : [...counts].map(([end, n]) => `${end} ${n}`).join(', ')
}

/** Whole costs in equal ratios from 1 to the budget. */
function checkpoints(budget: number): Float64Array {
  const costs = Array.from({ length: CHECKPOINTS + 1 }, (_, k) => Math.round(budget ** (k / CHECKPOINTS)))
  return Float64Array.from(new Set(costs))
}

/** ζ of what a run would have answered at a cost; NaN before its first answer. */
function answerAt({ costs, values }: Descent, cost: number): number {
  let [low, high] = [0, costs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (costs[middle] <= cost) low = middle + 1
    else high = middle
  }
  if (low === 0) return Number.NaN
  return Number.isNaN(values[low - 1]) ? Number.POSITIVE_INFINITY : values[low - 1]
}

function lowestOf(entries: readonly Entry[], box: SearchBox | undefined): number {
  const values = entries.flatMap(({ runs }) =>
    runs.flatMap(({ answers, values }) =>
      Array.from(values).filter(
        (v, k) => Number.isFinite(v) && (box === undefined || isInside(box, answers[k])),
      ),
    ),
  )
  return values.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
}

function leftBox({ name, runs }: Entry, box: SearchBox | undefined): string[] {
  const left = box === undefined ? 0 : runs.filter(({ point }) => !isInside(box, point)).length
  return left === 0 ? [] : [`${name}: ${left} of ${runs.length} answers lie outside the box`]
}
