/**
 * Errors as the notebook shows them: name and message, the line of the cell, and the user's own frames.
 */
import { realpathSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import type { ErrorReport } from '../channel/protocol.js'
import { bold, dim, red } from '../text/ansi.js'
import { codeFrame } from '../text/codeFrame.js'
import { type CellPlace, cellPlace } from './scripts.js'

/** Frames shown at most. */
const MAX_FRAMES = 12
/** Errors shown at most in a chain of causes. */
const MAX_CAUSES = 3

const FRAME = /^\s+at (?:(.+?) \()?(?:psilab:cell\/(\d+)|((?:file:\/\/|\/|[A-Za-z]:\\).+?)):(\d+):(\d+)\)?$/

/** Folders whose frames are not the user's. */
const OWN = [folderOf('../..'), folderOf('psilab')].filter((folder) => folder !== undefined)

interface UserFrame {
  readonly text: string
  readonly place?: CellPlace | undefined
}

export function errorReport(error: unknown): ErrorReport {
  const { ename, evalue } = nameAndMessage(error)
  return { ename, evalue, traceback: describe(error, MAX_CAUSES) }
}

/** The report as one text, for `stderr`. */
export function errorText(error: unknown): string {
  return `${errorReport(error).traceback.join('\n')}\n`
}

function describe(error: unknown, depth: number): string[] {
  const { ename, evalue } = nameAndMessage(error)
  const lines = [`${red(bold(ename))}: ${evalue}`]
  const frames = userFrames(error)
  const place = frames.find((frame) => frame.place)?.place
  if (place) {
    lines.push('', bold(`cell ${place.count}, line ${place.line}`))
    lines.push(...codeFrame(place.source, place.line, place.column).split('\n'))
  }
  if (frames.length > 1 || (frames.length === 1 && !place)) {
    lines.push('', ...frames.slice(0, MAX_FRAMES).map(({ text }) => dim(`  at ${text}`)))
    if (frames.length > MAX_FRAMES) lines.push(dim(`  … ${frames.length - MAX_FRAMES} more`))
  }
  const causes = error instanceof AggregateError ? error.errors : error instanceof Error ? [error.cause] : []
  for (const cause of causes) {
    if (cause !== undefined && depth > 1) lines.push('', dim('caused by'), ...describe(cause, depth - 1))
  }
  return lines
}

function nameAndMessage(error: unknown): { ename: string; evalue: string } {
  if (!(error instanceof Error)) return { ename: 'Uncaught', evalue: inspect(error) }
  const own = typeof error.name === 'string' ? error.name : ''
  const className = error.constructor?.name ?? ''
  return { ename: (own === 'Error' && className) || own || 'Error', evalue: String(error.message) }
}

function userFrames(error: unknown): UserFrame[] {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return []
  return error.stack.split('\n').flatMap((line) => userFrame(line) ?? [])
}

function userFrame(text: string): UserFrame | undefined {
  const match = FRAME.exec(text)
  if (!match) return undefined
  const [, name, run, file, line, column] = match
  const label = name && !/^(eval|<anonymous>|async Promise\.all.*)$/.test(name) ? name : undefined
  const at = (where: string): string => (label ? `${label} (${where})` : where)
  if (run) {
    const place = cellPlace(Number(run), Number(line), Number(column))
    return place && { text: at(`cell ${place.count}, line ${place.line}`), place }
  }
  const path = file!.startsWith('file:') ? fileURLToPath(file!.replace(/[?#].*$/, '')) : file!
  if (path.includes('node_modules') || OWN.some((folder) => path.startsWith(folder))) return undefined
  return { text: at(`${relative(process.cwd(), path)}, line ${line}`) }
}

/** The folder of this package or of a package beside it, with links followed. */
function folderOf(specifier: string): string | undefined {
  try {
    const url = specifier.startsWith('.')
      ? new URL(specifier, import.meta.url).href
      : new URL('..', import.meta.resolve(specifier)).href
    return realpathSync(fileURLToPath(url)).replace(/[\\/]?$/, process.platform === 'win32' ? '\\' : '/')
  } catch {
    return undefined
  }
}
