/** What a long computation says of itself while it runs, and how it is asked to stop. */
import { PsilabError } from '../error.js'

export interface Progress {
  /** What the run has reached: a time, or how many of its steps, samples or passes. */
  readonly time: number
  readonly until: number
  /** Share of the way that is done, 0 to 1. */
  readonly fraction: number
  /** Seconds that the rest will take at the present pace; undefined at the very beginning. */
  readonly secondsLeft: number | undefined
}

export interface DriveOptions {
  /** Called every 50 ms or so, and at the end. */
  readonly progress?: (progress: Progress) => void
  /**
   * Stops the run within 50 ms; it returns what it has. In a call that returns its result at once no event arrives, so
   * that only what the run itself calls can abort it; a click or a timer can where a promise or frames are returned. The
   * notebook's stop button works in all of them.
   */
  readonly signal?: AbortSignal
}

/** What a run was stopped by from outside: the host's interrupt, such as a stop button, or the signal. */
export type Halt = 'interrupt' | 'signal'

/** Milliseconds between two calls of `progress`. */
const REPORT_EVERY = 50
/** Milliseconds of work after which an asynchronous run lets others work. */
const YIELD_EVERY = 20

/**
 * The host's interrupt. A notebook kernel that can be interrupted puts a function under this symbol of the global
 * object. It is asked once a run, and what it returns is polled: true from the moment on in which the user wants the
 * run to stop.
 */
export const INTERRUPTED: unique symbol = Symbol.for('psilab.interrupted')

type InterruptHook = () => () => boolean

/**
 * The host's view of runs whose caller does not watch them. A notebook kernel that shows how far a run is puts a
 * function under this symbol of the global object. It is asked once a run, and what it returns, if anything, is called
 * as `progress` would be, and with what makes a figure of the run as it stands: the host decides whether it is made.
 */
export const PROGRESS: unique symbol = Symbol.for('psilab.progress')

type ProgressHook = () => ((progress: Progress, snapshot?: Snapshot) => void) | undefined

/** Makes a figure payload of what a run has come to; undefined where there is nothing yet. */
export type Snapshot = () => object | undefined

/** The clock, the user and the outside world of one run. */
export class Watchman {
  /** What the run was asked to stop by. */
  halt: Halt | undefined
  /** What the run has come to, as a figure; set by runs that can be looked at. */
  snapshot: Snapshot | undefined
  private readonly began = performance.now()
  private reported = this.began
  private rested = this.began
  private time: number
  private readonly interrupted: (() => boolean) | undefined
  private readonly from: number
  private readonly until: number
  private readonly options: DriveOptions
  private readonly show: ((progress: Progress, snapshot?: Snapshot) => void) | undefined

  constructor(from: number, until: number, options: DriveOptions) {
    this.time = from
    this.from = from
    this.until = until
    this.options = options
    const own = options.progress
    this.show = own
      ? (progress) => own(progress)
      : (globalThis as { [PROGRESS]?: ProgressHook })[PROGRESS]?.()
    this.interrupted = (globalThis as { [INTERRUPTED]?: InterruptHook })[INTERRUPTED]?.()
  }

  /** Looks around, after the run has reached a time if it has; returns whether it is to stop. */
  poll(time = this.time): boolean {
    // Steps that are done again do not count backward.
    this.time = Math.max(this.time, time)
    if (this.halt === undefined) {
      if (this.interrupted?.() === true) this.halt = 'interrupt'
      else if (this.options.signal?.aborted === true) this.halt = 'signal'
    }
    const now = performance.now()
    if (now - this.reported >= REPORT_EVERY) this.report(now)
    return this.halt !== undefined
  }

  report(now = performance.now()): void {
    this.reported = now
    const time = Math.min(this.time, this.until)
    const fraction = Math.min(1, Math.max(0, (time - this.from) / (this.until - this.from)))
    const seconds = (now - this.began) / 1000
    const secondsLeft = fraction > 0 ? (seconds * (1 - fraction)) / fraction : undefined
    this.show?.({ time, until: this.until, fraction, secondsLeft }, this.snapshot)
  }

  /** Whether others have waited long enough. */
  get isTired(): boolean {
    return performance.now() - this.rested >= YIELD_EVERY
  }

  async rest(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0))
    this.rested = performance.now()
  }
}

/** @throws PsilabError `parameter` for what cannot be called or listened to */
export function requireDriving({ progress, signal }: DriveOptions): void {
  if (progress !== undefined && typeof progress !== 'function')
    refuse('progress', 'a function of { time, until, fraction, secondsLeft }', progress)
  if (signal !== undefined && typeof signal?.aborted !== 'boolean')
    refuse('signal', 'the signal of an AbortController', signal)
}

function refuse(parameter: string, allowed: string, got: unknown): never {
  throw new PsilabError({ code: 'parameter', parameter, problem: 'of the wrong kind', allowed, got })
}
