/**
 * Values that draw themselves by a figure payload, and the payload with its arrays as bytes or as text.
 */
import { types } from 'node:util'
import { JUPYTER_DISPLAY } from '../bundle.js'

export const FIGURE_MIME = 'application/vnd.psilab.figure.v1+json'

/** A value that shows itself by a figure payload. */
export interface Drawable {
  figure(): object
}

export function isDrawable(value: unknown): value is Drawable {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false
  const { figure, [JUPYTER_DISPLAY]: display } = value as Record<string | symbol, unknown>
  return typeof figure === 'function' && typeof display === 'function'
}

interface Packed {
  readonly dtype: string
  readonly data: string | Uint8Array
}
function isPacked(value: object): value is Packed {
  return 'dtype' in value && 'data' in value && 'shape' in value
}

export function detached(figure: object): { figure: object; buffers: Uint8Array[] } {
  const buffers: Uint8Array[] = []
  const walk = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(walk)
    if (isPacked(value)) {
      buffers.push(
        typeof value.data === 'string' ? new Uint8Array(Buffer.from(value.data, 'base64')) : value.data,
      )
      return { ...value, data: buffers.length - 1 }
    }
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v)]))
  }
  return { figure: walk(figure) as object, buffers }
}

export function plainPayload(figure: object): object {
  return figure
}
