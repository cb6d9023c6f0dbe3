import type { IRenderMime } from '@jupyterlab/rendermime-interfaces'
import { Widget } from '@lumino/widgets'
import { FIGURE_MIME, type Figure, FigureError, validateFigure } from 'psilab/figure'
import { FigureView, fallback, type PageHost } from 'psilab/page'
import { jupyterHost } from './host.js'

/** One output: validates the payload, shows the figure, or says in a sentence why not and shows the PNG. */
export class FigureRenderer extends Widget implements IRenderMime.IRenderer {
  readonly #host: PageHost
  #view: FigureView | undefined
  /** The payload that is shown. JupyterLab renders a model again when anything in its bundle changes. */
  #shown: unknown

  constructor(options: IRenderMime.IRendererOptions) {
    super()
    this.#host = jupyterHost(options.latexTypesetter)
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const payload = model.data[FIGURE_MIME]
    if (this.#shown !== undefined && same(this.#shown, payload)) return
    this.#shown = payload
    this.#clear()
    let figure: Figure
    try {
      figure = validateFigure(payload)
    } catch (error) {
      this.#refuse(error, model)
      return
    }
    const view = new FigureView(this.node, figure, this.#host)
    this.#view = view
    try {
      await view.draw()
    } catch (error) {
      if (this.#view !== view) return
      this.#clear()
      this.#refuse(error, model)
    }
  }

  override dispose(): void {
    this.#clear()
    super.dispose()
  }

  #clear(): void {
    this.#view?.dispose()
    this.#view = undefined
    this.node.replaceChildren()
  }

  #refuse(error: unknown, model: IRenderMime.IMimeModel): void {
    if (!(error instanceof FigureError)) console.error(error)
    const sentence = error instanceof FigureError ? error.message : 'This figure cannot be drawn.'
    this.node.append(fallback(sentence, model.data['image/png']))
  }
}

/** Whether two payloads are the same JSON. */
function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
