/**
 * The main shell and the subshells that front ends have made beside it.
 */
import { Shell, type ShellParts } from './shell.js'

export class Shells {
  readonly #parts: ShellParts
  readonly #main: Shell
  readonly #subshells = new Map<string, Shell>()

  constructor(parts: ShellParts) {
    this.#parts = parts
    this.#main = new Shell(parts)
  }

  /** The ids of the subshells. */
  get ids(): string[] {
    return [...this.#subshells.keys()]
  }

  /** The shell that a request names; the main one when it names none. */
  find(id: string | null | undefined): Shell | undefined {
    return id === undefined || id === null ? this.#main : this.#subshells.get(id)
  }

  /** Makes a subshell and returns its id. */
  create(): string {
    const id = crypto.randomUUID()
    this.#subshells.set(id, new Shell(this.#parts))
    return id
  }

  /** Removes a subshell, whose running cell goes on and whose queue does not; tells whether there was one. */
  delete(id: string): boolean {
    this.#subshells.get(id)?.abortQueue()
    return this.#subshells.delete(id)
  }
}
