/**
 * Frames of one stream on their way to the page: one is painted, one waits, and a newer one takes the place of that
 * which waits. The credits of a frame go back once it is painted.
 */
import type { Frame } from './frame.js'

/** A place in the page where a stream is painted. */
export interface Painter {
  /** Whether it is on the screen. */
  readonly isVisible: boolean
  /** Resolves when the frame is painted; figures are painted once a frame of the page at most. */
  paint(frame: Frame): Promise<void>
  /** How the stream goes on. */
  tell(state: StreamState): void
}

export interface StreamState {
  readonly paused: boolean
  /** Why nothing comes any more. */
  readonly ended: string | undefined
  /** Why the last frame that came cannot be drawn. */
  readonly refused: string | undefined
  /** Frames painted a second, of late. */
  readonly rate: number
  /** Frames that came and were left out for newer ones. */
  readonly dropped: number
}

/** Milliseconds over which the rate is counted. */
const WINDOW = 1000

export class Mailbox {
  readonly #painters = new Set<Painter>()
  readonly #giveBack: (frame: number) => void
  #waiting: Frame | undefined
  #busy = false
  /** The last frame that came, for a painter that comes later. */
  #last: Frame | undefined
  #painted: number[] = []
  #dropped = 0

  /** @param giveBack Gives back the credits of all frames up to one. */
  constructor(giveBack: (frame: number) => void) {
    this.#giveBack = giveBack
  }

  get painters(): ReadonlySet<Painter> {
    return this.#painters
  }

  get isVisible(): boolean {
    return [...this.#painters].some((painter) => painter.isVisible)
  }

  get last(): Frame | undefined {
    return this.#last
  }

  get dropped(): number {
    return this.#dropped
  }

  /** Frames painted in the last second. */
  rate(now = performance.now()): number {
    this.#painted = this.#painted.filter((at) => now - at < WINDOW)
    return (1000 * this.#painted.length) / WINDOW
  }

  add(painter: Painter): void {
    this.#painters.add(painter)
    this.#schedule()
  }

  remove(painter: Painter): void {
    this.#painters.delete(painter)
  }

  receive(frame: Frame): void {
    if (this.#waiting && this.isVisible) this.#dropped++
    this.#waiting = frame
    this.#last = frame
    this.#schedule()
  }

  /** Looks whether the frame that waits can be painted now, or need not be. */
  changed(): void {
    this.#schedule()
  }

  #schedule(): void {
    if (this.#busy || !this.#waiting) return
    if (!this.isVisible) {
      // Nobody sees it: the credit goes back at once. It waits on, for a painter that comes on the screen.
      this.#giveBack(this.#waiting.frame)
      return
    }
    this.#busy = true
    const frame = this.#waiting
    this.#waiting = undefined
    const visible = [...this.#painters].filter((painter) => painter.isVisible)
    // What cannot be painted says so in its place.
    void Promise.allSettled(visible.map((painter) => painter.paint(frame))).then(() => {
      this.#busy = false
      this.#painted.push(performance.now())
      this.#giveBack(frame.frame)
      this.#schedule()
    })
  }
}
