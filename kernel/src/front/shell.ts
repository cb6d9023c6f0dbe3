/**
 * A shell: cells one after another, each answered on the channel it came by. The main shell has subshells beside it
 * (JEP 91). All cells share one thread of JavaScript: a cell of one shell runs while those of the others await. It
 * sees the names that cells have declared which have ended, and an interrupt stops the cells of all shells.
 *
 * JupyterLab makes one subshell for each target of its comms when a kernel knows them; here that costs an entry in a
 * table, and comm messages go to the executor in the order of their arrival whichever shell they name.
 */
import type { Outcome } from '../channel/protocol.js'
import type { Json, Message, RequestChannel } from '../wire/message.js'
import type { Activity } from './activity.js'
import { type Help, topicOf } from './help.js'
import type { History } from './history.js'
import type { Messenger } from './messenger.js'
import type { Output } from './output.js'
import type { Runs } from './runs.js'

/**
 * Milliseconds before the reply that tells of an error: what the front end sent with this cell arrives by then, so
 * that it is in the queue that is aborted.
 */
const IN_FLIGHT = 20

interface Queued {
  readonly channel: RequestChannel
  readonly request: Message
}

export interface ShellParts {
  readonly messenger: Messenger
  readonly activity: Activity
  readonly runs: Runs
  readonly help: Help
  readonly history: History
  readonly output: Output
}

/** How a cell ended, with what its reply brings beside. */
type Ending = Outcome & { readonly payload?: readonly Json[] }

export class Shell {
  readonly #parts: ShellParts
  readonly #queue: Queued[] = []
  #working = false

  constructor(parts: ShellParts) {
    this.#parts = parts
  }

  /** Queues an `execute_request`. */
  add(channel: RequestChannel, request: Message): void {
    this.#queue.push({ channel, request })
    if (!this.#working) void this.#work()
  }

  /** Answers what waits without running it. */
  abortQueue(): void {
    const { messenger, activity } = this.#parts
    for (const { channel, request } of this.#queue.splice(0)) {
      activity.begin(request)
      const started = new Date().toISOString()
      // Without a count, by which front ends see that the cell has not run.
      const content = { status: 'aborted' }
      messenger.reply(channel, request, 'execute_reply', content, { started })
      activity.end(request)
    }
  }

  async #work(): Promise<void> {
    this.#working = true
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) await this.#execute(next)
    this.#working = false
  }

  async #execute({ channel, request }: Queued): Promise<void> {
    const { messenger, activity, history, output } = this.#parts
    const { content, header } = request
    // Half a surrogate pair is no character, and no front end could save the notebook with it.
    const code = String(content.code).replace(/\p{Surrogate}/gu, '\uFFFD')
    const silent = content.silent === true
    const started = new Date().toISOString()
    output.begin(request)
    activity.beginCell(request)
    if (!silent && content.store_history !== false) history.add(code)
    const execution_count = history.count
    if (!silent) messenger.publish('execute_input', { code, execution_count }, header)

    const ending = await this.#run(code, request, execution_count)
    const user_expressions = ending.status === 'ok' ? await this.#expressions(request, execution_count) : {}
    output.finish()
    if (ending.status === 'error') {
      if (!silent) messenger.publish('error', { ...ending.error }, header)
      await new Promise((resolve) => setTimeout(resolve, IN_FLIGHT))
    }
    const reply: Json =
      ending.status === 'ok'
        ? { status: 'ok', execution_count, user_expressions, payload: ending.payload ?? [] }
        : { status: 'error', execution_count, ...ending.error }
    messenger.reply(channel, request, 'execute_reply', reply, { started })
    activity.endCell(request)
    // After an error, what was queued with it in mind does not run.
    if (ending.status === 'error' && !silent && content.stop_on_error !== false) this.abortQueue()
  }

  async #run(code: string, request: Message, count: number): Promise<Ending> {
    const { help, runs } = this.#parts
    const topic = topicOf(code)
    if (topic) return { status: 'ok', payload: await help.payload(topic) }
    return runs.evaluate({ code, mode: request.content.silent === true ? 'silent' : 'cell', count, request })
  }

  async #expressions(request: Message, count: number): Promise<Json> {
    const { runs } = this.#parts
    const answers: [string, Json][] = []
    for (const [name, expression] of Object.entries(
      (request.content.user_expressions ?? {}) as Record<string, string>,
    )) {
      const code = `(${expression})`
      const outcome = await runs.evaluate({ code, mode: 'expression', count, request })
      answers.push([
        name,
        outcome.status === 'ok'
          ? { status: 'ok', data: outcome.data ?? {}, metadata: {} }
          : { status: 'error', ...outcome.error },
      ])
    }
    return Object.fromEntries(answers)
  }
}
