/** Columns of data scaled to mean 0 and standard deviation 1 (population convention, divisor n). */
import { PsilabError } from '../../error.js'

/** @param rows n samples of m features. @returns a copy with each feature standardised. */
export function standardize(rows: readonly (readonly number[])[]): number[][] {
  const m = rows[0]?.length ?? 0
  const ragged = rows.findIndex((row) => row.length !== m)
  if (ragged >= 0 || m === 0)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'rows',
      problem: m === 0 ? 'no data' : `row ${ragged} has another length than the first`,
      allowed: 'rows of equally many numbers',
      got: m === 0 ? rows.length : rows[ragged].length,
    })
  const scales = Array.from({ length: m }, (_, j) => {
    const mean = rows.reduce((sum, row) => sum + row[j], 0) / rows.length
    const deviation = Math.sqrt(rows.reduce((sum, row) => sum + (row[j] - mean) ** 2, 0) / rows.length)
    if (!(deviation > 0 && Number.isFinite(deviation)))
      throw new PsilabError({
        code: 'parameter',
        parameter: 'rows',
        problem: `feature ${j} is constant or not a number`,
        allowed: 'finite numbers that differ',
        got: deviation,
        advice: 'Drop rows with gaps, and features that do not vary.',
      })
    return { mean, deviation }
  })
  return rows.map((row) => row.map((value, j) => (value - scales[j].mean) / scales[j].deviation))
}
