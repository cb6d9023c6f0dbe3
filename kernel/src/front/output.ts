/**
 * What a cell's program sends while it runs, and after: text, displays, comms and questions, under the request that
 * it belongs to.
 */
import type { InputReply } from '../channel/protocol.js'
import type { Header, Json, Message } from '../wire/message.js'
import type { CommTable } from './commTable.js'
import type { Messenger } from './messenger.js'
import { StreamBuffer, type StreamName } from './streams.js'
import type { Executor, Reported } from './surroundings.js'

interface Parts {
  readonly messenger: Messenger
  readonly executor: Executor
  readonly comms: CommTable
}

export class Output {
  readonly #parts: Parts
  readonly #streams: StreamBuffer
  /** The request that output belongs to: the running one, or the last. */
  #request: Message | undefined
  /** The question that the program waits for the user to answer. */
  #question: Header | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    this.#streams = new StreamBuffer((name, text) => {
      parts.messenger.publish('stream', { name, text }, this.#parent())
    })
    parts.executor.on('report', (frame) => this.#receive(frame))
    parts.executor.on('raw', (name, bytes) => this.#streams.write(name, bytes))
  }

  /** From now on output belongs to this request. */
  begin(request: Message): void {
    this.#request = request
  }

  write(name: StreamName, text: string): void {
    this.#streams.write(name, new TextEncoder().encode(text))
  }

  /** Sends all text so far; to be called before anything else is sent. */
  flush(): void {
    this.#streams.flush()
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
    for (const comm_id of comms.clear())
      messenger.publish('comm_close', { comm_id, data: {} }, this.#parent())
  }

  #receive({ head, parts }: Reported): void {
    const { comms, messenger } = this.#parts
    switch (head.type) {
      case 'stream':
        this.#streams.write(head.name, parts[0]!)
        break
      case 'publish': {
        this.flush()
        const [content, ...buffers] = parts
        if (head.comm) comms.sent(head.message, head.comm)
        messenger.publish(head.message, content!, this.#parent(), { metadata: head.metadata, buffers })
        break
      }
      case 'input':
        if (!this.#request) break
        this.flush()
        this.#question = messenger.reply('stdin', this.#request, 'input_request', {
          prompt: head.prompt,
          password: head.password,
        })
        break
      case 'ready':
      case 'done':
        break
    }
  }

  #parent(): Header | Json {
    return this.#request?.header ?? {}
  }
}
