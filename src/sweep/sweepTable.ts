/** Results over a grid of parameters, as plain rows: a table, and a curve for each column of numbers. */
import { PsilabError, requireKeys } from '../error.js'
import {
  Drawable,
  type Panel,
  type PanelSeries,
  type PanelsFigure,
  panelsFigure,
  type Tabulated,
  tableText,
} from '../figure/index.js'

/** One row: numbers, texts or truth values by column. */
export type SweepRow = Readonly<Record<string, number | string | boolean>>

export interface SweepOptions {
  /** Column along the horizontal axes; default the first of numbers. */
  readonly x?: string
  /** The column or columns that get a curve; default all others of numbers, at most eight. */
  readonly y?: string | readonly string[]
  /** Column whose values tell curves apart; default the first of texts. */
  readonly by?: string
  /** Default "Sweep". */
  readonly title?: string
}

/** Most rows, columns, and curves that are drawn. */
const [ROWS, COLUMNS, CURVES] = [400, 24, 8]
/** A range of positive values wider than this ratio gets a logarithmic axis. */
const WIDE = 100
/** Most stops of the cursor. */
const STOPS = 200

export class SweepTable extends Drawable {
  readonly rows: readonly SweepRow[]
  readonly columns: readonly string[]
  readonly x: string
  readonly y: readonly string[]
  readonly by: string | undefined
  private readonly title: string

  constructor(
    rows: readonly SweepRow[],
    options: {
      readonly x: string
      readonly y: readonly string[]
      readonly title: string
      readonly by?: string
    },
  ) {
    super()
    this.rows = rows
    this.columns = Object.keys(rows[0])
    this.x = options.x
    this.y = options.y
    this.by = options.by
    this.title = options.title
  }

  /** The numbers of a column; NaN where there are none. */
  numbers(name: string): Float64Array {
    return Float64Array.from(this.rows, (row) => (typeof row[name] === 'number' ? row[name] : Number.NaN))
  }

  /** The columns; texts become the number of their first appearance. */
  protected override tabulated(): Tabulated {
    return Object.fromEntries(
      this.columns.map((name) => {
        const seen = new Map<unknown, number>()
        const code = (value: unknown): number => {
          if (typeof value === 'number') return value
          if (!seen.has(value)) seen.set(value, seen.size)
          return seen.get(value)!
        }
        return [name, Float64Array.from(this.rows, (row) => code(row[name]))]
      }),
    )
  }

  override figure(): PanelsFigure {
    const { rows, x, y, by } = this
    const groups = by === undefined ? [''] : [...new Set(rows.map((row) => String(row[by])))]
    const along = this.numbers(x)
    const stops = [...new Set(along)].sort((a, b) => a - b)
    const single = groups.length === 1
    const moves = stops.length > 1 && stops.length <= STOPS
    const panels: Panel[] = y.map((name) => {
      const values = this.numbers(name)
      return {
        type: 'lines',
        heading: '',
        x: { label: x, scale: scaleOf(along) },
        y: { label: name, scale: scaleOf(values) },
        series: groups.flatMap((group): PanelSeries[] => {
          const places = [...rows.keys()]
            .filter((k) => by === undefined || String(rows[k][by]) === group)
            .sort((a, b) => along[a] - along[b])
          const of = {
            label: single ? name : group,
            x: places.map((k) => along[k]),
            y: places.map((k) => values[k]),
          }
          return [of, { ...of, mark: 'points' }]
        }),
        ...(moves && { cursor: 'x' }),
      }
    })
    const cells = rows.map((row) => this.columns.map((name) => said(row[name])))
    const follows = rows.length === stops.length && rows.every((_, k) => along[k] === stops[k])
    return panelsFigure({
      title: this.title,
      alt: `${this.title}: ${y.join(', ')} against ${x}, ${rows.length} rows${single ? '' : `, for ${by} ${groups.join(', ')}`}.`,
      panels: [
        ...panels,
        {
          type: 'table',
          heading: '',
          columns: this.columns.map((name) => ({
            label: name,
            align: typeof rows[0][name] === 'number' ? 'right' : 'left',
          })),
          rows: cells,
          ...(follows && moves && { cursor: true }),
        },
      ],
      ...(moves && { cursor: { symbol: x, values: stops } }),
    })
  }

