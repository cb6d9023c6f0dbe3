import { element, type LiveFigure } from 'psilab/page'

/** What an entry asks of the application. */
export interface Place {
  /** The document that a figure is in, as its tab names it. */
  readonly nameOf: (figure: LiveFigure) => string | undefined
  /** Brings a figure on the screen, and the focus to it. */
  readonly show: (figure: LiveFigure) => void
}

/** Words for who computes what a figure shows. */
const SOURCES: Readonly<Record<LiveFigure['source'], string>> = {
  page: 'computed in this page',
  kernel: 'from the kernel',
}

/** The numbers of a figure: frames painted in a second, and those that came too fast. */
export function numbersOf({ paused, rate, drops }: LiveFigure): string {
  const dropped = drops > 0 ? `, ${drops} dropped` : ''
  return `${paused ? 'paused' : `${Math.round(rate)} frames/s`}${dropped}`
}

/** How many figures are live, how many of them rest, and what all of them paint. */
export function totalOf(figures: readonly LiveFigure[]): string {
  const paused = figures.filter((figure) => figure.paused).length
  const rate = figures.reduce((sum, figure) => sum + (figure.paused ? 0 : figure.rate), 0)
  const live = figures.length === 1 ? '1 live figure' : `${figures.length} live figures`
  return `${live}${paused > 0 ? `, ${paused} paused` : ''}: ${Math.round(rate)} frames/s`
}

/** One live figure in the inspector. */
export class Entry {
  readonly node: HTMLElement
  readonly #figure: LiveFigure
  readonly #place: Place
  readonly #title = element('button', 'psilab-inspector-title')
  readonly #about = element('div', 'psilab-inspector-about')
  readonly #numbers = element('span', 'psilab-inspector-numbers')
  readonly #pause = element('button', 'psilab-inspector-button')

  constructor(figure: LiveFigure, place: Place) {
    this.#figure = figure
    this.#place = place
    this.#title.type = 'button'
    this.#title.title = 'Show this figure'
    this.#title.addEventListener('click', () => {
      place.show(figure)
    })
    this.#pause.type = 'button'
    this.#pause.addEventListener('click', () => {
      if (figure.paused) figure.resume()
      else figure.pause()
    })
    this.node = element(
      'li',
      'psilab-inspector-entry',
      this.#title,
      this.#about,
      element('div', 'psilab-inspector-row', this.#numbers, this.#pause),
    )
    this.update()
  }

  update(): void {
    const figure = this.#figure
    const name = this.#place.nameOf(figure)
    write(this.#title, figure.title)
    write(this.#about, name === undefined ? SOURCES[figure.source] : `${name}, ${SOURCES[figure.source]}`)
    write(this.#numbers, numbersOf(figure))
    const action = figure.paused ? 'Resume' : 'Pause'
    if (write(this.#pause, action)) this.#pause.setAttribute('aria-label', `${action} ${figure.title}`)
  }
}

/** Writes a text where it differs from what is there; returns whether it did. */
export function write(node: HTMLElement, text: string): boolean {
  if (node.textContent === text) return false
  node.textContent = text
  return true
}
