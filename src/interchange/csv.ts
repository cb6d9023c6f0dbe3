/** Tables as CSV (RFC 4180 with line feeds): a header, then one row a record, numbers that read back as the same doubles. */
import { PsilabError } from '../error.js'

/** @param columns equally long columns by heading; a heading may carry its unit, for example `t [1/E]` */
export function writeCsv(columns: Readonly<Record<string, ArrayLike<number>>>): string {
  const headings = Object.keys(columns)
  const lengths = new Set(headings.map((h) => columns[h].length))
  if (lengths.size > 1)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'columns',
      problem: 'columns differ in length',
      allowed: 'equally long columns',
      got: headings.map((h) => columns[h].length),
    })
  const [rows = 0] = lengths
  const lines = [csvLine(headings)]
  for (let i = 0; i < rows; i++) lines.push(csvLine(headings.map((h) => columns[h][i])))
  return `${lines.join('\n')}\n`
}

/** A row of texts and numbers, without the end of its line. */
export function csvLine(cells: readonly (string | number)[]): string {
  return cells.map(csvCell).join(',')
}

export function csvCell(cell: string | number): string {
  return typeof cell === 'number' ? exact(cell) : quoted(cell)
}

/** The shortest decimal that reads back as the same double; never more than 17 digits. */
function exact(value: number): string {
  return Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
}

/**
 * Text that a spreadsheet takes for a formula begins with an apostrophe.
 *
 * @see OWASP, CSV Injection
 */
function quoted(given: string): string {
  const text = /^\s*[=+\-@]/.test(given) ? `'${given}` : given
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
