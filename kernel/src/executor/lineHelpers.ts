/**
 * What line helpers do when their cell runs.
 */
import { publish } from './output.js'
import { durationText } from './progress/meter.js'
import { currentRun } from './runs.js'
import { tableHtml } from './show/table.js'
import { lineOf } from './show/text.js'

/** When the timed statements of running cells began, by run and key. */
const begun = new Map<string, number>()

export function beginTime(key: number): void {
  begun.set(`${currentRun()} ${key}`, performance.now())
}

export function endTime(key: number): void {
  const now = performance.now()
  const id = `${currentRun()} ${key}`
  const began = begun.get(id)
  begun.delete(id)
  if (began !== undefined) say(`wall time ${durationText((now - began) / 1000)}`)
}

/** Prints a text. */
export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

interface Entry {
  readonly name: string
  readonly type: string
  readonly cell: number
  readonly value: () => unknown
}

/** Characters of a value that are shown. */
const LONG = 60

/** Shows the variables of all cells as a table. */
export function who(...entries: readonly Entry[]): void {
  if (entries.length === 0) {
    say('No cell has declared a variable.')
    return
  }
  const rows = entries.map(({ name, type, cell, value }) => [name, type, valueText(value), String(cell)])
  const columns = ['name', 'type', 'value', 'cell']
  const widths = columns.map((column, j) => Math.max(column.length, ...rows.map((row) => row[j]!.length)))
  const text = [columns, ...rows].map((row) =>
    row
      .map((entry, j) => entry.padEnd(widths[j]!))
      .join('  ')
      .trimEnd(),
  )
  const table = { columns, length: rows.length, row: (i: number) => ({ cells: rows[i]! }), hasHeads: false }
  const data = { 'text/html': tableHtml(table, { rows: rows.length }), 'text/plain': text.join('\n') }
  publish('display_data', { data, metadata: {}, transient: {} })
}

function valueText(value: () => unknown): string {
  try {
    const now = value()
    if (typeof now === 'string') return lineOf(JSON.stringify(now), LONG)
    return lineOf(now, LONG)
  } catch {
    return 'not set'
  }
}
