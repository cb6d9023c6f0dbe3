/**
 * What waits to be painted: the latest of what has come, one a frame of the page, while it may be seen.
 */
import { nextFrame } from './visibility.js'

/** What is to be shown, and who waits for it. */
interface Waiting<T> {
  readonly shown: T
  readonly settled: { resolve: () => void; reject: (reason: unknown) => void }[]
}

export interface LatestOptions<T> {
  /** Whether painting makes sense now: it is seen, and not paused. Who changes that calls {@link Latest.wake}. */
  readonly mayPaint: () => boolean
  /** What the first painting waits for. */
  readonly ready: () => Promise<void> | undefined
  readonly paint: (shown: T) => Promise<void>
  /** Called where one gives its place to a later one. */
  readonly dropped: () => void
}

export class Latest<T> {
  readonly #options: LatestOptions<T>
  #waiting: Waiting<T> | undefined
  #isPainting = false
  #isEnded = false
  #wake: () => void = () => {}

  constructor(options: LatestOptions<T>) {
    this.#options = options
  }

  /** Resolves once this or a later one is painted, or nothing will be. */
  next(shown: T): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#isEnded) {
        resolve()
        return
      }
      if (this.#waiting) this.#options.dropped()
      this.#waiting = { shown, settled: [...(this.#waiting?.settled ?? []), { resolve, reject }] }
      void this.#paintAll()
    })
  }

  /** Goes on where painting makes sense again. */
  wake(): void {
    this.#wake()
  }

  dispose(): void {
    this.#isEnded = true
    for (const { resolve } of this.#waiting?.settled ?? []) resolve()
    this.#waiting = undefined
    this.#wake()
  }

  async #paintAll(): Promise<void> {
    if (this.#isPainting) return
    this.#isPainting = true
    try {
      while (this.#waiting) {
        await this.#turn()
        if (this.#isEnded) return
        const { shown, settled } = this.#waiting
        this.#waiting = undefined
        try {
          await this.#options.paint(shown)
          for (const { resolve } of settled) resolve()
        } catch (error) {
          for (const { reject } of settled) reject(error)
        }
      }
    } finally {
      this.#isPainting = false
    }
  }

  /** Waits until painting makes sense, and then for the page's next frame. */
  async #turn(): Promise<void> {
    while (!this.#isEnded && !this.#options.mayPaint()) {
      await new Promise<void>((wake) => {
        this.#wake = wake
      })
    }
    await this.#options.ready()
    if (!this.#isEnded) await nextFrame()
  }
}
