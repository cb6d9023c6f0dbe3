/**
 * The key of a figure on a still page.
 */
import type { Theme } from '../colour/theme.js'
import {
  DASHES,
  type Key,
  type KeyBar,
  type KeyEntry,
  type KeyWheel,
  SIGN_PATHS,
  wheelPicture,
} from '../spec/key.js'
import { type Block, textAt } from './page.js'
import { pngUrl } from './png-encode.js'
import { px, textWidth } from './tools.js'

const BAR = { length: 128, thickness: 9, height: 32 }
const SIZE = 10.5
const SIGN = 18
const BETWEEN = 16

/** Signs from the left, the bar of colours at the right, below each other where both do not fit. */
export function keyBlock(key: Key, width: number, theme: Theme): Block {
  const widths = key.entries.map(({ label }) => SIGN + 6 + textWidth(label, SIZE) + BETWEEN)
  const barWidth = key.bar
    ? BAR.length + 12 + textWidth(key.bar.title, 12, 'italic')
    : key.wheel
      ? key.wheel.side + 2 * BESIDE_WHEEL + textWidth(key.wheel.title, 12, 'italic')
      : 0
  const rows: number[][] = [[]]
  let used = 0
  widths.forEach((entry, i) => {
    if (used > 0 && used + entry > width - (rows.length <= 2 ? barWidth : 0)) {
      rows.push([])
      used = 0
    }
    rows[rows.length - 1]!.push(i)
    used += entry
  })
  return {
    height: Math.max(
      6 + 18 * rows.length,
      key.bar ? BAR.height : 0,
      key.wheel ? key.wheel.side + 2 * ABOVE_WHEEL : 0,
    ),
    svg: (x, y) => {
      const entries = rows.flatMap((row, r) => {
        let at = x
        return row.map((i) => {
          const drawn = entry(key.entries[i]!, at, y + 9 + 18 * r, theme)
          at += widths[i]!
          return drawn
        })
      })
      return (
        entries.join('') +
        (key.bar ? bar(key.bar, x + width, y, theme) : '') +
        (key.wheel ? wheel(key.wheel, x + width, y, theme) : '')
      )
    },
  }
}

/** One sign and its label, centred on the height y. */
function entry({ sign, colour, label }: KeyEntry, x: number, y: number, theme: Theme): string {
  const dashes = DASHES[sign]
  const ink = SIGN_PATHS[sign].endsWith('Z')
    ? `fill="${sign === 'block' ? colour : theme.background}" stroke-width="1.5"`
    : `fill="none" stroke-width="2"${dashes ? ` stroke-dasharray="${dashes.join()}"` : ''}`
  const path = `<path transform="translate(${px(x)},${px(y - 6)})" d="${SIGN_PATHS[sign]}" stroke="${colour}" ${ink}/>`
  return path + textAt(label, x + SIGN + 6, y + 4, { size: SIZE, colour: theme.muted })
}

/** Room for the labels of a wheel beside it, and above and below. */
const [BESIDE_WHEEL, ABOVE_WHEEL] = [26, 13]

/** The wheel with its labels, its right end at x and its top at y. */
function wheel(key: KeyWheel, x: number, y: number, theme: Theme): string {
  const { side, around, title } = key
  const [left, top] = [x - BESIDE_WHEEL - side, y + ABOVE_WHEEL]
  const [right, above, behind, below] = around
  const small = { size: 10, colour: theme.muted }
  const middle = (label: string): number => left + (side - textWidth(label, small.size)) / 2
  const centre = top + side / 2 + 3.5
  const style = { size: 12, colour: theme.ink, face: 'italic' } as const
  const titleAt = left - BESIDE_WHEEL - textWidth(title, style.size, style.face)
  return (
    `<image x="${px(left)}" y="${px(top)}" width="${side}" height="${side}" href="${pngUrl(wheelPicture(key))}"/>` +
    `<circle cx="${px(left + side / 2)}" cy="${px(top + side / 2)}" r="${px(side / 2 - 0.25)}" fill="none" stroke="${theme.grid}" stroke-width="0.5"/>` +
    textAt(right, left + side + 4, centre, small) +
    textAt(above, middle(above), top - 3.5, small) +
    textAt(behind, left - 4 - textWidth(behind, small.size), centre, small) +
    textAt(below, middle(below), top + side + 10.5, small) +
    textAt(title, titleAt, centre, style)
  )
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
  // Keys of several panels share one page.
  const id = `key${Math.round(x)}_${Math.round(y)}`
  const style = { size: 12, colour: theme.ink, face: 'italic' } as const
  return (
    `<defs><linearGradient id="${id}">${stops.join('')}</linearGradient></defs>` +
    `<rect x="${px(left)}" y="${px(y + 4)}" width="${BAR.length}" height="${BAR.thickness}" fill="url(#${id})" stroke="${theme.grid}" stroke-width="0.5"/>` +
    textAt(title, left - 10 - textWidth(title, style.size, style.face), y + BAR.thickness + 4, style) +
    words.join('')
  )
}
