import type { FrameUpdate, Unit, View } from '../figure/index.js'
import { canvasOf } from './canvas.js'
import type { PageHost } from './host.js'
import type { Across, Drawing } from './vega.js'

/** Width in pixels of a chart whose place has none yet, as in a hidden tab. */
const UNKNOWN_WIDTH = 680

/** What is drawn: a chart for each way to look at it, and what changes from frame to frame. */
export interface ChartSource {
  /** A canvas for what moves or has many marks, else the page's own elements, which print well. */
  readonly renderer: 'canvas' | 'svg'
  readonly spec: (view: View) => Unit
  readonly update: (view: View) => FrameUpdate
  /** Outer height in pixels at a width, where the chart does not say so itself. */
  readonly height?: (width: number) => number
}

/** A vega chart, drawn anew for a width or theme and updated from frame to frame. */
export class Chart {
  readonly #host: PageHost
  readonly #stage: HTMLElement
  #source: ChartSource
  #drawing: Drawing | undefined
  #frame: number
  /** What the reader has chosen to see, beyond the frame. */
  #look: Pick<View, 'slice'> = {}
  /** Width in pixels for which the chart was last drawn. */
  #width = 0
  /** Counts draws; only the latest may put its result in place. */
  #draws = 0

  constructor(host: PageHost, stage: HTMLElement, source: ChartSource, frame = 0) {
    this.#frame = frame
    this.#host = host
    this.#stage = stage
    this.#source = source
  }

  get isDrawn(): boolean {
    return this.#drawing !== undefined
  }

  /** The frame that is shown, and how: what another drawing of the same would start from. */
  get view(): View {
    return {
      ...this.#look,
      frame: this.#frame,
      theme: this.#host.theme(),
      width: this.#width || this.#placeWidth(),
      fonts: this.#host.fonts(this.#stage),
      map: this.#host.preferences().colourMap,
      picture: canvasOf,
    }
  }

  /** Keep the room that the chart will take. */
  reserve(): void {
    if (this.#drawing) return
    const { height, padding } = this.#source.spec(this.view) as {
      height?: number
      padding?: { top: number; bottom: number }
    }
    const outer =
      height === undefined || padding === undefined
        ? this.#source.height?.(this.#placeWidth())
        : height + padding.top + padding.bottom
    if (outer !== undefined) this.#stage.style.minHeight = `${outer}px`
  }

  /** Draw again if the place has another width now. */
  async fit(): Promise<void> {
    if (!this.#drawing) {
      this.reserve()
      return
    }
    if (this.#stage.clientWidth > 0 && this.#placeWidth() !== this.#width) await this.draw()
  }

  /** Draw at the present width and theme: out of sight first, then in the place of what is there. */
  async draw(): Promise<void> {
    const turn = ++this.#draws
    const { drawSpec } = await import('./vega.js')
    if (turn !== this.#draws) return
    this.#width = this.#placeWidth()
    const place = document.createElement('div')
    // The figure, or the stage in a panel, says in words what is drawn.
    place.setAttribute('aria-hidden', 'true')
    const drawn = this.view
    const source = this.#source
    const drawing = await drawSpec(place, source.spec(drawn), source.renderer)
    if (this.#frame !== drawn.frame || this.#look.slice !== drawn.slice)
      await drawing.update(source.update({ ...drawn, ...this.#look, frame: this.#frame }))
    if (turn !== this.#draws) {
      drawing.dispose()
      return
    }
    this.#drawing?.dispose()
    this.#drawing = drawing
    this.#stage.replaceChildren(place)
    this.#stage.style.minHeight = ''
    // A page that changes its theme is for a moment without style, and wider or narrower than observers ever see it.
    requestAnimationFrame(() => {
      if (turn === this.#draws) void this.fit()
    })
  }

  /** Show another source at a frame: in what is drawn where only numbers differ, else drawn anew. */
  async replace(source: ChartSource, frame = this.#frame): Promise<void> {
    const sameRenderer = source.renderer === this.#source.renderer
    this.#source = source
    this.#frame = frame
    if (!this.#drawing) return
    if (sameRenderer && (await this.#drawing.replace(source.spec(this.view)))) return
    await this.draw()
  }

  /** Width in pixels that the drawing takes. */
  get drawnWidth(): number {
    return this.#stage.querySelector('canvas, svg')?.clientWidth ?? 0
  }

  /** The horizontal axis of what is drawn, where it has one. */
  get across(): Across | undefined {
    return this.#drawing?.across
  }

  /** Show a frame; resolves once it is painted. */
  async show(frame: number): Promise<void> {
    this.#frame = frame
    await this.#drawing?.update(this.#source.update(this.view))
  }

  /** Show the same frame in another way; resolves once it is painted. */
  async look(look: Pick<View, 'slice'>): Promise<void> {
    this.#look = look
    await this.show(this.#frame)
  }

  /** Give back what the drawing takes, but not its room. */
  release(): void {
    this.#draws++
    if (!this.#drawing) return
    this.#stage.style.minHeight = `${this.#stage.offsetHeight}px`
    this.#stage.replaceChildren()
    this.#drawing.dispose()
    this.#drawing = undefined
  }

  dispose(): void {
    this.#draws++
    this.#drawing?.dispose()
    this.#drawing = undefined
  }

  #placeWidth(): number {
    return Math.max(240, this.#stage.clientWidth || UNKNOWN_WIDTH)
  }
}
