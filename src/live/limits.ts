/** What a page computes at most: a payload comes from anywhere, and is refused before anything is allocated for it. */
import { PsilabError } from '../error.js'

/** Points of a grid, and along one axis. */
export const MAX_POINTS = 2 ** 18
/** Recorded numbers of all frames. */
export const MAX_RECORDED = 2 ** 23
/** Milliseconds of one computation. */
export const MAX_TIME = 8000
/** The same of what is shown while a slider moves. */
export const MAX_PREVIEW = 2000

export function refuse(parameter: string, problem: string, allowed: string, got?: unknown): never {
  throw new PsilabError({
    code: 'too-large',
    parameter,
    problem,
    allowed,
    ...(got === undefined ? {} : { got }),
    advice: 'Run the cell again to compute it in the kernel.',
  })
}
