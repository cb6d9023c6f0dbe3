/** The page's side: a worker that is started with the first request, asked, and restarted where it hangs. */
import { attach, detach, type Figure, FigureError, inflated } from '../figure/index.js'
import type { Reply, Request } from './protocol.js'
import { isLive, type Values } from './request.js'

/** As much of a Worker as is needed. */
export interface LiveWorker {
  postMessage(message: Request): void
  terminate(): void
  onmessage: ((event: { readonly data: Reply }) => void) | null
  onerror: ((event: { readonly message?: string }) => void) | null
}

const FORBIDDEN = 'This page does not let figures compute, so that the sliders stay where they are.'

/** Workers of a page that wait for the next slider; each holds its own solver in memory. */
const IDLE = 4

/** Sessions that have a worker, the one that was asked last at the end. */
const working = new Set<Session>()

/** Milliseconds after which a worker that does not answer is ended. */
const HUNG = 10_000

export interface LiveSession {
  /**
   * The figure for these values: while a slider moves what shows a frame, with ψ to about 1e-3 on a line and 1e-2 in a
   * plane. Undefined where a newer request superseded it.
   * @throws Error with a sentence for readers
   */
  recompute(values: Values, frame: number): Promise<Figure | undefined>
  /** The whole figure as a kernel makes it, for sliders at rest. */
  settle(values: Values): Promise<Figure | undefined>
  dispose(): void
}

interface Pending {
  readonly resolve: (figure: Figure | undefined) => void
  readonly reject: (error: Error) => void
}

/**
 * A session for a figure with sliders.
 * @param start makes a worker that runs the worker script; it may throw where workers are forbidden
 * @returns undefined for a figure without sliders
 */
export function createLiveSession(figure: Figure, start: () => LiveWorker): LiveSession | undefined {
  return isLive(figure) ? new Session(figure, start) : undefined
}

class Session implements LiveSession {
  readonly #figure: Figure
  readonly #start: () => LiveWorker
  readonly #pending = new Map<number, Pending>()
  #worker: LiveWorker | undefined
  #watch: ReturnType<typeof setTimeout> | undefined
  #next = 0
  #disposed = false

  constructor(figure: Figure, start: () => LiveWorker) {
    this.#figure = figure
    this.#start = start
  }

  recompute(values: Values, frame: number): Promise<Figure | undefined> {
    return this.#ask(values, frame, false)
  }

  settle(values: Values): Promise<Figure | undefined> {
    return this.#ask(values, 0, true)
  }

  dispose(): void {
    this.#disposed = true
    this.#end(undefined)
  }

  #ask(values: Values, frame: number, whole: boolean): Promise<Figure | undefined> {
    if (this.#disposed) return Promise.resolve(undefined)
    return new Promise((resolve, reject) => {
      const id = this.#next++
      try {
        this.#worker ??= this.#open()
      } catch (error) {
        reject(error instanceof FigureError ? error : new Error(FORBIDDEN))
        return
      }
      this.#pending.set(id, { resolve, reject })
      this.#comeLast()
      this.#worker.postMessage({ type: 'compute', id, values, frame, whole })
      this.#watchOver()
    })
  }

  /** Ends the workers that have waited longest. */
  #comeLast(): void {
    working.delete(this)
    working.add(this)
    const idle = [...working].filter((session) => session.#pending.size === 0)
    for (const session of idle.slice(0, Math.max(0, idle.length - IDLE))) session.#end(undefined)
  }

  #open(): LiveWorker {
    // The figure is still drawn here, so that its bytes are copied; the worker's script does not inflate.
    const opening = detach(inflated(this.#figure))
    const worker = this.#start()
    worker.onmessage = ({ data }) => {
      this.#receive(data)
    }
    worker.onerror = ({ message }) => {
      this.#end(new Error(message || 'What computes this figure cannot be started.'))
    }
    worker.postMessage({ type: 'open', ...opening })
    return worker
  }

  #receive(reply: Reply): void {
    if (reply.type === 'failed' && reply.id === undefined) {
      this.#end(new Error(reply.message))
      return
    }
    const pending = this.#pending.get(reply.id!)
    this.#pending.delete(reply.id!)
    this.#watchOver()
    if (pending === undefined) return
    if (reply.type === 'dropped') pending.resolve(undefined)
    else if (reply.type === 'failed') pending.reject(new Error(reply.message))
    else {
      try {
        pending.resolve(attach(reply.figure, reply.buffers))
      } catch (error) {
        pending.reject(error as Error)
      }
    }
  }

  /** From each sign of life on, as long as something is asked for. */
  #watchOver(): void {
    clearTimeout(this.#watch)
    if (this.#pending.size === 0) return
    this.#watch = setTimeout(() => {
      this.#end(
        new Error(
          `The figure takes longer than ${HUNG / 1000} s. Run the cell again to compute it in the kernel.`,
        ),
      )
    }, HUNG)
  }

  /** Ends the worker; the next request starts another. */
  #end(error: Error | undefined): void {
    clearTimeout(this.#watch)
    working.delete(this)
    this.#worker?.terminate()
    this.#worker = undefined
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    for (const { resolve, reject } of pending) {
      if (error === undefined) resolve(undefined)
      else reject(error)
    }
  }
}
