/** A streamed figure in an output: its frames, and a line that says how the stream goes and pauses it. */
import type { Figure } from 'psilab/figure'
import { element } from 'psilab/page'
import type { Frame } from './frame.js'
import type { Painter, StreamState } from './mailbox.js'
import { findStream, watchStream } from './streams.js'

export class StreamedOutput implements Painter {
  readonly id: string
  /** The line under the figure. */
  readonly node: HTMLElement
  readonly #button = element('button', 'psilab-stream-pause')
  readonly #text = element('span', 'psilab-stream-text')
  readonly #show: (figure: Figure) => Promise<void>
  readonly #observer: IntersectionObserver
  readonly #end: () => void
  #visible = false
  #paused = false

  /**
   * @param id The stream.
   * @param place Where the figure is.
   * @param show Shows a figure in place of the one before; resolves when it is painted.
   */
  constructor(id: string, place: Element, show: (figure: Figure) => Promise<void>) {
    this.id = id
    this.#show = show
    this.#button.type = 'button'
    this.#button.addEventListener('click', () => {
      findStream(id)?.pause(!this.#paused)
    })
    this.#text.setAttribute('role', 'status')
    this.node = element('div', 'psilab-stream', this.#button, this.#text)
    this.node.dataset['psilabStream'] = id
    this.#observer = new IntersectionObserver((entries) => {
      this.#visible = entries[entries.length - 1]!.isIntersecting
      findStream(id)?.attend()
    })
    this.#observer.observe(place)
    this.tell({ paused: false, ended: undefined, refused: undefined, rate: 0, dropped: 0 })
    this.#end = watchStream(id, this)
  }

  get isVisible(): boolean {
    return this.#visible
  }

  async paint({ frame, at, figure }: Frame): Promise<void> {
    await this.#show(figure)
    const { dataset } = this.node
    dataset['psilabFrame'] = String(frame)
    dataset['psilabLag'] = String(Date.now() - at)
  }

  tell({ paused, ended, refused, rate }: StreamState): void {
    this.#paused = paused
    this.#button.textContent = paused ? 'Go on' : 'Pause'
    this.#button.title = paused ? 'Show again what the kernel sends' : 'Keep this frame; the run goes on'
    this.#button.hidden = ended !== undefined
    this.node.hidden = ended === ''
    const text =
      ended ??
      refused ??
      (paused
        ? 'Paused; the run goes on.'
        : rate > 0
          ? `From the kernel, ${Math.round(rate)} frames/s`
          : 'From the kernel')
    // A reader of screens hears what is new, and no more often.
    if (this.#text.textContent !== text) this.#text.textContent = text
    this.node.dataset['psilabRate'] = String(rate)
  }

  dispose(): void {
    this.#observer.disconnect()
    this.#end()
    this.node.remove()
  }
}
