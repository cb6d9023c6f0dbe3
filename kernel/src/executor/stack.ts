/**
 * Stack traces in the user's terms: cells by their count, TypeScript files by the lines as written, and nothing of
 * the kernel below.
 */
import { readFileSync } from 'node:fs'
import { findSourceMap } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cellPlace, type Place } from './scripts.js'

const FRAME =
  /^\s+at (?:async )?(?:(.+?) \()?(?:psilab:cell\/(\d+)|((?:file:\/\/|\/|[A-Za-z]:\\).+?)):(\d+):(\d+)\)?$/

/** Where a frame stands, in the text that V8 gives of it. */
const LOCATION = /(?:psilab:cell\/\d+|(?:file:\/\/|\/|[A-Za-z]:\\)[^():]+|node:[^():]+):\d+:\d+/

/** What V8 calls functions that have no name of their own. */
const NAMELESS = /^(eval|<anonymous>|Object\.<anonymous>|async Promise\.all.*)$/

const KERNEL = [new URL('.', import.meta.url).href, fileURLToPath(new URL('.', import.meta.url))]

/** One line of a stack, where it is known: in a cell or in a file. */
export interface Frame {
  /** The function, when it has a name. */
  readonly label?: string | undefined
  readonly place: Place
  /** Path of the file; `undefined` for a cell. */
  readonly path?: string | undefined
}

/** The stacks as V8 has them, of errors whose `stack` is in the user's terms. */
const rawStacks = new WeakMap<object, readonly string[]>()

/** Lets `error.stack` speak of cells. It is made when it is first read, so errors that are caught cost no more. */
export function installStackTraces(): void {
  Error.prepareStackTrace = (error, sites) => {
    const raw = withoutKernel(sites.map((site) => `    at ${site}`))
    rawStacks.set(error, raw)
    return [headOf(error), ...raw.map(inUsersTerms)].join('\n')
  }
}

/** The frames of an error that stand in a cell or in a file, innermost first. */
export function framesOf(error: Error): Frame[] {
  const { stack } = error
  const lines = rawStacks.get(error) ?? (typeof stack === 'string' ? stack.split('\n') : [])
  return lines.flatMap((line) => parseFrame(line) ?? [])
}

/** The lines down to the last that is neither the kernel's nor Node's: what called the cell is no matter of the user. */
function withoutKernel(lines: readonly string[]): readonly string[] {
  const isOwn = (line: string): boolean => KERNEL.some((folder) => line.includes(folder))
  const kernel = lines.findIndex(isOwn)
  if (kernel < 0) return lines
  const end = lines.slice(0, kernel).findLastIndex((line) => !line.includes('(node:') && !isOwn(line))
  return lines.slice(0, end + 1)
}

function headOf(error: Error): string {
  try {
    return String(error)
  } catch {
    return 'Error'
  }
}

function inUsersTerms(line: string): string {
  const frame = parseFrame(line)
  if (!frame) return line
  const { title, line: row, column } = frame.place
  return line.replace(LOCATION, () =>
    frame.path ? `${frame.path}:${row}:${column}` : `${title}, line ${row}`,
  )
}

function parseFrame(text: string): Frame | undefined {
  const match = FRAME.exec(text)
  if (!match) return undefined
  const [, name, run, file, line, column] = match
  const label = name && !NAMELESS.test(name) ? name : undefined
  if (run) {
    const place = cellPlace(Number(run), Number(line), Number(column))
    return place && { label, place }
  }
  const path = file!.startsWith('file:') ? fileURLToPath(file!.replace(/[?#].*$/, '')) : file!
  return { label, path, place: filePlace(file!, path, Number(line), Number(column)) }
}

/** A place in a file; of a file that was compiled, the place in what was written. */
function filePlace(url: string, path: string, line: number, column: number): Place {
  const title = relative(process.cwd(), path)
  const map = /\.m?ts(\?|$)/.test(url) ? findSourceMap(url) : undefined
  const entry = map?.findEntry(line - 1, column - 1)
  if (!map || !entry || !('originalLine' in entry)) {
    return { title, line, column, source: () => readIfThere(path) }
  }
  const source = (): string | undefined => map.payload.sourcesContent?.[0] ?? readIfThere(path)
  return { title, line: entry.originalLine + 1, column: entry.originalColumn + 1, source }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
