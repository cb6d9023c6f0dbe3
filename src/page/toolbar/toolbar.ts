import type { Figure } from '../../figure/index.js'
import { plainButton } from '../disclosure.js'
import { element, glyph } from '../dom.js'
import type { PageHost } from '../host.js'
import type { FigureAction, ToolbarEntry } from './actions.js'
import { menuButton } from './menu.js'

/**
 * Small buttons at the top right of a figure: seen while the pointer or the focus is in the figure, and always where
 * nothing hovers.
 */
export function toolbar(
  figure: Figure,
  host: PageHost,
  entries: readonly ToolbarEntry[],
  run: (action: FigureAction) => void,
): HTMLElement {
  const applies = ({ applies = () => true }: Pick<FigureAction, 'applies'>): boolean => applies(figure, host)
  const node = element('div', 'psilab-toolbar')
  node.setAttribute('role', 'group')
  node.setAttribute('aria-label', 'Actions')
  for (const entry of entries.filter(applies)) {
    if ('items' in entry) {
      const items = entry.items.filter(applies)
      if (items.length > 0) node.append(menuButton({ ...entry, items }, run))
      continue
    }
    const button = plainButton('psilab-tool', glyph(16, 16, entry.icon))
    button.dataset['psilabAction'] = entry.id
    button.setAttribute('aria-label', entry.label)
    button.title = entry.label
    if (entry.pressed) button.setAttribute('aria-pressed', String(entry.pressed()))
    button.addEventListener('click', () => {
      run(entry)
    })
    node.append(button)
  }
  return node
}
