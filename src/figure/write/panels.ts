import type { PanelsFigure } from '../payload.js'
import { isChartPanel, panelNotes } from '../spec/panels/index.js'
import { tableText } from './table.js'

/** A figure of panels in plain characters: what it shows in words, its tables, and its notes. */
export function panelsText({ title, alt, panels, notes }: PanelsFigure): string {
  const tables = panels.flatMap((panel) => {
    if (panel.type !== 'table') return []
    const { heading, columns, rows } = panel
    return [[...(heading === '' ? [] : [heading]), tableText(columns, rows)].join('\n')]
  })
  const said = [...panels.filter(isChartPanel).flatMap(panelNotes), ...notes]
  return [`${title}\n${alt}`, ...tables, ...(said.length > 0 ? [said.join('\n')] : [])].join('\n\n')
}
