import { FigureError } from '../errors.js'
import { data, finite, list, oneOf, record, type Schema, type TypeOf, whole } from './schema.js'

/** Most elements that one array may hold (a 1024 × 1024 field, twice); refused above, before any allocation. */
export const MAX_ELEMENTS: number = 2 ** 21

/** The fields of a packed array. */
export const packedFields = record(
  {
    /** Type of the stored numbers, little-endian. */
    dtype: oneOf('float64', 'float32', 'uint16', 'uint8', 'int8'),
    /** Lengths of the axes, in C order. */
    shape: list(whole(0, MAX_ELEMENTS), 4),
    /** The stored numbers: base64 text in JSON, in memory their bytes. */
    data,
    offset: finite,
    scale: finite,
  },
  {
    /**
     * `deflate`: data is the raw deflate of the numbers' bytes, plane by plane, all lowest bytes first; the numbers
     * are the unsigned integers of their bits. Default: the numbers as they are.
     */
    coding: oneOf('deflate'),
    /** With `coding`: axes along which each number is stored as its difference from the one before, modulo 2^bits. Default none. */
    delta: list(whole(0, 3), 4),
  },
)

/** A packed array: the value of a stored number r is `offset + scale · r`. */
export interface PackedArray extends TypeOf<typeof packedFields> {}

/** A packed array of so many axes. */
export function packed(axes: number, most: number = axes): Schema<PackedArray> {
  return { is: { node: 'packed', axes: [axes, most] } }
}

/** Numbers along one axis. */
export const line: Schema<PackedArray> = packed(1)

/** Refuse an array of another shape than that of what it belongs to. */
export function fits(name: string, { shape }: PackedArray, expected: readonly (number | undefined)[]): void {
  if (shape.join() === expected.join()) return
  throw new FigureError({
    code: 'invalid',
    name: `${name}.shape`,
    expected: `[${expected.join(', ')}]`,
    got: `[${shape.join(', ')}]`,
  })
}
