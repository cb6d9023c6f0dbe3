/**
 * Arrays as base64 text: the value of a stored number r is `offset + scale · r`.
 */
import { base64Length, decodeBase64, encodeBase64 } from './base64.js'
import { FigureError } from './errors.js'
import type { PackedArray } from './payload.js'

type Dtype = PackedArray['dtype']

/** Most elements that one array may hold (a 1024 × 1024 field, twice); refused above, before any allocation. */
export const MAX_ELEMENTS: number = 2 ** 21

interface Codec {
  readonly bytes: number
  readonly read: (view: DataView, at: number) => number
  readonly write: (view: DataView, at: number, value: number) => void
}

const CODECS: Readonly<Record<Dtype, Codec>> = {
  float64: { bytes: 8, read: (v, i) => v.getFloat64(i, true), write: (v, i, r) => v.setFloat64(i, r, true) },
  float32: { bytes: 4, read: (v, i) => v.getFloat32(i, true), write: (v, i, r) => v.setFloat32(i, r, true) },
  uint16: { bytes: 2, read: (v, i) => v.getUint16(i, true), write: (v, i, r) => v.setUint16(i, r, true) },
  uint8: { bytes: 1, read: (v, i) => v.getUint8(i), write: (v, i, r) => v.setUint8(i, r) },
  int8: { bytes: 1, read: (v, i) => v.getInt8(i), write: (v, i, r) => v.setInt8(i, r) },
}

export const DTYPES: readonly Dtype[] = Object.keys(CODECS) as Dtype[]

/** Bytes of one number of each type. */
export const BYTES: Readonly<Record<Dtype, number>> = Object.fromEntries(
  Object.entries(CODECS).map(([dtype, { bytes }]) => [dtype, bytes]),
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
  const codec = CODECS[dtype]
  const whole = dtype !== 'float64' && dtype !== 'float32'
  const view = new DataView(new ArrayBuffer(count * codec.bytes))
  for (let i = 0; i < count; i++) {
    const stored = (values[i]! - offset) / scale
    codec.write(view, i * codec.bytes, whole ? Math.round(stored) : stored)
  }
  return { dtype, shape: [...shape], data: encodeBase64(new Uint8Array(view.buffer)), offset, scale }
}

/** The numbers of a packed array, in C order. */
export function unpack(packed: PackedArray): Float64Array {
  const name = 'array'
  const codec = Object.hasOwn(CODECS, packed.dtype) ? CODECS[packed.dtype] : undefined
  if (!codec) {
    throw new FigureError({
      code: 'invalid',
      name: `${name}.dtype`,
      expected: `one of ${DTYPES.join(', ')}`,
      got: String(packed.dtype).slice(0, 40),
    })
  }
  const count = elements(packed.shape, name)
  const expected = base64Length(count * codec.bytes)
  if (packed.data.length !== expected) {
    throw new FigureError({ code: 'length', name: `${name}.data`, expected, got: packed.data.length })
  }
  const bytes = decodeBase64(packed.data)
  if (bytes.length !== count * codec.bytes) {
    throw new FigureError({ code: 'length', name, expected: count, got: bytes.length / codec.bytes })
  }
  const view = new DataView(bytes.buffer)
  const values = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    values[i] = packed.offset + packed.scale * codec.read(view, i * codec.bytes)
    if (!Number.isFinite(values[i])) {
      throw new FigureError({ code: 'not-finite', name, index: i, value: values[i]! })
    }
  }
  return values
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
