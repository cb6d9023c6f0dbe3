/**
 * Panels on a still page: charts in a grid with heading and key above each, tables in full width.
 */
import type { Theme } from '../colour/theme.js'
import type { CursorRecord, PanelsFigure } from '../payload.js'
import {
  arrange,
  type ChartPanel,
  COLUMN_GAP,
  cursorLabel,
  isChartPanel,
  type PanelRow,
  panelKey,
  panelNotes,
} from '../spec/panels/index.js'
import { drawPanel } from './charts.js'
import { keyBlock } from './key.js'
import { type Block, gap, paragraph, picture, type TextStyle } from './page.js'
import { tableBlock } from './table.js'

export async function panelBlocks(figure: PanelsFigure, width: number, theme: Theme): Promise<Block[]> {
  const small: TextStyle = { size: 11.5, colour: theme.muted }
  const { cursor } = figure
  const caption = cursor && `at ${cursorLabel(cursor, cursor.shown)}`
  const blocks: Block[] = caption ? [paragraph(caption, width, { size: 12.5, colour: theme.muted })] : []
  let place = 0
  for (const row of arrange(figure.panels, width)) {
    const charts = row.panels.filter(isChartPanel)
    blocks.push(gap(8))
    if (charts.length > 0) blocks.push(await chartRow(charts, row, place, { theme, cursor }))
    for (const panel of row.panels) if (panel.type === 'table') blocks.push(tableBlock(panel, width, theme))
    place += row.panels.length
  }
  const notes = figure.notes.map((note) => paragraph(note, width, small))
  return [...blocks, ...(notes.length > 0 ? [gap(8), ...notes] : [])]
}

/** Charts beside each other, all beginning at one height. */
async function chartRow(
  panels: readonly ChartPanel[],
  { width, height }: PanelRow,
  place: number,
  { theme, cursor }: { readonly theme: Theme; readonly cursor: CursorRecord | undefined },
): Promise<Block> {
  const cells: { above: Block; chart: Block; below: Block }[] = []
  for (const [k, panel] of panels.entries()) {
    const key = panelKey(panel, theme)
    const drawn = await drawPanel(panel, { theme: theme.name, width, height }, { place: place + k, cursor })
    const heading = { size: 12.5, colour: theme.ink, face: 'bold' } as const
    const note = { size: 10.5, colour: theme.muted }
    cells.push({
      above: stack([
        ...(panel.heading === '' ? [] : [paragraph(panel.heading, width, heading), gap(3)]),
        ...(key ? [keyBlock(key, width - 8, theme)] : []),
      ]),
      chart: picture(drawn.svg, drawn.height),
      below: stack(panelNotes(panel).map((sentence) => paragraph(sentence, width - 8, note))),
    })
  }
  const above = Math.max(...cells.map((cell) => cell.above.height))
  return {
    height: Math.max(...cells.map(({ chart, below }) => above + chart.height + below.height)),
    svg: (x, y) =>
      cells
        .map(({ above: heading, chart, below }, k) => {
          const left = x + k * (width + COLUMN_GAP)
          return heading.svg(left, y) + chart.svg(left, y + above) + below.svg(left, y + above + chart.height)
        })
        .join(''),
  }
}

/** Blocks below each other as one. */
function stack(blocks: readonly Block[]): Block {
  return {
    height: blocks.reduce((sum, { height }) => sum + height, 0),
    svg: (x, y) => {
      let top = y
      return blocks
        .map((block) => {
          const svg = block.svg(x, top)
          top += block.height
          return svg
        })
        .join('')
    },
  }
}
