/**
 * The thread of the language service: answers the front process, one call after another.
 */
import { parentPort } from 'node:worker_threads'
import type { Answer, Call } from './protocol.js'
import { rehearsal } from './rehearse.js'
import { NotebookLanguage } from './service.js'

const language = new NotebookLanguage()
let called = false

parentPort!.on('message', ({ id, method, args }: Call) => {
  called = true
  parentPort!.postMessage(answer(id, () => (language[method] as (...args: unknown[]) => unknown)(...args)))
})
rehearse(rehearsal(language))

function answer(id: number, call: () => unknown): Answer {
  try {
    return { id, value: call() }
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) }
  }
}

/** Takes the steps until a call comes, which then needs no rehearsal; calls that wait already come first. */
function rehearse([step, ...rest]: readonly (() => unknown)[]): void {
  setImmediate(() => {
    if (!step || called) return
    answer(0, step)
    rehearse(rest)
  })
}
