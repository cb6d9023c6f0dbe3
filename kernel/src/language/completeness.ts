import type { Completeness } from './protocol.js'
import { readCell, syntaxErrors } from './readCell.js'

const INDENT = '  '

/** Errors that more lines may mend wherever they are found: an open comment or template. */
const OPEN: ReadonlySet<number> = new Set([1010, 1160])
/** An error that no further line can mend, even at the end: an open string. */
const CLOSED = 1002

export function completeness(code: string): Completeness {
  const [first] = syntaxErrors(readCell(code).file)
  if (!first) return { status: 'complete' }
  const atEnd = (first.start ?? 0) >= code.trimEnd().length
  if (first.code === CLOSED || (!atEnd && !OPEN.has(first.code))) return { status: 'invalid' }
  return { status: 'incomplete', indent: indentAfter(code) }
}

/** The indent of the next line: one step more after an opening bracket. */
function indentAfter(code: string): string {
  const line = code.trimEnd().split('\n').at(-1) ?? ''
  const present = /^\s*/.exec(line)![0]
  return /[{([]$/.test(line) ? present + INDENT : present
}
