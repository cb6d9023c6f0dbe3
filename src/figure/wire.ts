/**
 * Figures whose arrays travel beside them as bytes, over a wire or to another thread, and figures as a notebook keeps
 * them, with arrays as short texts.
 */
import { base64Length, decodeBase64, encodeBase64 } from './base64.js'
import { encode } from './coding.js'
import { BYTES, plainBytes, textInJSON } from './packed.js'
import type { Figure, PackedArray } from './payload.js'
import { checkFigure } from './validate.js'

/** A figure without the bytes of its arrays: each `data` is the index of its buffer. */
export interface DetachedFigure {
  readonly figure: unknown
  readonly buffers: readonly Uint8Array[]
}

/**
 * Take the bytes of all arrays out of a figure. Bytes in memory are not copied: the buffers are those of the arrays, so
 * a thread that they are transferred to leaves the figure empty.
 */
export function detach(figure: Figure): DetachedFigure {
  const buffers: Uint8Array[] = []
  const detached = mapArrays(figure, (array) => {
    buffers.push(typeof array.data === 'string' ? decodeBase64(array.data) : array.data)
    return { ...array, data: buffers.length - 1 }
  })
  return { figure: detached, buffers }
}

/**
 * The figure with its bytes back in place: views of the buffers, not copies. Throws a {@link FigureError} where the
 * figure is none, or a buffer is missing or of another length than its array's; nothing is allocated for these.
 */
export function attach(figure: unknown, buffers: readonly (ArrayBufferLike | ArrayBufferView)[]): Figure {
  const bytes = buffers.map((each) =>
    textInJSON(
      ArrayBuffer.isView(each)
        ? new Uint8Array(each.buffer, each.byteOffset, each.byteLength)
        : new Uint8Array(each),
    ),
  )
  checkFigure(figure, { numbers: 0, characters: 0, buffers: bytes })
  return mapArrays(figure, (array) => ({
    ...array,
    data: typeof array.data === 'number' ? bytes[array.data] : array.data,
  })) as Figure
}

/** The figure as plain JSON with its arrays as base64 text, deflated where that is shorter: what a notebook keeps. */
export function saved(figure: Figure): Figure {
  return mapArrays(figure, shortest) as Figure
}

/** What the fields of a coding cost in JSON. */
const FIELDS = ',"coding":"deflate","delta":[0,1]'.length

function shortest(array: PackedArray): PackedArray {
  if (array.coding && typeof array.data === 'string') return array
  const { coding: _, delta: __, ...fields } = array
  const bytes = plainBytes(array, 'array')
  const coded = encode(bytes, BYTES[array.dtype], array.shape)
  if (base64Length(coded.bytes.length) + FIELDS >= base64Length(bytes.length))
    return { ...fields, data: encodeBase64(bytes) }
  return {
    ...fields,
    data: encodeBase64(coded.bytes),
    coding: 'deflate',
    ...(coded.delta.length > 0 && { delta: coded.delta }),
  }
}

/** The figure with all its arrays as plain bytes, for who cannot inflate. */
export function inflated(figure: Figure): Figure {
  return mapArrays(figure, (array) => {
    if (!array.coding) return array
    const { coding: _, delta: __, ...fields } = array
    return { ...fields, data: textInJSON(plainBytes(array, 'array')) }
  }) as Figure
}

/** A copy of a value of JSON in which `change` stands for every packed array. */
function mapArrays(value: unknown, change: (array: PackedArray) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((each) => mapArrays(each, change))
  if ('dtype' in value && typeof value.dtype === 'string') return change(value as PackedArray)
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapArrays(each, change)]))
}
