/**
 * The language worker as the front process calls it.
 */
import { Worker } from 'node:worker_threads'
import type { Answer, Call, LanguageService } from './protocol.js'

type Promised<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => infer R ? (...args: A) => Promise<R> : never
}

interface Waiting {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

export class LanguageClient implements Promised<LanguageService> {
  readonly #worker = new Worker(new URL('./worker.js', import.meta.url))
  readonly #waiting = new Map<number, Waiting>()
  #calls = 0

  constructor() {
    this.#worker.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.id)
      this.#waiting.delete(answer.id)
      if ('failure' in answer) waiting?.reject(new Error(answer.failure))
      else waiting?.resolve(answer.value as never)
    })
    this.#worker.on('error', (error) => {
      for (const { reject } of this.#waiting.values()) reject(error as Error)
      this.#waiting.clear()
    })
  }

  prepare: Promised<LanguageService>['prepare'] = (cell) => this.#call('prepare', cell)
  commit: Promised<LanguageService>['commit'] = (run) => this.#call('commit', run)
  reset: Promised<LanguageService>['reset'] = () => this.#call('reset')
  complete: Promised<LanguageService>['complete'] = (code, position) => this.#call('complete', code, position)
  inspect: Promised<LanguageService>['inspect'] = (code, position) => this.#call('inspect', code, position)
  isComplete: Promised<LanguageService>['isComplete'] = (code) => this.#call('isComplete', code)

  async stop(): Promise<void> {
    await this.#worker.terminate()
  }

  #call<T>(method: keyof LanguageService, ...args: unknown[]): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const call: Call = { id: ++this.#calls, method, args }
      this.#waiting.set(call.id, { resolve, reject })
      this.#worker.postMessage(call)
    })
  }
}
