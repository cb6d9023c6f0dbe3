/**
 * Findings of the checker as the error that the notebook shows.
 */
import type TS from 'typescript'
import type { ErrorReport } from '../channel/protocol.js'
import { bold, dim } from '../text/ansi.js'
import { codeFrame } from '../text/codeFrame.js'
import { shorten } from '../text/shorten.js'
import { withoutSettings } from './hints.js'
import { ROLLED_UP } from './rollup.js'
import { ts } from './typescript.js'

/** Findings shown in full. */
const SHOWN = 3
/** Characters of a message shown at most. */
const LONG = 1000

export interface Source {
  /** The cell as typed. */
  readonly code: string
  readonly count: number
  /** Where a place of the checked text stands in the cell. */
  readonly toTyped: (position: number) => number
}

/** The report on a cell that cannot be right; `undefined` when all is well. */
export function diagnose(
  diagnostics: readonly TS.Diagnostic[],
  source: Source,
  hintsFor: (finding: TS.Diagnostic) => readonly string[],
): ErrorReport | undefined {
  const findings = diagnostics.filter(
    ({ category, start = 0 }) =>
      category === ts.DiagnosticCategory.Error && source.toTyped(start) <= source.code.length,
  )
  const told = [
    ...new Map(findings.map((finding) => [`${finding.code} ${messageOf(finding)}`, finding])).values(),
  ]
  const [first] = findings
  if (!first) return undefined
  const traceback = told
    .slice(0, SHOWN)
    .flatMap((finding) => [...describe(finding, source, hintsFor(finding)), ''])
  const more = findings.length - Math.min(told.length, SHOWN)
  if (more > 0) traceback.push(dim(`and ${more} more`))
  return {
    ename: nameOf(first),
    evalue: messageOf(first),
    traceback: traceback.at(-1) === '' ? traceback.slice(0, -1) : traceback,
  }
}

function describe(finding: TS.Diagnostic, source: Source, hints: readonly string[]): string[] {
  const { code, count, toTyped } = source
  const start = Math.min(toTyped(finding.start ?? 0), code.length)
  const before = code.slice(0, start).split('\n')
  return [
    `${bold(nameOf(finding))}: ${messageOf(finding)}`,
    '',
    bold(`cell ${count}, line ${before.length}`),
    ...codeFrame(code, before.length, before.at(-1)!.length + 1, finding.length).split('\n'),
    ...hints.flatMap((hint) => ['', hint]),
  ]
}

/** Type errors are called by TypeScript's number, under which they can be looked up. */
function nameOf({ code }: TS.Diagnostic): string {
  return code < 2000 ? 'SyntaxError' : `TS${code}`
}

/** What is wrong and, of a chain of reasons, where and the innermost. */
function messageOf({ messageText }: TS.Diagnostic): string {
  const lines = typeof messageText === 'string' ? [messageText] : chainOf(messageText)
  const text = lines.map((line, i) => `${i === 0 ? '' : '  '}${withoutSettings(line)}`).join('\n')
  // Cells are modules to the checker only.
  return shorten(
    text.replace(/(typeof )?import\("[^"]*\/__cell_(\d+)?_?_"\)\.?/g, '').replace(ROLLED_UP, ''),
    LONG,
  )
}

function chainOf(top: TS.DiagnosticMessageChain): string[] {
  const branches = top.next ?? []
  // No overload fits: what the last one, which is the most general, misses.
  const lines: string[] = []
  for (let link = branches.at(-1); link; link = link.next?.at(-1)) lines.push(link.messageText)
  const place = lines.findLast((line) => /^(The types? |Types of property)/.test(line))
  const innermost = lines.at(-1)
  const reasons = [place, innermost].filter((line) => line !== undefined)
  return [top.messageText, ...new Set(reasons)]
}
