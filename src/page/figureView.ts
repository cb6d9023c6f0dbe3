/**
 * A figure in the page: title, equation, key, chart and player, or the steps of a derivation.
 * It follows theme and width, and rests while off-screen.
 */
import {
  type ChartFigure,
  type DerivationFigure,
  type Figure,
  frameCount,
  frameLabel,
  frameSymbol,
  frameUpdate,
  isChart,
  keyOf,
  type PanelsFigure,
  panelsOf,
  THEMES,
  toVegaLite,
} from '../figure/index.js'
import { Chart } from './chart.js'
import { element } from './dom.js'
import { fitFormulas } from './fit.js'
import { MATH_FONT, type PageHost, wantsStillness } from './host.js'
import { keyElement } from './key.js'
import { Player } from './player.js'

/** Kinds that are painted frame by frame. */
const MOVING: ReadonlySet<Figure['kind']> = new Set(['evolution', 'landscape', 'wave'])

/** Whether the frames are times of one run, between which there is something to see. */
function isRun(figure: ChartFigure): boolean {
  return figure.kind === 'evolution' || (figure.kind === 'wave' && figure.angle !== undefined)
}

export class FigureView {
  readonly #root: HTMLElement
  readonly #figure: Figure
  readonly #host: PageHost
  /** What ends observers, players and charts. */
  readonly #endings: (() => void)[] = []
  #player: Player | undefined

