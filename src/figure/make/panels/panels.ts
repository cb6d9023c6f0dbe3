/**
 * Figures of panels. What is stored is what is drawn, so long curves, large fields and many samples are thinned, by
 * picking; the payload says where that shows.
 */
import { FigureError } from '../../errors.js'
import { pack } from '../../packed.js'
import type { CursorRecord, PanelRecord, PanelsFigure, TablePanelRecord } from '../../payload.js'
import { provenance } from '../../provenance.js'
import { validateFigure } from '../../validate.js'
import { indexed } from '../words.js'
import { fieldRecord } from './field.js'
import { linesRecord } from './lines.js'
import type { Panel, PanelCursor, PanelsData, TablePanel } from './panel.js'

/** Most stops of a cursor. */
const STOPS = 200

/** Charts and tables of any computation in one figure. Throws a {@link FigureError} for what cannot be drawn. */
export function panelsFigure(data: PanelsData): PanelsFigure {
  const { title, alt, problem, seed, panels, notes = [], cursor } = data
  if (alt.trim() === '') {
    throw new FigureError({
      code: 'invalid',
      name: 'alt',
      expected: 'a sentence that says what is shown',
      got: 'none',
    })
  }
  const figure: PanelsFigure = {
    kind: 'panels',
    version: 1,
    title,
    alt,
    provenance: provenance(problem, seed),
    ...(problem && { problem }),
    panels: panels.map((panel, k) => recordOf(panel, `panels[${k}]`)),
    notes: notes.map(typeset),
    ...(cursor && { cursor: cursorRecord(cursor) }),
  }
  validateFigure(figure)
  return figure
}

function cursorRecord({ symbol, values, labels, shown, plays = false }: PanelCursor): CursorRecord {
  const count = values.length
  if (count > STOPS)
    throw new FigureError({ code: 'too-large', name: 'cursor.values', limit: STOPS, got: count })
  return {
    symbol,
    values: pack(values, { dtype: 'float64', name: 'cursor.values' }),
    ...(labels && { labels: [...labels] }),
    shown: shown ?? Math.floor(count / 2),
    plays,
  }
}

function recordOf(panel: Panel, name: string): PanelRecord {
  switch (panel.type) {
    case 'lines':
      return linesRecord(panel, name)
    case 'field':
      return fieldRecord(panel, name)
    case 'table':
      return tableRecord(panel)
  }
}

/** Numbers with the sign of minus, as on the axes: −1.5, 2e−7. */
function typeset(cell: string): string {
  return cell.replaceAll(/(?<![\p{L}\p{N}_)\]])-(?=\.?\d|∞)|(?<=\de)-(?=\d)/gu, '−')
}

function tableRecord({ heading, columns, rows, cursor }: TablePanel): TablePanelRecord {
  return {
    type: 'table',
    heading: indexed(heading),
    columns: columns.map(({ label, align = 'left' }) => ({ label: indexed(label), align })),
    rows: rows.map((row) => row.map(typeset)),
    ...(cursor && { cursor }),
  }
}
