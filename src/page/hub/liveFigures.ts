/**
 * The figures of this page that change: recomputed in the page, or streamed from a kernel.
 */

export interface LiveFigure {
  readonly title: string
  /** Who computes what it shows. */
  readonly source: 'page' | 'kernel'
  /** The figure in the page. */
  readonly node: HTMLElement
  /** Figures painted in the last second. */
  readonly rate: number
  /** Figures that came and were not painted, since a newer one came first. */
  readonly drops: number
  readonly paused: boolean
  pause(): void
  resume(): void
}

export class LiveFigures {
  readonly #figures = new Set<LiveFigure>()
  readonly #watchers = new Set<() => void>()

  /** In the order in which they came. */
  get list(): readonly LiveFigure[] {
    return [...this.#figures]
  }

  /** Adds a figure; returns what takes it out again. */
  add(figure: LiveFigure): () => void {
    this.#figures.add(figure)
    this.changed()
    return () => {
      if (this.#figures.delete(figure)) this.changed()
    }
  }

  /** Called back when a figure comes, goes, pauses or goes on; rates and drops are read when they are shown. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => {
      this.#watchers.delete(watcher)
    }
  }

  changed(): void {
    for (const watcher of this.#watchers) watcher()
  }
}

/** Those of this page. */
export const liveFigures: LiveFigures = new LiveFigures()
