/**
 * Panels in the page: charts in a grid with heading and key above each, tables as tables.
 */
import {
  arrange,
  type ChartPanel,
  COLUMN_GAP,
  cursorFrame,
  cursorLabel,
  cursorStops,
  isChartPanel,
  type PanelRow,
  type PanelsFigure,
  panelAt,
  panelFrame,
  panelKey,
  panelNotes,
  panelSpec,
  panelWords,
  type TablePanelRecord,
  THEMES,
} from '../figure/index.js'
import { Chart } from './chart.js'
import { element } from './dom.js'
import { type PageHost, wantsStillness } from './host.js'
import { keyElement } from './key.js'
import { Player } from './player.js'

/** Milliseconds of one run of the cursor through its stops. */
const RUN = 8000

/** Width in pixels of a figure whose place has none yet. */
const UNKNOWN_WIDTH = 680

/** More marks than these are drawn on a canvas: each would be an element of the page. */
const MANY = 1500

/** A chart in its cell, and the key that stands above it. */
interface Cell {
  readonly panel: ChartPanel
  readonly key: HTMLElement
  readonly chart: Chart
  /** Whether it shows anything of the cursor. */
  readonly moves: boolean
}

export class PanelsView {
  readonly node: HTMLElement = element('div', 'psilab-panels')
  readonly #host: PageHost
  readonly #figure: PanelsFigure
  /** Moves the cursor, where the figure has one. */
  readonly player: Player | undefined
  readonly #parts: HTMLElement = element('div', 'psilab-panels-parts')
  #cells: readonly Cell[] = []
  #frame = 0
  /** Width for which the panels were last arranged. */
  #width = 0

  constructor(host: PageHost, figure: PanelsFigure) {
    this.#host = host
    this.#figure = figure
    const { cursor } = figure
    this.#frame = cursor && !cursor.plays ? cursor.shown : 0
    this.player = this.#playerOf(figure)
    this.node.append(...(this.player ? [this.player.node] : []), this.#parts)
  }

  #playerOf({ cursor }: PanelsFigure): Player | undefined {
    const count = cursor ? cursorStops(cursor) : 0
    if (!cursor || count < 2) return undefined
    const preferences = this.#host.preferences()
    return new Player({
      count,
      duration: RUN,
      symbol: cursor.symbol,
      label: (frame) => cursorLabel(cursor, frame),
      smooth: true,
      first: this.#frame,
      playing: cursor.plays && preferences.autoplay && !wantsStillness(preferences),
      show: (frame) => this.#show(frame),
    })
  }

  /** Show the cursor at a frame, in all panels. */
  async #show(frame: number): Promise<void> {
    this.#frame = frame
    this.node.dataset['psilabFrame'] = String(Math.round(frame))
    this.#markRow()
    await Promise.all(this.#cells.filter(({ moves }) => moves).map(({ chart }) => chart.show(frame)))
  }

