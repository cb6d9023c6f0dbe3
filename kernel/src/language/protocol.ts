/**
 * What the front process asks of the language service.
 */
import type { ErrorReport } from '../channel/protocol.js'

/** A cell that may run, or the reason why it may not. */
export type Prepared =
  | {
      readonly status: 'ok'
      readonly script: string
      readonly map: string
      readonly prelude: readonly string[]
    }
  | { readonly status: 'error'; readonly error: ErrorReport }
  /** The cell asks that everything be forgotten. */
  | { readonly status: 'reset' }

export interface CompletionItem {
  readonly text: string
  readonly type: string
  readonly signature?: string
}

/** Positions count UTF-16 units here. */
export interface Completions {
  readonly start: number
  readonly end: number
  readonly items: readonly CompletionItem[]
}

export type Inspection = { readonly markdown: string; readonly text: string } | undefined

export type Completeness =
  | { readonly status: 'complete' | 'invalid' }
  | { readonly status: 'incomplete'; readonly indent: string }

export interface CellSource {
  /** Number of the run. */
  readonly run: number
  /** Execution count, by which messages call the cell. */
  readonly count: number
  readonly code: string
}

/** The worker's side; the front process calls the same methods and gets promises. */
export interface LanguageService {
  /** Checks a cell and makes its script. The cell's names come into scope by {@link commit}. */
  prepare(cell: CellSource): Prepared
  /**
   * Lets later cells see the names of the prepared cell of that run.
   *
   * @param reached Offset of the statement that failed; names that it and later ones declare have no value. Default
   *   none.
   */
  commit(run: number, reached?: number): void
  /** Forgets the prepared cell of that run, whose names no later cell sees. */
  discard(run: number): void
  /** Forgets all cells. */
  reset(): void
  complete(code: string, position: number): Completions
  inspect(code: string, position: number): Inspection
  isComplete(code: string): Completeness
}

/** The language service as seen from another thread. */
export type AsyncLanguageService = {
  readonly [K in keyof LanguageService]: LanguageService[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<R>
    : never
}

export interface Call {
  readonly id: number
  readonly method: keyof LanguageService
  readonly args: readonly unknown[]
}

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: string }
