/**
 * Panels in the page: charts in a grid with heading and key above each, tables as tables.
 */
import {
  arrange,
  type ChartPanel,
  COLUMN_GAP,
  cursorFrame,
  type Figure,
  isChartPanel,
  isPanelled,
  type PanelRow,
  type PanelsFigure,
  panelAt,
  panelFrame,
  panelKey,
  panelNotes,
  panelSpec,
  panelsOf,
  panelWords,
  type TablePanelRecord,
  THEMES,
  type View,
} from '../figure/index.js'
import type { Body, ChartPlace } from './body.js'
import { Chart, type ChartSource } from './chart.js'
import { element } from './dom.js'
import type { PageHost } from './host.js'
import { keyElement } from './key.js'
import { type Run, runOfCursor } from './run.js'
import { fillTable, tableElement } from './table.js'

/** Width in pixels of a figure whose place has none yet. */
const UNKNOWN_WIDTH = 680

/** More marks than these are drawn on a canvas: each would be an element of the page. */
const MANY = 1500

/** A chart in its cell, with what stands above and below it. */
interface Cell {
  panel: ChartPanel
  readonly heading: HTMLElement
  readonly key: HTMLElement
  readonly stage: HTMLElement
  readonly notes: HTMLElement
  readonly chart: Chart
  readonly row: PanelRow
  /** Whether it shows anything of the cursor. */
  readonly moves: boolean
}

interface Table {
  panel: TablePanelRecord
  readonly place: HTMLElement
}

export class PanelsView implements Body {
  readonly node: HTMLElement = element('div', 'psilab-body psilab-panels')
  readonly #host: PageHost
  #figure: PanelsFigure
  #run: Run | undefined
  #frame: number
  #cells: readonly Cell[] = []
  #tables: readonly Table[] = []
  readonly #notes = element('ul', 'psilab-notes')
  /** Width for which the panels were last arranged. */
  #width = 0
  #isDrawn = false

  constructor(host: PageHost, figure: PanelsFigure, shown: number | undefined) {
    this.#host = host
    this.#figure = figure
    this.#run = runOfCursor(figure.cursor, shown)
    this.#frame = this.#run?.first ?? 0
  }

  get run(): Run | undefined {
    return this.#run
  }

  get isDrawn(): boolean {
    return this.#isDrawn
  }

  get view(): View {
    return {
      frame: this.#frame,
      theme: this.#host.theme(),
      width: this.#width || UNKNOWN_WIDTH,
      fonts: this.#host.fonts(this.node),
      map: this.#host.preferences().colourMap,
    }
  }

