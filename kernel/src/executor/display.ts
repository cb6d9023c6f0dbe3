/**
 * `display` and `clearOutput`, as cells see them.
 */
import { randomUUID } from 'node:crypto'
import { inspect } from 'node:util'
import { imageBundle, type MimeBundle, metadataOf, plainBundle, toBase64, toBundle } from './bundle.js'
import { epoch } from './interrupt.js'
import { publish } from './output.js'
import { currentRun } from './runs.js'
import { IMAGE_NAMES, imageType } from './show/image.js'
import { readTable, type TableLimits, tableHtml } from './show/table.js'
import { bounded, lineOf, textOf } from './show/text.js'
import { plainData, vegaLiteBundle } from './show/vega.js'
import { FigureStream } from './stream/figureStream.js'
import { type Drawable, isDrawable } from './stream/payload.js'

/** Something shown in the notebook that can be changed in place. */
export interface DisplayHandle {
  /** The `display_id` that front ends know it by. */
  readonly id: string
  /**
   * Shows `value` in place of what is shown now; it is read like the argument of the call that made this handle. Figures
   * are streamed: the call returns at once, the newest is drawn, and when the cell ends the last one stays.
   *
   * @example
   * for (const D of [1, 0.5, 0.1]) shown.update(qde({ objective: 'x^4', D }).groundState())
   */
  update(value: unknown): void
  /** Empties what is shown; a later `update` fills it again. */
  clear(): void
}

/** Options of `display.raw`. */
export interface RawOptions {
  /** Metadata by MIME type, sent beside the data. Default none. */
  readonly metadata?: Record<string, unknown>
}

/** Options of images. */
export interface ImageOptions {
  /** Width on the page, in pixels. Default the image's own. */
  readonly width?: number
  /** Height on the page, in pixels. Default the image's own. */
  readonly height?: number
}

/** Options of `display.table`. */
export type TableOptions = TableLimits

/** An image as the bytes of its file, or as base64 text. */
export type ImageData = Uint8Array | string

/**
 * Shows values in the notebook, now, each as a cell's last value would be shown.
 *
 * @example
 * const shown = display('working…')
 * shown.update('done')
 */
export interface Display {
  (value: unknown): DisplayHandle
  (...values: unknown[]): DisplayHandle[]
  /** Shows text as it is, without quotes. */
  text(text: string): DisplayHandle
  /** Shows HTML. */
  html(markup: string): DisplayHandle
  /** Shows Markdown, with TeX between dollar signs. */
  markdown(text: string): DisplayHandle
  /** Shows TeX, dollar signs included. */
  latex(text: string): DisplayHandle
  /** Shows an SVG document. */
  svg(markup: string): DisplayHandle
  /** Shows a PNG, JPEG, GIF or WebP image; its first bytes tell which it is. */
  image(image: ImageData, options?: ImageOptions): DisplayHandle
  /** Shows a PNG image. */
  png(image: ImageData, options?: ImageOptions): DisplayHandle
  /** Shows a JPEG image. */
  jpeg(image: ImageData, options?: ImageOptions): DisplayHandle
  /** Shows a GIF image. */
  gif(image: ImageData, options?: ImageOptions): DisplayHandle
  /** Shows a WebP image. */
  webp(image: ImageData, options?: ImageOptions): DisplayHandle
  /** Shows a PDF document. */
  pdf(document: Uint8Array | string): DisplayHandle
  /** Shows plain data as a tree that can be unfolded. */
  json(data: unknown): DisplayHandle
  /**
   * Shows a table: an array or Map of objects, one a row, or an object of equally long arrays, one a column.
   *
   * @param data What is shown.
   * @param options `rows`, `columns`: how many are shown at most; default 20 each.
   */
  table(data: object, options?: TableOptions): DisplayHandle
  /** Draws a Vega-Lite specification. */
  vegaLite(spec: object): DisplayHandle
  /** Runs JavaScript in the page; JupyterLab does so in trusted notebooks. */
  javascript(code: string): DisplayHandle
  /** Shows data by MIME type; the front end takes the richest that it knows. */
  raw(bundle: Readonly<MimeBundle>, options?: RawOptions): DisplayHandle
}

