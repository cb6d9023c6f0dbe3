/**
 * Cells one after another: checked by the language worker, run by the executor, answered on the shell channel.
 */
import type { ErrorReport, Outcome, Report, RunMode } from '../channel/protocol.js'
import type { AsyncLanguageService, Prepared } from '../language/protocol.js'
import { red } from '../text/ansi.js'
import type { Json, Message, RequestChannel } from '../wire/message.js'
import type { History } from './history.js'
import type { Messenger } from './messenger.js'
import type { Output } from './output.js'
import type { Executor } from './surroundings.js'

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

interface Queued {
  readonly channel: RequestChannel
  readonly request: Message
}

interface Parts {
  readonly messenger: Messenger
  readonly executor: Executor
  readonly language: AsyncLanguageService
  readonly history: History
  readonly output: Output
}

export class Cells {
  readonly #parts: Parts
  readonly #queue: Queued[] = []
  #working = false
  #running: Message | undefined
  #count = 0
  #runs = 0
  #run: Run | undefined
  #interrupted = false
  #lastResort: ReturnType<typeof setTimeout> | undefined

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
  add(channel: RequestChannel, request: Message): void {
    this.#queue.push({ channel, request })
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
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      this.#running = next.request
      await this.#execute(next)
    }
    this.#working = false
  }

  async #execute({ channel, request }: Queued): Promise<void> {
    const { messenger, history, output } = this.#parts
    const code = String(request.content.code ?? '')
    const silent = request.content.silent === true
    const stored = !silent && request.content.store_history !== false
    const started = new Date().toISOString()
    output.begin(request)
    this.#interrupted = false
    messenger.publish('status', { execution_state: 'busy' }, request.header)
    if (stored) history.add(++this.#count, code)
    if (!silent) messenger.publish('execute_input', { code, execution_count: this.#count }, request.header)

    const outcome = await this.#evaluate(code, silent ? 'silent' : 'cell', request)
    const expressions = outcome.status === 'ok' ? await this.#expressions(request) : {}
    output.flush()
    if (outcome.status === 'error') {
      if (!silent) messenger.publish('error', { ...outcome.error }, request.header)
      await new Promise((resolve) => setTimeout(resolve, IN_FLIGHT))
    }
    messenger.reply(channel, request, 'execute_reply', this.#reply(outcome, expressions), { started })
    this.#running = undefined
    messenger.publish('status', { execution_state: 'idle' }, request.header)
    if (outcome.status === 'error' && !silent && request.content.stop_on_error !== false) this.#abortQueue()
  }

  #reply(outcome: Outcome, user_expressions: Json): Json {
    const execution_count = this.#count
    return outcome.status === 'ok'
      ? { status: 'ok', execution_count, user_expressions, payload: [] }
      : { status: 'error', execution_count, ...outcome.error }
  }

  /** From source to outcome. */
  async #evaluate(code: string, mode: RunMode, request: Message): Promise<Outcome> {
    const { language, executor, output } = this.#parts
    const number = ++this.#runs
    const count = this.#count
    output.beginRun(number, request)
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
    if (mode !== 'expression')
      await language.commit(number, outcome.status === 'error' ? outcome.reached : undefined)
    return outcome
  }

  async #expressions(request: Message): Promise<Json> {
    const answers: [string, Json][] = []
    for (const [name, expression] of Object.entries((request.content.user_expressions ?? {}) as Json)) {
      const outcome = await this.#evaluate(`(${String(expression)})`, 'expression', request)
      answers.push([
        name,
        outcome.status === 'ok'
          ? { status: 'ok', data: outcome.data ?? {}, metadata: {} }
          : { status: 'error', ...outcome.error },
      ])
    }
    return Object.fromEntries(answers)
  }

  /** After an error, what was queued with it in mind does not run. */
  #abortQueue(): void {
    const { messenger } = this.#parts
    for (const { channel, request } of this.#queue.splice(0)) {
      messenger.publish('status', { execution_state: 'busy' }, request.header)
      const started = new Date().toISOString()
      const content = { status: 'aborted', execution_count: this.#count }
      messenger.reply(channel, request, 'execute_reply', content, { started })
      messenger.publish('status', { execution_state: 'idle' }, request.header)
    }
  }

  #finish(head: Report): void {
    const run = this.#run
    if (head.type !== 'done' || run?.number !== head.run) return
    void this.#parts.executor.drained().then(() => run.finish(head.outcome))
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
