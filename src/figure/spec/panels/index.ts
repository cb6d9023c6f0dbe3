/**
 * Panels as vega-lite charts with their keys, and how they are arranged on a page.
 */
import type { Theme } from '../../colour/theme.js'
import type { CursorRecord, FieldPanelRecord, LinesPanelRecord, PanelRecord } from '../../payload.js'
import type { Key } from '../key.js'
import type { FrameUpdate, Unit, View } from '../view.js'
import { fieldAt, fieldFrame, fieldNotes, fieldSpec } from './field/field.js'
import { fieldPanelHeight, WIDEST_FIELD } from './field/layout.js'
import { fieldKey } from './field/styles.js'
import { linesHeight, WIDEST_LINES } from './lines/layout.js'
import { linesAt, linesFrame, linesNotes, linesSpec } from './lines/lines.js'
import { linesKey } from './lines/styles.js'

export type ChartPanel = LinesPanelRecord | FieldPanelRecord

export function isChartPanel(panel: PanelRecord): panel is ChartPanel {
  return panel.type !== 'table'
}

export { cursorFrame, cursorLabel, cursorStops, cursorValue } from './cursor.js'

/**
 * The chart as vega-lite; `view.width` and `view.height` are its outer size, and `view.frame` is where the figure's
 * cursor stands.
 */
export function panelSpec(panel: ChartPanel, view: View, cursor?: CursorRecord): Unit {
  return panel.type === 'lines' ? linesSpec(panel, view, cursor) : fieldSpec(panel, view, cursor)
}

/** What to push into a drawn chart so that it shows the cursor at `view.frame`. */
export function panelFrame(panel: ChartPanel, view: View, cursor?: CursorRecord): FrameUpdate {
  return panel.type === 'lines' ? linesFrame(panel, view, cursor) : fieldFrame(panel, view, cursor)
}

/** The cursor's value at a pixel of a chart over its variable. */
export function panelAt(panel: ChartPanel, view: View, pixel: readonly [number, number]): number {
  return panel.type === 'lines' ? linesAt(panel, view, pixel) : fieldAt(panel, view, pixel)
}

/** What its colours and signs mean; nothing where its axes say all. */
export function panelKey(panel: ChartPanel, theme: Theme): Key | undefined {
  return panel.type === 'lines' ? linesKey(panel, theme) : fieldKey(panel, theme)
}

/** Sentences: what of it is not drawn. */
export function panelNotes(panel: ChartPanel): readonly string[] {
  return panel.type === 'lines' ? linesNotes(panel) : fieldNotes(panel)
}

/** The chart in words, for who cannot see it. */
export function panelWords(panel: ChartPanel): string {
  const heading = panel.heading === '' ? '' : `${panel.heading}: `
  if (panel.type === 'field') return `${heading}${panel.quantity} over ${panel.labels.join(' and ')}.`
  const labels = panel.series.map(({ label }) => label).filter((label) => label !== '')
  return `${heading}${panel.y.label} against ${panel.x.label}${labels.length > 0 ? `; ${labels.join(', ')}` : ''}.`
}

/** Panels beside each other: charts, or one table. */
export interface PanelRow<P extends PanelRecord = PanelRecord> {
  readonly panels: readonly P[]
  /** Columns of the grid that the row is part of; the last row of a grid may be shorter. */
  readonly columns: number
  /** Outer size of each chart in pixels. */
  readonly width: number
  readonly height: number
}

/** Space between columns, and the least widths at which two and three fit. */
export const COLUMN_GAP = 14
const [TWO, THREE] = [440, 690]

/** The panels in rows for a width: as many charts beside each other as fit, tables alone. */
export function arrange(panels: readonly PanelRecord[], width: number): readonly PanelRow[] {
  const rows: PanelRow[] = []
  let charts: ChartPanel[] = []
  const place = (): void => {
    const columns = columnsFor(charts.length, width)
    const outer = Math.floor((width - (columns - 1) * COLUMN_GAP) / columns)
    for (let k = 0; k < charts.length; k += columns) {
      const row = charts.slice(k, k + columns)
      rows.push({
        panels: row,
        columns,
        width: Math.min(outer, Math.max(...row.map(widest))),
        height: Math.max(...row.map((panel) => naturalHeight(panel, outer))),
      })
    }
    charts = []
  }
  for (const panel of panels) {
    if (isChartPanel(panel)) charts.push(panel)
    else {
      place()
      rows.push({ panels: [panel], columns: 1, width, height: 0 })
    }
  }
  place()
  return rows
}

function columnsFor(count: number, width: number): number {
  const most = width >= THREE ? 3 : width >= TWO ? 2 : 1
  return Math.max(1, Math.min(count === 4 ? 2 : count, most))
}

function widest(panel: ChartPanel): number {
  return panel.type === 'lines' ? WIDEST_LINES : WIDEST_FIELD
}

function naturalHeight(panel: ChartPanel, width: number): number {
  return panel.type === 'lines' ? linesHeight(width) : fieldPanelHeight(panel, width)
}
