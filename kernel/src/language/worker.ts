/**
 * The thread of the language service: answers the front process, one call after another.
 */
import { parentPort } from 'node:worker_threads'
import type { Answer, Call } from './protocol.js'
import { NotebookLanguage } from './service.js'

const language = new NotebookLanguage()

parentPort!.on('message', ({ id, method, args }: Call) => {
  parentPort!.postMessage(answer(id, () => (language[method] as (...args: unknown[]) => unknown)(...args)))
})

// The first check reads the standard library: better before the first cell than with it.
language.prepare({ run: 0, count: 0, code: '0' })

function answer(id: number, call: () => unknown): Answer {
  try {
    return { id, value: call() }
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) }
  }
}
