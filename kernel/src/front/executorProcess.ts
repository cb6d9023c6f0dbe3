/**
 * The executor as the front process sees it: a child in its own process group, with three pipes.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import type { Duplex, Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { encodeFrame, type Frame, FrameReader } from '../channel/frames.js'
import { memoryLimits, memoryMessage } from '../channel/memoryLimit.js'
import { type Alarm, type Command, type InputReply, PIPES, type Report } from '../channel/protocol.js'
import type { Executor } from './surroundings.js'

const FLAGS = [
  // V8 may end a program inside a callback; Node's own check of its hook stack would take that for corruption.
  '--no-force-async-hooks-checks',
  '--disable-warning=ExperimentalWarning',
]

interface Events {
  report: [Frame<Report>]
  /** Text written past `process.stdout`, by native code or by child processes. */
  raw: ['stdout' | 'stderr', Buffer]
  /** How it ended, as a phrase; the next one runs already. */
  exit: [string]
}

export class ExecutorProcess extends EventEmitter<Events> implements Executor {
  readonly #script: string
  #child: ChildProcess | undefined
  #ready = false

  /** @param script The executor's script. */
  constructor(script: URL) {
    super()
    this.#script = fileURLToPath(script)
  }

  /** Starts the process; frames sent before it is ready wait in the pipe. */
  start(): void {
    this.#ready = false
    const flags = [...FLAGS, `--max-old-space-size=${memoryLimits().all}`]
    const child = spawn(process.execPath, [...flags, this.#script], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
      detached: true,
    })
    this.#child = child
    const reader = new FrameReader<Report>()
    ;(child.stdio.at(PIPES.output) as Readable).on('data', (chunk: Buffer) => {
      for (const frame of reader.push(chunk)) {
        if (frame.head.type === 'ready') this.#ready = true
        this.emit('report', frame)
      }
    })
    let alarm: Alarm | undefined
    const alarms = new FrameReader<Alarm>()
    ;(child.stdio.at(PIPES.control) as Duplex).on('data', (chunk: Buffer) => {
      for (const { head } of alarms.push(chunk)) alarm = head
    })
    child.stdout!.on('data', (chunk: Buffer) => this.emit('raw', 'stdout', chunk))
    child.stderr!.on('data', (chunk: Buffer) => this.emit('raw', 'stderr', chunk))
    // Writing to an executor that has just died is no error of ours: its end is reported below.
    for (const pipe of [PIPES.control, PIPES.input]) child.stdio.at(pipe)!.on('error', () => undefined)
    // `close` and not `exit`: all that the process has written comes first.
    child.once('exit', () => killGroup(child))
    child.once('close', (code, signal) => {
      if (this.#child !== child) return
      this.#child = undefined
      // One that could not even start is tried again by the next command, and not in a circle.
      if (this.#ready) this.start()
      const how = signal ? `by signal ${signal}` : `with exit code ${code}`
      this.emit('exit', alarm ? memoryMessage(alarm) : how)
    })
  }

  send(command: Command, parts: readonly Uint8Array[] = []): void {
    if (!this.#child) this.start()
    this.#pipe(PIPES.control)?.write(encodeFrame(command, parts))
  }

  answerInput(reply: InputReply): void {
    this.#pipe(PIPES.input)?.write(encodeFrame(reply))
  }

  /** Text of child processes comes by pipes of its own: this turn of the event loop still reads it. */
  drained(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve))
  }

  /** Ends the process and all it has started; `exit` follows, and a new process. */
  kill(): void {
    if (this.#child) killGroup(this.#child)
  }

  /** Ends the process for good. */
  stop(): void {
    const child = this.#child
    this.#child = undefined
    if (child) killGroup(child)
  }

  #pipe(descriptor: number): Writable | undefined {
    return this.#child?.stdio.at(descriptor) as Writable | undefined
  }
}

/** Kills the process group, and so what cells have started. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Windows has no groups, and a group that is gone needs no kill.
    child.kill('SIGKILL')
  }
}
