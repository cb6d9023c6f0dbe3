/**
 * The front process: takes every request of Jupyter and never runs a cell itself, so that it always answers.
 */
import type { CommCommand } from '../channel/protocol.js'
import type { LanguageClient } from '../language/client.js'
import { toCodePoints, toUtf16 } from '../text/codePoints.js'
import type { Connection } from '../wire/connection.js'
import type { Json, Message } from '../wire/message.js'
import { type RequestChannel, Sockets } from '../wire/sockets.js'
import { Cells } from './cells.js'
import { CommTable } from './commTable.js'
import { ExecutorProcess } from './executorProcess.js'
import { History } from './history.js'
import { kernelInfo } from './kernelInfo.js'
import { Output } from './output.js'

/** Makes the content of a reply. */
type Answer = (content: Json) => Json | Promise<Json>

export class Kernel {
  readonly #sockets: Sockets
  readonly #executor = new ExecutorProcess()
  readonly #language: LanguageClient
  readonly #history = new History()
  readonly #comms = new CommTable()
  readonly #output: Output
  readonly #cells: Cells
  readonly #answers: Readonly<Record<string, Answer>> = {
    kernel_info_request: () => kernelInfo,
    history_request: (content) => ({ status: 'ok', history: this.#history.find(content) }),
    comm_info_request: ({ target_name }) => ({
      status: 'ok',
      comms: this.#comms.list(typeof target_name === 'string' ? target_name : undefined),
    }),
    complete_request: (content) => this.#complete(content),
    inspect_request: (content) => this.#inspect(content),
    is_complete_request: async ({ code }) => ({ ...(await this.#language.isComplete(String(code))) }),
    interrupt_request: () => {
      this.#cells.interrupt()
      return { status: 'ok' }
    },
    shutdown_request: ({ restart }) => ({ status: 'ok', restart: restart === true }),
  }

  constructor(connection: Connection, language: LanguageClient) {
    this.#language = language
    this.#sockets = new Sockets(connection)
    const parts = { sockets: this.#sockets, executor: this.#executor }
    this.#output = new Output({ ...parts, comms: this.#comms })
    this.#cells = new Cells({
      ...parts,
      language,
      history: this.#history,
      output: this.#output,
    })
  }

  async start(): Promise<void> {
    this.#executor.start()
    await this.#sockets.open((channel, message) => this.#receive(channel, message))
    this.#sockets.publish('status', { execution_state: 'starting' }, {})
  }

  interrupt(): void {
    this.#cells.interrupt()
  }

  /** Ends the executor, lets the last messages out, and ends the process. */
  async stop(): Promise<never> {
    this.#executor.stop()
    await this.#sockets.close()
    process.exit(0)
  }

  #receive(channel: RequestChannel, message: Message): void {
    const type = message.header.msg_type
    switch (type) {
      case 'execute_request':
        this.#cells.add(message)
        break
      case 'input_reply':
        this.#output.answerInput({ type: 'text', text: String(message.content.value ?? '') })
        break
      case 'comm_open':
      case 'comm_msg':
      case 'comm_close':
        this.#forwardComm(type, message)
        break
      default:
        void this.#answer(channel, message)
    }
  }

  async #answer(channel: RequestChannel, request: Message): Promise<void> {
    const type = request.header.msg_type
    const answer = this.#answers[type]
    if (!answer) {
      console.error(`The kernel does not know the message ${type}.`)
      return
    }
    this.#status('busy', request)
    const content = await (async () => answer(request.content))().catch(failure)
    this.#sockets.reply(channel, request, type.replace(/_request$/, '_reply'), content)
    this.#status('idle', request)
    if (type === 'shutdown_request') await this.stop()
  }

  #forwardComm(type: CommCommand['type'], message: Message): void {
    const { content, metadata, buffers } = message
    this.#status('busy', message)
    this.#comms.received(type, String(content.comm_id), String(content.target_name))
    this.#executor.send({ type, content, metadata }, buffers)
    this.#status('idle', message)
  }

  /** Front ends show the last status of all: while a cell runs, `idle` must not be it. */
  #status(execution_state: 'busy' | 'idle', request: Message): void {
    this.#sockets.publish('status', { execution_state }, request.header)
    const { running } = this.#cells
    if (execution_state === 'idle' && running) this.#status('busy', running)
  }

  async #complete(content: Json): Promise<Json> {
    const code = String(content.code)
    const { start, end, items } = await this.#language.complete(code, position(content, code))
    const cursor_start = toCodePoints(code, start)
    const cursor_end = toCodePoints(code, end)
    const types = items.map((item) => ({ start: cursor_start, end: cursor_end, ...item }))
    return {
      status: 'ok',
      matches: items.map(({ text }) => text),
      cursor_start,
      cursor_end,
      metadata: { _jupyter_types_experimental: types },
    }
  }

  async #inspect(content: Json): Promise<Json> {
    const code = String(content.code)
    const found = await this.#language.inspect(code, position(content, code))
    const data = found ? { 'text/markdown': found.markdown, 'text/plain': found.text } : {}
    return { status: 'ok', found: found !== undefined, data, metadata: {} }
  }
}

/** The cursor, in UTF-16 units; at the end when the request does not tell. */
function position(content: Json, code: string): number {
  const cursor = content.cursor_pos
  return typeof cursor === 'number' && cursor >= 0 ? toUtf16(code, cursor) : code.length
}

function failure(error: unknown): Json {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return { status: 'error', ename: name, evalue: message, traceback: [] }
}
