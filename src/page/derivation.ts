/**
 * A derivation in the page: lines aligned at their signs within a section, each with its mark, and everything else on
 * demand.
 */
import {
  countMarks,
  type DerivationFigure,
  derivationLatex,
  derivationMarkdown,
  type Section,
  sectionsOf,
} from '../figure/index.js'
import { copyButton } from './copy.js'
import { caret, Disclosure, plainButton } from './disclosure.js'
import { element } from './dom.js'
import { FOR_TYPESETTER, PLAIN, type Writer } from './formula.js'
import type { Typesetter } from './host.js'
import { layOut } from './lines.js'
import { type StepView, stepView } from './step.js'

export class DerivationView {
  readonly node: HTMLElement = element('div', 'psilab-derivation')
  readonly #typesetter: Typesetter | null
  readonly #writer: Writer
  readonly #steps: StepView[] = []
  /** The section of each step, in the order of the steps. */
  readonly #sections: (Disclosure | undefined)[] = []
  readonly #legend: HTMLElement
  #ended = false

  constructor(figure: DerivationFigure, typesetter: Typesetter | null) {
    this.#typesetter = typesetter
    this.#writer = typesetter ? FOR_TYPESETTER : PLAIN
    this.#legend = legend(figure, this.#writer)
    this.node.append(
      this.#bar(figure),
      this.#legend,
      ...sectionsOf(figure).map((each) => this.#section(each)),
    )
    this.node.addEventListener('keydown', (event) => {
      this.#handleKey(event)
    })
  }

  /** Sets the lines; what is closed is set after them, step by step, while the page rests. */
  async typeset(): Promise<void> {
    for (const { line } of this.#steps) await this.#typesetter?.typeset(line)
    this.layOut()
    void this.#typesetClosed()
  }

  /** Fits the lines into the present width. */
  layOut(): void {
    layOut(this.node)
  }

  dispose(): void {
    this.#ended = true
  }

  async #typesetClosed(): Promise<void> {
    for (const part of [this.#legend, ...this.#steps.map(({ details }) => details)]) {
      await new Promise((resolve) => setTimeout(resolve))
      if (this.#ended) return
      await this.#typesetter?.typeset(part)
    }
    this.node.dataset['psilabWhole'] = 'true'
  }

  #bar(figure: DerivationFigure): HTMLElement {
    const all = plainButton('psilab-button', 'Open all')
    all.addEventListener('click', () => {
      const open = all.textContent === 'Open all'
      for (const { disclosure } of this.#steps) disclosure.open = open
      if (open) for (const section of this.#sections) if (section) section.open = true
      all.textContent = open ? 'Close all' : 'Open all'
    })
    const symbols = plainButton('psilab-button', caret(), 'Symbols')
    const disclosure = new Disclosure(symbols, this.#legend)
    return element(
      'div',
      'psilab-bar',
      element('span', 'psilab-summary', `${figure.steps.length} steps: ${countMarks(figure.steps)}`),
      ...(figure.symbols.length > 0 ? [disclosure.button] : []),
      all,
      copyButton('Copy LaTeX', () => derivationLatex(figure)),
      copyButton('Copy Markdown', () => derivationMarkdown(figure)),
    )
  }

  #section({ heading, steps }: Section): HTMLElement {
    const views = steps.map((step) => stepView(step, this.#writer, (number) => this.#goTo(number)))
    const lines = element('ol', 'psilab-lines', ...views.map(({ node }) => node))
    lines.start = steps[0]!.number
    this.#steps.push(...views)
    if (heading === undefined) {
      this.#sections.push(...views.map(() => undefined))
      return element('section', 'psilab-section', lines)
    }
    const button = plainButton('psilab-section-button', caret(), heading)
    const disclosure = new Disclosure(button, lines, true)
    this.#sections.push(...views.map(() => disclosure))
    const title = element('h2', 'psilab-section-heading', button)
    return element('section', 'psilab-section', title, lines)
  }

  /** Opens the section of a step, and gives it the focus. */
  #goTo(number: number): void {
    const section = this.#sections[number - 1]
    if (section) section.open = true
    const step = this.#steps[number - 1]!
    step.disclosure.button.focus({ preventScroll: true })
    step.node.scrollIntoView({ block: 'nearest' })
  }

  /** Arrows walk from step to step, Home and End go to the first and the last that is shown. */
  #handleKey(event: KeyboardEvent): void {
    const shown = this.#steps.filter((_, k) => this.#sections[k]?.open !== false)
    const place = shown.findIndex(({ disclosure }) => disclosure.button === event.target)
    if (place < 0) return
    const places: Readonly<Record<string, number>> = {
      ArrowUp: place - 1,
      ArrowDown: place + 1,
      Home: 0,
      End: shown.length - 1,
    }
    const wanted = shown[places[event.key] ?? -1]
    if (!wanted) return
    wanted.disclosure.button.focus()
    event.preventDefault()
    event.stopPropagation()
  }
}

/** What the letters mean. */
function legend({ symbols }: DerivationFigure, writer: Writer): HTMLElement {
  const rows = symbols.flatMap(({ tex, meaning, domain, unit }) => [
    element('dt', '', writer.formula(tex)),
    element(
      'dd',
      '',
      writer.text(meaning),
      element('span', 'psilab-domain', ` ${[domain, ...(unit === undefined ? [] : [unit])].join(', ')}`),
    ),
  ])
  return element('dl', 'psilab-legend', ...rows)
}
