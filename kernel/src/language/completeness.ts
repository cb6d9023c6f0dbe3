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

/** What a line ends with that the next one belongs to: a bracket, an arrow, a label, an operator, a condition. */
const OPENS = /(?:[{([:?=+\-*/%&|^<>~]|=>|\belse|\bdo)$|^\s*(?:\} *else +)?(?:if|for|while|with)\b.*\)$/

/** What ends a block: the closing bracket comes next. */
const ENDS_BLOCK = /^\s+(?:return|throw|break|continue)\b/

/** The indent of the next line: one step more where a line opens something, one less after the end of a block. */
function indentAfter(code: string): string {
  const line = code.trimEnd().split('\n').at(-1) ?? ''
  const present = /^\s*/.exec(line)![0]
  if (/`[^`]*$/.test(line)) return present
  if (OPENS.test(line)) return present + INDENT
  return ENDS_BLOCK.test(line) ? present.slice(INDENT.length) : present
}
