/**
 * Cursors that figures of the same problem share: where one of them stands in time, temperature or a coordinate, the
 * others follow.
 */

/** Called when a cursor has been moved; without a value it has been taken away. */
export type CursorWatcher = (axis: string, value: number | undefined, mover: object) => void

const NOWHERE: ReadonlyMap<string, number> = new Map()

export class Cursors {
  readonly #watchers = new Map<string, Set<CursorWatcher>>()
  readonly #values = new Map<string, Map<string, number>>()

  /** Where the cursors stand that somebody has moved, by their axes. */
  values(problem: string): ReadonlyMap<string, number> {
    return this.#values.get(problem) ?? NOWHERE
  }

  /** @param mover who moves it, to be known again by those who hear of it */
  move(problem: string, axis: string, value: number | undefined, mover: object): void {
    const values = this.#values.get(problem)
    if (!values || values.get(axis) === value) return
    if (value === undefined) values.delete(axis)
    else values.set(axis, value)
    for (const watcher of this.#watchers.get(problem)!) watcher(axis, value, mover)
  }

  /** How many figures follow the cursors of a problem. */
  followers(problem: string): number {
    return this.#watchers.get(problem)?.size ?? 0
  }

  /** Returns what ends the watch; when nobody watches any more, the cursors of the problem are forgotten. */
  watch(problem: string, watcher: CursorWatcher): () => void {
    const watchers = this.#watchers.get(problem) ?? new Set()
    watchers.add(watcher)
    this.#watchers.set(problem, watchers)
    if (!this.#values.has(problem)) this.#values.set(problem, new Map())
    return () => {
      watchers.delete(watcher)
      if (watchers.size > 0) return
      this.#watchers.delete(problem)
      this.#values.delete(problem)
    }
  }
}

/** Those of this page. */
export const cursors: Cursors = new Cursors()
