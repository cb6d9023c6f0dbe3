/**
 * Fewer samples of what is drawn. Samples are picked, never averaged: every number in a figure was computed.
 */

/** Every `stride`-th index of [from, to), the last one included. */
function strided(from: number, to: number, stride: number): number[] {
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

/** `limit` indices of [0, length) as evenly spread as whole numbers can be; all where they are no more. */
export function spread(length: number, limit: number): number[] {
  const count = Math.min(length, limit)
  return Array.from({ length: count }, (_, k) => Math.floor((k * length) / count))
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

/**
 * At most `limit` indices of a curve that look as all do: in each of limit/4 strips of equal width along its horizontal
 * axis the first, the lowest, the highest and the last point. Where the coordinates do not rise, strips hold equally
 * many points.
 *
 * @see U. Jugel, Z. Jerzak, G. Hackenbroich, V. Markl, "M4: a visualization-oriented time series data aggregation",
 * Proc. VLDB Endowment 7 (2014) 797
 * @param along coordinates as they are drawn: on a logarithmic axis, their logarithms
 */
export function outlined(along: ArrayLike<number>, values: ArrayLike<number>, limit: number): number[] {
  const n = along.length
  if (n <= limit) return strided(0, n, 1)
  const [first, last] = [along[0]!, along[n - 1]!]
  let rising = last > first
  for (let i = 1; i < n && rising; i++) rising = along[i]! >= along[i - 1]!
  const strips = Math.floor(limit / 4)
  const strip = (i: number): number =>
    Math.min(strips - 1, Math.floor(strips * (rising ? (along[i]! - first) / (last - first) : i / n)))
  const indices: number[] = []
  for (let from = 0, to = 0; from < n; from = to) {
    const here = strip(from)
    let [low, high] = [from, from]
    for (to = from; to < n && strip(to) === here; to++) {
      if (values[to]! < values[low]!) low = to
      if (values[to]! > values[high]!) high = to
    }
    indices.push(...new Set([from, Math.min(low, high), Math.max(low, high), to - 1]))
  }
  return indices
}

/** Evenly strided indices of [0, length), at most `limit`, equally many left out at both ends: they stay equidistant. */
export function equidistant(length: number, limit: number): number[] {
  const stride = Math.max(1, Math.ceil((length - 1) / (limit - 1)))
  const last = Math.floor((length - 1) / stride)
  const first = Math.floor((length - 1 - last * stride) / 2)
  return Array.from({ length: last + 1 }, (_, k) => first + k * stride)
}
