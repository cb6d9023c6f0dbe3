/**
 * What follows the sliders: while one moves, figures as exact as a drawing, the latest values first; when they rest,
 * the whole figure.
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
    void this.#session?.then((session) => session?.dispose())
  }

  async #follow(): Promise<void> {
    this.#isComputing = true
    let last: Values | undefined
    while (this.#wanted) {
      last = this.#wanted
      this.#wanted = undefined
      const { frame } = this.#options
      await this.#compute((session, values) => session.recompute(values, frame()), last)
    }
    this.#isComputing = false
    const change = this.#changes
    this.#rest = setTimeout(() => {
      if (last && change === this.#changes)
        void this.#compute((session, values) => session.settle(values), last)
    }, REST)
  }

  async #compute(
    ask: (session: LiveSession, values: Values) => Promise<Figure | undefined>,
    values: Values,
  ): Promise<void> {
    const change = this.#changes
    const isLast = (): boolean => change === this.#changes
    this.#options.computing()
    try {
      this.#session ??= this.#open()
      const session = await this.#session
      if (!session) throw new Error('This page cannot compute this figure.')
      const figure = await ask(session, values)
      if (figure) await this.#options.show(figure)
      if (isLast()) this.#options.computed()
    } catch (error) {
      if (isLast()) this.#options.computed(error)
    }
  }
}
