/**
 * The key of a figure on a still page.
 */
import type { Theme } from '../colour/theme.js'
import type { Key, KeyBar, KeyEntry } from '../spec/key.js'
import { textWidth } from './fonts.js'
import { type Block, textAt } from './page.js'
import { px } from './tex.js'

const BAR = { length: 128, thickness: 9 }
const SIZE = 10.5
const SIGN = 18
const BETWEEN = 16

/** Signs from the left, the bar of colours at the right, below each other where both do not fit. */
export function keyBlock(key: Key, width: number, theme: Theme): Block {
  const widths = key.entries.map(({ label }) => SIGN + 6 + textWidth(label, SIZE) + BETWEEN)
  const barWidth = key.bar ? BAR.length + 12 + textWidth(key.bar.title, 12, 'italic') : 0
  const rows: number[][] = [[]]
  let used = 0
  widths.forEach((entry, i) => {
    if (used > 0 && used + entry > width - (rows.length === 1 ? barWidth : 0)) {
      rows.push([])
      used = 0
    }
    rows[rows.length - 1]!.push(i)
    used += entry
  })
  return {
    height: 14 + 18 * rows.length,
    svg: (x, y) => {
      const entries = rows.flatMap((row, r) => {
        let at = x
        return row.map((i) => {
          const drawn = entry(key.entries[i]!, at, y + 9 + 18 * r, theme)
          at += widths[i]!
          return drawn
        })
      })
      return entries.join('') + (key.bar ? bar(key.bar, x + width, y, theme) : '')
    },
  }
}

/** One sign and its label, centred on the height y. */
function entry({ sign, colour, label }: KeyEntry, x: number, y: number, theme: Theme): string {
  const middle = x + SIGN / 2
  const outline = `fill="${theme.background}" stroke="${colour}" stroke-width="1.5"`
  const drawn = {
    line: `<path d="M${px(x)},${px(y)}h${SIGN}" stroke="${colour}" stroke-width="2"/>`,
    dashed: `<path d="M${px(x)},${px(y)}h${SIGN}" stroke="${colour}" stroke-width="2" stroke-dasharray="6,3"/>`,
    circle: `<circle cx="${px(middle)}" cy="${px(y)}" r="4.5" ${outline}/>`,
    diamond: `<path d="M${px(middle)},${px(y - 5.5)}l5.5,5.5l-5.5,5.5l-5.5,-5.5Z" ${outline}/>`,
    square: `<path d="M${px(middle - 4)},${px(y - 4)}h8v8h-8Z" ${outline}/>`,
  }[sign]
  return drawn + textAt(label, x + SIGN + 6, y + 4, { size: SIZE, colour: theme.muted })
}

/** The bar with its right end at x and its top at y. */
function bar({ title, colours, labels }: KeyBar, x: number, y: number, theme: Theme): string {
  const left = x - BAR.length
  const stops = colours.map(
    (colour, i) => `<stop offset="${(i / (colours.length - 1)).toFixed(4)}" stop-color="${colour}"/>`,
  )
  const words = labels.map((label, i) => {
    const at = left + (i / (labels.length - 1)) * (BAR.length - textWidth(label, 10))
    return textAt(label, at, y + BAR.thickness + 16, { size: 10, colour: theme.muted })
  })
  const style = { size: 12, colour: theme.ink, face: 'italic' } as const
  return (
    `<defs><linearGradient id="key">${stops.join('')}</linearGradient></defs>` +
    `<rect x="${px(left)}" y="${px(y + 4)}" width="${BAR.length}" height="${BAR.thickness}" fill="url(#key)" stroke="${theme.grid}" stroke-width="0.5"/>` +
    textAt(title, left - 10 - textWidth(title, style.size, style.face), y + BAR.thickness + 4, style) +
    words.join('')
  )
}
