import type { DerivationFigure, View } from '../figure/index.js'
import type { Body } from './body.js'
import type { DerivationView } from './derivation.js'
import { element } from './dom.js'
import type { PageHost } from './host.js'

/** Pixels that the line of a step takes, until the lines are set. */
const LINE = 38

/** The steps of a derivation, loaded and set when they come near. */
export class DerivationBody implements Body {
  readonly node: HTMLElement = element('div', 'psilab-body')
  readonly run = undefined
  readonly charts = []
  readonly #host: PageHost
  readonly #figure: DerivationFigure
  #steps: DerivationView | undefined
  #drawing: Promise<void> | undefined

  constructor(host: PageHost, figure: DerivationFigure) {
    this.#host = host
    this.#figure = figure
  }

  get view(): View {
    return { theme: this.#host.theme(), fonts: this.#host.fonts(this.node) }
  }

  get isDrawn(): boolean {
    return this.#steps !== undefined
  }

  reserve(): void {
    if (!this.#steps) this.node.style.minHeight = `${LINE * (this.#figure.steps.length + 1)}px`
  }

  draw(): Promise<void> {
    this.#drawing ??= this.#draw()
    return this.#drawing
  }

  fit(): Promise<void> {
    this.#steps?.layOut()
    return Promise.resolve()
  }

  show(): Promise<void> {
    return Promise.resolve()
  }

  /** Its steps are set anew. */
  replace(): Promise<boolean> {
    return Promise.resolve(false)
  }

  /** Text takes little. */
  release(): void {}

  dispose(): void {
    this.#steps?.dispose()
  }

  async #draw(): Promise<void> {
    const { DerivationView } = await import('./derivation.js')
    const steps = new DerivationView(this.#figure, this.#host.typesetter)
    this.node.append(steps.node)
    await steps.typeset()
    this.#steps = steps
    this.node.style.minHeight = ''
  }
}
