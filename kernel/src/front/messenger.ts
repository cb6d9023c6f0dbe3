/**
 * What the kernel says: messages of its session, addressed and dated.
 */
import { type Header, type Json, type Message, makeHeader, type RequestChannel } from '../wire/message.js'
import type { Surroundings } from './surroundings.js'

/** Parts of a message that few messages have. */
export interface Extras {
  readonly metadata?: Json | undefined
  readonly buffers?: readonly Uint8Array[] | undefined
}

export class Messenger {
  readonly #session = crypto.randomUUID()
  readonly #send: Surroundings['send']

  constructor(send: Surroundings['send']) {
    this.#send = send
  }

  /** Sends to whom `request` came from, and returns the header. */
  reply(channel: RequestChannel, request: Message, type: string, content: Json, metadata?: Json): Header {
    const header = makeHeader(type, this.#session)
    const { identities } = request
    this.#send(channel, { identities, header, parent: request.header, content, metadata })
    return header
  }

  /** Broadcasts on iopub. */
  publish(type: string, content: Json | Uint8Array, parent: Header | Json, extras: Extras = {}): void {
    const header = makeHeader(type, this.#session)
    this.#send('iopub', { identities: [type], header, parent, content, ...extras })
  }

  /** Tells a client that its subscription to a topic has come, after which it misses nothing. */
  welcome(subscription: string): void {
    const header = makeHeader('iopub_welcome', this.#session)
    const identities = subscription === '' ? [] : [subscription]
    this.#send('iopub', { identities, header, parent: {}, content: { subscription } })
  }
}
