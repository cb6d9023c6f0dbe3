/**
 * The scripts of all cells run so far, and the way from a place in a script to the line that the user typed.
 */
import { SourceMap, type SourceMapPayload } from 'node:module'

/** A place in a cell or a file; line and column are one-based. */
export interface Place {
  /** What the user calls it: `cell 3`, `orbits.ts`. */
  readonly title: string
  readonly line: number
  readonly column: number
  /** The text that the line is one of, as far as it can be had. */
  readonly source: () => string | undefined
}

interface Script {
  readonly count: number
  readonly source: string
  readonly map: SourceMap
  /** Offset in the source of the statement that it has come to; absent before the first. */
  reached?: number
}

const scripts = new Map<number, Script>()

/** The name by which V8 calls the script of a run in stack traces. */
export function scriptName(run: number): string {
  return `psilab:cell/${run}`
}

export function addScript(run: number, script: { count: number; source: string; map: string }): void {
  const { count, source } = script
  const map = new SourceMap(JSON.parse(script.map) as SourceMapPayload)
  scripts.set(run, { count, source, map })
}

/** Notes that a cell has come to the statement at an offset of its source. */
export function reach(run: number, offset: number): void {
  const script = scripts.get(run)
  if (script) script.reached = offset
}

/** Offset of the statement that a cell has come to. */
export function reached(run: number): number {
  return scripts.get(run)?.reached ?? 0
}

/** Where the statement begins that a cell has come to. */
export function reachedPlace(run: number): Place | undefined {
  const script = scripts.get(run)
  if (!script || !(script.reached! <= script.source.length)) return undefined
  const before = script.source.slice(0, script.reached).split('\n')
  return placeOf(script, before.length, before.at(-1)!.length + 1)
}

/** Where a one-based place of a script comes from. */
export function cellPlace(run: number, line: number, column: number): Place | undefined {
  const script = scripts.get(run)
  const entry = script?.map.findEntry(line - 1, column - 1)
  if (!script || !entry || !('originalLine' in entry)) return undefined
  return placeOf(script, entry.originalLine + 1, entry.originalColumn + 1)
}

function placeOf({ count, source }: Script, line: number, column: number): Place {
  return { title: `cell ${count}`, line, column, source: () => source }
}
