/**
 * The numbers of a figure as CSV. Lines that begin with # say where they come from; data sets that differ in their
 * columns leave those empty that they do not have.
 */
import { PsilabError } from '../../error.js'
import { csvCell, csvLine } from '../../interchange/index.js'
import type { Figure } from '../payload.js'
import { aboutLines, aboutOf } from './about.js'
import { type Dataset, headingsOf, recordsOf, rowsOf } from './dataset.js'
import { datasetsOf } from './datasets.js'

/** Most rows of a table that a spreadsheet or an editor still opens. */
const MAX_ROWS = 2_000_000

const HELD = 'values: as the figure holds them, rounded and thinned to what is drawn'

/** What may separate cells, before what a spreadsheet takes for a formula. */
const FORMULA = /([,;]["'\s]*)(?=[=+@]|-(?![\d.]))/g

/** Its rows below where they come from. @throws PsilabError `too-large` for more than two million rows */
export function figureCsv(figure: Figure): string {
  return csvWithAbout(figure, figureTable(figure), HELD)
}

/** Headings and rows. @throws PsilabError `too-large` for more than two million rows */
export function figureTable(figure: Figure): string[] {
  const sets = datasetsOf(figure)
  const rows = sets.reduce((sum, set) => sum + rowsOf(set), 0)
  if (rows > MAX_ROWS) {
    throw new PsilabError({
      code: 'too-large',
      parameter: 'csv',
      problem: `a table of ${rows} rows`,
      allowed: `at most ${MAX_ROWS}`,
      advice: 'An .npz file holds the same numbers as arrays.',
    })
  }
  const headings = [...new Set(sets.flatMap(headingsOf))]
  return [csvLine(headings), ...sets.flatMap((set) => linesOf(set, headings))]
}

/** A result's own table, with where it comes from above it. */
export function csvWithAbout(
  figure: Figure,
  lines: readonly string[],
  ...remarks: readonly string[]
): string {
  const comments = [...aboutLines(aboutOf(figure)), ...remarks].map(
    (line) => `# ${line.replace(FORMULA, "$1'")}`,
  )
  return `${[...comments, ...lines].join('\n')}\n`
}

function linesOf(set: Dataset, headings: readonly string[]): string[] {
  const own = headingsOf(set)
  const places = headings.map((heading) => own.indexOf(heading))
  const lines: string[] = []
  for (const record of recordsOf(set)) {
    lines.push(places.map((k) => (k < 0 ? '' : csvCell(record[k]!))).join(','))
  }
  return lines
}
