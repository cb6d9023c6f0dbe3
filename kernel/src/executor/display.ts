/**
 * `display` and `clearOutput`, as cells see them.
 */
import { randomUUID } from 'node:crypto'
import { type MimeBundle, plainBundle, toBase64, toBundle } from './bundle.js'
import { publish } from './output.js'

/** Something shown in the notebook that can be changed in place. */
export interface DisplayHandle {
  /** The `display_id` that front ends know it by. */
  readonly id: string
  /** Shows `value` in place of what is shown now; it is read like the argument of the call that made this handle. */
  update(value: unknown): void
}

/** Options of `display.raw`. */
export interface RawOptions {
  /** Metadata by MIME type, sent beside the data. Default none. */
  readonly metadata?: Record<string, unknown>
}

/**
 * Shows a value in the notebook, now, as a cell's last value would be shown.
 *
 * @example
 * const shown = display('working…')
 * shown.update('done')
 */
export interface Display {
  (value: unknown): DisplayHandle
  /** Shows HTML. */
  html(markup: string): DisplayHandle
  /** Shows Markdown, with TeX between dollar signs. */
  markdown(text: string): DisplayHandle
  /** Shows TeX, dollar signs included. */
  latex(text: string): DisplayHandle
  /** Shows an SVG document. */
  svg(markup: string): DisplayHandle
  /** Shows a PNG image from its bytes or from base64 text. */
  png(image: Uint8Array | string): DisplayHandle
  /** Shows plain data as a tree that can be unfolded. */
  json(data: unknown): DisplayHandle
  /** Shows data by MIME type; the front end takes the richest that it knows. */
  raw(bundle: Readonly<MimeBundle>, options?: RawOptions): DisplayHandle
}

type Bundler = (value: never) => MimeBundle | Promise<MimeBundle>

/** Displays whose bundle is still awaited; a cell ends after them. */
const pending = new Set<Promise<void>>()

/** Resolves when every display so far has been sent. */
export async function displaysSent(): Promise<void> {
  await Promise.all(pending)
}

class Handle implements DisplayHandle {
  readonly id: string = randomUUID()
  readonly #bundler: Bundler
  readonly #metadata: Record<string, unknown>

  constructor(bundler: Bundler, metadata: Record<string, unknown> = {}) {
    this.#bundler = bundler
    this.#metadata = metadata
  }

  update(value: unknown): void {
    this.show('update_display_data', value)
  }

  show(message: 'display_data' | 'update_display_data', value: unknown): void {
    const send = (data: MimeBundle) =>
      publish(message, { data, metadata: this.#metadata, transient: { display_id: this.id } })
    const bundle = this.#bundler(value as never)
    if (!(bundle instanceof Promise)) {
      send(bundle)
      return
    }
    const sent: Promise<void> = bundle.then(send).finally(() => pending.delete(sent))
    pending.add(sent)
  }
}

/** Whether a cell's last value is a handle, which shows nothing of its own. */
export function isHandle(value: unknown): boolean {
  return value instanceof Handle
}

function shower<T>(bundler: (value: T) => MimeBundle | Promise<MimeBundle>): (value: T) => DisplayHandle {
  return (value) => {
    const handle = new Handle(bundler as Bundler)
    handle.show('display_data', value)
    return handle
  }
}

function textOf(type: string): (text: string) => DisplayHandle {
  return shower((text: string) => ({ [type]: text, 'text/plain': text }))
}

export const display: Display = Object.assign(shower(toBundle), {
  html: textOf('text/html'),
  markdown: textOf('text/markdown'),
  latex: textOf('text/latex'),
  svg: textOf('image/svg+xml'),
  png: shower((image: Uint8Array | string) => ({ 'image/png': toBase64(image), 'text/plain': 'PNG image' })),
  json: shower((data: unknown) =>
    plainBundle({ 'application/json': data, 'text/plain': JSON.stringify(data, null, 2) ?? 'undefined' }),
  ),
  raw(bundle: Readonly<MimeBundle>, options: RawOptions = {}): DisplayHandle {
    const handle = new Handle(plainBundle as Bundler, options.metadata)
    handle.show('display_data', bundle)
    return handle
  },
})

/**
 * Removes what the running cell has shown so far.
 *
 * @param options `wait`: keep it until something new is shown, which avoids flicker. Default `false`.
 */
export function clearOutput(options: { readonly wait?: boolean } = {}): void {
  publish('clear_output', { wait: options.wait ?? false })
}
