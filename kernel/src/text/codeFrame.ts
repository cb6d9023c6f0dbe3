/**
 * A few lines of a cell around a place, with the place marked.
 */
import { bold, dim, red } from './ansi.js'

/** Lines shown before and after the marked one. */
const AROUND = 2

/**
 * @param line One-based.
 * @param column One-based, in UTF-16 units.
 * @param length How much of the line is marked; default one character.
 */
export function codeFrame(source: string, line: number, column: number, length = 1): string {
  const lines = source.split('\n')
  const first = Math.max(1, line - AROUND)
  const last = Math.min(lines.length, line + AROUND)
  const width = String(last).length
  const frame: string[] = []
  for (let n = first; n <= last; n++) {
    const text = lines[n - 1] ?? ''
    const gutter = `${String(n).padStart(width)} │ `
    if (n !== line) {
      frame.push(dim(`  ${gutter}${text}`))
      continue
    }
    const marks = Math.max(1, Math.min(length, text.length - column + 1))
    frame.push(`${red('>')} ${dim(gutter)}${bold(text)}`)
    frame.push(
      `  ${dim(`${' '.repeat(width)} │ `)}${blank(text.slice(0, column - 1))}${red('^'.repeat(marks))}`,
    )
  }
  return frame.join('\n')
}

/** White space as wide as the text: tabs stay tabs. */
function blank(text: string): string {
  return text.replace(/[^\t]/g, ' ')
}
