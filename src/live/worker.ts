/** The worker of one live figure. While it computes in slices newer requests come in; of those that wait the last counts. */
import { attach, detach, type Figure } from '../figure/index.js'
import { LiveCore } from './core.js'
import type { Reply, Request } from './protocol.js'

/** As much of a worker's global scope as is needed. */
export interface Scope {
  postMessage(message: Reply): void
  onmessage: ((event: { readonly data: Request }) => void) | null
}

type Compute = Extract<Request, { type: 'compute' }>

/** Serves requests that come to a scope. */
export function serve(scope: Scope): void {
  let core: LiveCore | undefined
  let waiting: Compute | undefined
  let busy = false

  const drop = (request: Compute): void => {
    scope.postMessage({ type: 'dropped', id: request.id })
  }

  const answer = (request: Compute, figure: Figure, took: number): void => {
    // Copied, not transferred: the figure that was opened, and what is remembered of it, have arrays in it.
    scope.postMessage({ type: 'figure', id: request.id, ...detach(figure), took })
  }

  const work = async (request: Compute): Promise<void> => {
    const began = performance.now()
    const stop = {
      get aborted() {
        return waiting !== undefined
      },
    }
    try {
      const { values, frame, whole } = request
      const figure = whole ? await core!.wholeInSlices(values, stop) : core!.preview(values, frame)
      if (figure === undefined) drop(request)
      else answer(request, figure, performance.now() - began)
    } catch (error) {
      scope.postMessage({ type: 'failed', id: request.id, message: sentenceOf(error) })
    }
  }

  const turn = async (): Promise<void> => {
    if (busy) return
    busy = true
    while (waiting !== undefined) {
      const request = waiting
      waiting = undefined
      await work(request)
      // Messages that came meanwhile are read before the next begins.
      await new Promise((resolve) => setTimeout(resolve, 0))
    }
    busy = false
  }

  scope.onmessage = ({ data }) => {
    if (data.type === 'open') {
      try {
        core = new LiveCore(attach(data.figure, data.buffers))
      } catch (error) {
        scope.postMessage({ type: 'failed', message: sentenceOf(error) })
      }
      return
    }
    if (core === undefined) return
    if (waiting !== undefined) drop(waiting)
    waiting = data
    void turn()
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
