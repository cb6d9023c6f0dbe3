/**
 * Real functions that vanish at the ends of their box, as Fourier sums over it: finer points, and products in the
 * space of frequencies.
 */
import { lineFFT, radicesOf } from '../numeric/index.js'

/** Smallest even number ≥ n made of the factors 2, 3 and 5. */
export function evenLength(n: number): number {
  let length = 2 * Math.ceil(n / 2)
  while (radicesOf(length) === undefined) length += 2
  return length
}

/** A function that takes real lines of n samples, n even, to `factor` times as many, the given ones among them. */
export function refiner(n: number, factor: number): (line: Float64Array) => Float64Array {
  const m = factor * n
  const [coarse, fine] = [lineFFT(n), lineFFT(m)]
  const [from, modes] = [new Float64Array(2 * n), new Float64Array(2 * n)]
  const [wide, to] = [new Float64Array(2 * m), new Float64Array(2 * m)]
  return (line) => {
    for (let i = 0; i < n; i++) from[2 * i] = line[i]
    coarse.forward(from, modes)
    wide.fill(0)
    for (let k = 0; k < n; k++) {
      // The outermost mode stands for both signs: half of it, which is real, goes to each.
      const share = k === n / 2 && factor > 1 ? 0.5 * factor : factor
      const at = 2 * (k <= n / 2 ? k : m - n + k)
      wide[at] = share * modes[2 * k]
      wide[at + 1] = share * modes[2 * k + 1]
    }
    if (factor > 1) wide[2 * m - n] = wide[n]
    fine.inverse(wide, to)
    return Float64Array.from({ length: m }, (_, i) => to[2 * i])
  }
}

/** Largest factor up to `most` by which lines can be refined. */
export function refinement(most: number): number {
  let factor = Math.max(1, Math.floor(most))
  while (radicesOf(factor) === undefined) factor--
  return factor
}

/** A real field of rows × columns, C order, refined along both. */
export function refinedField(field: Float64Array, rows: number, factor: number): Float64Array {
  const columns = field.length / rows
  const m = factor * columns
  const wide = new Float64Array(rows * m)
  const along = refiner(columns, factor)
  for (let i = 0; i < rows; i++) wide.set(along(field.subarray(i * columns, (i + 1) * columns)), i * m)
  const result = new Float64Array(factor * wide.length)
  const down = refiner(rows, factor)
  const line = new Float64Array(rows)
  for (let j = 0; j < m; j++) {
    for (let i = 0; i < rows; i++) line[i] = wide[i * m + j]
    const finer = down(line)
    for (let i = 0; i < finer.length; i++) result[i * m + j] = finer[i]
  }
  return result
}

/** A real field, multiplied by a[|k|] b[|l|] in the space of frequencies: k along the rows' index, l along the columns'. */
export function filtered(field: Float64Array, rows: number, a: Float64Array, b: Float64Array): Float64Array {
  const columns = field.length / rows
  const modes = new Float64Array(2 * field.length)
  for (let i = 0; i < field.length; i++) modes[2 * i] = field[i]
  along(modes, rows, columns, (line, out, fft) => fft.forward(line, out))
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const weight = a[Math.min(i, rows - i)] * b[Math.min(j, columns - j)]
      modes[2 * (i * columns + j)] *= weight
      modes[2 * (i * columns + j) + 1] *= weight
    }
  along(modes, rows, columns, (line, out, fft) => fft.inverse(line, out))
  return Float64Array.from({ length: field.length }, (_, i) => modes[2 * i])
}

type Transform = (line: Float64Array, out: Float64Array, fft: ReturnType<typeof lineFFT>) => void

/** Transforms all rows, then all columns, in place. */
function along(field: Float64Array, rows: number, columns: number, transform: Transform): void {
  for (const [count, length, step, next] of [
    [rows, columns, 1, columns],
    [columns, rows, columns, 1],
  ] as const) {
    const fft = lineFFT(length)
    const [line, out] = [new Float64Array(2 * length), new Float64Array(2 * length)]
    for (let c = 0; c < count; c++) {
      for (let i = 0; i < length; i++) {
        const at = 2 * (c * next + i * step)
        line[2 * i] = field[at]
        line[2 * i + 1] = field[at + 1]
      }
      transform(line, out, fft)
      for (let i = 0; i < length; i++) {
        const at = 2 * (c * next + i * step)
        field[at] = out[2 * i]
        field[at + 1] = out[2 * i + 1]
      }
    }
  }
}
