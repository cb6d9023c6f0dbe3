import type { FrameUpdate, Unit, View } from '../figure/index.js'
import { canvasOf } from './canvas.js'
import type { PageHost } from './host.js'
import type { Drawing } from './vega.js'

/** Width in pixels of a chart whose place has none yet, as in a hidden tab. */
const UNKNOWN_WIDTH = 680

/** What is drawn: a chart for each way to look at it, and what changes from frame to frame. */
export interface ChartSource {
  /** A canvas for what moves or has many marks, else the page's own elements, which print well. */
  readonly renderer: 'canvas' | 'svg'
  readonly spec: (view: View) => Unit
  readonly update: (view: View) => FrameUpdate
}

/** A vega chart, drawn anew for a width or theme and updated from frame to frame. */
export class Chart {
  readonly #host: PageHost
  readonly #stage: HTMLElement
  readonly #source: ChartSource
  #drawing: Drawing | undefined
  #frame = 0
  /** Width in pixels for which the chart was last drawn. */
  #width = 0
  /** Counts draws; only the latest may put its result in place. */
  #draws = 0

  constructor(host: PageHost, stage: HTMLElement, source: ChartSource) {
    this.#host = host
    this.#stage = stage
    this.#source = source
  }

  /** Draw again if the place has another width now. */
  async fit(): Promise<void> {
    if (this.#stage.clientWidth > 0 && this.#placeWidth() !== this.#width) await this.draw()
  }

  /** Draw at the present width and theme. */
  async draw(): Promise<void> {
    const turn = ++this.#draws
    const { drawSpec } = await import('./vega.js')
    if (turn !== this.#draws) return
    this.#width = this.#placeWidth()
    const view = this.#view()
    const place = document.createElement('div')
    const drawing = await drawSpec(place, this.#source.spec(view), this.#source.renderer)
    await drawing.update(this.#source.update({ ...view, frame: this.#frame }))
    if (turn !== this.#draws) {
      drawing.dispose()
      return
    }
    this.#drawing?.dispose()
    this.#drawing = drawing
    this.#stage.replaceChildren(place)
  }

  /** Width in pixels that the drawing takes. */
  get drawnWidth(): number {
    return this.#stage.querySelector('canvas, svg')?.clientWidth ?? 0
  }

  /** Show a frame; resolves once it is painted. */
  async show(frame: number): Promise<void> {
    this.#frame = frame
    await this.#drawing?.update(this.#source.update(this.#view()))
  }

  dispose(): void {
    this.#draws++
    this.#drawing?.dispose()
    this.#drawing = undefined
  }

  #placeWidth(): number {
    return Math.max(240, this.#stage.clientWidth || UNKNOWN_WIDTH)
  }

  #view(): View {
    return {
      frame: this.#frame,
      theme: this.#host.theme(),
      width: this.#width,
      fonts: this.#host.fonts(this.#stage),
      map: this.#host.preferences().colourMap,
      picture: canvasOf,
    }
  }
}
