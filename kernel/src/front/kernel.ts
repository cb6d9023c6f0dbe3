/**
 * The front: takes every request of Jupyter and never runs a cell itself, so that it always answers. Messages come in
 * and go out; how they travel is not known here.
 */
import type { CommCommand } from '../channel/protocol.js'
import { toCodePoints, toUtf16 } from '../text/codePoints.js'
import type { Json, Message, RequestChannel } from '../wire/message.js'
import { Activity } from './activity.js'
import { CommTable } from './commTable.js'
import { Help, topicOf } from './help.js'
import { History } from './history.js'
import { Messenger } from './messenger.js'
import { Notices } from './notices.js'
import { Output } from './output.js'
import { isKnown, problemOf } from './requests.js'
import { Runs } from './runs.js'
import { Shells } from './shells.js'
import type { Surroundings } from './surroundings.js'

/** Makes the content of a reply. */
type Answer = (content: Json) => Json | Promise<Json>

export class Kernel {
  readonly #surroundings: Surroundings
  readonly #messenger: Messenger
  readonly #notices: Notices
  readonly #history = new History()
  readonly #comms = new CommTable()
  readonly #output: Output
  readonly #activity: Activity
  readonly #runs: Runs
  readonly #shells: Shells
  readonly #answers: ReadonlyMap<string, Answer> = new Map<string, Answer>([
    ['kernel_info_request', () => ({ ...this.#surroundings.info, status: 'ok' })],
    ['history_request', (content) => ({ status: 'ok', history: this.#history.find(content) })],
    [
      'comm_info_request',
      ({ target_name }) => ({
        status: 'ok',
        comms: this.#comms.list(typeof target_name === 'string' ? target_name : undefined),
      }),
    ],
    ['complete_request', (content) => this.#complete(content)],
    ['inspect_request', (content) => this.#inspect(content)],
    [
      'is_complete_request',
      async ({ code }) =>
        topicOf(String(code))
          ? { status: 'complete' }
          : { ...(await this.#surroundings.language.isComplete(String(code))) },
    ],
    [
      'interrupt_request',
      () => {
        this.#runs.interrupt()
        return { status: 'ok' }
      },
    ],
    ['create_subshell_request', () => ({ status: 'ok', subshell_id: this.#shells.create() })],
    [
      'delete_subshell_request',
      ({ subshell_id }) =>
        this.#shells.delete(String(subshell_id))
          ? { status: 'ok' }
          : refusal('UnknownSubshell', `There is no subshell ${JSON.stringify(subshell_id)}.`),
    ],
    ['list_subshell_request', () => ({ status: 'ok', subshell_id: this.#shells.ids })],
    ['shutdown_request', ({ restart }) => ({ status: 'ok', restart: restart === true })],
  ])

  constructor(surroundings: Surroundings) {
    const { executor, language, log = console.error } = surroundings
    this.#surroundings = surroundings
    this.#notices = new Notices(log)
    this.#messenger = new Messenger(surroundings.send)
    const messenger = this.#messenger
    const history = this.#history
    this.#activity = new Activity(messenger)
    this.#output = new Output({ messenger, executor, comms: this.#comms, history })
    this.#runs = new Runs({ executor, language, output: this.#output })
    this.#shells = new Shells({
      messenger,
      activity: this.#activity,
      runs: this.#runs,
      help: new Help(language),
      history,
      output: this.#output,
    })
  }

  start(): void {
    this.#surroundings.executor.start()
    this.#messenger.publish('status', { execution_state: 'starting' }, {})
  }

  interrupt(): void {
    this.#runs.interrupt()
  }

  /** Ends the executor. */
  stop(): void {
    this.#surroundings.executor.stop()
    this.#notices.close()
    this.#surroundings.stopped()
  }

  /** Takes notice of what came in and is no message. */
  refuse(problem: string): void {
    this.#notices.add(problem)
  }

  /** A client hears from now on what is published under topics that begin so. */
  subscribed(topic: string): void {
    this.#messenger.welcome(topic)
  }

  /** Takes a message. */
  receive(channel: RequestChannel, message: Message): void {
    const type = message.header.msg_type
    if (!isKnown(channel, type)) {
      this.refuse(`The kernel does not know the message ${JSON.stringify(type)} on the ${channel} channel.`)
      return
    }
    const problem = problemOf(type, message.content)
    if (problem) {
      this.refuse(problem)
      // Who has asked waits for an answer.
      if (type.endsWith('_request'))
        void this.#answer(channel, message, () => refusal('InvalidRequest', problem))
      return
    }
    switch (type) {
      case 'execute_request':
        this.#execute(channel, message)
        break
      case 'input_reply':
        this.#output.receiveInput(message)
        break
      case 'comm_open':
      case 'comm_msg':
      case 'comm_close':
        this.#forwardComm(type, message)
        break
      default:
        void this.#answer(channel, message, this.#answers.get(type)!)
    }
  }

  #execute(channel: RequestChannel, request: Message): void {
    const shell = this.#shells.find(request.header.subshell_id)
    if (shell) {
      shell.add(channel, request)
      return
    }
    const problem = `There is no subshell ${JSON.stringify(request.header.subshell_id)}.`
    void this.#answer(channel, request, () => refusal('UnknownSubshell', problem))
  }

  async #answer(channel: RequestChannel, request: Message, answer: Answer): Promise<void> {
    const type = request.header.msg_type
    this.#activity.begin(request)
    const content = await (async () => answer(request.content))().catch(failure)
    const reply = type.replace(/_request$/, '_reply')
    this.#messenger.reply(channel, request, reply, content)
    const ends = type === 'shutdown_request' && content.status === 'ok'
    if (ends) this.#messenger.publish(reply, content, request.header)
    this.#activity.end(request)
    if (ends) this.stop()
  }

  #forwardComm(type: CommCommand['type'], message: Message): void {
    const { content, metadata, buffers } = message
    this.#activity.begin(message)
    try {
      this.#surroundings.executor.send({ type, content, metadata }, buffers)
      this.#comms.received(type, String(content.comm_id), String(content.target_name))
    } catch (error) {
      // Data so deep that no JSON can be made of it again.
      this.refuse(`A ${type} cannot be handed on: ${(error as Error).message}`)
    }
    this.#activity.end(message)
  }

  async #complete(content: Json): Promise<Json> {
    const code = String(content.code)
    const { start, end, items } = await this.#surroundings.language.complete(code, position(content, code))
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
    const found = await this.#surroundings.language.inspect(code, position(content, code))
    const data = found ? { 'text/markdown': found.markdown, 'text/plain': found.text } : {}
    return { status: 'ok', found: found !== undefined, data, metadata: {} }
  }
}

/** The cursor, in UTF-16 units; at the end when the request does not tell. */
function position({ cursor_pos }: Json, code: string): number {
  return typeof cursor_pos === 'number' ? toUtf16(code, cursor_pos) : code.length
}

function failure(error: unknown): Json {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  return refusal(name, message)
}

function refusal(ename: string, evalue: string): Json {
  return { status: 'error', ename, evalue, traceback: [] }
}
