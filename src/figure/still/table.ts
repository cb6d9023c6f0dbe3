/**
 * A table on a still page: rules above, below the head and at the end; cells that are too long are broken.
 */
import type { Theme } from '../colour/theme.js'
import type { TablePanelRecord } from '../payload.js'
import { type Block, paragraph, type TextStyle, textAt } from './page.js'
import { px, textWidth } from './tools.js'

const SIZE = 11.5
/** Space between columns, and above and below each row. */
const [BETWEEN, AROUND] = [20, 3]

export function tableBlock({ heading, columns, rows }: TablePanelRecord, width: number, theme: Theme): Block {
  const head: TextStyle = { size: SIZE, colour: theme.muted }
  const body: TextStyle = { size: SIZE, colour: theme.ink }
  const natural = columns.map(({ label }, c) =>
    Math.max(textWidth(label, SIZE), ...rows.map((row) => textWidth(row[c]!, SIZE))),
  )
  const room = width - BETWEEN * Math.max(0, columns.length - 1)
  const widths = fitted(
    natural,
    room,
    columns.map(({ align }) => align === 'right'),
  )
  const named = columns.some(({ label }) => label !== '')
  const lines = [...(named ? [columns.map(({ label }) => label)] : []), ...rows].map((row, r) =>
    row.map((text, c) => cell(text, widths[c]!, columns[c]!.align, named && r === 0 ? head : body)),
  )
  const heights = lines.map((line) => Math.max(SIZE, ...line.map(({ height }) => height)) + 2 * AROUND)
  const title =
    heading === '' ? undefined : paragraph(heading, width, { size: 12.5, colour: theme.ink, face: 'bold' })
  const across = widths.reduce((sum, each) => sum + each + BETWEEN, -BETWEEN)
  const rule = (x: number, y: number, colour: string): string =>
    `<path d="M${px(x)},${px(y)}h${px(across)}" stroke="${colour}" stroke-width="0.75"/>`
  return {
    height: (title ? title.height + 4 : 0) + heights.reduce((sum, height) => sum + height, 0) + 4,
    svg: (x, y) => {
      let top = y + (title ? title.height + 4 : 0)
      const drawn = [title?.svg(x, y) ?? '', rule(x, top, theme.muted)]
      lines.forEach((line, r) => {
        let left = x
        line.forEach((block, c) => {
          drawn.push(block.svg(left, top + AROUND))
          left += widths[c]! + BETWEEN
        })
        top += heights[r]!
        drawn.push(rule(x, top, (named && r === 0) || r === lines.length - 1 ? theme.muted : theme.grid))
      })
      return drawn.join('')
    },
  }
}

function cell(text: string, width: number, align: 'left' | 'right', style: TextStyle): Block {
  const natural = textWidth(text, SIZE)
  if (natural > width) return paragraph(text, width, style)
  const shift = align === 'right' ? width - natural : 0
  return {
    height: 1.5 * SIZE,
    svg: (x, y) => textAt(text, x + shift, y + 1.1 * SIZE, style),
  }
}

/** Share of a table that columns of numbers may take unbroken. */
const NUMBERS = 0.7

/**
 * Widths that sum up to at most `room`: the widest columns give way, all down to one width; those of numbers only where
 * they would take most of the table.
 */
function fitted(natural: readonly number[], room: number, numbers: readonly boolean[]): number[] {
  const kept = natural.reduce((sum, width, c) => (numbers[c] ? sum + width : sum), 0)
  if (!numbers.includes(false) || kept > NUMBERS * room) return levelled(natural, room)
  const rest = levelled(
    natural.filter((_, c) => !numbers[c]),
    room - kept,
  )
  return natural.map((width, c) => (numbers[c] ? width : rest.shift()!))
}

function levelled(natural: readonly number[], room: number): number[] {
  let [most, rest] = [Number.POSITIVE_INFINITY, room]
  const rising = [...natural].sort((a, b) => a - b)
  for (const [k, width] of rising.entries()) {
    const share = rest / (rising.length - k)
    if (width > share) {
      most = share
      break
    }
    rest -= width
  }
  return natural.map((width) => Math.min(width, most))
}
