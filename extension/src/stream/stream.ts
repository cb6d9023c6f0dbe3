/** One stream of the kernel in this page: where it is painted, and what goes back. */
import { type Figure, FigureError, saved } from 'psilab/figure'
import { type Frame, FrameReader } from './frame.js'
import { Mailbox, type Painter, type StreamState } from './mailbox.js'
import { PAGE } from './streams.js'

/** What is used of a comm. */
export interface Channel {
  send(data: Readonly<Record<string, string | number | boolean>>): void
  readonly isDisposed: boolean
}

/** Milliseconds in which a stream finds its output, before it rests. */
const SOON = 500
/** Milliseconds between two words on how it goes on. */
const TELL = 1000

export class Stream {
  readonly id: string
  readonly #channel: Channel
  readonly #reader = new FrameReader()
  readonly #mailbox: Mailbox
  #watching = true
  #paused = false
  #ended: string | undefined
  #refused: string | undefined
  readonly #clock: ReturnType<typeof setInterval>

  constructor(id: string, channel: Channel) {
    this.id = id
    this.#channel = channel
    this.#mailbox = new Mailbox((frame) => {
      if (this.#watching) this.#say({ back: frame, page: PAGE })
    })
    setTimeout(() => this.attend(), SOON)
    this.#clock = setInterval(() => this.#tell(), TELL)
  }

  get state(): StreamState {
    return {
      paused: this.#paused,
      ended: this.#ended,
      refused: this.#refused,
      rate: this.#mailbox.rate(),
      dropped: this.#mailbox.dropped,
    }
  }

  /** The last figure that came, as an output holds it. */
  get last(): Figure | undefined {
    return this.#mailbox.last && saved(this.#mailbox.last.figure)
  }

  /** Takes a message; returns whether it was a frame. */
  receive(data: unknown, buffers: readonly (ArrayBuffer | ArrayBufferView)[]): boolean {
    const { paused } = (data ?? {}) as Record<string, unknown>
    if (typeof paused === 'boolean') {
      this.#paused = paused
      this.#tell()
      return false
    }
    let frame: Frame | undefined
    try {
      frame = this.#reader.read(data, buffers)
    } catch (error) {
      // It is given back, so that what comes after it is sent.
      this.#refused = error instanceof FigureError ? error.message : 'A frame that came cannot be drawn.'
      if (this.#watching) this.#say({ back: (data as Frame).frame, page: PAGE })
      return false
    }
    if (frame) {
      this.#refused = undefined
      this.#mailbox.receive(frame)
    }
    // The kernel sends all of a frame to who begins anew.
    else if (data && typeof (data as { frame?: unknown }).frame === 'number') this.#say({ ready: PAGE })
    return frame !== undefined
  }

  add(painter: Painter): void {
    this.#mailbox.add(painter)
    painter.tell(this.state)
    this.attend()
  }

  remove(painter: Painter): void {
    this.#mailbox.remove(painter)
    this.attend()
  }

  /** Watches while something of it is on the screen; else the kernel sends nothing. */
  attend(): void {
    if (this.#ended !== undefined) return
    const watching = this.#mailbox.isVisible && document.visibilityState === 'visible'
    if (watching !== this.#watching) {
      this.#watching = watching
      this.#say(watching ? { ready: PAGE } : { leave: PAGE })
    }
    this.#mailbox.changed()
  }

  /** The page goes. */
  leave(): void {
    if (this.#watching) this.#say({ leave: PAGE })
  }

  pause(paused: boolean): void {
    this.#say({ paused })
  }

  /** @param reason Why nothing comes any more, as a sentence; empty where the run has just ended. */
  end(reason: string): void {
    if (this.#ended !== undefined) return
    this.#ended = reason
    clearInterval(this.#clock)
    this.#tell()
  }

  #tell(): void {
    const { state } = this
    for (const painter of this.#mailbox.painters) painter.tell(state)
  }

  #say(data: Readonly<Record<string, string | number | boolean>>): void {
    if (this.#ended === undefined && !this.#channel.isDisposed) this.#channel.send(data)
  }
}
