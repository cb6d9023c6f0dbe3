/**
 * The executor's second thread: reads the control pipe while the main thread is busy, and ends a program that does
 * not return to its event loop.
 */
import { Session } from 'node:inspector'
import { Socket } from 'node:net'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { type Frame, FrameReader } from '../channel/frames.js'
import { type Command, PIPES } from '../channel/protocol.js'
import { type Delivery, inboxCells, type Watch } from './delivery.js'
import { clock, GRACE, interruptCells, isBusySpared } from './interrupt.js'
import { watchMemory } from './memoryWatch.js'

/** Milliseconds between attempts to end the program: `finally` blocks may need several. */
const RETRY = 100

/** What the main thread hands over. */
export interface ControlData {
  readonly memory: SharedArrayBuffer
  readonly inbox: MessagePort
  readonly inboxMemory: SharedArrayBuffer
}

const { memory, inbox, inboxMemory } = workerData as ControlData
const cells = interruptCells(memory)
const { arrived, told } = inboxCells(inboxMemory)

/** Comms whose messages go into the inbox. */
const watched = new Set<string>()
parentPort!.on('message', ({ comm, watched: wanted }: Watch) => {
  if (!wanted) {
    watched.delete(comm)
    return
  }
  watched.add(comm)
  Atomics.add(told, 0, 1)
  Atomics.notify(told, 0)
})

/** What comes while a program is ended: it waits, so that it is not what V8 ends. */
let held: Frame<Command>[] | undefined

function interrupt(): void {
  Atomics.add(cells.requested, 0, 1)
  tell()
  if (held) return
  held = []
  // Connected only now: Node would wait for a connected inspector when the process ends.
  const session = new Session()
  session.connectToMainThread()
  let turn = 0
  let began = 0
  /** Whether V8 has been asked to end the program and has not said so yet; an idle one ends what it runs next. */
  let ending = false
  let tried = clock() - RETRY

  const look = (): void => {
    const latest = Atomics.load(cells.requested, 0)
    if (latest > turn) {
      turn = latest
      began = clock()
    }
    const seen = Atomics.load(cells.seen, 0) >= turn
    if (seen && !ending) {
      session.disconnect()
      release()
      return
    }
    if (seen || (!isBusySpared(cells, turn, began) && clock() - tried >= RETRY)) {
      // What tells of the interrupt may be what V8 has ended.
      tell()
      if (!ending) {
        ending = true
        session.post('Runtime.terminateExecution', () => {
          ending = false
          tried = clock()
        })
      }
    }
    setTimeout(look, GRACE)
  }
  setTimeout(look, GRACE)
}

/** Lets the main thread see the interrupt when it comes back to its event loop. */
function tell(): void {
  parentPort!.postMessage({ head: { type: 'interrupt' }, parts: [] })
}

function release(): void {
  const frames = held ?? []
  held = undefined
  for (const frame of frames) pass(frame)
}

function pass(frame: Frame<Command>): void {
  if (frame.head.type === 'interrupt') interrupt()
  else if (held) held.push(frame)
  else deliver(frame)
}

function deliver({ head, parts }: Frame<Command>): void {
  const delivery: Delivery<Command> = { head, parts: parts.map((part) => Uint8Array.from(part)) }
  if (head.type === 'comm_msg' && watched.has(String(head.content.comm_id))) {
    inbox.postMessage(delivery)
    Atomics.add(arrived, 0, 1)
  } else {
    parentPort!.postMessage(delivery)
  }
}

const reader = new FrameReader<Command>()
new Socket({ fd: PIPES.control, readable: true, writable: false })
  .on('data', (chunk) => {
    for (const frame of reader.push(chunk)) pass(frame)
  })
  // The front process is gone: nothing may stay behind, not even what the cells have started.
  .on('close', () => process.kill(-process.pid, 'SIGKILL'))

watchMemory()
