/**
 * Which comms are open, as `comm_info` tells; known here so that the answer does not wait for a running cell.
 */
export class CommTable {
  readonly #targets = new Map<string, string>()

  /** Notes a message that the executor sends. */
  sent(message: string, comm: { readonly id: string; readonly target: string }): void {
    if (message === 'comm_close') this.#targets.delete(comm.id)
    else this.#targets.set(comm.id, comm.target)
  }

  /** Notes a message of the front end. */
  received(message: string, id: string, target: string): void {
    if (message === 'comm_open') this.#targets.set(id, target)
    else if (message === 'comm_close') this.#targets.delete(id)
  }

  /** The open comms, of one target or of all. */
  list(target?: string): Record<string, { readonly target_name: string }> {
    const open = [...this.#targets].filter(([, name]) => target === undefined || name === target)
    return Object.fromEntries(open.map(([id, target_name]) => [id, { target_name }]))
  }

  /** Forgets all comms and returns their ids. */
  clear(): string[] {
    const ids = [...this.#targets.keys()]
    this.#targets.clear()
    return ids
  }
}
