import type { IRenderMime } from '@jupyterlab/rendermime-interfaces'
import { Widget } from '@lumino/widgets'
import { FIGURE_MIME } from 'psilab/figure'
import type { Output } from './output.js'
import { streamOf } from './stream/streams.js'

/** One output of a notebook, a console or a file. What draws it is loaded with the first one. */
export class FigureRenderer extends Widget implements IRenderMime.IRenderer {
  readonly #typesetter: IRenderMime.ILatexTypesetter | null
  #output: Promise<Output> | undefined

  constructor({ latexTypesetter }: IRenderMime.IRendererOptions) {
    super()
    this.addClass('psilab-output')
    this.#typesetter = latexTypesetter
  }

  async renderModel({ data, metadata }: IRenderMime.IMimeModel): Promise<void> {
    this.#output ??= import('./output.js').then(({ Output }) => new Output(this.node, this.#typesetter))
    const output = await this.#output
    if (this.isDisposed) return
    await output.show(data[FIGURE_MIME], data['image/png'])
    output.follow(streamOf(metadata))
  }

  override dispose(): void {
    if (this.isDisposed) return
    void this.#output?.then((output) => {
      output.dispose()
    })
    super.dispose()
  }
}
