/**
 * The numbers of a result as a table and as an archive of arrays: its own columns, or what its figure holds.
 */
import { column, writeCsv, writeNpz } from '../interchange/index.js'
import { figureTable } from './export/csv.js'
import { figureNpz } from './export/npz.js'
import type { Figure } from './payload.js'

/** Equally long columns by heading. */
export type Tabulated = Readonly<Record<string, ArrayLike<number>>>

export function csvOf(columns: Tabulated | undefined, figure: () => Figure): string {
  return columns ? writeCsv(columns) : `${figureTable(figure()).join('\n')}\n`
}

export function npzOf(columns: Tabulated | undefined, figure: () => Figure): Uint8Array {
  if (!columns) return figureNpz(figure())
  const arrays = Object.entries(columns).map(([name, v]) => [name, column(Float64Array.from(v))] as const)
  return writeNpz(Object.fromEntries(arrays))
}
