/** The threads that the machine offers: Node's workers; in a page one thread does it all. */
import { requireInteger } from '../error.js'
import { type StepperAxis, sizeOf } from './request.js'

/** More threads than this gain little on fields that fit a memory. */
const MOST = 16
/** Points from which a sweep takes so long that two threads are faster than one. */
const SHARED_FROM = 2 ** 15

let cores: number | undefined

/** Cores that this process may use; 1 where there are no threads that can be waited for. */
function coresForUse(): number {
  cores ??= hasThreads()
    ? Math.min(MOST, globalThis.process.getBuiltinModule('node:os').availableParallelism())
    : 1
  return cores
}

function hasThreads(): boolean {
  return (
    typeof SharedArrayBuffer !== 'undefined' &&
    globalThis.process?.getBuiltinModule?.('node:worker_threads') !== undefined
  )
}

/** Threads for a field: as asked for, or the cores where it is large. A single line has one. */
export function threadsFor(asked: number | undefined, axes: readonly StepperAxis[]): number {
  if (asked !== undefined) requireInteger('threads', asked, 1, 1024)
  if (axes.length === 1 || !hasThreads()) return 1
  return asked ?? (sizeOf(axes) < SHARED_FROM ? 1 : coresForUse())
}

/** Sends a worker a message. */
export type Post = (message: object) => void

/**
 * A worker that runs a program given as text, for which the process does not wait.
 *
 * What is sent arrives at `workerData.port`. It has a channel of its own because Deno's `parentPort` is no
 * MessagePort, hence none that a program without an event loop could ask for messages.
 * @returns how to send it something; undefined where the host refuses a worker
 */
export function newWorker(program: string, data: object): Post | undefined {
  try {
    const threads = globalThis.process.getBuiltinModule('node:worker_threads')
    const { port1, port2 } = new threads.MessageChannel()
    // Nothing of the caller's own start (loaders, flags) concerns the worker.
    const worker = new threads.Worker(program, {
      eval: true,
      workerData: { ...data, port: port2 },
      transferList: [port2],
      execArgv: [],
      env: threads.SHARE_ENV,
    })
    worker.unref()
    // A worker that fails says so in the memory it shares; the caller does without it.
    worker.on('error', () => {})
    return (message) => port1.postMessage(message)
  } catch {
    return undefined
  }
}

/** Bytes that the process may still take, where the host says so: Deno refuses whom `--allow-sys` does not allow. */
export function availableMemory(): number | undefined {
  const { process } = globalThis
  try {
    // macOS keeps next to nothing free and makes room when asked.
    if (process?.platform === 'darwin') return process.getBuiltinModule?.('node:os')?.totalmem()
    if (typeof process?.availableMemory === 'function') return process.availableMemory()
    return process?.getBuiltinModule?.('node:os')?.freemem()
  } catch {
    return undefined
  }
}

let collect: (() => void) | undefined

/** Collects garbage now, where the host lets us ask for it. */
export function collectGarbage(): void {
  if (collect === undefined) {
    const v8 = globalThis.process?.getBuiltinModule?.('node:v8')
    v8?.setFlagsFromString('--expose-gc')
    collect =
      globalThis.process?.getBuiltinModule?.('node:vm')?.runInNewContext('globalThis.gc') ?? (() => {})
    v8?.setFlagsFromString('--no-expose-gc')
  }
  collect?.()
}
