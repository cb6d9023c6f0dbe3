/**
 * NumPy's array file, version 1.0: the magic string, a header that says type and shape, the numbers little-endian
 * in C order. The header is padded so that the numbers start at a multiple of 64 bytes.
 *
 * Format: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".
 */
import { PsilabError } from '../error.js'

/** An array to write, or as read. `complex128` data are interleaved re, im: twice as many numbers as the shape says. */
export interface NpyArray {
  readonly dtype: 'float64' | 'complex128'
  readonly shape: readonly number[]
  readonly data: Float64Array
}

const MAGIC = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0)
const DESCRIPTORS = { float64: '<f8', complex128: '<c16' } as const
const ALIGNMENT = 64

export function writeNpy({ dtype, shape, data }: NpyArray): Uint8Array {
  const size = shape.reduce((product, n) => product * n, dtype === 'complex128' ? 2 : 1)
  if (size !== data.length)
    fail('data', `does not fill the shape (${shape.join(', ')})`, `${size} numbers`, data.length)
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const fields = `{'descr': '${DESCRIPTORS[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`
  const unpadded = MAGIC.length + 2 + fields.length + 1
  const header = `${fields.padEnd(fields.length + ((ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT))}\n`
  const start = MAGIC.length + 2 + header.length
  const bytes = new Uint8Array(start + 8 * data.length)
  bytes.set(MAGIC)
  new DataView(bytes.buffer).setUint16(MAGIC.length, header.length, true)
  bytes.set(new TextEncoder().encode(header), MAGIC.length + 2)
  const numbers = new DataView(bytes.buffer, start)
  data.forEach((value, i) => {
    numbers.setFloat64(8 * i, value, true)
  })
  return bytes
}

/** @throws PsilabError `parameter` for anything but a C-order array of <f8 or <c16 whose length fits its header */
export function readNpy(bytes: Uint8Array): NpyArray {
  if (MAGIC.slice(0, 6).some((byte, i) => bytes[i] !== byte))
    fail('npy', 'is not an array file', 'a .npy file')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wide = bytes[6] >= 2
  const start = (wide ? 12 : 10) + (wide ? view.getUint32(8, true) : view.getUint16(8, true))
  const header = new TextDecoder('latin1').decode(bytes.subarray(wide ? 12 : 10, start))
  const descriptor = /'descr': *'([^']*)'/.exec(header)?.[1]
  const dtype = descriptor === '<f8' ? 'float64' : descriptor === '<c16' ? 'complex128' : undefined
  if (dtype === undefined) return fail('npy', 'holds another type of number', '<f8 or <c16', descriptor)
  if (!header.includes("'fortran_order': False"))
    fail('npy', 'is in Fortran order', 'C order: numpy.ascontiguousarray')
  const tuple = /'shape': *\(([^)]*)\)/.exec(header)?.[1] ?? ''
  const shape = tuple.split(',').flatMap((n) => (n.trim() === '' ? [] : [Number(n)]))
  const count = shape.reduce((product, n) => product * n, dtype === 'complex128' ? 2 : 1)
  if (!Number.isSafeInteger(count) || bytes.length < start + 8 * count)
    fail('npy', 'is cut short', `${count} numbers`, Math.floor((bytes.length - start) / 8))
  const numbers = new DataView(bytes.buffer, bytes.byteOffset + start)
  return {
    dtype,
    shape,
    data: Float64Array.from({ length: count }, (_, i) => numbers.getFloat64(8 * i, true)),
  }
}

function fail(parameter: string, problem: string, allowed: string, got?: unknown): never {
  throw new PsilabError({
    code: 'parameter',
    parameter,
    problem,
    allowed,
    ...(got === undefined ? {} : { got }),
  })
}
