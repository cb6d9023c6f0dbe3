/**
 * The five sockets of a kernel: shell, control, stdin, iopub and heartbeat.
 */
import { capability, Reply, Router, XPublisher } from 'zeromq'
import { address, type Channel, type Connection } from './connection.js'
import { FramesReader, toFrames } from './frames.js'
import type { Message, Outgoing, RequestChannel } from './message.js'
import { Outbox } from './outbox.js'
import { Signer } from './signature.js'

/** What the sockets hand on. */
export interface Receiver {
  receive(channel: RequestChannel, message: Message): void
  /** Takes notice of what came in and is no message. */
  refuse(problem: string): void
  /** A client hears from now on what begins with this topic. */
  subscribed(topic: string): void
}

/** Milliseconds for which a closing socket still delivers. */
const LINGER = 1000

/** Bytes of a frame beyond which the sender is disconnected: none of Jupyter's comes near, and memory is finite. */
const MAX_FRAME = 2 ** 30

/** Bytes of a subscription, likewise. */
const MAX_TOPIC = 2 ** 10

/** First byte of a message with which a client subscribes; 0 ends it. */
const SUBSCRIBE = 1

export class Sockets {
  readonly #routers = { shell: makeRouter(), control: makeRouter(), stdin: makeRouter() }
  // No limit on queued broadcasts. At a limit ZeroMQ drops messages, or with XPUB_NODROP sends to nobody until the
  // slowest client has read: one that is stopped would then hold back the cells, and what all others see. So this
  // process holds what a slow client has not read yet, and frees it as the client reads or goes.
  readonly #iopub = new XPublisher({ sendHighWaterMark: 0, linger: LINGER, maxMessageSize: MAX_TOPIC })
  readonly #heartbeat = new Reply({ linger: 0, maxMessageSize: MAX_FRAME })
  readonly #outboxes = {
    shell: new Outbox(this.#routers.shell),
    control: new Outbox(this.#routers.control),
    stdin: new Outbox(this.#routers.stdin),
    iopub: new Outbox(this.#iopub),
  }
  readonly #connection: Connection
  readonly #signer: Signer
  readonly #reader: FramesReader

  constructor(connection: Connection) {
    this.#connection = connection
    this.#signer = new Signer(connection.key, connection.signature_scheme)
    this.#reader = new FramesReader(this.#signer)
  }

  /** Binds all sockets, answers the heartbeat, and hands every request on in order. */
  async open(receiver: Receiver): Promise<void> {
    // Every client is to be welcomed, also those that subscribe to what others have.
    this.#iopub.verbosity = 'allSubs'
    const at = (channel: Channel) => address(this.#connection, channel)
    this.#encrypt()
    await Promise.all([
      this.#routers.shell.bind(at('shell')),
      this.#routers.control.bind(at('control')),
      this.#routers.stdin.bind(at('stdin')),
      this.#iopub.bind(at('iopub')),
      this.#heartbeat.bind(at('hb')),
    ])
    void this.#beat()
    void this.#welcome(receiver)
    for (const channel of ['shell', 'control', 'stdin'] as const) void this.#listen(channel, receiver)
  }

  send(channel: RequestChannel | 'iopub', message: Outgoing): void {
    this.#outboxes[channel].send(toFrames(message, this.#signer))
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#outboxes).map((outbox) => outbox.drained()))
    for (const socket of this.#sockets) socket.close()
  }

  get #sockets(): (Router | XPublisher | Reply)[] {
    return [...Object.values(this.#routers), this.#iopub, this.#heartbeat]
  }

  /** Encrypts all channels where Jupyter has made keys for it; other clients are then not heard. */
  #encrypt(): void {
    const { curve_publickey, curve_secretkey } = this.#connection
    if (!curve_publickey || !curve_secretkey) return
    if (!capability.curve)
      throw new Error('this build of ZeroMQ cannot encrypt, which the connection file asks for')
    for (const socket of this.#sockets) {
      socket.curveServer = true
      socket.curvePublicKey = curve_publickey
      socket.curveSecretKey = curve_secretkey
    }
  }

  async #listen(channel: RequestChannel, receiver: Receiver): Promise<void> {
    for await (const frames of this.#routers[channel]) {
      // No message may end this loop, whatever it does.
      try {
        receiver.receive(channel, this.#reader.read(frames))
      } catch (error) {
        receiver.refuse(error instanceof Error ? error.message : String(error))
      }
    }
  }

  async #welcome(receiver: Receiver): Promise<void> {
    for await (const [frame] of this.#iopub) {
      if (frame?.[0] === SUBSCRIBE) receiver.subscribed(frame.toString('utf8', 1))
    }
  }

  async #beat(): Promise<void> {
    for await (const frames of this.#heartbeat) await this.#heartbeat.send(frames)
  }
}

function makeRouter(): Router {
  // A client that connects again under its old identity is the one to answer.
  return new Router({ sendHighWaterMark: 0, linger: LINGER, handover: true, maxMessageSize: MAX_FRAME })
}
