/**
 * Fewer samples of what is drawn. Samples are picked, never averaged: every number in a figure was computed.
 */

/** Every `stride`-th index of [from, to), the last one included. */
export function strided(from: number, to: number, stride: number): number[] {
  const indices: number[] = []
  for (let i = from; i < to; i += stride) indices.push(i)
  const last = to - 1
  if (indices.length > 0 && indices[indices.length - 1] !== last) indices.push(last)
  return indices
}

/** At most `limit` evenly strided indices of [from, to), first and last included. */
export function decimated(from: number, to: number, limit: number): number[] {
  const span = to - from
  if (span <= limit) return strided(from, to, 1)
  return strided(from, to, Math.ceil((span - 1) / (limit - 1)))
}

/** The values at the indices. */
export function take(values: ArrayLike<number>, indices: readonly number[]): Float64Array {
  return Float64Array.from(indices, (i) => values[i]!)
}

/** Sub-array of a C-order field of rows × `columns`, at the given row and column indices. */
export function takeField(
  field: ArrayLike<number>,
  columns: number,
  rowsTaken: readonly number[],
  columnsTaken: readonly number[],
): Float64Array {
  const taken = new Float64Array(rowsTaken.length * columnsTaken.length)
  let k = 0
  for (const i of rowsTaken) for (const j of columnsTaken) taken[k++] = field[i * columns + j]!
  return taken
}

/** Smallest index window that holds every true sample, widened on both sides by a share of its length. */
export function windowOf(
  length: number,
  inside: (index: number) => boolean,
  margin: number,
): readonly [from: number, to: number] {
  let first = 0
  while (first < length && !inside(first)) first++
  if (first === length) return [0, length]
  let last = length - 1
  while (!inside(last)) last--
  const extra = Math.ceil(margin * (last - first + 1))
  return [Math.max(0, first - extra), Math.min(length, last + 1 + extra)]
}
