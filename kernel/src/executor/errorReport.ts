/**
 * Errors as the notebook shows them: name and message, the lines of the cells, and the user's own frames.
 */
import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inspect } from 'node:util'
import type { ErrorReport } from '../channel/protocol.js'
import { bold, dim } from '../text/ansi.js'
import { codeFrame } from '../text/codeFrame.js'
import { shorten } from '../text/shorten.js'
import type { Place } from './scripts.js'
import { type Frame, framesOf } from './stack.js'

/** Frames shown at most. */
const MAX_FRAMES = 12
/** Errors shown at most in a chain of causes. */
const MAX_CAUSES = 3
/** Characters shown at most of a message, and of an error's further fields. */
const MAX_MESSAGE = 4000
const MAX_FIELDS = 600

/** Folders whose frames are not the user's. */
const OWN = [folderOf('.'), folderOf('psilab')].filter((folder) => folder !== undefined)

/** Fields of errors that are shown elsewhere. */
const SHOWN: ReadonlySet<string> = new Set(['name', 'message', 'stack', 'cause', 'errors'])

/**
 * @param place Where the cell stood, for what was thrown without a trace to it.
 */
export function errorReport(error: unknown, place?: Place): ErrorReport {
  const { ename, evalue } = nameAndMessage(error)
  return { ename, evalue, traceback: describe(error, MAX_CAUSES, new Set(), place) }
}

/** The report as one text, for `stderr`. */
export function errorText(error: unknown): string {
  return `${errorReport(error).traceback.join('\n')}\n`
}

function describe(error: unknown, depth: number, seen: Set<unknown>, place?: Place): string[] {
  seen.add(error)
  const frames = error instanceof Error ? userFrames(error) : []
  const lines = [...headOf(error), ...codeFrames(frames, place), ...frameList(frames)]
  const inner = innerErrors(error).filter(({ error: cause }) => !seen.has(cause))
  if (depth > 1) {
    for (const { label, error: cause } of inner.slice(0, MAX_CAUSES)) {
      lines.push('', dim(label), ...describe(cause, depth - 1, seen))
    }
    if (inner.length > MAX_CAUSES) lines.push('', dim(`and ${inner.length - MAX_CAUSES} more errors`))
  }
  return lines
}

/** Name and message; what the library says of an error by field, and the fields of other errors. */
function headOf(error: unknown): string[] {
  const { ename, evalue } = nameAndMessage(error)
  const head = (message: string): string => `${bold(ename)}: ${message}`
  const details = libraryDetails(error)
  if (!details) return [head(evalue), ...fieldsOf(error)]
  const { parameter, problem, ...rest } = details
  const rows = Object.entries({ allowed: rest.allowed, got: rest.got, try: rest.advice })
  return [
    head(`${parameter}: ${problem}`),
    ...rows.flatMap(([name, value]) => (value === undefined ? [] : [`  ${dim(name.padEnd(7))}  ${value}`])),
  ]
}

interface Details {
  readonly parameter: string
  readonly problem: string
  readonly allowed?: string | undefined
  readonly got?: string | undefined
  readonly advice?: string | undefined
}

/** What an error of the library says by field. */
function libraryDetails(error: unknown): Details | undefined {
  if (!(error instanceof Error) || error.name !== 'PsilabError' || !('details' in error)) return undefined
  const details = error.details as Record<string, unknown>
  const text = (name: string): string | undefined =>
    typeof details[name] === 'string' ? (details[name] as string) : undefined
  const got =
    'got' in details ? inspect(details.got, { depth: 1, breakLength: Number.POSITIVE_INFINITY }) : undefined
  return {
    parameter: text('parameter') ?? '',
    problem: text('problem') ?? '',
    allowed: text('allowed'),
    got: got === undefined ? undefined : shorten(got, MAX_FIELDS),
    advice: text('advice'),
  }
}

function fieldsOf(error: unknown): string[] {
  if (!(error instanceof Error) || error.name === 'ExpressionError') return []
  try {
    const fields = Object.entries(error).filter(([name]) => !SHOWN.has(name))
    if (fields.length === 0) return []
    return [dim(shorten(inspect(Object.fromEntries(fields), { depth: 2 }), MAX_FIELDS))]
  } catch {
    return []
  }
}

/** The innermost place, and where the cell stood that led there, when that is another one. */
function codeFrames(frames: readonly Frame[], running: Place | undefined): string[] {
  const inner = frames[0]?.place ?? running
  const isTraced = frames.some(({ place }) => place.title === running?.title)
  const outer = running && !isTraced ? running : frames.findLast(({ path }) => path === undefined)?.place
  if (!inner) return []
  const shown = outer && outer.title !== inner.title ? [inner, outer] : [inner]
  return shown.flatMap(({ title, line, column, source }) => {
    const text = source()
    const frame = text === undefined ? [] : codeFrame(text, line, column).split('\n')
    return ['', bold(`${title}, line ${line}`), ...frame]
  })
}

/** The frames one a line, a function that calls itself once; nothing when the place says it all. */
function frameList(frames: readonly Frame[]): string[] {
  const runs: { text: string; times: number }[] = []
  for (const { label, place } of frames) {
    const where = `${place.title}, line ${place.line}`
    const text = label ? `${label} (${where})` : where
    const last = runs.at(-1)
    if (last?.text === text) last.times++
    else runs.push({ text, times: 1 })
  }
  if (runs.length < 2 && !frames.some(({ label }) => label)) return []
  const lines = runs.map(({ text, times }) => dim(`  at ${text}${times > 1 ? `, ${times} times` : ''}`))
  const more = lines.length > MAX_FRAMES ? [dim(`  … ${lines.length - MAX_FRAMES} more`)] : []
  return ['', ...lines.slice(0, MAX_FRAMES), ...more]
}

function innerErrors(error: unknown): { label: string; error: unknown }[] {
  if (!(error instanceof Error)) return []
  const { errors } = error as { readonly errors?: unknown }
  const many = Array.isArray(errors) ? errors : []
  const inner = many.map((one: unknown, i) => ({ label: `error ${i + 1} of ${many.length}`, error: one }))
  return error.cause === undefined ? inner : [...inner, { label: 'caused by', error: error.cause }]
}

function nameAndMessage(error: unknown): { ename: string; evalue: string } {
  if (!(error instanceof Error)) return { ename: 'Uncaught', evalue: shorten(inspected(error), MAX_MESSAGE) }
  // Getters of the user's may stand behind these.
  try {
    const own = typeof error.name === 'string' ? error.name : ''
    const className = error.constructor?.name ?? ''
    const ename = (own === 'Error' && className) || own || 'Error'
    return { ename, evalue: shorten(String(error.message), MAX_MESSAGE) }
  } catch {
    return { ename: 'Error', evalue: 'The error has a message that cannot be read.' }
  }
}

function inspected(value: unknown): string {
  try {
    return inspect(value)
  } catch {
    return 'a value that cannot be shown'
  }
}

/** The frames of cells and of the user's own files. */
function userFrames(error: Error): Frame[] {
  try {
    return framesOf(error).filter(
      ({ path }) =>
        path === undefined ||
        !(path.includes('node_modules') || OWN.some((folder) => path.startsWith(folder))),
    )
  } catch {
    return []
  }
}

/** This folder, or that of a package, with links followed. */
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
