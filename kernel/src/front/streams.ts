/**
 * Text of stdout and stderr, gathered for some milliseconds so that a print loop makes few messages.
 */
import { StringDecoder } from 'node:string_decoder'

export type StreamName = 'stdout' | 'stderr'

/** Milliseconds for which text is gathered. */
const DELAY = 15
/** Bytes at which text is sent at once. */
const LIMIT = 1 << 20

export class StreamBuffer {
  readonly #publish: (name: StreamName, text: string) => void
  readonly #decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') }
  #name: StreamName = 'stdout'
  #texts: string[] = []
  #size = 0
  #timer: NodeJS.Timeout | undefined

  constructor(publish: (name: StreamName, text: string) => void) {
    this.#publish = publish
  }

  /** Takes bytes of a stream; a character that is cut waits for its rest. */
  write(name: StreamName, bytes: Buffer): void {
    if (name !== this.#name) this.flush()
    this.#name = name
    this.#texts.push(this.#decoders[name].write(bytes))
    this.#size += bytes.length
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
    if (text !== '') this.#publish(this.#name, text)
  }
}
