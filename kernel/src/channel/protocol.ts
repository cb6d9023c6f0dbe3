/**
 * What the front process and the executor say to each other.
 */

/** File descriptors of the executor's pipes. */
export const PIPES = { output: 3, control: 4, input: 5 } as const

/** How the value of the last expression is used. */
export type RunMode =
  /** Broadcast as `execute_result`. */
  | 'cell'
  /** Dropped. */
  | 'silent'
  /** Handed back with the outcome, for `user_expressions`. */
  | 'expression'

export interface RunCommand {
  readonly type: 'run'
  /** Number of the run, never used twice. */
  readonly run: number
  /** What the user sees on the cell's left; errors call the cell by it. */
  readonly count: number
  readonly mode: RunMode
  readonly allowInput: boolean
  /** The notebook's name of the cell, where the front end tells it. */
  readonly cell?: string | undefined
  /** The cell as typed, for code frames. */
  readonly source: string
  readonly script: string
  /** Source map of the script, as JSON. */
  readonly map: string
  /** Names of `psilab` that the script takes from it. */
  readonly prelude: readonly string[]
}

export interface CommCommand {
  readonly type: 'comm_open' | 'comm_msg' | 'comm_close'
  readonly content: Record<string, unknown>
  readonly metadata: Record<string, unknown>
}

/** Front process to executor, on the control pipe. */
export type Command = RunCommand | CommCommand | { readonly type: 'interrupt' }

/** Front process to executor, on the input pipe. */
export type InputReply = { readonly type: 'text'; readonly text: string } | { readonly type: 'interrupted' }

/** The executor's second thread to the front process, on the control pipe: the process ends itself. */
export interface Alarm {
  readonly type: 'memory'
  /** Megabytes that are held. */
  readonly used: number
  readonly limit: number
  /** Whether these are of objects alone, and not of all that the process holds. */
  readonly objects: boolean
}

/** An error as Jupyter shows it. */
export interface ErrorReport {
  readonly ename: string
  readonly evalue: string
  readonly traceback: readonly string[]
}

export type Outcome =
  | { readonly status: 'ok'; readonly data?: Record<string, unknown> | undefined }
  | {
      readonly status: 'error'
      readonly error: ErrorReport
      /** Offset in the cell of the statement that it came to; absent when it did not start. */
      readonly reached?: number
    }

/**
 * Executor to front process, on the output pipe; the parts of the frame are named behind each. Output carries the
 * run that it belongs to, which may have ended long ago; 0 before the first.
 */
export type Report =
  | { readonly type: 'ready' }
  /** Parts: the text. */
  | { readonly type: 'stream'; readonly run: number; readonly name: 'stdout' | 'stderr' }
  /** Parts: the content as JSON, then the message's buffers. */
  | {
      readonly type: 'publish'
      readonly run: number
      readonly message: string
      readonly metadata?: Record<string, unknown> | undefined
      readonly comm?: { readonly id: string; readonly target: string } | undefined
    }
  | { readonly type: 'input'; readonly run: number; readonly prompt: string; readonly password: boolean }
  | { readonly type: 'done'; readonly run: number; readonly outcome: Outcome }
