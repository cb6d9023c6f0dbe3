/**
 * The language worker as the front process calls it. A worker that dies, as of a cell whose types exhaust its memory,
 * is replaced by one that learns the cells so far anew.
 */
import { Worker } from 'node:worker_threads'
import type { Answer, AsyncLanguageService, Call, CellSource, LanguageService, Prepared } from './protocol.js'

type Method<K extends keyof LanguageService> = AsyncLanguageService[K]

interface Waiting {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

export class LanguageClient implements AsyncLanguageService {
  readonly #script: URL
  readonly #waiting = new Map<number, Waiting>()
  /** Cells that later cells see, by run, and how far each came. */
  readonly #committed = new Map<number, { cell: CellSource; reached: number | undefined }>()
  /** Cells that run, by run. */
  readonly #prepared = new Map<number, CellSource>()
  #worker: Worker
  #calls = 0

  /** @param script The worker's script. Default the language worker beside this file. */
  constructor(script: URL = new URL('./worker.js', import.meta.url)) {
    this.#script = script
    this.#worker = this.#startWorker()
  }

  prepare: Method<'prepare'> = async (cell) => {
    const prepared = await this.#call<Prepared>('prepare', cell)
    if (prepared.status === 'ok') this.#prepared.set(cell.run, cell)
    return prepared
  }

  commit: Method<'commit'> = (run, reached) => {
    const cell = this.#prepared.get(run)
    this.#prepared.delete(run)
    if (cell) this.#committed.set(run, { cell, reached })
    return this.#call('commit', run, reached)
  }

  discard: Method<'discard'> = (run) => {
    this.#prepared.delete(run)
    return this.#call('discard', run)
  }

  reset: Method<'reset'> = () => {
    this.#committed.clear()
    this.#prepared.clear()
    return this.#call('reset')
  }

  complete: Method<'complete'> = (code, position) => this.#call('complete', code, position)
  inspect: Method<'inspect'> = (code, position) => this.#call('inspect', code, position)
  isComplete: Method<'isComplete'> = (code) => this.#call('isComplete', code)

  #startWorker(): Worker {
    const worker = new Worker(this.#script)
    worker.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.id)
      this.#waiting.delete(answer.id)
      if ('failure' in answer) waiting?.reject(new Error(answer.failure))
      else waiting?.resolve(answer.value as never)
    })
    worker.on('error', (error) => this.#replaceWorker(error as Error))
    return worker
  }

  #replaceWorker(error: Error): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    this.#worker = this.#startWorker()
    for (const { cell, reached } of this.#committed.values()) {
      for (const call of [this.#call('prepare', cell), this.#call('commit', cell.run, reached)]) {
        // A cell that cannot be learned again leaves its names unknown, which later cells are told.
        call.catch(() => undefined)
      }
    }
    for (const { reject } of waiting) reject(error)
  }

  #call<T>(method: keyof LanguageService, ...args: unknown[]): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const call: Call = { id: ++this.#calls, method, args }
      this.#waiting.set(call.id, { resolve, reject })
      this.#worker.postMessage(call)
    })
  }
}