type Metadata = Readonly<Record<string, unknown>>
type Bundler = (value: never) => MimeBundle | Promise<MimeBundle>

/** Displays whose bundle is still awaited, with their runs; a cell ends after its own. */
const pending = new Map<Promise<void>, number>()

/** Resolves when every display of a run so far has been sent. */
export async function displaysSent(run: number): Promise<void> {
  await Promise.all([...pending].flatMap(([sent, owner]) => (owner === run ? [sent] : [])))
}

class Handle implements DisplayHandle {
  readonly id: string = randomUUID()
  readonly #bundler: Bundler
  readonly #metadata: (data: MimeBundle) => Metadata
  /** A display of this handle that is not sent yet: later ones wait for it. */
  #sending: Promise<void> | undefined
  /** Counts streams: what was drawn for the time before one comes too late. */
  #turn = 0
  /** Whether the output is there. */
  #sent = false
  /** The figure that is shown again and again. */
  #stream: FigureStream | undefined
  #epoch: number = epoch()

  constructor(bundler: Bundler, metadata: (data: MimeBundle) => Metadata = metadataOf) {
    this.#bundler = bundler
    this.#metadata = metadata
  }

  update(value: unknown): void {
    if (this.#bundler === toBundle && isDrawable(value)) {
      if (!this.#stream || this.#stream.hasEnded) this.#stream = this.#begin(value)
      else this.#stream.show(value)
      return
    }
    this.#stream?.drop()
    this.#send('update_display_data', this.#bundler(value as never))
  }

  clear(): void {
    this.#stream?.drop()
    this.#send('update_display_data', { 'text/plain': '' })
  }

  show(value: unknown): this {
    this.#send('display_data', this.#bundler(value as never))
    return this
  }

  /** From now on figures are streamed. What was to be shown and is not yet drawn does not come any more. */
  #begin(first: Drawable): FigureStream {
    const message = this.#sent ? 'update_display_data' : 'display_data'
    this.#sent = true
    this.#turn++
    this.#sending = undefined
    return new FigureStream(this.id, message, first)
  }

