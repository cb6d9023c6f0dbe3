/**
 * What has come before, as far back as memory allows.
 */

/** Entries that are remembered, as many as jupyter_client remembers. */
const LIMIT = 2 ** 16

export class Duplicates {
  readonly #limit: number
  /** In the order of arrival. */
  readonly #seen = new Set<string>()

  constructor(limit: number = LIMIT) {
    this.#limit = limit
  }

  /** Remembers the text and tells whether it was there already. */
  add(text: string): boolean {
    if (this.#seen.has(text)) return true
    this.#seen.add(text)
    if (this.#seen.size > this.#limit) {
      const [oldest] = this.#seen
      this.#seen.delete(oldest!)
    }
    return false
  }
}
