/**
 * Values as MIME bundles.
 */
import { inspect } from 'node:util'

/** Data by MIME type: text, base64 text for binary types, or plain data for JSON types. */
export type MimeBundle = Record<string, unknown>

/** The method by which an object shows itself, shared with Deno's kernel. */
export const JUPYTER_DISPLAY: unique symbol = Symbol.for('Jupyter.display') as never

/** The bundle of a value: its own when it has the display method, else its text. */
export function toBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  try {
    const method = displayMethod(value)
    if (!method) return textBundle(value)
    const own = method.call(value)
    if (!isThenable(own)) return checked(own)
    return Promise.resolve(own).then(checked).catch(failedBundle)
  } catch (error) {
    return failedBundle(error)
  }
}

/** A bundle given by hand: bytes become base64. */
export function plainBundle(bundle: MimeBundle): MimeBundle {
  return checked(bundle)
}

export function toBase64(data: string | Uint8Array): string {
  if (typeof data === 'string') return data
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64')
}

function displayMethod(value: unknown): (() => unknown) | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined
  const method = (value as Record<symbol, unknown>)[JUPYTER_DISPLAY]
  return typeof method === 'function' ? (method as () => unknown) : undefined
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null)?.then === 'function'
}

function checked(bundle: unknown): MimeBundle {
  if (typeof bundle !== 'object' || bundle === null || Array.isArray(bundle)) {
    throw new TypeError(
      `A display must be an object of data by MIME type; got ${inspect(bundle, { depth: 0 })}.`,
    )
  }
  const data: MimeBundle = {}
  for (const [type, value] of Object.entries(bundle)) {
    if (value !== undefined) data[type] = value instanceof Uint8Array ? toBase64(value) : value
  }
  // The test that matters: BigInts and cycles cannot be sent.
  JSON.stringify(data)
  return data
}

function textBundle(value: unknown): MimeBundle {
  return { 'text/plain': inspect(value) }
}

/** What is shown in place of a value whose own display throws. */
function failedBundle(error: unknown): MimeBundle {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : inspect(error)
  return { 'text/plain': `This value could not be drawn. ${reason}` }
}