  /** @param place where the figure is added */
  constructor(place: HTMLElement, figure: Figure, host: PageHost) {
    this.#figure = figure
    this.#host = host
    this.#root = element('div', 'psilab-figure')
    this.#root.style.setProperty('--psilab-math-font', MATH_FONT)
    this.#root.dataset['psilabKind'] = figure.kind
    this.#root.setAttribute('role', 'figure')
    this.#root.setAttribute('aria-label', figure.alt)
    place.append(this.#root)
  }

  async draw(): Promise<void> {
    const figure = this.#figure
    this.#root.append(element('div', 'psilab-title', figure.title))
    if (isChart(figure)) await this.#drawChart(figure)
    else if (figure.kind === 'derivation') await this.#drawDerivation(figure)
    else await this.#drawPanels(panelsOf(figure))
    this.#root.dataset['psilabReady'] = 'true'
  }

  /** The figure that is shown. */
  get figure(): Figure {
    return this.#figure
  }

  /** Keep what is shown until {@link resume}. */
  pause(): void {
    this.#player?.setPlaying(false)
  }

  resume(): void {
    this.#player?.setPlaying(true)
  }

  dispose(): void {
    for (const end of this.#endings.splice(0)) end()
    this.#root.remove()
  }

  async #drawDerivation(figure: DerivationFigure): Promise<void> {
    const { DerivationView } = await import('./derivation.js')
    const view = new DerivationView(figure, this.#host.typesetter)
    this.#root.append(view.node)
    this.#endings.push(() => {
      view.dispose()
    })
    await view.typeset()
    this.#followWidth(() => {
      view.layOut()
    })
  }

  async #drawPanels(figure: PanelsFigure): Promise<void> {
    const { PanelsView } = await import('./panels.js')
    const view = new PanelsView(this.#host, figure)
    // Its charts and tables are read one by one.
    this.#root.setAttribute('role', 'group')
    this.#root.append(view.node)
    this.#endings.push(() => {
      view.dispose()
    })
    await view.fit()
    const fit = (): void => {
      void view.fit()
    }
    const { player } = view
    if (player) {
      this.#listen(player)
      this.#endings.push(
        watchVisibility(this.#root, (visible) => {
          player.setVisible(visible)
        }),
      )
    }
    this.#endings.push(
      this.#host.watchTheme(() => {
        void view.draw()
      }),
      watchWidth(this.#root, fit),
    )
  }

  /**
   * Formulas follow the width, from the first one that the observer sees: they were typeset before the page had laid
   * the figure out. Their new height, which it sees too, changes nothing.
   */
  #followWidth(fit: () => void): void {
    let width = -1
    this.#endings.push(
      watchWidth(this.#root, () => {
        if (this.#root.clientWidth === width) return
        width = this.#root.clientWidth
        fit()
      }),
    )
  }

  async #drawChart(figure: ChartFigure): Promise<void> {
    const root = this.#root
    if (figure.kind === 'problem') {
      const equation = element(
        'div',
        'psilab-equation',
        this.#host.typesetter ? `$$${figure.problem.tex}$$` : figure.problem.text,
      )
      root.append(equation)
      await this.#host.typesetter?.typeset(equation)
      this.#followWidth(() => {
        fitFormulas(root)
      })
    }
    this.#appendKey()
    const stage = element('div', 'psilab-chart')
    root.append(stage)
    const chart = new Chart(this.#host, stage, {
      renderer: MOVING.has(figure.kind) ? 'canvas' : 'svg',
      spec: (view) => toVegaLite(figure, view),
      update: (view) => frameUpdate(figure, view),
    })
    this.#endings.push(() => {
      chart.dispose()
    })
    if (figure.kind === 'problem' && figure.notes.length > 0) {
      root.append(element('ul', 'psilab-notes', ...figure.notes.map((note) => element('li', '', note))))
    }
    await chart.draw()
    this.#alignKey(chart)
    const count = frameCount(figure)
    const player = count > 1 ? this.#addPlayer(figure, chart, count) : undefined
    const fit = (): void => {
      void chart.fit().then(() => {
        this.#alignKey(chart)
      })
    }
    this.#endings.push(
      watchVisibility(root, (visible) => {
        player?.setVisible(visible)
        if (visible) fit()
      }),
      this.#host.watchTheme(() => {
        this.#appendKey()
        void chart.draw()
      }),
      watchWidth(stage, fit),
    )
  }

  /** The key is as wide as the chart. */
  #alignKey(chart: Chart): void {
    this.#root.style.setProperty('--psilab-chart-width', `${chart.drawnWidth}px`)
  }

  /** The key in the colours of the present theme, in place of the one before. */
  #appendKey(): void {
    const key = keyOf(this.#figure, THEMES[this.#host.theme()], this.#host.preferences().colourMap)
    if (!key) return
    const drawn = keyElement(key)
    const before = this.#root.querySelector(':scope > .psilab-key')
    if (before) before.replaceWith(drawn)
    else this.#root.append(drawn)
  }

  #addPlayer(figure: ChartFigure, chart: Chart, count: number): Player {
    const root = this.#root
    root.dataset['psilabFrame'] = '0'
    const preferences = this.#host.preferences()
    const player = new Player({
      count,
      duration: isRun(figure) ? 6000 : count * 1000,
      symbol: frameSymbol(figure),
      label: (frame) => frameLabel(figure, frame),
      smooth: isRun(figure),
      playing: preferences.autoplay && !wantsStillness(preferences),
      show: (frame) => {
        root.dataset['psilabFrame'] = String(Math.round(frame))
        return chart.show(frame)
      },
    })
    root.append(player.node)
    this.#listen(player)
    return player
  }

  /** Keys that the figure is given move its player. */
  #listen(player: Player): void {
    this.#player = player
    const root = this.#root
    root.tabIndex = 0
    root.addEventListener('keydown', (event) => {
      player.handleKey(event)
    })
    this.#endings.push(() => {
      player.dispose()
    })
  }
}

/** Calls back when a node has its first size and whenever that changes. */
function watchWidth(node: HTMLElement, changed: () => void): () => void {
  const observer = new ResizeObserver(changed)
  observer.observe(node)
  return () => {
    observer.disconnect()
  }
}

/** Calls back when a node comes on the screen or leaves it. */
function watchVisibility(node: HTMLElement, changed: (visible: boolean) => void): () => void {
  const observer = new IntersectionObserver((entries) => {
    changed(entries[entries.length - 1]!.isIntersecting)
  })
  observer.observe(node)
  return () => {
    observer.disconnect()
  }
}