  #send(message: 'display_data' | 'update_display_data', bundle: MimeBundle | Promise<MimeBundle>): void {
    const send = (data: MimeBundle): void => {
      this.#sent = true
      publish(message, { data, metadata: this.#metadata(data), transient: { display_id: this.id } })
    }
    const turn = this.#turn
    // What an interrupt has cut off is not waited for.
    const before = this.#epoch === epoch() ? this.#sending : undefined
    this.#epoch = epoch()
    if (!before && !(bundle instanceof Promise)) {
      send(bundle)
      return
    }
    const sent: Promise<void> = Promise.all([bundle, before])
      .then(([data]) => {
        if (this.#turn === turn) send(data)
      })
      .finally(() => {
        pending.delete(sent)
        if (this.#sending === sent) this.#sending = undefined
      })
    this.#sending = sent
    pending.set(sent, currentRun())
  }
}

/** Whether a cell's last value is a handle, or the handles of several displays, which show nothing of their own. */
export function isHandle(value: unknown): boolean {
  if (Array.isArray(value)) return 0 in value && value.every((item) => item instanceof Handle)
  return value instanceof Handle
}

function show(...values: unknown[]): DisplayHandle | DisplayHandle[] {
  const handles = values.map((value) => new Handle(toBundle).show(value))
  return handles.length === 1 ? handles[0]! : handles
}

function textual(name: string, what: string, type: string): (text: string) => DisplayHandle {
  const bundle = (text: unknown): MimeBundle => {
    if (typeof text !== 'string') throw refusal(name, `${what} as a string`, text)
    return { [type]: text, 'text/plain': bounded(text) }
  }
  return (text) => new Handle(bundle).show(text)
}

/** Displays of images; without a type, the bytes tell it. */
function pictorial(name: string, type?: string): (image: ImageData, options?: ImageOptions) => DisplayHandle {
  const allowed = `the bytes of ${type ? 'the file' : `a ${IMAGE_NAMES} file`}, or their base64 text`
  const bundle = (image: unknown): MimeBundle => {
    if (!isBinary(image)) throw refusal(name, allowed, image)
    const found = type ?? imageType(image)
    if (!found) throw refusal(name, allowed, image)
    return imageBundle(found, image)
  }
  return (image, options = {}) => {
    const size = imageSize(name, options)
    const metadata = (data: MimeBundle): Metadata => {
      const shown = Object.keys(data).find((key) => key.startsWith('image/'))
      return shown && Object.keys(size).length > 0 ? { [shown]: size } : {}
    }
    return new Handle(bundle, metadata).show(image)
  }
}

function imageSize(name: string, { width, height }: ImageOptions): Metadata {
  for (const [side, pixels] of Object.entries({ width, height })) {
    if (pixels !== undefined && !(typeof pixels === 'number' && pixels > 0 && Number.isFinite(pixels))) {
      throw refusal(`${name}: ${side}`, 'a positive number of pixels', pixels)
    }
  }
  return { ...(width === undefined ? {} : { width }), ...(height === undefined ? {} : { height }) }
}

function isBinary(value: unknown): value is ImageData {
  return value instanceof Uint8Array || typeof value === 'string'
}

function refusal(name: string, allowed: string, got: unknown): TypeError {
  return new TypeError(`${name} takes ${allowed}; got ${describe(got)}.`)
}

function describe(value: unknown): string {
  const text =
    typeof value === 'object' && value !== null
      ? inspect(value, { depth: 0, maxArrayLength: 8 })
      : textOf(value)
  return lineOf(text, 60)
}

export const display: Display = Object.assign(show as Pick<Display, never> as Display, {
  text: textual('display.text', 'text', 'text/plain'),
  html: textual('display.html', 'HTML', 'text/html'),
  markdown: textual('display.markdown', 'Markdown', 'text/markdown'),
  latex: textual('display.latex', 'TeX', 'text/latex'),
  svg: textual('display.svg', 'an SVG document', 'image/svg+xml'),
  javascript: textual('display.javascript', 'JavaScript', 'text/javascript'),
  image: pictorial('display.image'),
  png: pictorial('display.png', 'image/png'),
  jpeg: pictorial('display.jpeg', 'image/jpeg'),
  gif: pictorial('display.gif', 'image/gif'),
  webp: pictorial('display.webp', 'image/webp'),
  pdf(document: Uint8Array | string): DisplayHandle {
    const bundle = (value: unknown): MimeBundle => {
      if (!isBinary(value))
        throw refusal('display.pdf', 'the bytes of a PDF file, or their base64 text', value)
      return { 'application/pdf': toBase64(value), 'text/plain': 'PDF document' }
    }
    return new Handle(bundle).show(document)
  },
  json(data: unknown): DisplayHandle {
    const bundle = (value: unknown): MimeBundle => {
      const plain = plainData(value)
      if (plain === undefined) throw refusal('display.json', 'what JSON can say', value)
      return { 'application/json': plain, 'text/plain': bounded(JSON.stringify(plain, null, 2)) }
    }
    return new Handle(bundle).show(data)
  },
  table(data: object, options: TableOptions = {}): DisplayHandle {
    for (const [side, count] of Object.entries(options)) {
      if (count !== undefined && !(Number.isInteger(count) && count >= 1))
        throw refusal(`display.table: ${side}`, 'a whole number from 1 on', count)
    }
    const allowed = 'an array or a Map of objects, or an object of equally long arrays'
    const bundle = (value: unknown): MimeBundle => {
      if (Array.isArray(value) && value.length === 0) return { 'text/plain': textOf(value) }
      const table = readTable(value)
      if (!table) throw refusal('display.table', allowed, value)
      return { 'text/html': tableHtml(table, options), 'text/plain': textOf(value) }
    }
    return new Handle(bundle).show(data)
  },
  vegaLite(spec: object): DisplayHandle {
    const bundle = (value: unknown): MimeBundle => {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw refusal('display.vegaLite', 'a specification, such as { data, mark, encoding }', value)
      return { ...vegaLiteBundle(value), 'text/plain': textOf(value) }
    }
    return new Handle(bundle).show(spec)
  },
  raw(bundle: Readonly<MimeBundle>, options: RawOptions = {}): DisplayHandle {
    return new Handle(plainBundle as Bundler, () => options.metadata ?? {}).show(bundle)
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
