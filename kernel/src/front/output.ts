/**
 * What a cell's program sends while it runs, and after: text, displays, comms and questions, under the request that
 * it belongs to.
 */
import type { Frame } from '../channel/frames.js'
import type { InputReply, Report } from '../channel/protocol.js'
import type { Header, Json, Message } from '../wire/message.js'
import type { Sockets } from '../wire/sockets.js'
import type { CommTable } from './commTable.js'
import type { ExecutorProcess } from './executorProcess.js'
import { StreamBuffer, type StreamName } from './streams.js'

interface Parts {
  readonly sockets: Sockets
  readonly executor: ExecutorProcess
  readonly comms: CommTable
}

export class Output {
  readonly #parts: Parts
  readonly #streams: StreamBuffer
  /** The request that output belongs to: the running one, or the last. */
  #request: Message | undefined
  /** Whether the program waits for an answer of the user. */
  #asking = false

  constructor(parts: Parts) {
    this.#parts = parts
    this.#streams = new StreamBuffer((name, text) => {
      parts.sockets.publish('stream', { name, text }, this.#parent())
    })
    parts.executor.on('report', (frame) => this.#receive(frame))
    parts.executor.on('raw', (name, bytes) => this.#streams.write(name, bytes))
  }

  /** From now on output belongs to this request. */
  begin(request: Message): void {
    this.#request = request
  }

  write(name: StreamName, text: string): void {
    this.#streams.write(name, Buffer.from(text))
  }

  /** Sends all text so far; to be called before anything else is sent. */
  flush(): void {
    this.#streams.flush()
  }

  /** Answers the program if it has asked. */
  answerInput(reply: InputReply): void {
    if (this.#asking) this.#parts.executor.answerInput(reply)
    this.#asking = false
  }

  /** Closes for the front end what has died with the executor. */
  executorEnded(): void {
    const { comms, sockets } = this.#parts
    this.#asking = false
    for (const comm_id of comms.clear()) sockets.publish('comm_close', { comm_id, data: {} }, this.#parent())
  }

  #receive({ head, parts }: Frame<Report>): void {
    const { comms, sockets } = this.#parts
    switch (head.type) {
      case 'stream':
        this.#streams.write(head.name, parts[0]!)
        break
      case 'publish': {
        this.flush()
        const [content, ...buffers] = parts
        if (head.comm) comms.sent(head.message, head.comm)
        sockets.publish(head.message, content!, this.#parent(), { metadata: head.metadata, buffers })
        break
      }
      case 'input':
        if (!this.#request) break
        this.#asking = true
        this.flush()
        sockets.reply('stdin', this.#request, 'input_request', {
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
