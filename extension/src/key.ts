import type { Key, KeyBar, KeyEntry, Sign } from 'psilab/figure'
import { element, glyph } from './dom.js'

const SIGNS: Readonly<Record<Sign, { readonly d: string; readonly dashed?: boolean }>> = {
  line: { d: 'M0,6h18' },
  dashed: { d: 'M0,6h18', dashed: true },
  circle: { d: 'M4.5,6a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0Z' },
  diamond: { d: 'M9,0.5l5.5,5.5l-5.5,5.5l-5.5,-5.5Z' },
  square: { d: 'M5,2h8v8h-8Z' },
}

/** The key above a chart. */
export function keyElement(key: Key): HTMLElement {
  return element('div', 'psilab-key', ...key.entries.map(entry), ...(key.bar ? [bar(key.bar)] : []))
}

function entry({ sign, colour, label }: KeyEntry): HTMLElement {
  const { d, dashed } = SIGNS[sign]
  const drawn = glyph(18, 12, d, {
    fill: 'none',
    stroke: colour,
    'stroke-width': '2',
    ...(dashed && { 'stroke-dasharray': '6,3' }),
  })
  return element('span', 'psilab-key-entry', drawn, label)
}

function bar({ title, colours, labels }: KeyBar): HTMLElement {
  const colourBar = element('span', 'psilab-key-bar-colours')
  colourBar.style.background = `linear-gradient(to right, ${colours.join(', ')})`
  return element(
    'span',
    'psilab-key-bar',
    element('span', 'psilab-key-bar-title', title),
    colourBar,
    element('span', 'psilab-key-bar-labels', ...labels.map((label) => element('span', '', label))),
  )
}