  /** Mark the row of each table that belongs to the cursor's stop. */
  #markRow(): void {
    for (const row of this.#parts.querySelectorAll<HTMLElement>('tr[data-psilab-stop]')) {
      const here = row.dataset['psilabStop'] === String(Math.round(this.#frame))
      if (here) row.setAttribute('aria-current', 'true')
      else row.removeAttribute('aria-current')
    }
  }

  /** Arrange the panels for the present width, and draw them, unless they are. */
  async fit(): Promise<void> {
    // A hidden page has no width; what is drawn stays.
    const width = this.node.clientWidth || this.#width || UNKNOWN_WIDTH
    if (width !== this.#width) await this.#arrange(width)
  }

  /** Draw all again in the present theme. */
  async draw(): Promise<void> {
    for (const { panel, key } of this.#cells) fillKey(this.#host, key, panel)
    await Promise.all(this.#cells.map(({ chart }) => chart.draw()))
  }

  dispose(): void {
    this.player?.dispose()
    for (const { chart } of this.#cells) chart.dispose()
    this.#cells = []
  }

  async #arrange(width: number): Promise<void> {
    this.#width = width
    const before = this.#cells
    const cells: Cell[] = []
    const parts: HTMLElement[] = []
    let grid: HTMLElement | undefined
    let columns = 0
    for (const row of arrange(this.#figure.panels, width)) {
      const charts = row.panels.filter(isChartPanel)
      if (charts.length === 0) {
        parts.push(...row.panels.flatMap((panel) => (panel.type === 'table' ? [tableElement(panel)] : [])))
        grid = undefined
        continue
      }
      if (!grid || columns !== row.columns) {
        columns = row.columns
        grid = element('div', 'psilab-panel-grid')
        grid.style.gridTemplateColumns = `repeat(${columns}, ${row.width}px)`
        grid.style.columnGap = `${COLUMN_GAP}px`
        parts.push(grid)
      }
      for (const panel of charts) {
        const { node, cell } = this.#cellOf(panel, row)
        grid.append(node)
        cells.push(cell)
        void cell.chart.show(this.#frame)
      }
    }
    const { notes } = this.#figure
    if (notes.length > 0) {
      parts.push(element('ul', 'psilab-notes', ...notes.map((note) => element('li', '', note))))
    }
    this.#cells = cells
    this.#parts.replaceChildren(...parts)
    this.#markRow()
    for (const place of this.#parts.querySelectorAll<HTMLElement>('.psilab-table-place')) {
      // What does not scroll is no stop for the tabulator.
      if (place.scrollWidth > place.clientWidth) place.tabIndex = 0
    }
    for (const { chart } of before) chart.dispose()
    await Promise.all(cells.map(({ chart }) => chart.draw()))
  }

  /** Heading, key, chart and notes: four rows of the grid, so that the charts of a row begin at one height. */
  #cellOf(panel: ChartPanel, { width, height }: PanelRow): { node: HTMLElement; cell: Cell } {
    const host = this.#host
    const { cursor } = this.#figure
    const stage = element('div', 'psilab-chart')
    stage.style.width = `${width}px`
    stage.setAttribute('role', 'img')
    stage.setAttribute('aria-label', panelWords(panel))
    const key = element('div', 'psilab-panel-key')
    fillKey(host, key, panel)
    const node = element(
      'section',
      'psilab-panel',
      element('div', 'psilab-panel-heading', panel.heading),
      key,
      stage,
      element('div', 'psilab-panel-notes', ...panelNotes(panel).map((note) => element('p', '', note))),
    )
    const moves = Object.keys(panelFrame(panel, { width, height }, cursor).data).length > 0
    const chart = new Chart(host, stage, {
      renderer: moves || marksOf(panel) > MANY ? 'canvas' : 'svg',
      spec: (view) => panelSpec(panel, { ...view, width, height }, cursor),
      update: (view) => panelFrame(panel, { ...view, width, height }, cursor),
    })
    if (panel.cursor && cursor) {
      this.#dragOn(stage, (pixel) => cursorFrame(cursor, panelAt(panel, { width, height }, pixel)))
    }
    return { node, cell: { panel, key, chart, moves } }
  }

  /** The pointer moves the cursor, from where it is pressed on a chart. */
  #dragOn(stage: HTMLElement, frameAt: (pixel: readonly [number, number]) => number): void {
    stage.classList.add('psilab-cursor-stage')
    const follow = (event: PointerEvent): void => {
      const { left, top } = stage.getBoundingClientRect()
      this.player?.seek(frameAt([event.clientX - left, event.clientY - top]))
    }
    stage.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return
      stage.setPointerCapture(event.pointerId)
      follow(event)
    })
    stage.addEventListener('pointermove', (event) => {
      if (stage.hasPointerCapture(event.pointerId)) follow(event)
    })
  }
}

function fillKey(host: PageHost, place: HTMLElement, panel: ChartPanel): void {
  const key = panelKey(panel, THEMES[host.theme()])
  place.replaceChildren(...(key ? [keyElement(key)] : []))
}

function marksOf(panel: ChartPanel): number {
  if (panel.type === 'field') return panel.samples?.x.shape.at(-1) ?? 0
  return panel.series.reduce((sum, { mark, x }) => sum + (mark === 'line' ? 0 : (x?.shape[0] ?? 0)), 0)
}

/** A table that scrolls sideways where it is too wide; it can then be reached and scrolled by keys. */
function tableElement({ heading, columns, rows, cursor }: TablePanelRecord): HTMLElement {
  const aligned = <E extends HTMLElement>(node: E, c: number): E => {
    if (columns[c]!.align === 'right') node.className = 'psilab-right-aligned'
    return node
  }
  const heads = columns.map(({ label }, c) => {
    const head = aligned(element('th', '', label), c)
    head.scope = 'col'
    return head
  })
  const lines = rows.map((row, k) => {
    const line = element('tr', '', ...row.map((text, c) => aligned(element('td', '', text), c)))
    if (cursor) line.dataset['psilabStop'] = String(k)
    return line
  })
  const table = element(
    'table',
    'psilab-table',
    ...(heading === '' ? [] : [element('caption', '', heading)]),
    ...(columns.some(({ label }) => label !== '') ? [element('thead', '', element('tr', '', ...heads))] : []),
    element('tbody', '', ...lines),
  )
  const place = element('div', 'psilab-table-place', table)
  place.setAttribute('role', 'region')
  // Arrows scroll it.
  place.setAttribute('aria-label', heading === '' ? 'Table' : heading)
  return place
}
