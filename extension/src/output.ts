import type { IRenderMime } from '@jupyterlab/rendermime-interfaces'
import { type Figure, FigureError, hasNothingDrawn, validateFigure } from 'psilab/figure'
import { element, FigureView, fallback, type PageHost, picture } from 'psilab/page'
import { addOpenFigure, type OpenFigure } from './figures.js'
import { jupyterHost } from './host.js'
import { StreamedOutput } from './stream/output.js'

/**
 * Validates the payload of an output and shows the figure, or says in a sentence why not and shows the PNG. While the
 * kernel streams a figure into the output, its frames are shown.
 */
export class Output implements OpenFigure {
  readonly node: HTMLElement
  readonly #place = element('div', '')
  readonly #host: PageHost
  readonly #leave: () => void
  #view: FigureView | undefined
  #stream: StreamedOutput | undefined
  /** The payload that is shown. JupyterLab renders a model again when anything in its bundle changes. */
  #shown: unknown
  /** Counts figures: only of the last one is said that it cannot be drawn. */
  #turn = 0

  constructor(node: HTMLElement, typesetter: IRenderMime.ILatexTypesetter | null) {
    this.node = node
    node.append(this.#place)
    this.#host = jupyterHost(typesetter)
    this.#leave = addOpenFigure(this)
  }

  get figure(): Figure | undefined {
    return this.#view?.figure
  }

  pause(): void {
    this.#view?.pause()
  }

  resume(): void {
    this.#view?.resume()
  }

  async show(payload: unknown, png: unknown): Promise<void> {
    if (this.#shown !== undefined && same(this.#shown, payload)) return
    this.#shown = payload
    let figure: Figure
    try {
      figure = validateFigure(payload)
    } catch (error) {
      this.#clear()
      this.#refuse(error, png)
      return
    }
    const turn = ++this.#turn
    try {
      await this.#draw(figure, png)
      if (hasNothingDrawn(figure)) this.#place.append(picture(png, figure.alt) ?? '')
    } catch (error) {
      if (this.#turn !== turn) return
      this.#clear()
      this.#refuse(error, png)
    }
  }

  /** Shows the frames of a stream from now on, or those of none any more. */
  follow(id: string | undefined): void {
    if (this.#stream?.id === id) return
    this.#stream?.dispose()
    this.#stream = undefined
    if (id === undefined) return
    this.#stream = new StreamedOutput(id, this.#place, async (figure) => {
      const turn = ++this.#turn
      // The output may come back to what it held before the stream.
      this.#shown = undefined
      try {
        await this.#draw(figure)
      } catch (error) {
        if (this.#turn !== turn) return
        this.#clear()
        this.#refuse(error, undefined)
      }
    })
    this.node.append(this.#stream.node)
  }

  dispose(): void {
    this.#leave()
    this.#stream?.dispose()
    this.#stream = undefined
    this.#clear()
  }

  /** Shows a figure, in place of the one before; resolves when it is painted. */
  async #draw(figure: Figure, png?: unknown): Promise<void> {
    if (this.#view && !this.#view.isRefused) {
      await this.#view.replace(figure, png)
      return
    }
    this.#clear()
    this.#view = new FigureView(this.#place, figure, this.#host, { png })
    await this.#view.draw()
  }

  #clear(): void {
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

/** Whether two payloads are the same JSON; what lies too deep to be written is no figure. */
function same(a: unknown, b: unknown): boolean {
  try {
    return a === b || JSON.stringify(a) === JSON.stringify(b)
  } catch {
    return false
  }
}
