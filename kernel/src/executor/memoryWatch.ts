/**
 * Ends the executor, from its second thread, when it holds too much memory: objects as well as typed arrays.
 */
import { readFileSync, writeSync } from 'node:fs'
import { Session } from 'node:inspector'
import { encodeFrame } from '../channel/frames.js'
import { memoryLimits } from '../channel/memoryLimit.js'
import { type Alarm, PIPES } from '../channel/protocol.js'

/** Milliseconds between two looks. */
const INTERVAL = 200
const MEGABYTE = 2 ** 20
/** Bytes of a page, in which Linux counts. */
const PAGE = 4096
/** How many times the limit may be reserved and not yet written to, as large typed arrays are. */
const RESERVED = 2

export function watchMemory(): void {
  const limits = memoryLimits()
  const look = (): void => {
    const resident = process.memoryUsage.rss()
    const used = Math.max(resident, reserved() / RESERVED) / MEGABYTE
    if (used > limits.all) end({ type: 'memory', used: Math.round(used), limit: limits.all, objects: false })
    if (resident / MEGABYTE > limits.objects) lookAtObjects(limits.objects)
  }
  setInterval(look, INTERVAL)
}

/** Asks the main thread's V8, which answers between two statements of a busy program, too. */
function lookAtObjects(limit: number): void {
  const session = new Session()
  session.connectToMainThread()
  session.post('Runtime.getHeapUsage', (error, answer?: { usedSize: number }) => {
    // Node would wait for a connected inspector when the process ends.
    session.disconnect()
    const used = error ? 0 : answer!.usedSize / MEGABYTE
    if (used > limit) end({ type: 'memory', used: Math.round(used), limit, objects: true })
  })
}

function end(alarm: Alarm): void {
  writeSync(PIPES.control, encodeFrame(alarm))
  process.kill(-process.pid, 'SIGKILL')
}

/** Bytes that the process may write to; 0 where the system does not tell. */
function reserved(): number {
  if (process.platform !== 'linux') return 0
  return Number(readFileSync('/proc/self/statm', 'latin1').split(' ')[5]) * PAGE
}
