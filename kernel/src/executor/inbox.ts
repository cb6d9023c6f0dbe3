/**
 * Messages on comms that also a program gets which does not come back to its event loop: the control thread puts them
 * into a port of their own, and what needs them looks there.
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { CommCommand } from '../channel/protocol.js'
import { type Delivery, inboxCells, type Watch } from './delivery.js'
import { leaveRun } from './runs.js'

const { port1: mine, port2: theirs } = new MessageChannel()

/** The end that the control thread writes to. */
export const inboxPort: MessagePort = theirs

export const inboxMemory: SharedArrayBuffer = new SharedArrayBuffer(8)
const { arrived, told } = inboxCells(inboxMemory)
let seen = 0
/** Milliseconds in which the control thread hears what it is told, also on a busy machine. */
const HEARD = 500

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

/**
 * From now on messages on this comm come also to a busy program: returns when that is so. A comm that this side opens is
 * watched before, for the answer may come at once.
 */
export function watchComm(comm: string): void {
  const before = Atomics.load(told, 0)
  tell({ comm, watched: true })
  Atomics.wait(told, 0, before, HEARD)
}

export function unwatchComm(comm: string): void {
  tell({ comm, watched: false })
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
