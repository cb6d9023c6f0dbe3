import {
  DASHES,
  type Key,
  type KeyBar,
  type KeyEntry,
  type KeyWheel,
  SIGN_PATHS,
  wheelPicture,
} from '../figure/index.js'
import { canvasOf } from './canvas.js'
import { element, glyph } from './dom.js'

/** The key above a chart. */
export function keyElement(key: Key): HTMLElement {
  return element(
    'div',
    'psilab-key',
    ...key.entries.map(entry),
    ...(key.bar ? [bar(key.bar)] : []),
    ...(key.wheel ? [wheel(key.wheel)] : []),
  )
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

function wheel(key: KeyWheel): HTMLElement {
  const { side, around, title, words } = key
  const disc = canvasOf(wheelPicture(key))
  disc.className = 'psilab-key-wheel-disc'
  disc.style.width = disc.style.height = `${side}px`
  disc.setAttribute('role', 'img')
  disc.setAttribute('aria-label', words)
  const label = (place: string, text: string): HTMLElement => {
    const node = element('span', `psilab-key-wheel-${place}`, text)
    node.setAttribute('aria-hidden', 'true')
    return node
  }
  const [right, top, left, bottom] = around
  return element(
    'span',
    'psilab-key-wheel',
    label('title', title),
    label('left', left),
    label('top', top),
    disc,
    label('bottom', bottom),
    label('right', right),
  )
}
