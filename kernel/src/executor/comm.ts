/**
 * Comms: named channels between a cell's program and the front end, with binary buffers.
 */
import { randomUUID } from 'node:crypto'
import type { CommCommand } from '../channel/protocol.js'
import { watchComm } from './inbox.js'
import { publish } from './output.js'
import { currentRun, within } from './runs.js'

/** What comes with a message beside its data. */
export interface CommExtras {
  readonly metadata?: Record<string, unknown>
  /** Binary parts; typed arrays are sent as their own bytes, no more. */
  readonly buffers?: readonly ArrayBufferView[]
}

/** A message from the front end. */
export interface CommMessage {
  readonly data: unknown
  readonly metadata: Record<string, unknown>
  readonly buffers: readonly Uint8Array[]
}

/** An open channel. */
export interface Comm {
  readonly id: string
  readonly target: string
  send(data: unknown, extras?: CommExtras): void
  close(data?: unknown, extras?: CommExtras): void
  /** Called with each message from the front end. */
  onMessage: ((message: CommMessage) => void) | undefined
  /** Called when the front end closes the channel. */
  onClose: ((message: CommMessage) => void) | undefined
}

/** Opens channels, and accepts those that a front end opens. */
export interface Comms {
  open(target: string, data?: unknown, extras?: CommExtras): Comm
  /** Accepts channels that a front end opens to `target`; a target without a handler is closed again. */
  register(target: string, accept: (comm: Comm, message: CommMessage) => void): void
}

const open = new Map<string, Channel>()
const targets = new Map<string, { run: number; accept: Parameters<Comms['register']>[1] }>()

class Channel implements Comm {
  readonly id: string
  readonly target: string
  /** The run that has opened the channel; what its handlers show belongs to it. */
  readonly #run: number = currentRun()
  onMessage: ((message: CommMessage) => void) | undefined
  onClose: ((message: CommMessage) => void) | undefined

  constructor(id: string, target: string) {
    this.id = id
    this.target = target
    open.set(id, this)
  }

  send(data: unknown, extras: CommExtras = {}): void {
    this.post('comm_msg', { data }, extras)
  }

  close(data: unknown = {}, extras: CommExtras = {}): void {
    if (open.delete(this.id)) this.post('comm_close', { data }, extras)
  }

  /** Calls a handler for the run that has opened the channel. */
  receive(handler: 'onMessage' | 'onClose', message: CommMessage): void {
    within(this.#run, () => this[handler]?.(message))
  }

  post(message: CommCommand['type'], content: object, { metadata, buffers = [] }: CommExtras): void {
    publish(
      message,
      { comm_id: this.id, ...content },
      { metadata, buffers: buffers.map(bytesOf), comm: { id: this.id, target: this.target } },
    )
  }
}

/** Opens a channel whose messages a busy program gets, too. */
export function openWatched(target: string, data: object): Comm {
  const comm = new Channel(randomUUID(), target)
  watchComm(comm.id)
  comm.post('comm_open', { target_name: target, data }, {})
  return comm
}

export const comms: Comms = {
  open(target, data = {}, extras = {}) {
    const comm = new Channel(randomUUID(), target)
    comm.post('comm_open', { target_name: target, data }, extras)
    return comm
  },
  register(target, accept) {
    targets.set(target, { run: currentRun(), accept })
  },
}

/** Hands a message of the front end to the channel it is for. */
export function receiveComm({ type, content, metadata }: CommCommand, buffers: readonly Uint8Array[]): void {
  const id = String(content.comm_id)
  const message: CommMessage = { data: content.data, metadata, buffers }
  if (type === 'comm_open') {
    const target = String(content.target_name)
    const registered = targets.get(target)
    within(registered?.run ?? 0, () => {
      const comm = new Channel(id, target)
      if (registered) registered.accept(comm, message)
      else comm.close()
    })
    return
  }
  const comm = open.get(id)
  if (type === 'comm_msg') {
    comm?.receive('onMessage', message)
  } else if (open.delete(id)) {
    comm?.receive('onClose', message)
  }
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
}
