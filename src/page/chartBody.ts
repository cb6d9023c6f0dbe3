/**
 * A figure that is one chart: its equation, its key, the chart, and the notes below it.
 */
import {
  type ChartFigure,
  type Figure,
  frameCount,
  frameUpdate,
  isChart,
  isInSpace,
  keyOf,
  THEMES,
  toVegaLite,
  type View,
} from '../figure/index.js'
import type { Body, ChartPlace } from './body.js'
import { Chart, type ChartSource } from './chart.js'
import { element } from './dom.js'
import { fitFormulas } from './fit.js'
import type { PageHost } from './host.js'
import { keyElement } from './key.js'
import { type Run, runOfChart } from './run.js'
import type { Slices } from './slices.js'
import type { VolumeSwitch } from './volume/switch.js'

export class ChartBody implements Body {
  readonly node: HTMLElement = element('div', 'psilab-body')
  readonly charts: readonly ChartPlace[]
  readonly #host: PageHost
  readonly #chart: Chart
  readonly #equation = element('div', 'psilab-equation')
  readonly #key = element('div', 'psilab-key-place')
  readonly #notes = element('ul', 'psilab-notes')
  #figure: ChartFigure
  #run: Run | undefined
  /** Of ψ in space. */
  #slices: Slices | undefined
  #volume: VolumeSwitch | undefined
  readonly #told: (words: string) => void
  #written = { tex: '', notes: '', key: '' }

  /**
   * @param told called with what has changed of how it is looked at, for those who do not see it
   * @param moves whether other figures are on their way
   */
  constructor(
    host: PageHost,
    figure: ChartFigure,
    told: (words: string) => void = () => {},
    moves?: boolean,
  ) {
    this.#told = told
    this.#host = host
    this.#figure = figure
    this.#run = runOfChart(figure)
    const stage = element('div', 'psilab-chart')
    this.#chart = new Chart(host, stage, sourceOf(figure, moves), this.#run?.first)
    const chart = this.#chart
    this.charts = [
      {
        stage,
        get across() {
          return chart.across
        },
      },
    ]
    this.node.append(this.#equation, this.#key, stage, this.#notes)
    this.#equation.hidden = figure.kind !== 'problem'
    if (figure.kind === 'problem') this.#equation.textContent = figure.problem.text
    this.#writeNotes()
  }

  get run(): Run | undefined {
    return this.#run
  }

  get view(): View {
    return this.#chart.view
  }

  get isDrawn(): boolean {
    return this.#chart.isDrawn
  }

  reserve(): void {
    this.#writeKey()
    this.#chart.reserve()
  }

  async draw(): Promise<void> {
    this.#writeKey()
    await this.#writeEquation()
    await this.#chart.draw()
    await this.#drawSpace()
    this.#alignKey()
  }

  async fit(): Promise<void> {
    fitFormulas(this.node)
    await this.#chart.fit()
    await this.#volume?.draw()
    this.#alignKey()
  }

  show(frame: number): Promise<void> {
    if (isInSpace(this.#figure)) this.#slices?.show(this.#figure, frame)
    this.#volume?.show(this.#figure, frame)
    return this.#chart.show(frame)
  }

  async replace(figure: Figure, frame: number | undefined): Promise<boolean> {
    if (!isChart(figure) || figure.kind !== this.#figure.kind) return false
    this.#figure = figure
    this.#run = runOfChart(figure)
    this.#writeKey()
    this.#writeNotes()
    const last = frameCount(figure) - 1
    const shown = Math.min(last, frame ?? this.#run?.first ?? 0)
    await Promise.all([this.#writeEquation(), this.#chart.replace(sourceOf(figure, true), shown)])
    await this.#drawSpace()
    return true
  }

  release(): void {
    this.#chart.release()
    this.#volume?.release()
  }

  dispose(): void {
    this.#slices?.dispose()
    this.#chart.dispose()
    this.#volume?.release()
  }

  /** What moves the sections of ψ in space, and what shows it as a volume too. */
  async #drawSpace(): Promise<void> {
    const figure = this.#figure
    if (isInSpace(figure)) {
      const [{ Slices }, { VolumeSwitch }] = await Promise.all([
        import('./slices.js'),
        import('./volume/switch.js'),
      ])
      const { stage } = this.charts[0]!
      this.#volume ??= new VolumeSwitch(this.#host, stage)
      const frame = this.view.frame ?? 0
      if (this.#figure === figure && !this.#slices?.show(figure, frame)) {
        const before = this.#slices
        before?.dispose()
        this.#slices = new Slices(figure, frame, async (slice, words) => {
          await this.#chart.look(slice ? { slice } : {})
          this.#told(words)
        })
        stage.after(this.#slices.node)
        if (before) await this.#chart.look({})
      }
    } else {
      this.#slices?.dispose()
      this.#slices = undefined
    }
    this.#volume?.show(this.#figure, this.view.frame ?? 0)
    await this.#volume?.draw()
  }

  /** The equation of an objective that is shown by itself. */
  async #writeEquation(): Promise<void> {
    const figure = this.#figure
    if (figure.kind !== 'problem' || figure.problem.tex === this.#written.tex) return
    this.#written.tex = figure.problem.tex
    const { typesetter } = this.#host
    this.#equation.textContent = typesetter ? `$$${figure.problem.tex}$$` : figure.problem.text
    await typesetter?.typeset(this.#equation)
    fitFormulas(this.node)
  }

  #writeNotes(): void {
    const notes = this.#figure.kind === 'problem' ? this.#figure.notes : []
    const written = JSON.stringify(notes)
    if (written === this.#written.notes) return
    this.#written.notes = written
    this.#notes.hidden = notes.length === 0
    this.#notes.replaceChildren(...notes.map((note) => element('li', '', note)))
  }

  /** The key in the colours of the present theme. */
  #writeKey(): void {
    const key = keyOf(this.#figure, THEMES[this.#host.theme()], this.#host.preferences().colourMap)
    const written = JSON.stringify(key) ?? ''
    if (written === this.#written.key) return
    this.#written.key = written
    this.#key.replaceChildren(...(key ? [keyElement(key)] : []))
  }

  /** The key is as wide as the chart. */
  #alignKey(): void {
    const width = this.#chart.drawnWidth
    if (width > 0) this.node.style.setProperty('--psilab-chart-width', `${width}px`)
  }
}

/** What moves, or took the place of another figure, is drawn on a canvas; the rest as elements of the page, which print well. */
function sourceOf(
  figure: ChartFigure,
  moves = frameCount(figure) > 1 || figure.live !== undefined,
): ChartSource {
  return {
    renderer: moves ? 'canvas' : 'svg',
    spec: (view) => toVegaLite(figure, view),
    update: (view) => frameUpdate(figure, view),
  }
}
