/** Who drives a run: at once, or by and by so that a page or a kernel answers in between. */
import type { Watchman } from '../../progress/index.js'
import type { Frame, Work } from '../propagation/index.js'

const timeOf = (pause: number | Frame): number => (typeof pause === 'number' ? pause : pause.time)

/** Runs at once. */
export function drive<T>(work: Work<T>, watchman: Watchman): T {
  let turn = work.next()
  while (turn.done !== true) turn = work.next(watchman.poll(timeOf(turn.value)))
  watchman.report()
  return turn.value
}

/** Runs by and by, and hands over each frame as soon as it will not change any more. */
export async function* driveFrames<T>(work: Work<T>, watchman: Watchman): AsyncGenerator<Frame, T> {
  let turn = work.next()
  while (turn.done !== true) {
    if (typeof turn.value !== 'number') yield turn.value
    if (watchman.isTired) await watchman.rest()
    turn = work.next(watchman.poll(timeOf(turn.value)))
  }
  watchman.report()
  return turn.value
}
