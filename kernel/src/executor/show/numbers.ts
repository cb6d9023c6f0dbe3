/**
 * Arrays of numbers in a few lines: what they hold rather than all that they hold.
 */
import { inspect } from 'node:util'

/** Arrays of numbers that have a shape of their own in memory. */
export type NumberArray = Exclude<NodeJS.TypedArray, BigInt64Array | BigUint64Array>

/** Elements up to which an array is shown whole. */
const WHOLE = 32
/** Elements shown at each end of a longer one. */
const EDGE = 4
/** Rows and columns of a matrix that are shown whole, and how many of each side of a larger one. */
const MATRIX = { whole: 12, edge: 5 } as const
/** Digits of numbers in summaries and tables. */
const DIGITS = 7

/** A number in as many digits as a reader compares. */
export function shortNumber(value: number): string {
  if (Object.is(value, -0)) return '-0'
  return String(Number(value.toPrecision(DIGITS)))
}

export function isNumberArray(value: unknown): value is NumberArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !isBigArray(value)
}

function isBigArray(value: unknown): boolean {
  return value instanceof BigInt64Array || value instanceof BigUint64Array
}

/** A long typed array as its ends and what is known of all of it; `undefined` for those that are shown whole. */
export function summary(values: NumberArray): string | undefined {
  if (values.length <= WHOLE) return undefined
  const at = (i: number): string => shortNumber(values[i]!)
  const first = Array.from({ length: EDGE }, (_, i) => at(i))
  const last = Array.from({ length: EDGE }, (_, i) => at(values.length - EDGE + i))
  const name = values.constructor?.name ?? 'TypedArray'
  return `${name}(${values.length}) [ ${[...first, '…', ...last].join(', ')} ]\n${statistics(values)}`
}

/** Extremes, mean and norm of the finite elements, and how many are not finite. */
function statistics(values: NumberArray): string {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  let sum = 0
  let squares = 0
  let finite = 0
  let nan = 0
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!
    if (!Number.isFinite(x)) {
      if (Number.isNaN(x)) nan++
      continue
    }
    finite++
    if (x < least) least = x
    if (x > most) most = x
    sum += x
    squares += x * x
  }
  const parts: string[] = []
  if (finite > 0) {
    parts.push(`min ${shortNumber(least)}`, `max ${shortNumber(most)}`)
    parts.push(`mean ${shortNumber(sum / finite)}`, `norm ${shortNumber(Math.sqrt(squares))}`)
  }
  if (nan > 0) parts.push(`${nan} NaN`)
  const infinite = values.length - finite - nan
  if (infinite > 0) parts.push(`${infinite} infinite`)
  return parts.join(', ')
}

/** What a matrix is to a reader: its rows, each as long as the others. */
export type Rows = readonly ArrayLike<unknown>[]

/** The rows of an array of at least two arrays of numbers of one length; `undefined` for any other value. */
export function matrixRows(
  value: unknown,
  isScalar: (entry: unknown) => boolean = isNumber,
): Rows | undefined {
  if (!Array.isArray(value) || value.length < 2) return undefined
  const width = (value[0] as ArrayLike<unknown> | null | undefined)?.length
  if (width === undefined || width === 0) return undefined
  for (const row of value) {
    if (!(Array.isArray(row) || isNumberArray(row)) || row.length !== width) return undefined
  }
  const rows = value as Rows
  const columns = shown(width)
  const fits = (i: number | undefined): boolean =>
    i === undefined || columns.every((j) => j === undefined || isScalar(rows[i]![j]))
  return shown(rows.length).every(fits) ? rows : undefined
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number'
}

/** A matrix with aligned columns; a large one by its corners. */
export function matrixText(rows: Rows, entryText: (entry: unknown) => string = entryOf): string {
  const width = rows[0]!.length
  const columns = shown(width)
  const cells = shown(rows.length).map((i) =>
    columns.map((j) => (i === undefined ? '⋮' : j === undefined ? '…' : entryText(rows[i]![j]))),
  )
  const widths = columns.map((_, j) => Math.max(...cells.map((row) => row[j]!.length)))
  const separator = (j: number): string => (j === 0 ? '' : ', ')
  const lines = cells.map((row) => {
    const text = row.map((cell, j) => separator(j) + cell.padStart(widths[j]!)).join('')
    return row[0] === '⋮' ? `  ${text.replaceAll(',', ' ')}` : `[ ${text} ]`
  })
  const large = rows.length > MATRIX.whole || width > MATRIX.whole
  const body = `[ ${lines.map((line) => (line.startsWith(' ') ? line : `${line},`)).join('\n  ')}`.replace(
    /,$/,
    ' ]',
  )
  return large ? `${rows.length} × ${width} matrix\n${body}` : body
}

/** Indices that are shown of so many; `undefined` stands for those left out. */
function shown(length: number): readonly (number | undefined)[] {
  if (length <= MATRIX.whole) return Array.from({ length }, (_, i) => i)
  const { edge } = MATRIX
  const first = Array.from({ length: edge }, (_, i) => i)
  return [...first, undefined, ...first.map((i) => length - edge + i)]
}

function entryOf(entry: unknown): string {
  return typeof entry === 'number' ? shortNumber(entry) : inspect(entry, { depth: 0, breakLength: Infinity })
}
