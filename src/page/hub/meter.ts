/** How often something happens: events of the last second. */
export class Meter {
  readonly #times: number[] = []
  /** All that happened. */
  total = 0
  /** All that were dropped. */
  drops = 0

  count(): void {
    this.total++
    const now = performance.now()
    this.#times.push(now)
    while (this.#times[0]! < now - 1000) this.#times.shift()
  }

  get rate(): number {
    const now = performance.now()
    return this.#times.filter((time) => time >= now - 1000).length
  }
}
