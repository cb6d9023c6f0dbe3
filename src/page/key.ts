import { DASHES, type Key, type KeyBar, type KeyEntry, SIGN_PATHS } from '../figure/index.js'
import { element, glyph } from './dom.js'

/** The key above a chart. */
export function keyElement(key: Key): HTMLElement {
  return element('div', 'psilab-key', ...key.entries.map(entry), ...(key.bar ? [bar(key.bar)] : []))
}

function entry({ sign, colour, label }: KeyEntry): HTMLElement {
  const dashes = DASHES[sign]
  const drawn = glyph(18, 12, SIGN_PATHS[sign], {
    fill: sign === 'block' ? colour : 'none',
    stroke: colour,
    'stroke-width': '2',
    ...(dashes && { 'stroke-dasharray': dashes.join() }),
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
