/**
 * The pipe to the front process. Writes are synchronous: output streams out of a busy loop, nothing is lost when
 * the process ends, and a full pipe holds the program back.
 */
import { writeSync } from 'node:fs'
import { encodeFrame } from '../channel/frames.js'
import { PIPES, type Report } from '../channel/protocol.js'
import { toJson } from '../text/json.js'
import { currentRun } from './runs.js'

const PAUSE = new Int32Array(new SharedArrayBuffer(4))

/** Sends a report with its parts. */
export function report(head: Report, parts: readonly Uint8Array[] = []): void {
  const frame = encodeFrame(head, parts)
  // The pipe blocks, so the first call writes all; the loop covers systems where it does not.
  for (let at = 0; at < frame.length; ) {
    try {
      at += writeSync(PIPES.output, frame, at)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(PAUSE, 0, 0, 1)
    }
  }
}

/** Broadcasts a Jupyter message. */
export function publish(
  message: string,
  content: unknown,
  extras: Omit<Extract<Report, { type: 'publish' }>, 'type' | 'run' | 'message'> & {
    readonly buffers?: readonly Uint8Array[] | undefined
  } = {},
): void {
  const { buffers = [], ...head } = extras
  report({ type: 'publish', run: currentRun(), message, ...head }, [Buffer.from(toJson(content)), ...buffers])
}

/** Makes `process.stdout` and `process.stderr`, and so `console`, write to the notebook. */
export function captureStreams(): void {
  for (const name of ['stdout', 'stderr'] as const) {
    const write = (
      chunk: string | Uint8Array,
      encoding?: BufferEncoding | ((error?: Error) => void),
      done?: (error?: Error) => void,
    ): boolean => {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encodingOf(encoding)) : chunk
      if (bytes.byteLength > 0) report({ type: 'stream', run: currentRun(), name }, [bytes])
      const callback = typeof encoding === 'function' ? encoding : done
      if (callback) process.nextTick(callback)
      return true
    }
    process[name].write = write
  }
}

function encodingOf(encoding: unknown): BufferEncoding {
  return typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'
}
