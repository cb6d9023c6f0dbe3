/** Sentences for the reader, seen and read aloud. */
import { element } from './dom.js'

/** Milliseconds that a sentence stays. */
const STAYS = 5000

/** Least time between two words that are read aloud of their own accord. */
const APART = 1000

export class Sayings {
  /** What is said and seen, and what is only read aloud. */
  readonly node: HTMLElement = element('p', 'psilab-said')
  readonly aloud: HTMLElement = element('span', 'psilab-aloud')
  #stays: ReturnType<typeof setTimeout> | undefined
  #waits: ReturnType<typeof setTimeout> | undefined
  #said = Number.NEGATIVE_INFINITY
  #next = ''

  constructor() {
    this.node.setAttribute('role', 'status')
    this.aloud.setAttribute('aria-live', 'polite')
    this.node.hidden = true
  }

  /** A sentence below the figure, for a while. */
  say(sentence: string): void {
    clearTimeout(this.#stays)
    this.node.hidden = sentence === ''
    this.node.textContent = sentence
    this.#stays = setTimeout(() => this.say(''), STAYS)
  }

  /** Words for a reader who cannot see what moves; the latest of each second are read. */
  tell(words: string): void {
    this.#next = words
    if (this.#waits !== undefined) return
    this.#waits = setTimeout(
      () => {
        this.#waits = undefined
        this.#said = performance.now()
        this.aloud.textContent = this.#next
      },
      Math.max(0, this.#said + APART - performance.now()),
    )
  }

  dispose(): void {
    clearTimeout(this.#stays)
    clearTimeout(this.#waits)
  }
}
