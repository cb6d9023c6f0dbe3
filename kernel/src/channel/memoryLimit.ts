/**
 * How much memory the executor may hold: it is ended before the machine swaps, or the system ends something else.
 */
import { totalmem } from 'node:os'
import type { Alarm } from './protocol.js'

/** The environment variable that sets the limit, in megabytes. */
export const MEMORY_LIMIT = 'PSILAB_MEMORY_LIMIT'

/** Share of the machine's memory, or of what its container grants, that the executor may hold. */
const SHARE = 0.6
/** Least limit in megabytes: with less, no cell runs. */
const LEAST = 256

/** Megabytes for objects on V8's heap, apart from what the user allows: with more, V8 all but stands still. */
const HEAP = 4096

/** Limits in megabytes: of all that the process holds, and of its objects. */
export interface MemoryLimits {
  readonly all: number
  readonly objects: number
}

export function memoryLimits(): MemoryLimits {
  const set = Number(process.env[MEMORY_LIMIT])
  if (set >= LEAST) return { all: Math.floor(set), objects: Math.floor(set) }
  const granted = process.constrainedMemory?.() || Number.POSITIVE_INFINITY
  const all = Math.max(LEAST, Math.floor((SHARE * Math.min(totalmem(), granted)) / 2 ** 20))
  return { all, objects: Math.min(all, HEAP) }
}

/** How a process ended that held more than it may, as a phrase. */
export function memoryMessage({ used, limit, objects }: Alarm): string {
  const what = objects ? 'its objects took' : 'it took'
  return `because ${what} ${used} MB of memory, more than the limit of ${limit} MB (work in smaller parts, or set the environment variable ${MEMORY_LIMIT}, in MB, before the kernel starts)`
}
