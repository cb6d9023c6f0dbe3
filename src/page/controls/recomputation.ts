/**
 * What follows the sliders: while one moves, figures as exact as a drawing, the latest values first, and one is painted
 * while the next is computed; when they rest, the whole figure.
 */
import type { Figure } from '../../figure/index.js'
import type { LiveSession } from './session.js'

type Values = Readonly<Record<string, number>>

/** Milliseconds without a change after which sliders rest. */
const REST = 250

export interface RecomputationOptions {
  /** The frame that is shown. */
  readonly frame: () => number
  /** Shows a figure; resolves once it is painted. */
  readonly show: (figure: Figure) => Promise<void>
  /** A computation has begun. */
  readonly computing: () => void
  /** The last one has ended; the error is what prevented it. */
  readonly computed: (error?: unknown) => void
}

interface Computed {
  readonly change: number
  /** Undefined where a newer request superseded it, or it failed. */
  readonly figure?: Figure | undefined
  readonly error?: unknown
}

export class Recomputation {
  readonly #open: () => Promise<LiveSession | undefined>
  #session: Promise<LiveSession | undefined> | undefined
  readonly #options: RecomputationOptions
  /** The values to come next. */
  #wanted: Values | undefined
  #isComputing = false
  #rest: ReturnType<typeof setTimeout> | undefined
  /** Counts the changes of the sliders. */
  #changes = 0

  /** @param open called with the first change: most figures are only looked at */
  constructor(open: () => Promise<LiveSession | undefined>, options: RecomputationOptions) {
    this.#open = open
    this.#options = options
  }

  /** The sliders stand at other values now. */
  change(values: Values): void {
    this.#changes++
    this.#wanted = values
    clearTimeout(this.#rest)
    if (!this.#isComputing) void this.#follow()
  }

  dispose(): void {
    this.#changes++
    this.#wanted = undefined
    clearTimeout(this.#rest)
    void this.#session?.then(
      (session) => session?.dispose(),
      () => undefined,
    )
  }

  async #follow(): Promise<void> {
    this.#isComputing = true
    const { frame } = this.#options
    let last: Values | undefined
    let painting = Promise.resolve()
    while (this.#wanted) {
      const values = this.#wanted
      this.#wanted = undefined
      last = values
      const computed = await this.#compute((session) => session.recompute(values, frame()))
      await painting
      painting = this.#paint(computed)
    }
    await painting
    this.#isComputing = false
    const change = this.#changes
    this.#rest = setTimeout(() => {
      const values = last
      if (values && change === this.#changes)
        void this.#compute((session) => session.settle(values)).then((whole) => this.#paint(whole))
    }, REST)
  }

  /** Opened once; where that fails the next change tries again. */
  #opened(): Promise<LiveSession | undefined> {
    const opened = this.#session ?? this.#open()
    this.#session = opened
    opened.catch(() => {
      this.#session = undefined
    })
    return opened
  }

  /** What was computed, for the latest change or one before. */
  async #compute(ask: (session: LiveSession) => Promise<Figure | undefined>): Promise<Computed> {
    const change = this.#changes
    this.#options.computing()
    try {
      const session = await this.#opened()
      if (!session) throw new Error('This page cannot compute this figure.')
      return { change, figure: await ask(session) }
    } catch (error) {
      return { change, error }
    }
  }

  async #paint({ change, figure, error }: Computed): Promise<void> {
    let failure = error
    try {
      if (figure) await this.#options.show(figure)
    } catch (refusal) {
      failure = refusal
    }
    if (change === this.#changes) this.#options.computed(failure)
  }
}