  get charts(): readonly ChartPlace[] {
    const { cursor } = this.#figure
    return this.#cells.map(({ stage, chart, panel, row: { width, height } }) => ({
      stage,
      across: chart.across,
      ...(panel.cursor &&
        cursor && { frameAt: (pixel) => cursorFrame(cursor, panelAt(panel, { width, height }, pixel)) }),
    }))
  }

  /** Arrange the panels for the present width, unless they are. */
  reserve(): void {
    // A hidden page has no width; what is drawn stays.
    const width = this.node.clientWidth || this.#width || UNKNOWN_WIDTH
    if (width !== this.#width) this.#arrange(width)
    if (!this.#isDrawn) for (const { chart } of this.#cells) chart.reserve()
  }

  async draw(): Promise<void> {
    this.reserve()
    this.#isDrawn = true
    for (const cell of this.#cells) fillKey(this.#host, cell.key, cell.panel)
    await Promise.all(this.#cells.map(({ chart }) => chart.draw()))
  }

  async fit(): Promise<void> {
    const before = this.#cells
    this.reserve()
    if (this.#isDrawn && this.#cells !== before) await this.draw()
  }

  async show(frame: number): Promise<void> {
    this.#frame = frame
    this.#fillTables()
    await Promise.all(this.#cells.filter(({ moves }) => moves).map(({ chart }) => chart.show(frame)))
  }

  async replace(figure: Figure, frame: number | undefined): Promise<boolean> {
    if (!isPanelled(figure)) return false
    const next = panelsOf(figure)
    if (formOf(next) !== formOf(this.#figure)) return false
    this.#figure = next
    this.#run = runOfCursor(next.cursor, figure.view?.frame)
    this.#frame = Math.min((this.#run?.count ?? 1) - 1, frame ?? this.#frame)
    const charts = next.panels.filter(isChartPanel)
    const tables = next.panels.filter((panel) => panel.type === 'table')
    for (const [k, table] of this.#tables.entries()) table.panel = tables[k]!
    this.#fillTables()
    this.#fillNotes()
    await Promise.all(
      this.#cells.map((cell, k) => {
        cell.panel = charts[k]!
        fillWords(this.#host, cell)
        return cell.chart.replace(this.#sourceOf(cell.panel, cell.row), this.#frame)
      }),
    )
    return true
  }

  release(): void {
    this.#isDrawn = false
    for (const { chart } of this.#cells) chart.release()
  }

  dispose(): void {
    for (const { chart } of this.#cells) chart.dispose()
    this.#cells = []
  }

  #arrange(width: number): void {
    this.#width = width
    const before = this.#cells
    const cells: Cell[] = []
    const tables: Table[] = []
    const parts: HTMLElement[] = []
    let grid: HTMLElement | undefined
    let columns = 0
    for (const row of arrange(this.#figure.panels, width)) {
      const charts = row.panels.filter(isChartPanel)
      if (charts.length === 0) {
        for (const panel of row.panels) {
          if (panel.type !== 'table') continue
          const place = tableElement(panel.heading)
          tables.push({ panel, place })
          parts.push(place)
        }
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
      }
    }
    this.#cells = cells
    this.#tables = tables
    this.node.replaceChildren(...parts, this.#notes)
    this.#fillTables()
    this.#fillNotes()
    for (const { chart } of before) chart.dispose()
  }

  /** Heading, key, chart and notes: four rows of the grid, so that the charts of a row begin at one height. */
  #cellOf(panel: ChartPanel, row: PanelRow): { node: HTMLElement; cell: Cell } {
    const stage = element('div', 'psilab-chart')
    stage.style.width = `${row.width}px`
    stage.setAttribute('role', 'img')
    const heading = element('div', 'psilab-panel-heading')
    const key = element('div', 'psilab-panel-key')
    const notes = element('div', 'psilab-panel-notes')
    const chart = new Chart(this.#host, stage, this.#sourceOf(panel, row), this.#frame)
    const cell = { panel, heading, key, stage, notes, chart, row, moves: moves(panel, row, this.#figure) }
    fillWords(this.#host, cell)
    return { node: element('section', 'psilab-panel', heading, key, stage, notes), cell }
  }

  #sourceOf(panel: ChartPanel, { width, height }: PanelRow): ChartSource {
    const { cursor } = this.#figure
    return {
      renderer:
        this.#figure.live || moves(panel, { width, height }, this.#figure) || marksOf(panel) > MANY
          ? 'canvas'
          : 'svg',
      spec: (view) => panelSpec(panel, { ...view, width, height }, cursor),
      update: (view) => panelFrame(panel, { ...view, width, height }, cursor),
    }
  }

  #fillTables(): void {
    for (const { panel, place } of this.#tables) {
      const marked = panel.cursor && this.#run ? Math.round(this.#frame) : undefined
      fillTable(place, panel, marked)
    }
  }

  #fillNotes(): void {
    const { notes } = this.#figure
    this.#notes.hidden = notes.length === 0
    this.#notes.replaceChildren(...notes.map((note) => element('li', '', note)))
  }
}

/** Whether a chart shows anything of the cursor of its figure. */
function moves(
  panel: ChartPanel,
  size: Pick<PanelRow, 'width' | 'height'>,
  { cursor }: PanelsFigure,
): boolean {
  return Object.keys(panelFrame(panel, { width: size.width, height: size.height }, cursor).data).length > 0
}

/** What a figure must have in common with another to be shown in its place. */
function formOf({ panels, cursor }: PanelsFigure): string {
  return JSON.stringify([cursor?.symbol, panels.map(({ type, heading }) => [type, heading === ''])])
}

function fillWords(host: PageHost, { panel, heading, key, stage, notes }: Cell): void {
  heading.textContent = panel.heading
  stage.setAttribute('aria-label', panelWords(panel))
  fillKey(host, key, panel)
  notes.replaceChildren(...panelNotes(panel).map((note) => element('p', '', note)))
}

function fillKey(host: PageHost, place: HTMLElement, panel: ChartPanel): void {
  const key = panelKey(panel, THEMES[host.theme()])
  place.replaceChildren(...(key ? [keyElement(key)] : []))
}

function marksOf(panel: ChartPanel): number {
  if (panel.type === 'field') return panel.samples?.x.shape.at(-1) ?? 0
  return panel.series.reduce((sum, { mark, x }) => sum + (mark === 'line' ? 0 : (x?.shape[0] ?? 0)), 0)
}
