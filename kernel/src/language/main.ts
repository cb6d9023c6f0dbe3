/**
 * `node main.cjs <own files>`: the process of the language service; it answers the front process, one call after
 * another. When V8 makes a snapshot of it, the snapshot holds the checker with its own files read, and a process that
 * starts from there answers at once.
 */
import { readFileSync } from 'node:fs'
import { startupSnapshot } from 'node:v8'
import { encodeFrame, FrameReader } from '../channel/frames.js'
import { LINK, READY } from './link.js'
import type { OwnFiles } from './ownFiles.js'
import type { Answer, Call } from './protocol.js'
import { rehearsal } from './rehearse.js'
import { NotebookLanguage } from './service.js'

let called = false
const language = new NotebookLanguage(readOwnFiles(process.argv[2]!))

if (startupSnapshot.isBuildingSnapshot()) {
  for (const step of rehearsal(language)) step()
  language.settle()
  startupSnapshot.setDeserializeMainFunction(serve)
} else {
  serve()
  rehearse(rehearsal(language))
}

function readOwnFiles(path: string): OwnFiles {
  return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>))
}

function serve(): void {
  // Not imported above: a snapshot cannot hold it.
  const { Socket } = process.getBuiltinModule('node:net')
  const link = new Socket({ fd: LINK })
  const reader = new FrameReader<Call>()
  link.on('data', (chunk) => {
    for (const { head } of reader.push(chunk)) {
      called = true
      link.write(encodeFrame(answer(head)))
    }
  })
  // The front process is gone.
  link.on('close', () => process.exit())
  // The front process decides what an interrupt ends.
  process.on('SIGINT', () => undefined)
  link.write(encodeFrame(READY))
}

function answer({ id, method, args }: Call): Answer {
  try {
    return { id, value: (language[method] as (...args: readonly unknown[]) => unknown)(...args) }
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) }
  }
}

/** Takes the steps until a call comes, which then needs no rehearsal; calls that wait already come first. */
function rehearse([step, ...rest]: readonly (() => unknown)[]): void {
  setImmediate(() => {
    if (!step || called) return
    step()
    rehearse(rest)
  })
}
