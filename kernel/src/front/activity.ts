/**
 * Whether the kernel is busy, as it tells front ends: each request is told its own, and who only hears the last word
 * hears the truth.
 */
import type { Message } from '../wire/message.js'
import type { Messenger } from './messenger.js'

export class Activity {
  readonly #messenger: Messenger
  /** The requests whose cells run. */
  readonly #cells = new Set<Message>()

  constructor(messenger: Messenger) {
    this.#messenger = messenger
  }

  /** The work on a request begins. */
  begin(request: Message): void {
    this.#tell('busy', request)
  }

  /** The work on a request is done. While a cell runs, `idle` must not be the last word. */
  end(request: Message): void {
    this.#tell('idle', request)
    const [running] = this.#cells
    if (running) this.#tell('busy', running)
  }

  beginCell(request: Message): void {
    this.#cells.add(request)
    this.begin(request)
  }

  endCell(request: Message): void {
    this.#cells.delete(request)
    this.end(request)
  }

  #tell(execution_state: 'busy' | 'idle', request: Message): void {
    this.#messenger.publish('status', { execution_state }, request.header)
  }
}
