/** The memories of plans, and what is refused before one is taken. */
import { PsilabError } from '../error.js'
import { MAX_PAGES, type Memory, webAssembly } from '../webassembly/index.js'
import { availableMemory, collectGarbage } from './cores.js'
import { type StepperAxis, sizeOf } from './request.js'

const PAGE = 65536
const MEBIBYTE = 2 ** 20
/** Bytes that any machine has free. */
const SMALL = 2 ** 22

/**
 * A memory of at least so many bytes, all zero.
 * @throws PsilabError `too-large` where it is beyond WebAssembly's addresses or what the machine has free
 */
export function memoryFor(bytes: number, shared: boolean, axes: readonly StepperAxis[]): Memory {
  const pages = Math.ceil(bytes / PAGE)
  requireRoom(bytes, axes)
  try {
    if (!shared) return new webAssembly.Memory({ initial: pages, maximum: pages })
    collectBefore(bytes)
    return new webAssembly.Memory({ initial: pages, maximum: pages, shared })
  } catch (error) {
    if (error instanceof RangeError) tooLarge(bytes, axes)
    throw error
  }
}

/** Bytes of shared memories taken between two collections of garbage, and as a multiple of the newest. */
const UNCOLLECTED = 2 ** 28
const UNCOLLECTED_TIMES = 4
let uncollected = 0

/** V8 does not count shared memories when it decides to collect garbage, so those of finished plans would stay. */
function collectBefore(bytes: number): void {
  uncollected += bytes
  if (uncollected <= Math.max(UNCOLLECTED, UNCOLLECTED_TIMES * bytes)) return
  collectGarbage()
  uncollected = bytes
}

/** @throws PsilabError `too-large` where so many bytes are not to be had */
function requireRoom(bytes: number, axes: readonly StepperAxis[]): void {
  // To ask the machine takes longer than a small memory.
  if (bytes <= SMALL) return
  if (Math.ceil(bytes / PAGE) > MAX_PAGES || bytes > (availableMemory() ?? Number.POSITIVE_INFINITY))
    tooLarge(bytes, axes)
}

function tooLarge(bytes: number, axes: readonly StepperAxis[]): never {
  const free = availableMemory()
  const most = (MAX_PAGES * PAGE) / MEBIBYTE
  throw new PsilabError({
    code: 'too-large',
    parameter: 'grid.points',
    problem: `a step on ${axes.map(({ points }) => points).join(' × ')} points needs ${Math.ceil(bytes / MEBIBYTE)} MiB`,
    allowed: `at most ${most} MiB${free === undefined ? '' : `, and what is free, now ${Math.floor(free / MEBIBYTE)} MiB`}`,
    got: sizeOf(axes),
    advice: 'Take fewer points.',
  })
}
