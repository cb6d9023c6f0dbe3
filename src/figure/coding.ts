/**
 * Stored numbers in fewer bytes, without loss. Numbers are taken as unsigned integers of their bits; along some axes
 * each is replaced by its difference from the one before, modulo 2^bits, so that what is smooth becomes small; their
 * bytes are put in planes, all lowest bytes first, and deflated (RFC 1951).
 *
 * @see The filters of PNG (ISO/IEC 15948, 9) and the byte shuffle of HDF5 and Blosc
 */
import { deflateSync, Inflate } from 'fflate'
import { FigureError } from './errors.js'

/** What a coding is told besides the bytes. */
export interface Coded {
  readonly bytes: Uint8Array
  /** Axes along which differences were taken, in this order. */
  readonly delta: readonly number[]
}

/** Integers that hold the bits of stored numbers; those of eight bytes are taken as they are. */
const WORDS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const

type Words = Uint8Array | Uint16Array | Uint32Array

/** Little-endian numbers of `size` bytes in C order, coded; the axes are those that leave the smallest differences. */
export function encode(bytes: Uint8Array, size: number, shape: readonly number[]): Coded {
  const { words, delta } = smallest(bytes, size, shape)
  return { bytes: deflateSync(planes(words, size), { level: 6 }), delta }
}

/** The bytes back. Nothing of more than twice their number is allocated, whatever the coding claims. */
export function decode(
  { bytes, delta }: Coded,
  size: number,
  shape: readonly number[],
  name: string,
): Uint8Array {
  const count = shape.reduce((product, length) => product * length, 1)
  const plain = interleaved(inflated(bytes, count * size, name), size)
  const words = wordsOf(plain, size)
  if (words) for (const axis of [...delta].reverse()) sums(words, shape, axis)
  return plain
}

function wordsOf(bytes: Uint8Array, size: number): Words | undefined {
  if (size === 8) return undefined
  return new WORDS[size as 1 | 2 | 4](bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length / size)
}

/** The differences of least size: along no axis, one of the last, or neighbouring ones of the last three. */
function smallest(
  bytes: Uint8Array,
  size: number,
  shape: readonly number[],
): { words: Uint8Array; delta: readonly number[] } {
  let best = { words: bytes, delta: [] as readonly number[], cost: Number.POSITIVE_INFINITY }
  for (const delta of size === 8 ? [[]] : runs(Math.max(0, shape.length - 3), shape.length)) {
    const copy = bytes.slice()
    const words = wordsOf(copy, size)
    if (words) for (const axis of delta) differences(words, shape, axis)
    const cost = words ? bitsOf(words, 8 * size) : 0
    if (cost < best.cost) best = { words: copy, delta, cost }
  }
  return best
}

/** Every run of whole numbers of [from, to), the empty one first. */
function runs(from: number, to: number): number[][] {
  const found: number[][] = [[]]
  for (let first = from; first < to; first++)
    for (let last = first; last < to; last++)
      found.push(Array.from({ length: last - first + 1 }, (_, k) => first + k))
  return found
}

/** About the bits that differences need: those of their sizes, as signed numbers. */
function bitsOf(words: Words, bits: number): number {
  let sum = 0
  for (const word of words) {
    const size = (word << (32 - bits)) >> (32 - bits)
    sum += 32 - Math.clz32(size < 0 ? ~size : size)
  }
  return sum
}

/** Steps of an axis of a C-order array: the distance of neighbours, and of the blocks that hold them. */
function steps(shape: readonly number[], axis: number): { stride: number; block: number } {
  const stride = shape.slice(axis + 1).reduce((product, length) => product * length, 1)
  return { stride, block: stride * shape[axis]! }
}

function differences(words: Words, shape: readonly number[], axis: number): void {
  const { stride, block } = steps(shape, axis)
  for (let start = 0; start < words.length; start += block)
    for (let i = start + block - 1; i >= start + stride; i--) words[i]! -= words[i - stride]!
}

function sums(words: Words, shape: readonly number[], axis: number): void {
  const { stride, block } = steps(shape, axis)
  for (let start = 0; start < words.length; start += block)
    for (let i = start + stride; i < start + block; i++) words[i]! += words[i - stride]!
}

/** The bytes of numbers, plane by plane. */
function planes(bytes: Uint8Array, size: number): Uint8Array {
  if (size === 1) return bytes
  const count = bytes.length / size
  const out = new Uint8Array(bytes.length)
  for (let plane = 0; plane < size; plane++)
    for (let i = 0; i < count; i++) out[plane * count + i] = bytes[i * size + plane]!
  return out
}

function interleaved(bytes: Uint8Array, size: number): Uint8Array {
  if (size === 1) return bytes
  const count = bytes.length / size
  const out = new Uint8Array(bytes.length)
  for (let plane = 0; plane < size; plane++)
    for (let i = 0; i < count; i++) out[i * size + plane] = bytes[plane * count + i]!
  return out
}

/** Bytes that are inflated at once: they become at most 1032 times as many. */
const PIECE = 4096

/** Exactly `length` bytes, refused as soon as they are more. */
function inflated(bytes: Uint8Array, length: number, name: string): Uint8Array {
  const out = new Uint8Array(length)
  let at = 0
  const inflate = new Inflate((piece) => {
    if (at + piece.length > length)
      throw new FigureError({ code: 'length', name, expected: length, got: at + piece.length })
    out.set(piece, at)
    at += piece.length
  })
  try {
    for (let i = 0; i < bytes.length; i += PIECE)
      inflate.push(bytes.subarray(i, i + PIECE), i + PIECE >= bytes.length)
  } catch (error) {
    if (error instanceof FigureError) throw error
    throw new FigureError({ code: 'invalid', name, expected: 'deflated bytes', got: 'others' })
  }
  if (at !== length) throw new FigureError({ code: 'length', name, expected: length, got: at })
  return out
}
