/**
 * Runs: one script each, checked by the language service and run by the executor.
 */
import type { ErrorReport, Outcome, Report, RunMode } from '../channel/protocol.js'
import type { AsyncLanguageService, Prepared } from '../language/protocol.js'
import { red } from '../text/ansi.js'
import type { Message } from '../wire/message.js'
import type { Output } from './output.js'
import type { Executor } from './surroundings.js'

/** Milliseconds after which a cell that does not stop loses its process. */
const LAST_RESORT = 5000

interface Parts {
  readonly executor: Executor
  readonly language: AsyncLanguageService
  readonly output: Output
}

/** What is run. */
export interface Source {
  readonly code: string
  readonly mode: RunMode
  /** What the user sees on the cell's left. */
  readonly count: number
  readonly request: Message
}

export class Runs {
  readonly #parts: Parts
  #last = 0
  #interrupts = 0
  /** How the runs end that the executor has. */
  readonly #running = new Map<number, (outcome: Outcome) => void>()
  /** Those of them that were interrupted. */
  readonly #stopping = new Set<number>()
  /** Called when the process has ended that was to be replaced. */
  #anew: (() => void) | undefined
  #lastResort: ReturnType<typeof setTimeout> | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    parts.executor.on('report', ({ head }) => this.#finish(head))
    parts.executor.on('exit', (how) => void this.#executorEnded(how))
  }

  /** Stops all runs, of whichever shell; an executor that does not obey is replaced. */
  interrupt(): void {
    const { executor, output } = this.#parts
    this.#interrupts++
    executor.send({ type: 'interrupt' })
    output.answerInput({ type: 'interrupted' })
    for (const run of this.#running.keys()) this.#stopping.add(run)
    if (this.#stopping.size > 0) this.#lastResort ??= setTimeout(() => executor.kill(), LAST_RESORT)
  }

  /** From source to outcome. */
  async evaluate({ code, mode, count, request }: Source): Promise<Outcome> {
    const { language, executor, output } = this.#parts
    const run = ++this.#last
    const interrupts = this.#interrupts
    output.beginRun(run, request)
    const prepared = await language
      .prepare({ run, count, code })
      .catch((error: Error): Prepared => ({ status: 'error', error: checkerFailed(error) }))
    if (prepared.status === 'error') return prepared
    if (prepared.status === 'reset') return this.#startAnew()
    if (this.#interrupts !== interrupts) {
      language.discard(run).catch(() => undefined)
      return { status: 'error', error: plainReport('Interrupted', 'The cell did not start.') }
    }
    const { script, map, prelude } = prepared
    const allowInput = request.content.allow_stdin === true
    const outcome = await new Promise<Outcome>((finish) => {
      this.#running.set(run, finish)
      const { cellId } = request.metadata
      const cell = typeof cellId === 'string' ? cellId : undefined
      executor.send({ type: 'run', run, count, mode, allowInput, cell, source: code, script, map, prelude })
    })
    this.#running.delete(run)
    this.#stopping.delete(run)
    if (this.#stopping.size === 0) {
      clearTimeout(this.#lastResort)
      this.#lastResort = undefined
    }
    const reached = outcome.status === 'error' ? outcome.reached : undefined
    const learned = mode === 'expression' ? language.discard(run) : language.commit(run, reached)
    // Nobody waits: what is asked next stands behind it, and a service that has died answers that with its reason.
    learned.catch(() => undefined)
    return outcome
  }

  /** Forgets everything, by another process of the cells. */
  async #startAnew(): Promise<Outcome> {
    const { executor, output } = this.#parts
    await new Promise<void>((resolve) => {
      this.#anew = resolve
      executor.kill()
    })
    output.write('stdout', 'The variables, types and modules of all cells are forgotten.\n')
    return { status: 'ok' }
  }

  #finish(head: Report): void {
    const finish = head.type === 'done' ? this.#running.get(head.run) : undefined
    if (head.type === 'done' && finish) void this.#parts.executor.drained().then(() => finish(head.outcome))
  }

  async #executorEnded(how: string): Promise<void> {
    const { language, output } = this.#parts
    const stopped = this.#lastResort !== undefined
    const message = stopped
      ? 'The cell could not be stopped while it kept its variables, so its process was ended. Run the cells again that the next ones need.'
      : `The process of the cells ended ${how}; its variables are gone. Run the cells again that the next ones need.`
    output.executorEnded()
    await language.reset().catch(() => undefined)
    const error = plainReport(stopped ? 'Interrupted' : 'ProcessEnded', message)
    const anew = this.#anew
    this.#anew = undefined
    if (anew) anew()
    else if (this.#running.size === 0) output.write('stderr', `${message}\n`)
    for (const finish of this.#running.values()) finish({ status: 'error', error })
  }
}

function plainReport(ename: string, evalue: string): ErrorReport {
  return { ename, evalue, traceback: [`${red(ename)}: ${evalue}`] }
}

function checkerFailed(error: Error): ErrorReport {
  return plainReport('CheckerFailed', `The type checker failed on this cell: ${error.message}`)
}
