/**
 * The process of the language service as the front process starts it: from a snapshot where there is one, else from
 * its script, which takes a second longer.
 */
import { spawn } from 'node:child_process'
import type { Duplex } from 'node:stream'
import { FrameReader } from '../channel/frames.js'
import type { Connect } from './client.js'
import { encodeCall, LINK, READY } from './link.js'
import type { Answer, Call } from './protocol.js'
import { environment, type Snapshots } from './snapshot.js'

export const languageProcess =
  (snapshots: Snapshots): Connect =>
  ({ answered, ended }) => {
    /** Calls that a process which does not come up leaves to the next. */
    let early: Call[] | undefined = []
    let pipe: Duplex

    const start = (snapshot: string | undefined): void => {
      const from = snapshot === undefined ? [] : ['--snapshot-blob', snapshot]
      const child = spawn(process.execPath, [...from, ...snapshots.command], {
        // A snapshot that cannot be read is told of below, in one line.
        stdio: ['ignore', 'ignore', snapshot === undefined ? 'inherit' : 'ignore', 'pipe'],
        env: environment(),
      })
      pipe = child.stdio[LINK] as Duplex
      const reader = new FrameReader<Answer>()
      pipe.on('data', (chunk: Buffer) => {
        for (const { head } of reader.push(chunk)) {
          if (head.id === READY.id) {
            early = undefined
            if (snapshot === undefined) snapshots.keep()
          } else answered(head)
        }
      })
      // Its end is reported below.
      pipe.on('error', () => undefined)
      const kill = () => child.kill('SIGKILL')
      process.once('exit', kill)
      const end = (how: string): void => {
        process.removeListener('exit', kill)
        if (early && snapshot !== undefined) {
          console.error(
            `The type checker does not start from its snapshot ${snapshot} (${how}); it starts without.`,
          )
          start(undefined)
          for (const call of early) pipe.write(encodeCall(call))
        } else ended(new Error(`Its process ended ${how}.`))
      }
      child.once('error', ({ message }) => end(message))
      child.once('exit', (code, signal) => end(signal ? `by signal ${signal}` : `with exit code ${code}`))
    }

    start(snapshots.find())
    return (call) => {
      early?.push(call)
      pipe.write(encodeCall(call))
    }
  }
