/**
 * Fields in the memory of a stepper: copies to and from arrays in C order, and products with tables. Arrays
 * have `width` numbers a point: interleaved complex ones (2), of which a real field takes the real parts, or
 * reals (1). The layout is that of layout.ts: pairs of points, real parts before imaginary parts.
 */
import type { Layout } from './layout.js'

/** Numbers a point of an array. */
export type Width = 1 | 2

/** First doubles of the rows of a field at address 0. */
function rowsOf({ points, strides }: Layout): number[] {
  let rows = [0]
  for (let d = 0; d < points.length - 1; d++)
    rows = rows.flatMap((row) => Array.from({ length: points[d] }, (_, j) => row + (j * strides[d]) / 8))
  return rows
}

/** Writes values as a field. */
export function writeField(
  memory: Float64Array,
  address: number,
  layout: Layout,
  values: Float64Array,
  width: Width,
): void {
  const step = layout.vectorStep / 8
  const end = layout.points[layout.points.length - 1] * width
  let row = 0
  for (const start of rowsOf(layout)) {
    let to = address / 8 + start
    for (let from = row; from < row + end; from += 2 * width, to += step) {
      memory[to] = values[from]
      memory[to + 1] = values[from + width]
      if (step === 4) {
        memory[to + 2] = values[from + 1]
        memory[to + 3] = values[from + 3]
      }
    }
    row += end
  }
}

/** Reads a field to an array of its width. */
export function readField(
  memory: Float64Array,
  address: number,
  layout: Layout,
  values: Float64Array,
  width: Width,
): void {
  const step = layout.vectorStep / 8
  const end = layout.points[layout.points.length - 1] * width
  let row = 0
  for (const start of rowsOf(layout)) {
    let from = address / 8 + start
    for (let to = row; to < row + end; to += 2 * width, from += step) {
      values[to] = memory[from]
      values[to + width] = memory[from + 1]
      if (width === 2) {
        values[to + 1] = memory[from + 2]
        values[to + 3] = memory[from + 3]
      }
    }
    row += end
  }
}

/** Multiplies the field at one address by that at another. */
export function multiplyField(memory: Float64Array, address: number, factors: number, layout: Layout): void {
  const doubles = layout.fieldBytes / 8
  const field = memory.subarray(address / 8, address / 8 + doubles)
  const table = memory.subarray(factors / 8, factors / 8 + doubles)
  if (layout.real) {
    for (let i = 0; i < doubles; i++) field[i] *= table[i]
    return
  }
  for (let i = 0; i < doubles; i += 4)
    for (let lane = i; lane < i + 2; lane++) {
      const re = field[lane] * table[lane] - field[lane + 2] * table[lane + 2]
      field[lane + 2] = field[lane] * table[lane + 2] + field[lane + 2] * table[lane]
      field[lane] = re
    }
}
