/**
 * The executor's second thread: reads the control pipe while the main thread is busy, and ends a program that does
 * not return to its event loop.
 */
import { Session } from 'node:inspector'
import { Socket } from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
import { FrameReader } from '../channel/frames.js'
import { type Command, PIPES } from '../channel/protocol.js'
import { clock, interruptCells } from './interrupt.js'

/** Milliseconds that the main thread has to see an interrupt by itself. */
const GRACE = 20
/** Milliseconds after its last question from which on a run counts as one that does not ask. */
const SILENT = 100
/** Milliseconds that a run which has heard of the interrupt has to make a result of what it has. */
const HAND_BACK = 2000
/** Milliseconds between attempts to end the program: `finally` blocks may need several. */
const RETRY = 100

const { requested, seen, asked, told } = interruptCells(workerData as SharedArrayBuffer)

function interrupt(): void {
  const turn = Atomics.add(requested, 0, 1) + 1
  parentPort!.postMessage({ head: { type: 'interrupt' }, parts: [] })
  // Connected only now: Node would wait for a connected inspector when the process ends.
  const session = new Session()
  const began = clock()
  /** Whether a run is about to ask, or ends because it has. */
  const handsBack = (): boolean =>
    clock() - began < HAND_BACK &&
    (Atomics.load(told, 0) >= turn || clock() - Atomics.load(asked, 0) < SILENT)
  const insist = (): void => {
    if (Atomics.load(seen, 0) >= turn) {
      session.disconnect()
      return
    }
    if (handsBack()) {
      setTimeout(insist, GRACE)
      return
    }
    session.post('Runtime.terminateExecution')
    setTimeout(insist, RETRY)
  }
  session.connectToMainThread()
  setTimeout(insist, GRACE)
}

const reader = new FrameReader<Command>()
new Socket({ fd: PIPES.control, readable: true, writable: false })
  .on('data', (chunk) => {
    for (const frame of reader.push(chunk)) {
      if (frame.head.type === 'interrupt') interrupt()
      else
        parentPort!.postMessage({ head: frame.head, parts: frame.parts.map((part) => Uint8Array.from(part)) })
    }
  })
  // The front process is gone: nothing may stay behind, not even what the cells have started.
  .on('close', () => process.kill(-process.pid, 'SIGKILL'))
