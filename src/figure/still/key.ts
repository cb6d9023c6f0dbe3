/**
 * The colour key of a page of key frames.
 */
import { hex } from '../colour/oklab.js'
import type { Theme } from '../colour/theme.js'
import type { ChartFigure } from '../spec/view.js'
import { PHASE_KEY_COLOURS } from '../spec/phase-key.js'
import { textWidth } from './fonts.js'
import { textAt } from './page.js'
import { px } from './tex.js'

const LENGTH = 128
const THICKNESS = 9

interface Key {
  readonly title: string
  readonly colours: readonly string[]
  readonly labels: readonly string[]
}

function keyOf(figure: ChartFigure, theme: Theme): Key | undefined {
  if (figure.kind === 'evolution') {
    return { title: 'arg ψ', colours: PHASE_KEY_COLOURS, labels: ['−π', '0', 'π'] }
  }
  if (figure.kind === 'landscape') {
    return {
      title: '|ψ|²',
      colours: theme.ramp.filter((_, i) => i % 15 === 0).map(hex),
      labels: ['0', 'max'],
    }
  }
  return undefined
}

/** The key with its right end at x and its bar's top at y; empty for figures without one. */
export function colourKey(figure: ChartFigure, theme: Theme, x: number, y: number): string {
  const key = keyOf(figure, theme)
  if (!key) return ''
  const left = x - LENGTH
  const last = key.colours.length - 1
  const stops = key.colours.map((colour, i) => `<stop offset="${px(i / last)}" stop-color="${colour}"/>`)
  const labels = key.labels.map((label, i) => {
    const share = i / (key.labels.length - 1)
    return textAt(label, left + share * (LENGTH - textWidth(label, 10)), y + THICKNESS + 12, {
      size: 10,
      colour: theme.muted,
    })
  })
  const title = { size: 12, colour: theme.ink, face: 'italic' } as const
  return (
    `<defs><linearGradient id="key">${stops.join('')}</linearGradient></defs>` +
    `<rect x="${px(left)}" y="${px(y)}" width="${LENGTH}" height="${THICKNESS}" fill="url(#key)" stroke="${theme.grid}" stroke-width="0.5"/>` +
    textAt(key.title, left - 10 - textWidth(key.title, title.size, title.face), y + THICKNESS, title) +
    labels.join('')
  )
}
