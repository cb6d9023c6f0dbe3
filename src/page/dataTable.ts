/**
 * The numbers of a figure as tables for readers: what the frame shows, thinned to a length that can be read.
 */
import { type Dataset, datasetsOf, type Figure } from '../figure/index.js'
import { element } from './dom.js'
import { fillTable, tableElement } from './table.js'

/** Most rows of one table, and most tables. */
const ROWS = 200
const TABLES = 12

/** Significant digits. */
const DIGITS = 5

/** The frame that is shown: the place on the axis that it lies on. */
export interface ShownFrame {
  readonly symbol: string
  readonly count: number
  readonly frame: number
  readonly label: string
}

interface DataTable {
  readonly heading: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Number of rows before they were thinned. */
  readonly of: number
}

/** The tables of a figure at the frame that is shown. */
function dataTables(figure: Figure, shown?: ShownFrame): DataTable[] {
  return datasetsOf(figure)
    .slice(0, TABLES)
    .map((set) => tableOf(set, shown))
}

function tableOf({ labels, axes, variables }: Dataset, shown: ShownFrame | undefined): DataTable {
  const fixed = shown
    ? axes.findIndex(({ name, values }) => name === shown.symbol && values.length === shown.count)
    : -1
  const running = [...axes.keys()].filter((a) => a !== fixed)
  const of = running.reduce((product, a) => product * axes[a]!.values.length, 1)
  // What is the same in all rows of the frame stands in the heading.
  const constant = variables.filter(({ over }) => fixed >= 0 && over.length === 1 && over[0] === fixed)
  const varying = variables.filter((variable) => !constant.includes(variable))
  const place = axes.map(() => 0)
  if (fixed >= 0) place[fixed] = Math.round(shown!.frame)
  const at = ({ over, values }: (typeof variables)[number]): string =>
    written(values[over.reduce((index, a) => index * axes[a]!.values.length + place[a]!, 0)]!)
  const count = Math.min(of, ROWS)
  const rows = Array.from({ length: count }, (_, k) => {
    let rest = count < 2 ? 0 : Math.round((k * (of - 1)) / (count - 1))
    for (const a of [...running].reverse()) {
      const { length } = axes[a]!.values
      place[a] = rest % length
      rest = Math.floor(rest / length)
    }
    return [...running.map((a) => written(axes[a]!.values[place[a]!]!)), ...varying.map(at)]
  })
  const heading = [
    ...Object.values(labels),
    ...(fixed >= 0 ? [shown!.label] : []),
    ...constant.map((variable) => `${variable.name} = ${at(variable)}`),
  ]
    .filter((part) => part !== '')
    .join(', ')
  return {
    heading,
    columns: [...running.map((a) => axes[a]!.name), ...varying.map(({ name }) => name)],
    rows,
    of,
  }
}

function written(value: number | string): string {
  return typeof value === 'string' ? value : String(Number(value.toPrecision(DIGITS))).replace(/-/g, '−')
}

/** Milliseconds in which numbers that change can be read. */
const READ = 500

/** The tables in the page; filled anew they keep their places. */
export class DataTables {
  readonly node: HTMLElement = element('div', 'psilab-data')
  #filled = Number.NEGATIVE_INFINITY
  #isDue = false

  constructor() {
    this.node.setAttribute('role', 'group')
    this.node.setAttribute('aria-label', 'Data')
  }

  /** Filled anew with what is shown by then, while the figure plays no faster than it can be read. */
  follow(present: () => [Figure, ShownFrame | undefined]): void {
    if (this.#isDue) return
    this.#isDue = true
    setTimeout(
      () => {
        this.#isDue = false
        this.#filled = performance.now()
        this.fill(...present())
      },
      Math.max(0, this.#filled + READ - performance.now()),
    )
  }

  fill(figure: Figure, shown: ShownFrame | undefined): void {
    const tables = dataTables(figure, shown)
    while (this.node.childElementCount > tables.length) this.node.lastElementChild!.remove()
    for (const [k, { heading, columns, rows, of }] of tables.entries()) {
      const place =
        (this.node.children[k] as HTMLElement | undefined) ??
        this.node.appendChild(tableElement(`Data ${tables.length > 1 ? k + 1 : ''}`.trim()))
      const more = of > rows.length ? `${rows.length} of ${of} rows` : ''
      fillTable(place, {
        heading: [heading, more].filter((part) => part !== '').join(' · '),
        columns: columns.map((label) => ({ label, align: 'right' })),
        rows,
      })
    }
  }
}
