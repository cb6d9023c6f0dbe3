import type { JupyterFrontEnd } from '@jupyterlab/application'
import { ABCWidgetFactory, type DocumentRegistry, DocumentWidget } from '@jupyterlab/docregistry'
import { type IRenderMimeRegistry, MimeModel } from '@jupyterlab/rendermime'
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces'
import { Panel, Widget } from '@lumino/widgets'
import { FIGURE_MIME } from 'psilab/figure'
import { fallback } from 'psilab/page'
import { psiIcon } from '../icons.js'
import { NoFigure, readFigureFile } from './read.js'

/** Name of the file type, and of what opens it as users read it. */
const FILE_TYPE = 'psilab-figure'
const FACTORY = 'ψlab Figure'

/** A file drawn as the output that it would be in a notebook; where it is no figure, a sentence that says so. */
class FigurePane extends Panel {
  readonly #context: DocumentRegistry.Context
  readonly #rendermime: IRenderMimeRegistry
  #renderer: IRenderMime.IRenderer | undefined

  constructor(context: DocumentRegistry.Context, rendermime: IRenderMimeRegistry) {
    super()
    this.addClass('psilab-document')
    this.node.tabIndex = -1
    this.#context = context
    this.#rendermime = rendermime
  }

  /** Follows the file, which may be changed on the disk or in another panel. */
  async follow(): Promise<void> {
    await this.#context.ready
    if (this.isDisposed) return
    this.#context.model.contentChanged.connect(this.#changed, this)
    await this.#show()
  }

  override dispose(): void {
    if (this.isDisposed) return
    this.#context.model.contentChanged.disconnect(this.#changed, this)
    super.dispose()
  }

  #changed(): void {
    void this.#show()
  }

  async #show(): Promise<void> {
    try {
      const { payload, png } = readFigureFile(this.#context.model.toString())
      const data = { [FIGURE_MIME]: payload, ...(png === undefined ? {} : { 'image/png': png }) }
      if (!this.#renderer) {
        this.#renderer = this.#rendermime.createRenderer(FIGURE_MIME)
        this.#put(this.#renderer)
      }
      await this.#renderer.renderModel(new MimeModel({ data: data as MimeModel.IOptions['data'] & object }))
    } catch (error) {
      if (!(error instanceof NoFigure)) throw error
      this.#renderer = undefined
      this.#put(new Widget({ node: fallback(error.message, undefined) }))
    }
  }

  #put(content: Widget): void {
    while (this.widgets.length > 0) this.widgets[0]!.dispose()
    this.addWidget(content)
  }
}

class FigureDocumentFactory extends ABCWidgetFactory<DocumentWidget<FigurePane>> {
  readonly #rendermime: IRenderMimeRegistry

  constructor(rendermime: IRenderMimeRegistry, options: DocumentRegistry.IWidgetFactoryOptions) {
    super(options)
    this.#rendermime = rendermime
  }

  protected override createNewWidget(context: DocumentRegistry.Context): DocumentWidget<FigurePane> {
    const content = new FigurePane(context, this.#rendermime.clone({ resolver: context.urlResolver }))
    const widget = new DocumentWidget({ content, context, reveal: content.follow() })
    widget.title.icon = psiIcon
    // The figure has a toolbar of its own.
    widget.toolbar.hide()
    return widget
  }
}

/** Opens files of figures as figures; any other JSON can be tried by "Open With". */
export function addFigureDocuments({ docRegistry }: JupyterFrontEnd, rendermime: IRenderMimeRegistry): void {
  docRegistry.addFileType({
    name: FILE_TYPE,
    displayName: 'ψlab Figure',
    extensions: ['.psilab.json'],
    mimeTypes: [FIGURE_MIME],
    contentType: 'file',
    fileFormat: 'text',
    icon: psiIcon,
  })
  const factory = new FigureDocumentFactory(rendermime, {
    name: FACTORY,
    fileTypes: [FILE_TYPE, 'json'],
    defaultFor: [FILE_TYPE],
    readOnly: true,
  })
  // Its class declares a field that may be undefined where its interface has one that may be absent.
  docRegistry.addWidgetFactory(factory as Parameters<typeof docRegistry.addWidgetFactory>[0])
}
