/**
 * A computation that can be left and taken up again: it pauses after every few milliseconds of work, says how far it
 * has come, and is told whether to stop there. Whoever drives it decides what happens in between.
 */
import type { WaveFunction } from '../../grid/index.js'

/** A state that a run has recorded. */
export interface Frame {
  readonly time: number
  readonly state: WaveFunction
}

/** Yields the time reached, or a frame that will not change any more; `true` sent back asks it to stop. */
export type Work<T> = Generator<number | Frame, T, boolean | undefined>

/**
 * Steps between pauses on a grid: as many as take some milliseconds, by its size alone, so that results do not depend
 * on how fast a machine is.
 */
export function stepsBetweenPauses(size: number): number {
  return Math.max(1, Math.min(32, Math.floor(2 ** 20 / size)))
}

/** The result of a piece of work that nobody watches. */
export function finish<T>(work: Work<T>): T {
  let turn = work.next()
  while (turn.done !== true) turn = work.next()
  return turn.value
}
