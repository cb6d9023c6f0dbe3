/**
 * Stopping a cell, and keeping its variables.
 *
 * Three ways, tried together: loops that await ask {@link checkpoint} in every turn; an awaiting cell is given up;
 * and a program that does not come back to its event loop is ended by V8 from the control thread. A long run of the
 * library, or of any other that asks, is given a moment to hand back what it has: it finds {@link interrupted} under
 * the symbol `psilab.interrupted` of the global object. The cell ends with the statement that the run stood in; when
 * that was its last, what the run has handed back is still shown.
 */

/** Milliseconds between two looks whether a program has ended. */
export const GRACE = 20
/** Milliseconds after its last question from which on a run counts as one that does not ask. */
const SILENT = 100
/** Milliseconds that a run which has heard of the interrupt has to make a result, and the cell to draw it. */
const HAND_BACK = 3500
/** Milliseconds of these for a program that meanwhile only awaits. */
const HAND_BACK_AWAITING = 300

/** Thrown in the cell that the user stops. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'

  constructor() {
    super('The cell was stopped; its variables are kept.')
  }
}

/** Memory shared with the control thread. */
export interface InterruptCells {
  /** How often the user has interrupted. */
  readonly requested: Int32Array
  /** The last interrupt that the main thread has seen. */
  readonly seen: Int32Array
  /** When a run has last asked whether it is to stop; see {@link clock}. */
  readonly asked: Int32Array
  /** The last interrupt that a run has heard of, and ends for. */
  readonly told: Int32Array
  /** Since when it does so, or draws what it has handed back. */
  readonly spared: Int32Array
  /** Since when the library is loaded; 0 while it is not. A module that V8 ends in the middle never loads again. */
  readonly loading: Int32Array
}

export function interruptCells(memory: SharedArrayBuffer): InterruptCells {
  return {
    requested: new Int32Array(memory, 0, 1),
    seen: new Int32Array(memory, 4, 1),
    asked: new Int32Array(memory, 8, 1),
    told: new Int32Array(memory, 12, 1),
    spared: new Int32Array(memory, 16, 1),
    loading: new Int32Array(memory, 20, 1),
  }
}

/**
 * Whether a program that was interrupted is to be left alone for a moment, since it is about to hand back or to draw
 * what it has.
 *
 * @param turn The interrupt.
 * @param began When that was.
 */
function isSpared(
  { asked, told, spared }: InterruptCells,
  turn: number,
  began: number,
  limit: number,
): boolean {
  const now = clock()
  if (Atomics.load(told, 0) >= turn) return now - Atomics.load(spared, 0) < limit
  return now - Atomics.load(asked, 0) < SILENT && now - began < HAND_BACK
}

/** For the control thread: whether a program that is busy is to be left alone. */
export function isBusySpared(cells: InterruptCells, turn: number, began: number): boolean {
  const loading = Atomics.load(cells.loading, 0)
  if (loading !== 0 && clock() - loading < HAND_BACK) return true
  return isSpared(cells, turn, began, HAND_BACK)
}

/** Milliseconds on a clock that both threads share, modulo 2³¹. */
export function clock(): number {
  return Date.now() % 2 ** 31
}

export const memory: SharedArrayBuffer = new SharedArrayBuffer(24)

const shared = interruptCells(memory)
const { requested, seen, asked, told, spared, loading } = shared

/** The present epoch: loops that began in an earlier one have been interrupted. */
export function epoch(): number {
  return Atomics.load(requested, 0)
}

/** Ends a loop that began in an earlier epoch, and the cell of its run with the statement, should that catch this. */
export function checkpoint(began: number, run?: () => number): void {
  if (Atomics.load(requested, 0) === began) return
  const number = run?.()
  if (number !== undefined && cells.has(number)) heard.add(number)
  throw new Interrupted()
}

/** Tells the control thread that the event loop runs. */
export function acknowledge(): void {
  Atomics.store(seen, 0, epoch())
}

/** The epochs in which the running cells began, by the numbers of their runs. */
const cells = new Map<number, number>()
/** Running cells that have heard of an interrupt in a computation, which so handed back what it had. */
const heard = new Set<number>()

/** A cell begins. */
export function beginCell(run: number): void {
  cells.set(run, epoch())
}

/** A cell has ended. */
export function endCell(run: number): void {
  cells.delete(run)
  heard.delete(run)
}

/** Whether a cell has begun and not ended. */
export function isRunning(run: number): boolean {
  return cells.has(run)
}

/**
 * For a computation of a cell that begins now: tells from the interrupt of the cell, or of a later one, on that it is
 * to stop.
 */
export function interrupted(run: number): () => boolean {
  const began = cells.get(run) ?? epoch()
  return () => {
    Atomics.store(asked, 0, clock())
    if (epoch() === began) return false
    if (cells.has(run)) heard.add(run)
    spare()
    return true
  }
}

/** From now on there is a moment for what is left to do after the present interrupt. */
export function spare(): void {
  Atomics.store(spared, 0, clock())
  Atomics.store(told, 0, epoch())
}

/** Loads a module whole: an interrupt waits for it, or ends the cell that awaits it. */
export async function loadWhole<T>(load: () => Promise<T>): Promise<T> {
  Atomics.store(loading, 0, clock())
  try {
    return await load()
  } finally {
    Atomics.store(loading, 0, 0)
  }
}

/**
 * For a cell that awaits when an interrupt comes: calls `end` once nothing is handed back or drawn any more.
 *
 * @param draws Whether the cell draws what a computation has handed back.
 */
export function endAwaiting(draws: () => boolean, end: () => void): void {
  const turn = epoch()
  const began = clock()
  const look = (): void => {
    const limit = draws() ? HAND_BACK : HAND_BACK_AWAITING
    if (epoch() === turn && isSpared(shared, turn, began, limit)) setTimeout(look, GRACE)
    else end()
  }
  look()
}

/** Runs that were given up while they awaited. */
const givenUp = new Set<number>()

/** A run was given up: what it awaits may yet come, and the cell then ends with that statement. */
export function giveUp(run: number): void {
  givenUp.add(run)
}

/** Ends a cell after a statement in which a computation has been stopped, or in which it was given up. */
export function endOfStatement(run: number): void {
  if (heard.has(run) || givenUp.has(run)) throw new Interrupted()
}

/** The function, which throws when an interrupt came before it has resolved. */
export function interruptible<A extends unknown[], R>(work: (...args: A) => Promise<R>): typeof work {
  return async (...args) => {
    const began = epoch()
    const result = await work(...args)
    checkpoint(began)
    return result
  }
}
