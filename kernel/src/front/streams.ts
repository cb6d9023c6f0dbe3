/**
 * Text of stdout and stderr, gathered for some milliseconds so that a print loop makes few messages.
 */
export type StreamName = 'stdout' | 'stderr'

/** Milliseconds for which text is gathered. */
const DELAY = 15
/** Bytes at which text is sent at once. */
const LIMIT = 1 << 20

/** A mark of byte order is text like any other in the middle of a stream. */
const KEEP_ALL = { ignoreBOM: true }

/** @typeParam Owner What the text belongs to. */
export class StreamBuffer<Owner> {
  readonly #publish: (owner: Owner, name: StreamName, text: string) => void
  readonly #decoders = {
    stdout: new TextDecoder('utf-8', KEEP_ALL),
    stderr: new TextDecoder('utf-8', KEEP_ALL),
  }
  #owner: Owner | undefined
  #name: StreamName = 'stdout'
  #texts: string[] = []
  #size = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(publish: (owner: Owner, name: StreamName, text: string) => void) {
    this.#publish = publish
  }

  /** Takes bytes of a stream; a character that is cut waits for its rest. */
  write(owner: Owner, name: StreamName, bytes: Uint8Array): void {
    if (owner !== this.#owner) this.finish()
    if (name !== this.#name) this.flush()
    this.#owner = owner
    this.#name = name
    this.#texts.push(this.#decoders[name].decode(bytes, { stream: true }))
    this.#size += bytes.byteLength
    if (this.#size >= LIMIT) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), DELAY)
  }

  /** Sends what has been gathered; to be called before anything else is sent. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const text = this.#texts.join('')
    this.#texts = []
    this.#size = 0
    if (text !== '') this.#publish(this.#owner as Owner, this.#name, text)
  }
  /** Sends all, also what has come of a character that was cut: the replacement character. */
  finish(): void {
    const last = this.#name
    for (const name of [last, last === 'stdout' ? 'stderr' : 'stdout'] as const) {
      const rest = this.#decoders[name].decode()
      if (rest === '') continue
      if (name !== this.#name) this.flush()
      this.#name = name
      this.#texts.push(rest)
    }
    this.flush()
  }
}
