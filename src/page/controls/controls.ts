/**
 * Sliders of what a figure is computed from, and what is said of the computation.
 */
import { type ControlRecord, plainTex } from '../../figure/index.js'
import { caret, Disclosure, plainButton } from '../disclosure.js'
import { element } from '../dom.js'
import { lastPlace, placeOf, valueAt } from './scale.js'

/** More sliders than these are folded away at first. */
const FEW = 4

/** Milliseconds of computing before the reader is told. */
const SOON = 250

interface Line {
  readonly control: ControlRecord
  readonly set: (value: number) => void
}

export type Values = Readonly<Record<string, number>>

export interface ControlsOptions {
  /** What the sliders are called; default Sliders. */
  readonly title?: string
  /** The button that takes them back to where they stood at first; default As saved. */
  readonly back?: string
}

export class Controls {
  readonly node: HTMLElement
  readonly #lines: readonly Line[]
  #saved: Values
  readonly #changed: (values: Values) => void
  readonly #summary = element('span', 'psilab-controls-summary')
  readonly #status = element('span', 'psilab-controls-status')
  readonly #back: HTMLButtonElement
  readonly #fold: Disclosure
  #values: Values
  #timer: ReturnType<typeof setTimeout> | undefined

  /**
   * @param values where the sliders stand at first: as the figure was saved
   * @param changed called with every change
   */
  constructor(
    controls: readonly ControlRecord[],
    values: Values,
    changed: (values: Values) => void,
    { title = 'Sliders', back = 'As saved' }: ControlsOptions = {},
  ) {
    this.#back = plainButton('psilab-button', back)
    this.#saved = values
    this.#values = values
    this.#changed = changed
    const list = element('div', 'psilab-controls-list')
    this.#lines = controls.map((control) => this.#line(control, list))
    const button = plainButton('psilab-button psilab-controls-button', caret(), title)
    this.#fold = new Disclosure(button, list, controls.length <= FEW)
    button.addEventListener('click', () => this.#say())
    this.#status.setAttribute('role', 'status')
    this.#back.addEventListener('click', () => this.reset())
    const bar = element('div', 'psilab-controls-bar', button, this.#summary, this.#status, this.#back)
    this.node = element('div', 'psilab-controls', bar, list)
    this.node.setAttribute('role', 'group')
    this.node.setAttribute('aria-label', title)
    this.#say()
  }

  get values(): Values {
    return this.#values
  }

  /** Back to where the sliders stood at first. */
  reset(): void {
    for (const { control, set } of this.#lines) set(this.#saved[control.name]!)
    this.#set({ ...this.#saved })
    this.#fold.button.focus()
  }

  /** Other values for the sliders to stand at first, and to stand at now. */
  follow(values: Values): void {
    this.#saved = values
    this.#values = values
    for (const { control, set } of this.#lines) set(values[control.name]!)
    this.#say()
  }

  /** A computation has begun: the reader is told if it takes long. */
  computing(): void {
    this.#timer ??= setTimeout(() => {
      this.#tell('Computing…', 'busy')
    }, SOON)
  }

  /** A computation has ended. @param error what prevented it, as a sentence */
  computed(error?: string): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#tell(error ?? '', error === undefined ? 'done' : 'failed')
  }

  /** A sentence in place of sliders that nothing follows. */
  refuse(sentence: string): void {
    this.dispose()
    this.node.replaceChildren(element('p', 'psilab-sentence', sentence))
  }

  dispose(): void {
    clearTimeout(this.#timer)
  }

  #tell(words: string, state: string): void {
    this.#status.textContent = words
    this.node.dataset['psilabState'] = state
  }

  #set(values: Values): void {
    this.#values = values
    this.#say()
    this.#changed(values)
  }

  #say(): void {
    this.#back.hidden = Object.entries(this.#saved).every(([name, value]) => this.#values[name] === value)
    this.#summary.hidden = this.#fold.open
    this.#summary.textContent = this.#lines
      .map(({ control }) => `${labelOf(control)} = ${written(this.#values[control.name]!)}`)
      .join(', ')
  }

  #line(control: ControlRecord, list: HTMLElement): Line {
    const label = labelOf(control)
    const slider = element('input', '')
    slider.type = 'range'
    slider.min = '0'
    slider.max = String(lastPlace(control))
    slider.setAttribute('aria-label', label)
    slider.title = `Double click: ${this.#back.textContent!.toLowerCase()}`
    const field = element('input', 'psilab-number')
    field.type = 'text'
    field.inputMode = 'decimal'
    field.autocomplete = 'off'
    field.spellcheck = false
    field.setAttribute('aria-label', `${label}, typed`)
    const show = (value: number): void => {
      slider.value = String(placeOf(control, value))
      slider.setAttribute('aria-valuetext', written(value))
      field.value = String(value)
      field.setAttribute('aria-invalid', 'false')
    }
    const set = (value: number): void => {
      show(value)
      this.#set({ ...this.#values, [control.name]: value })
    }
    slider.addEventListener('input', () => {
      const value = valueAt(control, Number(slider.value))
      field.value = String(value)
      field.setAttribute('aria-invalid', 'false')
      slider.setAttribute('aria-valuetext', written(value))
      this.#set({ ...this.#values, [control.name]: value })
    })
    slider.addEventListener('dblclick', () => set(this.#saved[control.name]!))
    const typed = (): void => {
      const value = Number(field.value.replace('−', '-').replace(',', '.'))
      if (value === this.#values[control.name]) return
      const { lower, upper } = control
      if (field.value.trim() === '' || !(value >= lower && value <= upper)) {
        field.setAttribute('aria-invalid', 'true')
        this.#tell(`${label} goes from ${written(lower)} to ${written(upper)}.`, 'failed')
        return
      }
      this.#tell('', 'done')
      set(value)
    }
    field.addEventListener('change', typed)
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') show(this.#values[control.name]!)
    })
    list.append(element('span', 'psilab-controls-label', label), slider, field)
    show(this.#values[control.name]!)
    return { control, set: show }
  }
}

const labelOf = ({ label }: ControlRecord): string => plainTex(label)

const written = (value: number): string => String(Number(value.toPrecision(5))).replace('-', '−')
