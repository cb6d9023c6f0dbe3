/**
 * Panels in the page: charts in a grid with heading and key above each, tables as tables.
 */
import {
  arrange,
  type ChartPanel,
  COLUMN_GAP,
  isChartPanel,
  type PanelRow,
  type PanelsFigure,
  panelKey,
  panelNotes,
  panelSpec,
  panelWords,
  type TablePanelRecord,
  THEMES,
} from '../figure/index.js'
import { Chart } from './chart.js'
import { element } from './dom.js'
import type { PageHost } from './host.js'
import { keyElement } from './key.js'

/** Width in pixels of a figure whose place has none yet. */
const UNKNOWN_WIDTH = 680

/** More marks than these are drawn on a canvas: each would be an element of the page. */
const MANY = 1500

/** A chart in its cell, and the key that stands above it. */
interface Cell {
  readonly panel: ChartPanel
  readonly key: HTMLElement
  readonly chart: Chart
}

export class PanelsView {
  readonly node: HTMLElement = element('div', 'psilab-panels')
  readonly #host: PageHost
  readonly #figure: PanelsFigure
  #cells: readonly Cell[] = []
  /** Width for which the panels were last arranged. */
  #width = 0

  constructor(host: PageHost, figure: PanelsFigure) {
    this.#host = host
    this.#figure = figure
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
        const { node, cell } = cellOf(this.#host, panel, row)
        grid.append(node)
        cells.push(cell)
      }
    }
    const { notes } = this.#figure
    if (notes.length > 0) {
      parts.push(element('ul', 'psilab-notes', ...notes.map((note) => element('li', '', note))))
    }
    this.#cells = cells
    this.node.replaceChildren(...parts)
    for (const place of this.node.querySelectorAll<HTMLElement>('.psilab-table-place')) {
      // What does not scroll is no stop for the tabulator.
      if (place.scrollWidth > place.clientWidth) place.tabIndex = 0
    }
    for (const { chart } of before) chart.dispose()
    await Promise.all(cells.map(({ chart }) => chart.draw()))
  }
}

/** Heading, key, chart and notes: four rows of the grid, so that the charts of a row begin at one height. */
function cellOf(
  host: PageHost,
  panel: ChartPanel,
  { width, height }: PanelRow,
): { node: HTMLElement; cell: Cell } {
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
  const chart = new Chart(host, stage, {
    renderer: marksOf(panel) > MANY ? 'canvas' : 'svg',
    spec: (view) => panelSpec(panel, { ...view, width, height }),
    update: () => ({ data: {}, params: {} }),
  })
  return { node, cell: { panel, key, chart } }
}

function fillKey(host: PageHost, place: HTMLElement, panel: ChartPanel): void {
  const key = panelKey(panel, THEMES[host.theme()])
  place.replaceChildren(...(key ? [keyElement(key)] : []))
}

function marksOf(panel: ChartPanel): number {
  if (panel.type === 'field') return panel.samples?.x.shape[0] ?? 0
  return panel.series.reduce((sum, { mark, x }) => sum + (mark === 'line' ? 0 : (x?.shape[0] ?? 0)), 0)
}

/** A table that scrolls sideways where it is too wide; it can then be reached and scrolled by keys. */
function tableElement({ heading, columns, rows }: TablePanelRecord): HTMLElement {
  const aligned = <E extends HTMLElement>(node: E, c: number): E => {
    if (columns[c]!.align === 'right') node.className = 'psilab-right-aligned'
    return node
  }
  const heads = columns.map(({ label }, c) => {
    const head = aligned(element('th', '', label), c)
    head.scope = 'col'
    return head
  })
  const lines = rows.map((row) =>
    element('tr', '', ...row.map((text, c) => aligned(element('td', '', text), c))),
  )
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
