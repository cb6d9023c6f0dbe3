import type { IRenderMime } from '@jupyterlab/rendermime-interfaces'
import { type Figure, FigureError, hasNothingDrawn, validateFigure } from 'psilab/figure'
import { FigureView, fallback, type PageHost, picture } from 'psilab/page'
import { jupyterHost } from './host.js'

/** Validates the payload of an output and shows the figure, or says in a sentence why not and shows the PNG. */
export class Output {
  readonly #place: HTMLElement
  readonly #host: PageHost
  #view: FigureView | undefined
  /** The payload that is shown. JupyterLab renders a model again when anything in its bundle changes. */
  #shown: unknown

  constructor(place: HTMLElement, typesetter: IRenderMime.ILatexTypesetter | null) {
    this.#place = place
    this.#host = jupyterHost(typesetter)
  }

  async show(payload: unknown, png: unknown): Promise<void> {
    if (this.#shown !== undefined && same(this.#shown, payload)) return
    this.#shown = payload
    this.dispose()
    let figure: Figure
    try {
      figure = validateFigure(payload)
    } catch (error) {
      this.#refuse(error, png)
      return
    }
    const view = new FigureView(this.#place, figure, this.#host)
    this.#view = view
    try {
      await view.draw()
      if (hasNothingDrawn(figure)) this.#place.append(picture(png, figure.alt) ?? '')
    } catch (error) {
      if (this.#view !== view) return
      this.dispose()
      this.#refuse(error, png)
    }
  }

  dispose(): void {
    this.#view?.dispose()
    this.#view = undefined
    this.#place.replaceChildren()
  }

  #refuse(error: unknown, png: unknown): void {
    if (!(error instanceof FigureError)) console.error(error)
    const sentence = error instanceof FigureError ? error.message : 'This figure cannot be drawn.'
    this.#place.append(fallback(sentence, png))
  }
}

/** Whether two payloads are the same JSON. */
function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
