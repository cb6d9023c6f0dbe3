import { element, glyph } from './dom.js'

const CARET = 'M3,1.5L7.5,5L3,8.5'

let panels = 0

/** A button that shows and hides a panel. Enter and space press it, as any button. */
export class Disclosure {
  readonly button: HTMLButtonElement
  readonly #panel: HTMLElement

  constructor(button: HTMLButtonElement, panel: HTMLElement, open = false) {
    this.button = button
    this.#panel = panel
    panel.id ||= `psilab-panel-${++panels}`
    button.setAttribute('aria-controls', panel.id)
    this.open = open
    button.addEventListener('click', () => {
      this.open = !this.open
    })
  }

  get open(): boolean {
    return !this.#panel.hidden
  }

  set open(open: boolean) {
    this.#panel.hidden = !open
    this.button.setAttribute('aria-expanded', String(open))
  }
}

/** A button of the page, not of a form. */
export function plainButton(className: string, ...children: (Node | string)[]): HTMLButtonElement {
  const button = element('button', className, ...children)
  button.type = 'button'
  return button
}

/** The sign that says that a button opens something; it turns when it is open. */
export function caret(): SVGSVGElement {
  const drawn = glyph(10, 10, CARET, { fill: 'none', stroke: 'currentColor', 'stroke-width': '1.5' })
  drawn.classList.add('psilab-caret')
  return drawn
}
