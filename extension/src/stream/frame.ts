import { attach, type Figure } from 'psilab/figure'

/** A frame of a figure that the kernel streams. */
export interface Frame {
  /** Its number; the first is 1. */
  readonly frame: number
  /** When the kernel sent it, in milliseconds since 1970. */
  readonly at: number
  readonly figure: Figure
}

/** Puts frames together again: arrays that have not changed are not sent anew. */
export class FrameReader {
  #arrays: readonly Uint8Array[] | undefined

  /**
   * @param data The data of a message.
   * @param buffers Its buffers.
   * @returns undefined for what is no frame, or lacks what was sent before this page listened
   */
  read(data: unknown, buffers: readonly (ArrayBuffer | ArrayBufferView)[]): Frame | undefined {
    const { frame, at, figure, kept } = (data ?? {}) as Record<string, unknown>
    if (typeof frame !== 'number' || typeof at !== 'number' || !isObject(figure) || !Array.isArray(kept))
      return undefined
    if (kept.length > 0 && this.#arrays === undefined) return undefined
    const before = this.#arrays ?? []
    const isKept = new Set<unknown>(kept)
    const arrays: Uint8Array[] = []
    let next = 0
    while (next < buffers.length || isKept.has(arrays.length)) {
      const array = isKept.has(arrays.length) ? before[arrays.length] : bytesOf(buffers[next++]!)
      if (array === undefined) return undefined
      arrays.push(array)
    }
    this.#arrays = arrays
    return { frame, at, figure: attach(figure as never, arrays) }
  }
}

function bytesOf(buffer: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
