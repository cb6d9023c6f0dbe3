/**
 * One queue for each socket: ZeroMQ takes one send at a time, and a send that is not awaited is lost.
 */
export interface Sendable {
  send(frames: (Uint8Array | string)[]): Promise<void>
}

export class Outbox {
  readonly #socket: Sendable
  readonly #queue: (Uint8Array | string)[][] = []
  #pump: Promise<void> | undefined

  constructor(socket: Sendable) {
    this.#socket = socket
  }

  /** Queues a message; messages leave in the order of the calls. */
  send(frames: (Uint8Array | string)[]): void {
    this.#queue.push(frames)
    this.#pump ??= this.#run()
  }

  /** Resolves once all that was queued has been handed to ZeroMQ. */
  async drained(): Promise<void> {
    while (this.#pump) await this.#pump
  }

  async #run(): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      // A socket refuses a message only when its peer has gone or it is closed: nobody is left to tell.
      await this.#socket.send(next).catch(() => undefined)
    }
    this.#pump = undefined
  }
}
