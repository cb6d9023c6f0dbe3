import { element } from './dom.js'
import { PLAYER_KEYS } from './player.js'

const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['D', 'data as a table'],
  ['A', 'share cursors with figures of the same problem, or not'],
  ['?', 'these keys'],
]

/** What the keys do while the figure has the focus. */
export function helpElement(plays: boolean): HTMLElement {
  const lines = [...(plays ? PLAYER_KEYS : []), ...KEYS]
  const node = element(
    'dl',
    'psilab-help',
    ...lines.map(([keys, does]) =>
      element(
        'div',
        '',
        element('dt', '', ...keys.split(' ').map((key) => element('kbd', '', key))),
        element('dd', '', does),
      ),
    ),
  )
  node.setAttribute('aria-label', 'Keys of this figure')
  return node
}
