import { plainButton } from '../disclosure.js'
import { element, glyph } from '../dom.js'
import type { FigureAction, ToolbarMenu } from './actions.js'

/** A button with a menu. Arrows walk in it, Escape and the tabulator leave it. */
export function menuButton(
  { id, label, icon, items }: ToolbarMenu,
  run: (action: FigureAction) => void,
): HTMLElement {
  const button = plainButton('psilab-tool', glyph(16, 16, icon))
  button.dataset['psilabAction'] = id
  button.setAttribute('aria-label', label)
  button.title = label
  button.setAttribute('aria-haspopup', 'menu')
  button.setAttribute('aria-expanded', 'false')
  const place = element('div', 'psilab-menu-place', button)
  const lines: HTMLElement[] = []
  const menu = element('div', 'psilab-menu')
  menu.setAttribute('role', 'menu')
  menu.setAttribute('aria-label', label)
  menu.hidden = true
  let section: string | undefined
  for (const item of items) {
    if (item.section !== section && item.section !== undefined) {
      const heading = element('div', 'psilab-menu-section', item.section)
      heading.setAttribute('role', 'presentation')
      menu.append(heading)
    }
    section = item.section
    const line = plainButton('psilab-menu-line', item.label)
    line.setAttribute('role', 'menuitem')
    line.dataset['psilabAction'] = item.id
    line.tabIndex = -1
    line.addEventListener('click', () => {
      close(true)
      run(item)
    })
    lines.push(line)
    menu.append(line)
  }
  place.append(menu)

  const outside = (event: Event): void => {
    if (!place.contains(event.target as Node)) close(false)
  }
  const close = (focus: boolean): void => {
    if (menu.hidden) return
    menu.hidden = true
    button.setAttribute('aria-expanded', 'false')
    document.removeEventListener('pointerdown', outside, true)
    if (focus) button.focus()
  }
  const open = (line: number): void => {
    menu.hidden = false
    button.setAttribute('aria-expanded', 'true')
    document.addEventListener('pointerdown', outside, true)
    lines.at(line)?.focus()
  }
  button.addEventListener('click', () => {
    if (menu.hidden) open(0)
    else close(true)
  })
  place.addEventListener('keydown', (event) => {
    const at = lines.indexOf(event.target as HTMLElement)
    if (menu.hidden) {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      open(event.key === 'ArrowDown' ? 0 : -1)
    } else if (event.key === 'Escape') close(true)
    else if (event.key === 'Tab') {
      close(false)
      return
    } else if (event.key === 'ArrowDown') lines[(at + 1) % lines.length]?.focus()
    else if (event.key === 'ArrowUp') lines.at(at < 0 ? -1 : at - 1)?.focus()
    else if (event.key === 'Home') lines[0]?.focus()
    else if (event.key === 'End') lines.at(-1)?.focus()
    else {
      if (event.key.length === 1 && event.key !== ' ') event.stopPropagation()
      return
    }
    event.preventDefault()
    event.stopPropagation()
  })
  place.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !place.contains(event.relatedTarget as Node)) close(false)
  })
  return place
}
