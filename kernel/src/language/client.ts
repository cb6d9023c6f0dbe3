/**
 * The language service as the front process calls it. A service that dies, as of a cell whose types exhaust its
 * memory, is replaced by one that learns the cells so far anew.
 */
import type { Answer, AsyncLanguageService, Call, CellSource, LanguageService, Prepared } from './protocol.js'

type Method<K extends keyof LanguageService> = AsyncLanguageService[K]

/** What a running service tells. */
export interface ServiceEvents {
  answered(answer: Answer): void
  /** It takes no more calls. */
  ended(error: Error): void
}

/** Starts a service; the function that it returns takes the calls. */
export type Connect = (events: ServiceEvents) => (call: Call) => void

interface Waiting {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

export class LanguageClient implements AsyncLanguageService {
  readonly #connect: Connect
  readonly #waiting = new Map<number, Waiting>()
  /** Cells that later cells see, by run, and how far each came. */
  readonly #committed = new Map<number, { cell: CellSource; reached: number | undefined }>()
  /** Cells that run, by run. */
  readonly #prepared = new Map<number, CellSource>()
  #post: ((call: Call) => void) | undefined
  #calls = 0

  constructor(connect: Connect) {
    this.#connect = connect
    this.#start()
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

  #start(): (call: Call) => void {
    let lived = false
    this.#post = this.#connect({
      answered: (answer) => {
        lived = true
        const waiting = this.#waiting.get(answer.id)
        this.#waiting.delete(answer.id)
        if ('failure' in answer) waiting?.reject(new Error(answer.failure))
        else waiting?.resolve(answer.value as never)
      },
      ended: (error) => {
        const waiting = [...this.#waiting.values()]
        this.#waiting.clear()
        this.#post = undefined
        // One that did not even start is tried again by the next call, and not in a circle.
        if (lived) this.#restart()
        for (const { reject } of waiting) reject(error)
      },
    })
    return this.#post
  }

  #restart(): (call: Call) => void {
    const post = this.#start()
    for (const { cell, reached } of this.#committed.values()) {
      for (const call of [this.#call('prepare', cell), this.#call('commit', cell.run, reached)]) {
        // A cell that cannot be learned again leaves its names unknown, which later cells are told.
        call.catch(() => undefined)
      }
    }
    return post
  }

  #call<T>(method: keyof LanguageService, ...args: unknown[]): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const post = this.#post ?? this.#restart()
      const call: Call = { id: ++this.#calls, method, args }
      this.#waiting.set(call.id, { resolve, reject })
      post(call)
    })
  }
}
