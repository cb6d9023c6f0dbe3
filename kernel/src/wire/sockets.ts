/**
 * The five sockets of a kernel: shell, control, stdin, iopub and heartbeat.
 */
import { randomUUID } from 'node:crypto'
import { Publisher, Reply, Router } from 'zeromq'
import { address, type Channel, type Connection } from './connection.js'
import { fromFrames, type Header, type Json, type Message, makeHeader, toFrames } from './message.js'
import { Outbox } from './outbox.js'
import { Signer } from './signature.js'

export type RequestChannel = 'shell' | 'control' | 'stdin'

/** Parts of a message that few messages have. */
export interface Extras {
  readonly metadata?: Json | undefined
  readonly buffers?: readonly Uint8Array[] | undefined
}

/** Milliseconds for which a closing socket still delivers. */
const LINGER = 1000

export class Sockets {
  readonly session: string = randomUUID()
  readonly #routers = { shell: makeRouter(), control: makeRouter(), stdin: makeRouter() }
  // No limit on queued broadcasts: a slow client must not cost the user output.
  readonly #iopub = new Publisher({ sendHighWaterMark: 0, linger: LINGER })
  readonly #heartbeat = new Reply({ linger: 0 })
  readonly #outboxes = {
    shell: new Outbox(this.#routers.shell),
    control: new Outbox(this.#routers.control),
    stdin: new Outbox(this.#routers.stdin),
    iopub: new Outbox(this.#iopub),
  }
  readonly #connection: Connection
  readonly #signer: Signer

  constructor(connection: Connection) {
    this.#connection = connection
    this.#signer = new Signer(connection.key, connection.signature_scheme)
  }

  /** Binds all sockets, answers the heartbeat, and hands every request to `receive` in order. */
  async open(receive: (channel: RequestChannel, message: Message) => void): Promise<void> {
    const at = (channel: Channel) => address(this.#connection, channel)
    await Promise.all([
      this.#routers.shell.bind(at('shell')),
      this.#routers.control.bind(at('control')),
      this.#routers.stdin.bind(at('stdin')),
      this.#iopub.bind(at('iopub')),
      this.#heartbeat.bind(at('hb')),
    ])
    void this.#beat()
    for (const channel of ['shell', 'control', 'stdin'] as const) void this.#listen(channel, receive)
  }

  /** Sends a reply to `request` on the channel it came by. */
  reply(channel: RequestChannel, request: Message, type: string, content: Json): void {
    this.#send(channel, request.identities, type, content, request.header, {})
  }

  /** Broadcasts on iopub. */
  publish(type: string, content: Json | Uint8Array, parent: Header | Json, extras: Extras = {}): void {
    this.#send('iopub', [type], type, content, parent, extras)
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#outboxes).map((outbox) => outbox.drained()))
    for (const socket of [...Object.values(this.#routers), this.#iopub, this.#heartbeat]) socket.close()
  }

  #send(
    channel: RequestChannel | 'iopub',
    identities: readonly (Buffer | string)[],
    type: string,
    content: Json | Uint8Array,
    parent: Json,
    extras: Extras,
  ): void {
    const header = makeHeader(type, this.session)
    this.#outboxes[channel].send(toFrames({ identities, header, parent, content, ...extras }, this.#signer))
  }

  async #listen(
    channel: RequestChannel,
    receive: (channel: RequestChannel, message: Message) => void,
  ): Promise<void> {
    for await (const frames of this.#routers[channel]) {
      try {
        receive(channel, fromFrames(frames, this.#signer))
      } catch (error) {
        console.error(error instanceof Error ? error.message : error)
      }
    }
  }

  async #beat(): Promise<void> {
    for await (const frames of this.#heartbeat) await this.#heartbeat.send(frames)
  }
}

function makeRouter(): Router {
  return new Router({ sendHighWaterMark: 0, linger: LINGER })
}
