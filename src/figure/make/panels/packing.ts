/**
 * How the arrays of panels are thinned and packed. What is stored is what is drawn.
 */
import { FigureError } from '../../errors.js'
import { pack } from '../../packed.js'
import type { PackedArray } from '../../payload.js'
import { expectLength } from '../check.js'
import { take } from '../decimate.js'
import type { Framed } from './panel.js'

/** Most points of a curve. */
export const LINE = 640

/** Most points or samples. */
export const SCATTER = 3000

/** Most bars. */
export const BARS = 400

/** Most numbers of one array that has a row for each stop of the cursor. */
export const FRAMED = 12_000

/** The arrays of the stops, or the one array there is. */
export function framesOf(values: Framed): readonly ArrayLike<number>[] | undefined {
  return typeof values[0] === 'object' ? (values as readonly ArrayLike<number>[]) : undefined
}

/** The array of values that do not move. */
export function stillOf(values: Framed, name: string): ArrayLike<number> {
  if (!framesOf(values)) return values as ArrayLike<number>
  throw new FigureError({ code: 'invalid', name, expected: 'one array', got: 'one a stop of the cursor' })
}

/** Rows of the same length, thinned to some places and packed as one array [rows, places]. */
export function packRows(
  rows: readonly ArrayLike<number>[],
  places: readonly number[],
  { name, dtype = 'uint16' }: { readonly name: string; readonly dtype?: PackedArray['dtype'] },
): PackedArray {
  const all = new Float64Array(rows.length * places.length)
  rows.forEach((row, k) => {
    expectLength(`${name}[${k}]`, row, rows[0]!.length)
    all.set(take(row, places), k * places.length)
  })
  return pack(all, { dtype, shape: [rows.length, places.length], name })
}

/** Rounding to single precision may move a point by this share of the range. */
const ROUNDING = 1e-4

/** Range of single precision with all its digits. */
const [SMALLEST, LARGEST] = [1.2e-38, 3.4e38]

/** A curve in single precision where that shows it as it is, else in double. */
export function packLine(values: Float64Array, name: string): PackedArray {
  let [low, high, least] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
    if (value !== 0) least = Math.min(least, Math.abs(value))
  }
  const largest = Math.max(Math.abs(low), Math.abs(high))
  const fine = 2 ** -24 * largest <= ROUNDING * (high - low) || low === high
  const single = fine && largest < LARGEST && (values.length === 0 || least > SMALLEST)
  return pack(values, { dtype: single ? 'float32' : 'float64', name })
}
