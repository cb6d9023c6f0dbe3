/** Rows of features and their labels, checked and flat. */
import { PsilabError } from '../../error.js'

export interface Samples {
  readonly count: number
  /** Features a sample. */
  readonly width: number
  /** Row after row. */
  readonly features: Float64Array
}

/** @throws PsilabError `parameter` where rows have gaps or different lengths, or their number is not that of the labels */
export function requireSamples(
  features: readonly (readonly number[])[],
  labels: readonly unknown[],
): Samples {
  const [count, width] = [labels?.length, features?.[0]?.length ?? 0]
  if (features?.length !== count || count === 0)
    refuseData('lengths differ or are zero', 'one label for each row of features', [features?.length, count])
  const wrong = features.findIndex(
    (row) => row.length !== width || width === 0 || !row.every(Number.isFinite),
  )
  if (wrong >= 0)
    refuseData(`row ${wrong} is not usable`, `${Math.max(1, width)} finite numbers a row`, features[wrong])
  return { count, width, features: Float64Array.from(features.flat()) }
}

export function refuseData(problem: string, allowed: string, got: unknown): never {
  throw new PsilabError({ code: 'parameter', parameter: 'features, labels', problem, allowed, got })
}

/** w1 → w_1. */
export function texName(name: string): string {
  return name.replace(/^([A-Za-z]+)_?(\d+)$/, '$1_{$2}')
}

/** ln(1 + e^z) without overflow. */
export function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))
}

/** 1/(1 + e^{−z}). */
export function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z))
}

/** The numbers of a point, one a variable, of those at an index of columns. */
export function gather(columns: readonly Float64Array[], index: number, out: Float64Array): void {
  for (let u = 0; u < out.length; u++) out[u] = columns[u][index]
}
