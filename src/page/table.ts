/** Rows of text under headings. */
import type { TablePanelRecord } from '../figure/index.js'
import { element } from './dom.js'

/** The place of a table, which scrolls where the table is too wide; it can then be reached and scrolled by keys. */
export function tableElement(heading: string): HTMLElement {
  const place = element('div', 'psilab-table-place')
  place.setAttribute('role', 'group')
  place.setAttribute('aria-label', heading === '' ? 'Table' : heading)
  new ResizeObserver(() => {
    // What does not scroll is no stop for the tabulator.
    if (place.scrollWidth > place.clientWidth || place.scrollHeight > place.clientHeight) place.tabIndex = 0
    else place.removeAttribute('tabindex')
  }).observe(place)
  return place
}

/** @param marked the row that stands out */
export function fillTable(
  place: HTMLElement,
  { heading, columns, rows }: Pick<TablePanelRecord, 'heading' | 'columns' | 'rows'>,
  marked?: number,
): void {
  const aligned = <E extends HTMLElement>(node: E, c: number): E => {
    if (columns[c]!.align === 'right') node.className = 'psilab-right-aligned'
    return node
  }
  const heads = columns.map(({ label }, c) => {
    const head = aligned(element('th', '', label), c)
    head.scope = 'col'
    return head
  })
  const lines = rows.map((row, r) => {
    const line = element('tr', '', ...row.map((text, c) => aligned(element('td', '', text), c)))
    if (r === marked) line.setAttribute('aria-current', 'true')
    return line
  })
  place.replaceChildren(
    element(
      'table',
      'psilab-table',
      ...(heading === '' ? [] : [element('caption', '', heading)]),
      ...(columns.some(({ label }) => label !== '')
        ? [element('thead', '', element('tr', '', ...heads))]
        : []),
      element('tbody', '', ...lines),
    ),
  )
}
