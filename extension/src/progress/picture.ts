import { element, FigureView } from 'psilab/page'
import { jupyterHost } from '../host.js'
import type { Frame } from '../stream/frame.js'
import type { Painter } from '../stream/mailbox.js'
import { type Channel, Stream } from '../stream/stream.js'

/** What a long run has come to, under its bar. It is gone when the cell has ended. */
export class RunPicture implements Painter {
  readonly node: HTMLElement = element('div', 'psilab-running-picture')
  readonly stream: Stream
  readonly #host = jupyterHost(null)
  #view: FigureView | undefined

  /** Seen wherever its bar is: a run says rarely what it has come to. */
  readonly isVisible: boolean = true

  constructor(channel: Channel) {
    this.stream = new Stream('', channel)
    this.stream.add(this)
  }

  async paint({ figure }: Frame): Promise<void> {
    if (!this.node.isConnected) return
    if (this.#view && !this.#view.isRefused) {
      // Not waited for: off the screen it is painted when it is seen.
      this.#view.replace(figure).catch(console.error)
      return
    }
    this.clear()
    this.#view = new FigureView(this.node, figure, this.#host, { moves: true })
    await this.#view.draw()
  }

  tell(): void {
    // The bar says how far the run is.
  }

  clear(): void {
    this.#view?.dispose()
    this.#view = undefined
    this.node.replaceChildren()
  }

  dispose(): void {
    this.stream.leave()
    this.stream.end('')
    this.clear()
    this.node.remove()
  }
}
