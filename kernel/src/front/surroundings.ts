/**
 * What the front is given: the ways to Jupyter, to the cells and to the types. It knows neither sockets nor
 * processes, so that it runs wherever these can be provided.
 */
import type { Command, InputReply, Report } from '../channel/protocol.js'
import type { AsyncLanguageService } from '../language/protocol.js'
import type { Json, Outgoing, RequestChannel } from '../wire/message.js'

/** A report of the executor with the parts that its kind has. */
export interface Reported {
  readonly head: Report
  readonly parts: readonly Uint8Array[]
}

/** Where the cells run. It starts anew when it ends. */
export interface Executor {
  start(): void
  send(command: Command, parts?: readonly Uint8Array[]): void
  answerInput(reply: InputReply): void
  /** Resolves when text that was written past the reports, before the last one, has been handed over. */
  drained(): Promise<void>
  /** Ends it by force; `exit` follows. */
  kill(): void
  /** Ends it for good. */
  stop(): void
  on(event: 'report', listener: (report: Reported) => void): unknown
  /** Text written past the reports, by native code or by child processes. */
  on(event: 'raw', listener: (name: 'stdout' | 'stderr', bytes: Uint8Array) => void): unknown
  /** How it ended, as a phrase. */
  on(event: 'exit', listener: (how: string) => void): unknown
}

export interface Surroundings {
  /** Sends a message; the order of the calls is kept on each channel. */
  readonly send: (channel: RequestChannel | 'iopub', message: Outgoing) => void
  readonly executor: Executor
  readonly language: AsyncLanguageService
  /** The content of `kernel_info_reply`, `status` apart. */
  readonly info: Json
  /** Called once the kernel has been asked to end, and has said so. */
  readonly stopped: () => void
  /** Takes a line for whoever looks after the kernel. Default `console.error`. */
  readonly log?: (line: string) => void
}
