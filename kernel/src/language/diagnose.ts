/**
 * Findings of the checker as the error that the notebook shows.
 */
import type TS from 'typescript'
import type { ErrorReport } from '../channel/protocol.js'
import { bold, dim, red } from '../text/ansi.js'
import { codeFrame } from '../text/codeFrame.js'
import { ts } from './typescript.js'

/** Findings shown in full. */
const SHOWN = 4

interface Cell {
  readonly code: string
  readonly count: number
}

/** The report on a cell that cannot be right; `undefined` when all is well. */
export function diagnose(
  diagnostics: readonly TS.Diagnostic[],
  cell: Cell,
  file: TS.SourceFile,
): ErrorReport | undefined {
  const errors = diagnostics.filter(
    ({ category, start = 0 }) => category === ts.DiagnosticCategory.Error && start <= cell.code.length,
  )
  const [first] = errors
  if (!first) return undefined
  const ename = nameOf(first)
  const evalue = messageOf(first)
  const traceback = errors.slice(0, SHOWN).flatMap((error) => [...describe(error, cell, file), ''])
  if (errors.length > SHOWN) traceback.push(dim(`and ${errors.length - SHOWN} more`))
  return { ename, evalue, traceback: traceback.at(-1) === '' ? traceback.slice(0, -1) : traceback }
}

function describe(error: TS.Diagnostic, { code, count }: Cell, file: TS.SourceFile): string[] {
  const start = Math.min(error.start ?? 0, code.length)
  const { line, character } = file.getLineAndCharacterOfPosition(start)
  return [
    `${red(bold(nameOf(error)))}: ${messageOf(error)}`,
    '',
    bold(`cell ${count}, line ${line + 1}`),
    ...codeFrame(code, line + 1, character + 1, error.length).split('\n'),
  ]
}

/** Type errors are called by TypeScript's number, under which they can be looked up. */
function nameOf({ code }: TS.Diagnostic): string {
  return code < 2000 ? 'SyntaxError' : `TS${code}`
}

/** The message, without the names of the modules that cells are to the checker. */
function messageOf({ messageText }: TS.Diagnostic): string {
  return ts
    .flattenDiagnosticMessageText(messageText, '\n')
    .replace(/import\("[^"]*\/__cell_(\d+)?__"\)\./g, '')
}
