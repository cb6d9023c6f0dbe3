/**
 * `progress`, as cells see it: bars of loops and of work that is counted by hand.
 */
import { currentRun } from '../runs.js'
import { lineOf } from '../show/text.js'
import { Board, type Line } from './board.js'
import type { Meter } from './meter.js'

/** Options of `progress`. */
export interface ProgressBarOptions {
  /** What the work is, before the bar. Default nothing. */
  readonly label?: string
  /** Number of items or parts. Default the length or size of what is gone through, if it has one. */
  readonly total?: number
}

/** A bar that is moved by hand. */
export interface ProgressBar {
  /** What the work is; may be set anew. */
  label: string
  /** Parts that are done. */
  readonly count: number
  /** So many parts more are done; default 1. */
  advance(parts?: number): void
  /** So many parts are done. */
  set(count: number): void
  /** The work has ended: what was done, and in which time, stays to be read. */
  done(): void
  [Symbol.dispose](): void
}

/**
 * Goes through items and shows how many are done, the time so far, the time left and the pace. When the loop ends, a
 * line of text stays. Loops inside of it are shown below while they run.
 *
 * @example
 * for (const D of progress([1, 0.1, 0.01], { label: 'D' })) levels.push(qde('x^4', { D }).eigenstates(4))
 * for (const i of progress(1000)) sum += i // counts from 0 to 999
 *
 * const bar = progress({ total: 50, label: 'files' }) // moved by hand
 * bar.advance()
 * bar.done()
 */
export interface ProgressFunction {
  /** The whole numbers from 0 on, so many of them. */
  (count: number, options?: ProgressBarOptions): Generator<number, void, undefined>
  <T>(items: Iterable<T>, options?: ProgressBarOptions): Generator<T, void, undefined>
  <T>(items: AsyncIterable<T>, options?: ProgressBarOptions): AsyncGenerator<T, void, undefined>
  /** A bar that is moved by hand. */
  (options?: ProgressBarOptions): ProgressBar
}

/** Boards that have an open bar. */
const boards = new Set<Board>()

/** Ends the bars of a cell that has failed or was stopped: its loops may not have come to end them. */
export function stopBars(run: number): void {
  for (const board of boards) {
    if (board.run !== run) continue
    boards.delete(board)
    board.stop()
  }
}

/** A bar on the board that is open in this cell, or on a new one. */
class Bar implements ProgressBar {
  readonly #board: Board
  readonly #line: Line

  constructor(label: string, total: number | undefined) {
    const run = currentRun()
    this.#board = [...boards].find((board) => board.run === run) ?? new Board(run)
    boards.add(this.#board)
    const meter: Meter = { label, total, count: 0, began: performance.now(), ended: undefined }
    this.#line = this.#board.add(meter)
  }

  get label(): string {
    return this.#line.meter.label
  }

  set label(label: string) {
    this.#line.meter.label = requireLabel(label)
    this.#changed()
  }

  get count(): number {
    return this.#line.meter.count
  }

  advance(parts = 1): void {
    this.set(this.count + requireNumber('bar.advance', parts))
  }

  set(count: number): void {
    this.#line.meter.count = requireNumber('bar.set', count)
    this.#changed()
  }

  done(): void {
    const { total, count } = this.#line.meter
    this.end(total === undefined || count >= total)
  }

  [Symbol.dispose](): void {
    this.done()
  }

  /** The body of the loop begins, or has ended. */
  enter(busy: boolean): void {
    this.#line.busy = busy
  }

  end(whole: boolean): void {
    this.#board.end(this.#line, whole)
    if (!this.#board.isOpen) boards.delete(this.#board)
  }

  #changed(): void {
    if (!this.#line.meter.ended) this.#board.changed()
  }
}

function* watch<T>(
  items: Iterable<T>,
  label: string,
  total: number | undefined,
): Generator<T, void, undefined> {
  const bar = new Bar(label, total)
  let whole = false
  try {
    for (const item of items) {
      bar.enter(true)
      yield item
      bar.enter(false)
      bar.advance()
    }
    whole = true
  } finally {
    bar.end(whole)
  }
}

async function* watchAsync<T>(
  items: AsyncIterable<T>,
  label: string,
  total: number | undefined,
): AsyncGenerator<T, void, undefined> {
  const bar = new Bar(label, total)
  let whole = false
  try {
    for await (const item of items) {
      bar.enter(true)
      yield item
      bar.enter(false)
      bar.advance()
    }
    whole = true
  } finally {
    bar.end(whole)
  }
}

function* countTo(count: number): Generator<number, void, undefined> {
  for (let i = 0; i < count; i++) yield i
}

function start(items?: unknown, options?: ProgressBarOptions): unknown {
  if (typeof items === 'number') {
    if (!Number.isInteger(items) || items < 0) throw refusal('a whole number from 0 on', items)
    const { label, total } = requireOptions(options)
    return watch(countTo(items), label, total ?? items)
  }
  if (isIterable(items)) {
    const { label, total } = requireOptions(options)
    return watch(items, label, total ?? sizeOf(items))
  }
  if (isAsyncIterable(items)) {
    const { label, total } = requireOptions(options)
    return watchAsync(items, label, total)
  }
  if (items !== undefined && (typeof items !== 'object' || items === null || options !== undefined))
    throw refusal('what can be gone through, a whole number, or { total, label }', items)
  const { label, total } = requireOptions(items as ProgressBarOptions | undefined)
  return new Bar(label, total)
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof (value as Iterable<unknown> | null | undefined)?.[Symbol.iterator] === 'function'
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof (value as AsyncIterable<unknown> | null | undefined)?.[Symbol.asyncIterator] === 'function'
}

function sizeOf(items: object | string): number | undefined {
  const { length, size } = items as { readonly length?: unknown; readonly size?: unknown }
  return [length, size].find((count): count is number => typeof count === 'number')
}

function requireOptions(options: unknown = {}): {
  readonly label: string
  readonly total: number | undefined
} {
  if (typeof options !== 'object' || options === null) throw refusal('{ total, label } as options', options)
  const unknown = Object.keys(options).find((name) => name !== 'label' && name !== 'total')
  if (unknown !== undefined) throw refusal('the options label and total', unknown)
  const { label = '', total } = options as ProgressBarOptions
  if (total !== undefined && !(typeof total === 'number' && total >= 0 && Number.isFinite(total)))
    throw refusal('a total from 0 on', total)
  return { label: requireLabel(label), total }
}

function requireLabel(label: unknown): string {
  if (typeof label !== 'string') throw refusal('a label that is text', label)
  return label
}

function requireNumber(name: string, count: unknown): number {
  if (typeof count !== 'number' || !Number.isFinite(count))
    throw new TypeError(`${name} takes a number of parts; got ${lineOf(count, 60)}.`)
  return count
}

function refusal(allowed: string, got: unknown): TypeError {
  return new TypeError(`progress takes ${allowed}; got ${lineOf(got, 60)}.`)
}

export const progress: ProgressFunction = start as ProgressFunction
