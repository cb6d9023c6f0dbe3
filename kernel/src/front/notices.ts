/**
 * Lines for whoever looks after the kernel, few enough to be read however many there are.
 */

/** Lines written within one span. */
const LIMIT = 20
/** Milliseconds of a span. */
const SPAN = 10_000
/** Characters of a line. */
const WIDTH = 300

export class Notices {
  readonly #write: (line: string) => void
  #count = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(write: (line: string) => void) {
    this.#write = write
  }

  /** Writes the text as one line, or counts it when there have been many of late. */
  add(text: string): void {
    this.#timer ??= setTimeout(() => this.#endSpan(), SPAN)
    if (++this.#count > LIMIT) return
    const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    this.#write(line.length > WIDTH ? `${line.slice(0, WIDTH)}…` : line)
  }

  /** Tells how many lines were left out. */
  #endSpan(): void {
    if (this.#count > LIMIT) this.#write(`… and ${this.#count - LIMIT} more of such messages.`)
    this.#count = 0
    this.#timer = undefined
  }

  /** Ends the last span. */
  close(): void {
    clearTimeout(this.#timer)
    this.#endSpan()
  }
}
