/**
 * Values as MIME bundles: each holds its text, and beside it the forms that show it better.
 */
import { inspect, types } from 'node:util'
import { FIGURE_MIME } from 'psilab/figure'
import { imageName, imageType } from './show/image.js'
import { packageTex } from './show/packages.js'
import { tableHtml, tableOf } from './show/table.js'
import { lineOf, textOf } from './show/text.js'
import { vegaBundle } from './show/vega.js'

/** Data by MIME type: text, base64 text for binary types, or plain data for JSON types. */
export type MimeBundle = Record<string, unknown>

/** The method by which an object shows itself, shared with Deno's kernel. */
export const JUPYTER_DISPLAY: unique symbol = Symbol.for('Jupyter.display') as never

/** The bundle of a value: its own when it has the display method, else what its kind is best read as. */
export function toBundle(value: unknown): MimeBundle | Promise<MimeBundle> {
  try {
    const method = displayMethod(value)
    if (!method) return { ...richForm(value), 'text/plain': textOf(value) }
    const own = method.call(value)
    if (!isThenable(own)) return withText(checked(own), value)
    return Promise.resolve(own)
      .then((bundle) => withText(checked(bundle), value))
      .catch(failedBundle)
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

/** What is said of a bundle beside it: the words for its picture, where a figure has them. */
export function metadataOf(bundle: MimeBundle): Record<string, unknown> {
  const alt = (bundle[FIGURE_MIME] as { alt?: unknown } | undefined)?.alt
  return typeof alt === 'string' && 'image/png' in bundle ? { 'image/png': { alt } } : {}
}

function displayMethod(value: unknown): (() => unknown) | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined
  if (types.isProxy(value) && !admitsDisplay(value)) return undefined
  const method = (value as Record<symbol, unknown>)[JUPYTER_DISPLAY]
  return typeof method === 'function' ? (method as () => unknown) : undefined
}

/** A proxy may answer to every name; one that stands for an object that shows itself also says that it has it. */
function admitsDisplay(proxy: object): boolean {
  try {
    return JUPYTER_DISPLAY in proxy
  } catch {
    return false
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null)?.then === 'function'
}

/** What a value of a known kind is shown as beside its text. A kind that cannot be made out is text alone. */
function richForm(value: unknown): MimeBundle {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return {}
  try {
    if (value instanceof Uint8Array) {
      const type = imageType(value)
      return type ? { [type]: toBase64(value) } : {}
    }
    const tex = packageTex(value)
    if (tex !== undefined) return { 'text/latex': `$\\displaystyle ${tex}$` }
    const table = tableOf(value)
    return table ? { 'text/html': tableHtml(table) } : vegaBundle(value)
  } catch {
    return {}
  }
}

function withText(bundle: MimeBundle, value: unknown): MimeBundle {
  return 'text/plain' in bundle ? bundle : { ...bundle, 'text/plain': textOf(value) }
}

function checked(bundle: unknown): MimeBundle {
  if (typeof bundle !== 'object' || bundle === null || Array.isArray(bundle)) {
    throw new TypeError(
      `A display must be an object of data by MIME type, such as { 'text/html': '<b>1</b>' }; got ${lineOf(inspect(bundle, { depth: 0 }), 80)}.`,
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

/** What is shown in place of a value whose own display throws. */
function failedBundle(error: unknown): MimeBundle {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : textOf(error)
  return { 'text/plain': `This value could not be drawn. ${reason}` }
}

/** The bundle of an image from its bytes or base64 text. */
export function imageBundle(type: string, image: Uint8Array | string): MimeBundle {
  return { [type]: toBase64(image), 'text/plain': `${imageName(type)} image` }
}
