/**
 * Messages on comms that also a program gets which does not come back to its event loop: the control thread puts them
 * into a port of their own, and what needs them looks there.
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { CommCommand } from '../channel/protocol.js'
import { leaveRun } from './runs.js'

/** A message on its way from the control thread. */
export interface Delivery<Head> {
  readonly head: Head
  readonly parts: readonly Uint8Array[]
}

/** What the control thread is told: from now on, or no longer, the messages on a comm come by the port. */
export interface Watch {
  readonly comm: string
  readonly watched: boolean
}

const { port1: mine, port2: theirs } = new MessageChannel()

/** The end that the control thread writes to. */
export const inboxPort: MessagePort = theirs

/** How many messages the control thread has put into the port: asking that is much cheaper than asking the port. */
export const arrivedMemory: SharedArrayBuffer = new SharedArrayBuffer(4)
const arrived = new Int32Array(arrivedMemory)
let seen = 0

let tell: (watch: Watch) => void = () => undefined
let receive: (delivery: Delivery<CommCommand>) => void = () => undefined

/** Connects the inbox: how the control thread is told, and who takes what comes. */
export function connectInbox(toControl: typeof tell, taker: typeof receive): void {
  tell = toControl
  receive = taker
  mine.on('message', (delivery: Delivery<CommCommand>) => {
    leaveRun()
    receive(delivery)
  })
}

/** From now on messages on this comm come also to a busy program; `watched: false` ends that. */
export function watchComm(comm: string, watched = true): void {
  tell({ comm, watched })
}

/** Takes what has come by now. */
export function readInbox(): void {
  const count = Atomics.load(arrived, 0)
  if (count === seen) return
  seen = count
  for (;;) {
    const next = receiveMessageOnPort(mine) as { readonly message: Delivery<CommCommand> } | undefined
    if (!next) return
    receive(next.message)
  }
}
