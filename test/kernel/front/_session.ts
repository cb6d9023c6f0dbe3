import { EventEmitter } from 'node:events'
import type {
  Command,
  ErrorReport,
  InputReply,
  Outcome,
  Report,
} from '../../../kernel/src/channel/protocol.js'
import { Kernel } from '../../../kernel/src/front/kernel.js'
import { kernelInfo } from '../../../kernel/src/front/kernelInfo.js'
import type { Executor, Reported } from '../../../kernel/src/front/surroundings.js'
import type { AsyncLanguageService } from '../../../kernel/src/language/protocol.js'
import {
  type Header,
  type Json,
  type Message,
  makeHeader,
  type Outgoing,
  type RequestChannel,
} from '../../../kernel/src/wire/message.js'

interface Events {
  report: [Reported]
  raw: ['stdout' | 'stderr', Uint8Array]
  exit: [string]
}

/** An executor without a program: a test reports in its stead. */
export class FakeExecutor extends EventEmitter<Events> implements Executor {
  readonly commands: Command[] = []
  readonly buffers: (readonly Uint8Array[])[] = []
  readonly answers: InputReply[] = []
  state: 'new' | 'running' | 'killed' | 'stopped' = 'new'

  start(): void {
    this.state = 'running'
  }
  send(command: Command, parts: readonly Uint8Array[] = []): void {
    this.commands.push(command)
    this.buffers.push(parts)
  }
  answerInput(reply: InputReply): void {
    this.answers.push(reply)
  }
  async drained(): Promise<void> {}
  kill(): void {
    this.state = 'killed'
  }
  stop(): void {
    this.state = 'stopped'
  }

  /** The run commands so far. */
  get runs(): Extract<Command, { type: 'run' }>[] {
    return this.commands.filter((command) => command.type === 'run')
  }

  report(head: Report, ...parts: readonly (string | Uint8Array)[]): void {
    const encoder = new TextEncoder()
    this.emit('report', {
      head,
      parts: parts.map((part) => (typeof part === 'string' ? encoder.encode(part) : part)),
    })
  }

  /** Ends the run that was sent last. */
  finish(outcome: Outcome = { status: 'ok' }): void {
    this.report({ type: 'done', run: this.runs.at(-1)!.run, outcome })
  }

  fail(ename = 'Error'): void {
    this.finish({ status: 'error', error: failure(ename) })
  }
}

const failure = (ename: string): ErrorReport => ({ ename, evalue: '', traceback: [ename] })

/** Types that hold whenever the cell does not say `wrong`. */
export const fakeLanguage = (): AsyncLanguageService & {
  readonly committed: number[]
  readonly discarded: number[]
} => {
  const committed: number[] = []
  const discarded: number[] = []
  return {
    committed,
    discarded,
    prepare: async ({ code }) =>
      code.includes('wrong')
        ? { status: 'error', error: failure('TS2322') }
        : { status: 'ok', script: code, map: '', prelude: [] },
    commit: async (run) => {
      committed.push(run)
    },
    discard: async (run) => {
      discarded.push(run)
    },
    reset: async () => {
      committed.length = 0
    },
    complete: async (_, position) => ({
      start: position,
      end: position,
      items: [{ text: 'sin', type: 'method' }],
    }),
    inspect: async (code) => (code === 'known' ? { markdown: '**known**', text: 'known' } : undefined),
    isComplete: async () => ({ status: 'complete' }),
  }
}

export interface Sent extends Outgoing {
  readonly channel: RequestChannel | 'iopub'
  readonly type: string
  readonly json: Json
}

/** A kernel in memory, and all that it says. */
export class Session {
  readonly executor = new FakeExecutor()
  readonly language = fakeLanguage()
  readonly sent: Sent[] = []
  readonly lines: string[] = []
  stopped = 0
  readonly kernel: Kernel

  constructor() {
    this.kernel = new Kernel({
      send: (channel, message) => {
        const { content } = message
        const json = content instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(content)) : content
        this.sent.push({ ...message, channel, type: message.header.msg_type, json })
      },
      executor: this.executor,
      language: this.language,
      info: kernelInfo({ psilab: '1.2.3', typescript: '6', runtime: 'tests' }),
      stopped: () => {
        this.stopped++
      },
      log: (line) => this.lines.push(line),
    })
    this.kernel.start()
  }

  /** Sends a message to the kernel and returns its header. */
  send(
    type: string,
    content: Json = {},
    { channel = 'shell', ...changed }: Partial<Message> & { channel?: RequestChannel } = {},
  ): Header {
    const header = makeHeader(type, 'client')
    const identities = [new TextEncoder().encode('client')]
    this.kernel.receive(channel, {
      identities,
      header,
      parent: {},
      metadata: {},
      content,
      buffers: [],
      ...changed,
    })
    return header
  }

  /** What was sent for a request, so far. */
  of(request: Header): Sent[] {
    return this.sent.filter(({ parent }) => parent.msg_id === request.msg_id)
  }

  /** The kinds of what was sent for a request, with the state of a status. */
  kinds(request: Header): string[] {
    return this.of(request).map(({ type, json }) => (type === 'status' ? String(json.execution_state) : type))
  }

  /** The reply to a request, awaited for some turns of the event loop. */
  async reply(request: Header): Promise<Sent> {
    for (let turn = 0; turn < 200; turn++) {
      const found = this.of(request).find(({ type }) => type.endsWith('_reply'))
      if (found) {
        await turns(1)
        return found
      }
      await turns(1)
    }
    throw new Error(`No reply to ${request.msg_type} among ${this.sent.map(({ type }) => type)}`)
  }

  /** Runs a cell to its end. */
  async run(code: string, options: Json = {}, outcome?: Outcome): Promise<Header> {
    const before = this.executor.runs.length
    const request = this.send('execute_request', { code, ...options })
    await turns(3)
    if (this.executor.runs.length > before) this.executor.finish(outcome)
    await this.reply(request)
    return request
  }
}

/** Lets the event loop turn. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setTimeout(resolve, 1))
}
