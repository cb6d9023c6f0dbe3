/**
 * Arrays as text or bytes: the value of a stored number r is `offset + scale · r`.
 */
import { base64Length, decodeBase64, encodeBase64 } from './base64.js'
import { decode } from './coding.js'
import { FigureError } from './errors.js'
import { MAX_ELEMENTS, type PackedArray } from './schema/packed.js'

export { MAX_ELEMENTS }

type Dtype = PackedArray['dtype']

const ARRAYS = {
  float64: Float64Array,
  float32: Float32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
  int8: Int8Array,
} as const

const DTYPES: readonly Dtype[] = Object.keys(ARRAYS) as Dtype[]

/** Bytes of one number of each type. */
export const BYTES: Readonly<Record<Dtype, number>> = Object.fromEntries(
  Object.entries(ARRAYS).map(([dtype, { BYTES_PER_ELEMENT }]) => [dtype, BYTES_PER_ELEMENT]),
) as Record<Dtype, number>

export interface PackOptions {
  /** Default `float32`. Integer types quantise: see {@link quantisation}. */
  readonly dtype?: Dtype
  /** C order; default one axis. */
  readonly shape?: readonly number[]
  /** Name for messages; default `array`. */
  readonly name?: string
  /** Value of one step of an integer type that starts at 0; default: as fine as the values allow. */
  readonly step?: number
}

/**
 * Pack finite numbers. The error of an integer type is at most half of `scale`:
 * (max − min)/510 for uint8, (max − min)/131070 for uint16, max|v|/254 for int8.
 */
export function pack(values: ArrayLike<number>, options: PackOptions = {}): PackedArray {
  const { dtype = 'float32', shape = [values.length], name = 'array', step } = options
  const count = elements(shape, name)
  if (values.length !== count) {
    throw new FigureError({ code: 'length', name, expected: count, got: values.length })
  }
  const found = quantisation(values, dtype, name)
  const { offset, scale } = step === undefined ? found : { offset: 0, scale: step }
  const whole = dtype !== 'float64' && dtype !== 'float32'
  const stored = new ARRAYS[dtype](count)
  for (let i = 0; i < count; i++) {
    const value = (values[i]! - offset) / scale
    stored[i] = whole ? Math.floor(value + 0.5) : value
  }
  const bytes = littleEndian(new Uint8Array(stored.buffer), BYTES[dtype])
  return { dtype, shape: [...shape], data: textInJSON(bytes), offset, scale }
}

/** The same bytes, which become base64 text where `JSON.stringify` meets them; a copy that another thread got does not. */
export function textInJSON(bytes: Uint8Array): Uint8Array {
  return Object.defineProperty(bytes, 'toJSON', { value: () => encodeBase64(bytes) })
}

/** Largest size of a number that is drawn: the span of an axis is a number too. */
export const MOST: number = Number.MAX_VALUE / 4

/** The numbers of a packed array, in C order. */
export function unpack(packed: PackedArray): Float64Array {
  const name = 'array'
  const { dtype, offset, scale } = packed
  const stored = numbersIn(plainBytes(packed, name), dtype)
  const values = new Float64Array(stored.length)
  for (let i = 0; i < values.length; i++) {
    const value = offset + scale * stored[i]!
    if (!(Math.abs(value) <= MOST)) throw new FigureError({ code: 'not-finite', name, index: i, value })
    values[i] = value
  }
  return values
}

/** The bytes of the stored numbers, as many as the shape says; those in memory are not copied. */
export function plainBytes(
  { dtype, shape, data, coding, delta = [] }: PackedArray,
  name: string,
): Uint8Array {
  if (!Object.hasOwn(ARRAYS, dtype)) {
    throw new FigureError({
      code: 'invalid',
      name: `${name}.dtype`,
      expected: `one of ${DTYPES.join(', ')}`,
      got: String(dtype).slice(0, 40),
    })
  }
  const size = elements(shape, name) * BYTES[dtype]
  expectBytes(data, size, coding !== undefined, `${name}.data`)
  const bytes = typeof data === 'string' ? decodeBase64(data) : data
  if (coding) return decode({ bytes, delta }, BYTES[dtype], shape, name)
  if (bytes.length !== size) {
    throw new FigureError({ code: 'length', name: `${name}.data`, expected: size, got: bytes.length })
  }
  return bytes
}

/** Refuse text or bytes of another length than a shape's, or of more where they are coded. */
export function expectBytes(data: string | Uint8Array, size: number, coded: boolean, name: string): void {
  const expected = typeof data === 'string' ? base64Length(size) : size
  if (coded ? data.length > expected : data.length !== expected) {
    throw new FigureError({ code: 'length', name, expected, got: data.length })
  }
}

/** The stored numbers, in place where they lie as this machine reads them, else in a copy. */
function numbersIn(bytes: Uint8Array, dtype: Dtype): ArrayLike<number> {
  const size = BYTES[dtype]
  const ordered = littleEndian(bytes, size)
  const aligned = ordered.byteOffset % size === 0 ? ordered : ordered.slice()
  return new ARRAYS[dtype](aligned.buffer as ArrayBuffer, aligned.byteOffset, aligned.length / size)
}

const LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** Numbers of so many bytes from the machine's order of bytes to little-endian, or back. */
function littleEndian(bytes: Uint8Array, size: number): Uint8Array {
  if (LITTLE || size === 1) return bytes
  return bytes.map((_, i) => bytes[i - (i % size) + size - 1 - (i % size)]!)
}

/** Product of the lengths, refused when it is no array's or above {@link MAX_ELEMENTS}. */
export function elements(shape: readonly number[], name = 'array'): number {
  if (!Array.isArray(shape) || !shape.every((n) => Number.isInteger(n) && n >= 0) || shape.length > 4) {
    throw new FigureError({
      code: 'invalid',
      name: `${name}.shape`,
      expected: 'at most four whole lengths',
      got: JSON.stringify(shape)?.slice(0, 40) ?? 'nothing',
    })
  }
  const count = shape.reduce((product, n) => product * n, 1)
  if (count > MAX_ELEMENTS) {
    throw new FigureError({ code: 'too-large', name, limit: MAX_ELEMENTS, got: count })
  }
  return count
}

/** Offset and scale that spread the values over the whole range of the type. */
function quantisation(
  values: ArrayLike<number>,
  dtype: Dtype,
  name: string,
): { offset: number; scale: number } {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!Number.isFinite(value)) throw new FigureError({ code: 'not-finite', name, index: i, value })
    if (value < min) min = value
    if (value > max) max = value
  }
  if (dtype === 'float64' || dtype === 'float32' || values.length === 0) return { offset: 0, scale: 1 }
  if (dtype === 'int8') return { offset: 0, scale: Math.max(Math.abs(min), Math.abs(max)) / 127 || 1 }
  return { offset: min, scale: (max - min) / (dtype === 'uint8' ? 255 : 65535) || 1 }
}
