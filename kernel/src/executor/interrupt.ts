/**
 * Stopping a cell, and keeping its variables.
 *
 * Three ways, tried together: loops that await ask {@link checkpoint} in every turn; an awaiting cell is given up;
 * and a program that does not come back to its event loop is ended by V8 from the control thread. A long run of the
 * library, or of any other that asks, is given a moment to hand back what it has: it finds {@link interrupted} under
 * the symbol `psilab.interrupted` of the global object. The cell ends with the statement that the run stood in.
 */

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
}

export function interruptCells(memory: SharedArrayBuffer): InterruptCells {
  return {
    requested: new Int32Array(memory, 0, 1),
    seen: new Int32Array(memory, 4, 1),
    asked: new Int32Array(memory, 8, 1),
    told: new Int32Array(memory, 12, 1),
  }
}

/** Milliseconds on a clock that both threads share, modulo 2³¹. */
export function clock(): number {
  return Date.now() % 2 ** 31
}

export const memory: SharedArrayBuffer = new SharedArrayBuffer(16)

const { requested, seen, asked, told } = interruptCells(memory)

/** The present epoch: loops that began in an earlier one have been interrupted. */
export function epoch(): number {
  return Atomics.load(requested, 0)
}

/** Ends a loop that began in an earlier epoch. */
export function checkpoint(began: number): void {
  if (Atomics.load(requested, 0) !== began) throw new Interrupted()
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
    Atomics.store(told, 0, epoch())
    return true
  }
}

/** Ends a cell after a statement in which a computation has been stopped. */
export function endOfStatement(run: number): void {
  if (heard.has(run)) throw new Interrupted()
}
