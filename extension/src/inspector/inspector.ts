/**
 * The inspector: the figures of the page that change, what that costs, and how to stop them.
 */
import { Widget } from '@lumino/widgets'
import { element, type LiveFigure, type LiveFigures } from 'psilab/page'
import { psiIcon } from '../icons.js'
import { Entry, type Place, totalOf, write } from './entry.js'

/** Milliseconds between two readings of the rates. */
const PERIOD = 500

/** Said where nothing is live. */
const EMPTY = [
  'No figure is live.',
  'A figure is live while its sliders compute it anew in this page, or while a running cell sends it from the kernel. Run a cell of a ψlab notebook and move a slider of its figure.',
]

export class Inspector extends Widget {
  readonly #live: LiveFigures
  readonly #place: Place
  readonly #entries = new Map<LiveFigure, Entry>()
  readonly #total = element('span', 'psilab-inspector-total')
  readonly #all = element('button', 'psilab-inspector-button')
  readonly #head = element('div', 'psilab-inspector-head', this.#total, this.#all)
  readonly #list = element('ul', 'psilab-inspector-list')
  readonly #empty = element('div', 'psilab-inspector-empty', ...EMPTY.map((text) => element('p', '', text)))
  readonly #leave: () => void
  #timer: ReturnType<typeof setInterval> | undefined
  #due = false

  constructor(live: LiveFigures, place: Place) {
    super()
    this.#live = live
    this.#place = place
    this.id = 'psilab-inspector'
    this.addClass('psilab-inspector')
    this.title.icon = psiIcon
    this.title.caption = 'Live ψlab figures'
    this.node.setAttribute('role', 'region')
    this.node.setAttribute('aria-label', 'Live ψlab figures')
    this.#all.type = 'button'
    this.#all.addEventListener('click', () => {
      const figures = this.#live.list
      const isMoving = figures.some(({ paused }) => !paused)
      for (const figure of figures) {
        if (isMoving) figure.pause()
        else figure.resume()
      }
    })
    this.#list.setAttribute('aria-label', 'Figures')
    this.node.append(this.#head, this.#list, this.#empty)
    this.#leave = live.watch(() => {
      this.#soon()
    })
    this.#draw()
  }

  override dispose(): void {
    if (this.isDisposed) return
    this.#leave()
    this.#rest()
    super.dispose()
  }

  protected override onAfterAttach(): void {
    this.#attend()
  }

  protected override onAfterShow(): void {
    this.#attend()
  }

  protected override onAfterHide(): void {
    this.#attend()
  }

  protected override onBeforeDetach(): void {
    this.#rest()
  }

  /** Rates change without a word, and nobody reads them while the panel is hidden. */
  #attend(): void {
    if (!this.isVisible) {
      this.#rest()
      return
    }
    this.#draw()
    this.#timer ??= setInterval(() => {
      this.#draw()
    }, PERIOD)
  }

  #rest(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** Draws once for all that happens in one turn. */
  #soon(): void {
    if (this.#due) return
    this.#due = true
    queueMicrotask(() => {
      this.#due = false
      if (!this.isDisposed) this.#draw()
    })
  }

  #draw(): void {
    const figures = this.#live.list
    for (const [figure, { node }] of this.#entries) {
      if (figures.includes(figure)) continue
      node.remove()
      this.#entries.delete(figure)
    }
    for (const figure of figures) {
      const entry = this.#entries.get(figure)
      if (entry) entry.update()
      else {
        const added = new Entry(figure, this.#place)
        this.#entries.set(figure, added)
        this.#list.append(added.node)
      }
    }
    this.#empty.hidden = figures.length > 0
    this.#head.hidden = figures.length === 0
    this.#list.hidden = figures.length === 0
    write(this.#total, totalOf(figures))
    write(this.#all, figures.some(({ paused }) => !paused) ? 'Pause all' : 'Resume all')
  }
}
