/**
 * The scripts of all cells run so far, and the way from a place in a script to the line that the user typed.
 */
import { SourceMap, type SourceMapPayload } from 'node:module'

/** A place in a cell; both one-based. */
export interface CellPlace {
  readonly count: number
  readonly source: string
  readonly line: number
  readonly column: number
}

interface Script {
  readonly count: number
  readonly source: string
  readonly map: SourceMap
}

const scripts = new Map<number, Script>()

/** The name by which V8 calls the script of a run in stack traces. */
export function scriptName(run: number): string {
  return `psilab:cell/${run}`
}

export function addScript(run: number, script: { count: number; source: string; map: string }): void {
  const { count, source } = script
  scripts.set(run, { count, source, map: new SourceMap(JSON.parse(script.map) as SourceMapPayload) })
}

/** Where a one-based place of a script comes from. */
export function cellPlace(run: number, line: number, column: number): CellPlace | undefined {
  const script = scripts.get(run)
  if (!script) return undefined
  const entry = script.map.findEntry(line - 1, column - 1)
  if (!('originalLine' in entry)) return undefined
  const { count, source } = script
  return { count, source, line: entry.originalLine + 1, column: entry.originalColumn + 1 }
}
