/**
 * Records as an HTML table, which JupyterLab and nbconvert style by themselves.
 */
import { types } from 'node:util'
import { isNumberArray, shortNumber } from './numbers.js'
import { isPackageNumber } from './packages.js'
import { lineOf } from './text.js'

/** Rows by name, each with a value or nothing in every column. */
export interface Table {
  readonly columns: readonly string[]
  /** Rows in all, and each by its place. */
  readonly length: number
  readonly row: (index: number) => { readonly head?: unknown; readonly cells: readonly unknown[] }
  readonly hasHeads: boolean
}

/** Limits of what is shown. */
export interface TableLimits {
  /** Rows shown at most. Default 20, or 30 if there are no more. */
  readonly rows?: number
  /** Columns shown at most. Default 20. */
  readonly columns?: number
}

/** Rows shown of a longer table, and up to how many a table is shown whole. */
const ROWS = { shown: 20, whole: 30 } as const
const COLUMNS = 20
/** Rows that are read to learn the columns. */
const PROBED = 100
/** Properties of one record that are read. */
const MAX_KEYS = 1000
/** Characters of one entry at most. */
const MAX_ENTRY = 80
/** Share of the entries that must be there, and be scalars, for a table to show itself unasked. */
const FILLED = 0.5
/** Rows from which on equally long arrays are a table unasked: two numbers side by side are an interval or a point. */
const MIN_COLUMN = 3

/** The table that a value plainly is: records, a map of records, or columns of one length. */
export function tableOf(value: unknown): Table | undefined {
  const table = asTable(value, isPlain, MIN_COLUMN)
  return table && isWellFilled(table) ? table : undefined
}

/** The table that a value is read as on request: instances of classes and lists are rows, too. */
export function readTable(value: unknown): Table | undefined {
  return asTable(value, (row) => typeof row === 'object' && row !== null, 1)
}

type IsRecord = (value: unknown) => value is object

function asTable(
  value: unknown,
  isRecord: (value: unknown) => boolean,
  minColumn: number,
): Table | undefined {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return undefined
  if (Array.isArray(value)) return ofRecords(value, undefined, isRecord as IsRecord)
  if (value instanceof Map) return ofRecords([...value.values()], [...value.keys()], isRecord as IsRecord)
  return isPlain(value) ? ofColumns(value, minColumn) : undefined
}

function ofRecords(
  records: readonly unknown[],
  heads: readonly unknown[] | undefined,
  isRecord: IsRecord,
): Table | undefined {
  const probed = records.slice(0, PROBED)
  if (probed.length === 0 || !probed.every(isRecord)) return undefined
  const columns = [...new Set(probed.flatMap((record) => Object.keys(record).slice(0, MAX_KEYS)))]
  if (columns.length === 0) return undefined
  const row: Table['row'] = (index) => {
    const record = records[index]
    const cells = columns.map((name) => (isRecord(record) ? dataOf(record, name) : undefined))
    return heads ? { head: heads[index], cells } : { cells }
  }
  return { columns, length: records.length, row, hasHeads: heads !== undefined }
}

function ofColumns(value: object, minLength: number): Table | undefined {
  const columns = Object.keys(value)
  const arrays = columns.map((name) => dataOf(value, name))
  const [first] = arrays
  if (columns.length < Math.min(2, minLength) || !isColumn(first) || first.length < minLength)
    return undefined
  const { length } = first
  if (!arrays.every((array) => isColumn(array) && array.length === length)) return undefined
  const data = arrays as ArrayLike<unknown>[]
  return {
    columns,
    length,
    row: (index) => ({ cells: data.map((array) => array[index]) }),
    hasHeads: false,
  }
}

function isColumn(value: unknown): value is ArrayLike<unknown> {
  return (Array.isArray(value) && !types.isProxy(value)) || isNumberArray(value)
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false
  const prototype = Object.getPrototypeOf(value) as unknown
  return prototype === Object.prototype || prototype === null
}

/** The value of a data property; getters are not called. */
function dataOf(record: object, name: string): unknown {
  const property = Object.getOwnPropertyDescriptor(record, name)
  if (!property) return undefined
  return 'value' in property ? property.value : GETTER
}

const GETTER = Symbol('getter')

function isWellFilled(table: Table): boolean {
  const rows = Math.min(table.length, PROBED)
  let filled = 0
  for (let i = 0; i < rows; i++) filled += table.row(i).cells.filter(isScalar).length
  return filled >= FILLED * rows * table.columns.length
}

function isScalar(value: unknown): boolean {
  if (value === null) return true
  if (typeof value !== 'object') return value !== undefined && typeof value !== 'function'
  return value instanceof Date || isPackageNumber(value)
}

/** The table as HTML; what is left out is said below it. */
export function tableHtml(table: Table, limits: TableLimits = {}): string {
  const rows = Math.min(table.length, limits.rows ?? (table.length <= ROWS.whole ? ROWS.whole : ROWS.shown))
  const columns = Math.min(table.columns.length, limits.columns ?? COLUMNS)
  const entries = Array.from({ length: rows }, (_, i) => table.row(i))
  const isText = Array.from({ length: columns }, (_, j) => entries.some(({ cells }) => isTextual(cells[j])))
  const align = isText.map((text) => ` style="text-align: ${text ? 'left' : 'right'}"`)
  const corner = table.hasHeads ? '<th></th>' : ''
  const header = table.columns
    .slice(0, columns)
    .map((name, j) => `<th${align[j]}>${escapeHtml(lineOf(name, MAX_ENTRY))}</th>`)
  const body = entries.map(({ head, cells }) => {
    const row = cells.slice(0, columns).map((cell, j) => `<td${align[j]}>${entryHtml(cell)}</td>`)
    return `<tr>${table.hasHeads ? `<th>${entryHtml(head)}</th>` : ''}${row.join('')}</tr>`
  })
  const rest = [
    leftOut(table.length - rows, 'row'),
    leftOut(table.columns.length - columns, 'column'),
  ].filter((text) => text !== '')
  const notice = rest.length > 0 ? `<p>… ${rest.join(' and ')}</p>` : ''
  return `<table class="dataframe"><thead><tr>${corner}${header.join('')}</tr></thead><tbody>${body.join('')}</tbody></table>${notice}`
}

function leftOut(count: number, noun: string): string {
  if (count <= 0) return ''
  const digits = String(count).replace(/\B(?=(\d{3})+$)/g, ' ')
  return `${digits} more ${noun}${count === 1 ? '' : 's'}`
}

function isTextual(value: unknown): boolean {
  return (
    value !== undefined &&
    value !== null &&
    typeof value !== 'number' &&
    typeof value !== 'bigint' &&
    !isPackageNumber(value)
  )
}

function entryHtml(value: unknown): string {
  if (value === undefined) return ''
  if (value === GETTER) return '<i>getter</i>'
  if (typeof value === 'number') return shortNumber(value)
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString()
  return escapeHtml(lineOf(value, MAX_ENTRY))
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