  override toString(): string {
    const columns = this.columns.map((label) => ({
      label,
      align: typeof this.rows[0][label] === 'number' ? ('right' as const) : ('left' as const),
    }))
    return tableText(
      columns,
      this.rows.map((row) => this.columns.map((name) => said(row[name]))),
    )
  }
}

function said(value: number | string | boolean): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(7))) : String(value)
}

function scaleOf(values: Float64Array): 'linear' | 'log' {
  const known = values.filter(Number.isFinite)
  const [low, high] = [
    known.reduce((a, b) => Math.min(a, b), 1 / 0),
    known.reduce((a, b) => Math.max(a, b), -1 / 0),
  ]
  return low > 0 && high / low > WIDE ? 'log' : 'linear'
}

/**
 * Results over a grid of parameters: a table of the rows and a curve for each column of numbers, under one cursor.
 * @param rows at most 400 objects with the same keys, at most 24
 * @throws PsilabError `parameter`, `too-large`
 * @example
 * sweepTable([0.05, 0.1, 0.2].map((D) => ({ D, gap: qde({ objective: '(x^2 - 1)^2', D }).eigenstates(2).gap })))
 */
export function sweepTable(rows: readonly SweepRow[], options: SweepOptions = {}): SweepTable {
  requireKeys('sweepTable', options, ['x', 'y', 'by', 'title'])
  const refuse = (parameter: string, problem: string, allowed: string, got?: unknown): never => {
    throw new PsilabError({
      code: 'parameter',
      parameter,
      problem,
      allowed,
      ...(got !== undefined && { got }),
    })
  }
  if (!Array.isArray(rows) || rows.length === 0) refuse('rows', 'there are none', 'a list of objects')
  const columns = Object.keys(rows[0])
  for (const [parameter, most, got] of [
    ['rows', ROWS, rows.length],
    ['columns', COLUMNS, columns.length],
  ] as const)
    if (got > most)
      throw new PsilabError({
        code: 'too-large',
        parameter,
        problem: `${got} are more than a table shows`,
        allowed: `at most ${most}`,
        got,
      })
  for (const [k, row] of rows.entries()) {
    if (Object.keys(row).join() !== columns.join())
      refuse(`rows[${k}]`, 'other columns than the first row', columns.join(', '), Object.keys(row))
    for (const name of columns)
      if (
        typeof row[name] !== typeof rows[0][name] ||
        !['number', 'string', 'boolean'].includes(typeof row[name])
      )
        refuse(
          `rows[${k}].${name}`,
          'of another type than in the first row',
          'numbers, texts or truth values',
          row[name],
        )
  }
  const ofType = (type: string): string[] => columns.filter((name) => typeof rows[0][name] === type)
  const known = (parameter: string, name: string, allowed: readonly string[]): string =>
    allowed.includes(name) ? name : refuse(parameter, 'no such column', allowed.join(', '), name)
  const numbers = ofType('number')
  const x = known('x', options.x ?? numbers[0] ?? '', numbers)
  const asked = typeof options.y === 'string' ? [options.y] : options.y
  if (asked !== undefined && !Array.isArray(asked))
    refuse('y', 'neither a name nor a list of names', numbers.join(', '), options.y)
  const y = (asked ?? numbers.filter((name) => name !== x).slice(0, CURVES)).map((name) =>
    known('y', name, numbers),
  )
  if (y.length === 0 || y.length > CURVES)
    refuse('y', 'columns of numbers are missing or too many', `1 to ${CURVES}`)
  const by = options.by === undefined ? ofType('string')[0] : known('by', options.by, columns)
  return new SweepTable(rows, { x, y, title: options.title ?? 'Sweep', ...(by !== undefined && { by }) })
}
