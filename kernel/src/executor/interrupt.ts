/**
 * Stopping a cell, and keeping its variables.
 *
 * Three ways, tried together: loops that await ask {@link checkpoint} in every turn; an awaiting cell is given up;
 * and a program that does not come back to its event loop is ended by V8 from the control thread.
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
}

export function interruptCells(memory: SharedArrayBuffer): InterruptCells {
  return { requested: new Int32Array(memory, 0, 1), seen: new Int32Array(memory, 4, 1) }
}

export const memory: SharedArrayBuffer = new SharedArrayBuffer(8)

const { requested, seen } = interruptCells(memory)

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
