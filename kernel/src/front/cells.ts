/**
 * Cells one after another: checked by the language worker, run by the executor, answered on the shell channel.
 */
import type { ErrorReport, Outcome, Report, RunMode } from '../channel/protocol.js'
import type { LanguageClient } from '../language/client.js'
import type { Prepared } from '../language/protocol.js'
import { red } from '../text/ansi.js'
import type { Json, Message } from '../wire/message.js'
import type { Sockets } from '../wire/sockets.js'
import type { ExecutorProcess } from './executorProcess.js'
import type { History } from './history.js'
import type { Output } from './output.js'

/** Milliseconds after which a cell that does not stop loses its process. */
const LAST_RESORT = 5000

/**
 * Milliseconds before the reply that tells of an error: what the front end sent with this cell arrives by then, so
 * that it is in the queue that is aborted.
 */
const IN_FLIGHT = 20

interface Run {
  readonly number: number
  readonly finish: (outcome: Outcome) => void
}

interface Parts {
  readonly sockets: Sockets
  readonly executor: ExecutorProcess
  readonly language: LanguageClient
  readonly history: History
  readonly output: Output
}

export class Cells {
  readonly #parts: Parts
  readonly #queue: Message[] = []
  #working = false
  #running: Message | undefined
  #count = 0
  #runs = 0
  #run: Run | undefined
  #interrupted = false
  #lastResort: NodeJS.Timeout | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    parts.executor.on('report', ({ head }) => this.#finish(head))
    parts.executor.on('exit', (how) => void this.#executorEnded(how))
  }

  /** The request whose cell runs now. */
  get running(): Message | undefined {
    return this.#running
  }

  /** Queues an `execute_request`. */
  add(request: Message): void {
    this.#queue.push(request)
    if (!this.#working) void this.#work()
  }

  /** Stops the running cell; an executor that does not obey is replaced. */
  interrupt(): void {
    const { executor, output } = this.#parts
    this.#interrupted = true
    executor.send({ type: 'interrupt' })
    output.answerInput({ type: 'interrupted' })
    if (this.#run) this.#lastResort ??= setTimeout(() => executor.kill(), LAST_RESORT)
  }

  async #work(): Promise<void> {
    this.#working = true
    for (let request = this.#queue.shift(); request; request = this.#queue.shift()) {
      this.#running = request
      await this.#execute(request)
    }
    this.#working = false
  }

  async #execute(request: Message): Promise<void> {
    const { sockets, history, output } = this.#parts
    const code = String(request.content.code ?? '')
    const silent = request.content.silent === true
    const stored = !silent && request.content.store_history !== false
    output.begin(request)
    this.#interrupted = false
    sockets.publish('status', { execution_state: 'busy' }, request.header)
    if (stored) history.add(++this.#count, code)
    if (!silent) sockets.publish('execute_input', { code, execution_count: this.#count }, request.header)

    const outcome = await this.#evaluate(code, silent ? 'silent' : 'cell', request)
    const expressions = outcome.status === 'ok' ? await this.#expressions(request) : {}
    output.flush()
    if (outcome.status === 'error') {
      if (!silent) sockets.publish('error', { ...outcome.error }, request.header)
      await new Promise((resolve) => setTimeout(resolve, IN_FLIGHT))
    }
    sockets.reply('shell', request, 'execute_reply', this.#reply(outcome, expressions))
    this.#running = undefined
    sockets.publish('status', { execution_state: 'idle' }, request.header)
    if (outcome.status === 'error' && request.content.stop_on_error !== false) this.#abortQueue()
  }

  #reply(outcome: Outcome, user_expressions: Json): Json {
    const execution_count = this.#count
    return outcome.status === 'ok'
      ? { status: 'ok', execution_count, user_expressions, payload: [] }
      : { status: 'error', execution_count, ...outcome.error }
  }

  /** From source to outcome. */
  async #evaluate(code: string, mode: RunMode, request: Message): Promise<Outcome> {
    const { language, executor } = this.#parts
    const number = ++this.#runs
    const count = this.#count
    const prepared = await language
      .prepare({ run: number, count, code })
      .catch((error: Error): Prepared => ({ status: 'error', error: checkerFailed(error) }))
    if (prepared.status === 'error') return prepared
    if (this.#interrupted)
      return { status: 'error', error: plainReport('Interrupted', 'The cell did not start.') }
    const { script, map, prelude } = prepared
    const allowInput = request.content.allow_stdin === true
    const outcome = await new Promise<Outcome>((finish) => {
      this.#run = { number, finish }
      executor.send({
        type: 'run',
        run: number,
        count,
        mode,
        allowInput,
        source: code,
        script,
        map,
        prelude,
      })
    })
    this.#run = undefined
    clearTimeout(this.#lastResort)
    this.#lastResort = undefined
    if (mode !== 'expression') await language.commit(number)
    return outcome
  }

  async #expressions(request: Message): Promise<Json> {
    const answers: Json = {}
    for (const [name, expression] of Object.entries((request.content.user_expressions ?? {}) as Json)) {
      const outcome = await this.#evaluate(`(${String(expression)})`, 'expression', request)
      answers[name] =
        outcome.status === 'ok'
          ? { status: 'ok', data: outcome.data ?? {}, metadata: {} }
          : { status: 'error', ...outcome.error }
    }
    return answers
  }

  /** After an error, what was queued with it in mind does not run. */
  #abortQueue(): void {
    const { sockets } = this.#parts
    for (const request of this.#queue.splice(0)) {
      sockets.publish('status', { execution_state: 'busy' }, request.header)
      sockets.reply('shell', request, 'execute_reply', { status: 'aborted', execution_count: this.#count })
      sockets.publish('status', { execution_state: 'idle' }, request.header)
    }
  }

  #finish(head: Report): void {
    const run = this.#run
    // Text from child processes comes by another pipe; this turn of the loop still reads it.
    if (head.type === 'done' && run?.number === head.run) setImmediate(() => run.finish(head.outcome))
  }

  async #executorEnded(how: string): Promise<void> {
    const { language, output } = this.#parts
    const stopped = this.#lastResort !== undefined
    const message = stopped
      ? 'The cell could not be stopped while it kept its variables, so its process was ended. Run the cells again that the next ones need.'
      : `The process of the cells ended ${how}; its variables are gone. Run the cells again that the next ones need.`
    output.executorEnded()
    await language.reset()
    const run = this.#run
    if (run)
      run.finish({ status: 'error', error: plainReport(stopped ? 'Interrupted' : 'ProcessEnded', message) })
    else output.write('stderr', `${message}\n`)
  }
}

function plainReport(ename: string, evalue: string): ErrorReport {
  return { ename, evalue, traceback: [`${red(ename)}: ${evalue}`] }
}

function checkerFailed(error: Error): ErrorReport {
  return plainReport('CheckerFailed', `The type checker failed on this cell: ${error.message}`)
}
