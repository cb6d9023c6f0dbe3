/** Points as they are given: numbers on a line, rows of d numbers, or columns. */
import { PsilabError } from '../../error.js'
import type { Columns } from '../../objective/index.js'

/** n points in d dimensions: n numbers, n rows of d numbers, or d `Float64Array`s of length n. */
export type PointData = ArrayLike<number> | readonly (readonly number[])[] | Columns

/** One column a coordinate. @throws PsilabError `parameter` for ragged rows, no rows, or what is not a finite number */
export function columnsOfData(parameter: string, data: PointData, dimension?: number): Float64Array[] {
  const fail = (problem: string, got: unknown): never => {
    throw new PsilabError({
      code: 'parameter',
      parameter,
      problem,
      allowed: `finite numbers, or rows of ${dimension ?? 'equally many'} of them`,
      got,
    })
  }
  if (typeof data !== 'object' || data === null || !(data.length > 0)) return fail('no points', data)
  const first: unknown = data[0]
  let columns: Float64Array[]
  if (typeof first === 'number') columns = [Float64Array.from(data as ArrayLike<number>)]
  else if (first instanceof Float64Array) columns = [...(data as Columns)]
  else if (Array.isArray(first)) {
    const rows = data as readonly (readonly number[])[]
    const ragged = rows.findIndex((row) => row?.length !== first.length)
    if (ragged >= 0 || first.length === 0)
      return fail(`row ${Math.max(0, ragged)} has another length`, rows[ragged])
    columns = first.map((_, d) => Float64Array.from(rows, (row) => row[d]))
  } else return fail('not points', first)
  const count = columns[0].length
  for (const column of columns) {
    if (column.length !== count || count === 0) return fail('columns differ in length', column.length)
    const bad = column.findIndex((x) => !Number.isFinite(x))
    if (bad >= 0) return fail(`point ${bad} is not finite`, column[bad])
  }
  if (dimension !== undefined && columns.length !== dimension)
    return fail(`points in ${columns.length} dimensions`, columns.length)
  return columns
}
