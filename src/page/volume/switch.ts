/**
 * The button below the sections of ψ in space that shows ψ as a volume too. What draws it is loaded when it is first pressed.
 */
import { type ChartFigure, isInSpace, type WaveFigure } from '../../figure/index.js'
import { caret, Disclosure, plainButton } from '../disclosure.js'
import { element } from '../dom.js'
import type { PageHost } from '../host.js'
import type { VolumeView } from './volume.js'

export class VolumeSwitch {
  readonly node: HTMLElement = element('div', 'psilab-volume-place')
  readonly #host: PageHost
  readonly #panel = element('div', 'psilab-volume-panel')
  readonly #fold: Disclosure
  #shown: { readonly figure: WaveFigure; readonly frame: number } | undefined
  #view: VolumeView | undefined

  /** @param stage the sections, after which it stands */
  constructor(host: PageHost, stage: HTMLElement) {
    this.#host = host
    this.#fold = new Disclosure(plainButton('psilab-button', caret(), 'Volume'), this.#panel)
    this.#fold.button.addEventListener('click', () => void this.#follow())
    this.node.append(this.#fold.button, this.#panel)
    stage.after(this.node)
  }

  /** The figure and frame that are shown; without three axes there is no volume. */
  show(figure: ChartFigure, frame: number): void {
    this.#shown = isInSpace(figure) ? { figure, frame } : undefined
    this.node.hidden = !this.#shown
    if (this.#shown) this.#view?.show(figure as WaveFigure, frame)
    else this.release()
  }

  /** Draw anew, where it is open. */
  async draw(): Promise<void> {
    if (this.#view) this.#view.draw()
    else await this.#follow()
  }

  /** Give back what the drawing takes, but not its room. */
  release(): void {
    this.#panel.style.minHeight = `${this.#panel.offsetHeight}px`
    this.#view?.dispose()
    this.#view = undefined
  }

  async #follow(): Promise<void> {
    this.release()
    if (!this.#fold.open) return
    const { VolumeView } = await import('./volume.js')
    if (this.#view || !this.#shown || !this.#fold.open || !this.node.isConnected) return
    this.#view = new VolumeView(this.#host, this.#shown.figure, this.#shown.frame)
    this.#panel.replaceChildren(this.#view.node)
    this.#panel.style.minHeight = ''
  }
}
