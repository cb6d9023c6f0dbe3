/**
 * What a cell's program sends while it runs, and after: text, displays, comms and questions, under the request that
 * it belongs to.
 */
import type { InputReply } from '../channel/protocol.js'
import type { Header, Json, Message } from '../wire/message.js'
import type { CommTable } from './commTable.js'
import type { History } from './history.js'
import type { Messenger } from './messenger.js'
import { StreamBuffer, type StreamName } from './streams.js'
import type { Executor, Reported } from './surroundings.js'

/** Bytes of a result that is read for its text: a larger one holds a picture. */
const MAX_RESULT = 1 << 16

/** Runs whose late output still finds its cell. */
const MAX_RUNS = 2000

interface Parts {
  readonly messenger: Messenger
  readonly executor: Executor
  readonly comms: CommTable
  readonly history: History
}

export class Output {
  readonly #parts: Parts
  readonly #streams: StreamBuffer<Message | undefined>
  /** The request that what comes from no known run belongs to: the running one, or the last. */
  #request: Message | undefined
  /** The requests of runs, of which late output may come. */
  readonly #runs = new Map<number, Message>()
  /** The question that the program waits for the user to answer. */
  #question: Header | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    this.#streams = new StreamBuffer((request, name, text) => {
      parts.messenger.publish('stream', { name, text }, request?.header ?? {})
    })
    parts.executor.on('report', (frame) => this.#receive(frame))
    parts.executor.on('raw', (name, bytes) => this.#streams.write(this.#request, name, bytes))
  }

  /** From now on output of no known run belongs to this request. */
  begin(request: Message): void {
    this.#request = request
  }

  /** Output of the run `number` belongs to `request`, also after the run has ended. */
  beginRun(number: number, { identities, header, parent }: Message): void {
    this.#runs.set(number, { identities, header, parent, content: {}, metadata: {}, buffers: [] })
    if (this.#runs.size > MAX_RUNS) this.#runs.delete(this.#runs.keys().next().value!)
  }

  write(name: StreamName, text: string): void {
    this.#streams.write(this.#request, name, new TextEncoder().encode(text))
  }

  /** Sends all text so far; to be called before anything else is sent. */
  flush(): void {
    this.#streams.flush()
  }

  /** Sends all text of a cell that has ended. */
  finish(): void {
    this.#streams.finish()
  }

  /** Hands the program the answer of the user, unless it answers an earlier question; few clients tell which. */
  receiveInput({ parent, content }: Message): void {
    const asked = [undefined, this.#question?.msg_id, this.#request?.header.msg_id]
    if (asked.includes(parent.msg_id as string | undefined))
      this.answerInput({ type: 'text', text: typeof content.value === 'string' ? content.value : '' })
  }

  /** Answers the program if it has asked. */
  answerInput(reply: InputReply): void {
    if (this.#question) this.#parts.executor.answerInput(reply)
    this.#question = undefined
  }

  /** Closes for the front end what has died with the executor. */
  executorEnded(): void {
    const { comms, messenger } = this.#parts
    this.#question = undefined
    const parent = this.#request?.header ?? {}
    for (const comm_id of comms.clear()) messenger.publish('comm_close', { comm_id, data: {} }, parent)
  }

  #receive({ head, parts }: Reported): void {
    const { comms, messenger } = this.#parts
    switch (head.type) {
      case 'stream':
        this.#streams.write(this.#requestOf(head.run), head.name, parts[0]!)
        break
      case 'publish': {
        this.flush()
        const [content, ...buffers] = parts
        if (head.comm) comms.sent(head.message, head.comm)
        if (head.message === 'execute_result') this.#remember(content!)
        const parent = this.#requestOf(head.run)?.header ?? {}
        messenger.publish(head.message, content!, parent, { metadata: head.metadata, buffers })
        break
      }
      case 'input': {
        const request = this.#requestOf(head.run)
        if (!request) break
        this.flush()
        const { prompt, password } = head
        this.#question = messenger.reply('stdin', request, 'input_request', { prompt, password })
        break
      }
      case 'ready':
      case 'done':
        break
    }
  }

  /** Notes the text of a result. */
  #remember(content: Uint8Array): void {
    if (content.byteLength > MAX_RESULT) return
    const { execution_count, data } = JSON.parse(new TextDecoder().decode(content)) as Json
    const text = (data as Json | undefined)?.['text/plain']
    if (typeof text === 'string') this.#parts.history.setOutput(Number(execution_count), text)
  }

  #requestOf(run: number): Message | undefined {
    return this.#runs.get(run) ?? this.#request
  }
}
