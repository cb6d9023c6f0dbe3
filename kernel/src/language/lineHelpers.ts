/**
 * Line helpers: lines of a cell that begin with `%` and are no TypeScript. They are found before the checker sees the
 * cell, which gets the same text with a semicolon and blanks in their place, so that no position moves. A remainder
 * that goes on in the next line is one with a blank after its sign, `% b`, as formatters write it.
 */
import type TS from 'typescript'
import { parse } from './declarations.js'
import { ts } from './typescript.js'

export type HelperName = '%time' | '%%time' | '%who' | '%reset' | '%help'

interface Description {
  readonly usage: string
  readonly about: string
}

/** What there is, in the order of the list. */
export const LINE_HELPERS: Readonly<Record<HelperName, Description>> = {
  '%time': { usage: '%time statement', about: 'runs the rest of the line and says how long it took' },
  '%%time': { usage: '%%time', about: 'as the first line of a cell, says how long the cell took' },
  '%who': { usage: '%who', about: 'lists the variables, with their types, values and cells' },
  '%reset': { usage: '%reset', about: 'alone in a cell, forgets all variables, types and modules' },
  '%help': { usage: '%help', about: 'lists these helpers' },
}

/** The list as text. */
export function helpText(): string {
  const rows = Object.values(LINE_HELPERS)
  const width = Math.max(...rows.map(({ usage }) => usage.length))
  const more = 'name?'.padEnd(width)
  return [
    ...rows.map(({ usage, about }) => `${usage.padEnd(width)}  ${about}`),
    `${more}  tells what is known of a name`,
  ].join('\n')
}

/** A helper in a cell. */
export interface Helper {
  readonly name: HelperName
  readonly line: number
}

export interface HelperCell {
  /** The cell for the checker, as long as it was typed. */
  readonly code: string
  readonly helpers: readonly Helper[]
  /** A line that looks like a helper and cannot be one. */
  readonly wrong: { readonly start: number; readonly length: number; readonly message: string } | undefined
}

const CANDIDATE = /^(%{1,2}[A-Za-z]\w*)(?=\s|$)(.*)$/gm

/** Reads the helpers out of a cell. */
export function readHelpers(typed: string): HelperCell {
  const plain: HelperCell = { code: typed, helpers: [], wrong: undefined }
  const lines = [...typed.matchAll(CANDIDATE)]
  if (lines.length === 0) return plain
  const blanked = typed.replace(CANDIDATE, (_line, name: string, rest: string) => blank(name) + rest)
  const file = parse(blanked)
  const real = lines.filter(({ index }) => endsStatement(file, index))
  if (real.length === 0) return plain
  const starts = new Set(real.map(({ index }) => index))
  const code = typed.replace(CANDIDATE, (line, name: string, rest: string, index: number) =>
    starts.has(index) ? blank(name) + rest : line,
  )
  const helpers: Helper[] = []
  let wrong: HelperCell['wrong']
  for (const match of real) {
    const { index } = match
    const [, name = '', rest = ''] = match
    const message = problem(name, rest, index, typed)
    if (message) {
      wrong = { start: index, length: name.length, message }
      break
    }
    helpers.push({ name: name as HelperName, line: file.getLineAndCharacterOfPosition(index).line })
  }
  return { code, helpers, wrong }
}

function blank(name: string): string {
  return `;${' '.repeat(name.length - 1)}`
}

function isHelper(name: string): name is HelperName {
  return Object.hasOwn(LINE_HELPERS, name)
}

/** Whether the semicolon at a place ends a statement or is one: it does neither in a comment, a text or a block. */
function endsStatement(file: TS.SourceFile, index: number): boolean {
  return file.statements.some((statement) => statement.end === index + 1)
}

function problem(name: string, rest: string, index: number, typed: string): string | undefined {
  if (!isHelper(name)) {
    const known = Object.keys(LINE_HELPERS)
    return `There is no line helper ${name}; there are ${known.slice(0, -1).join(', ')} and ${known.at(-1)}.`
  }
  if (name === '%time') return rest.trim() === '' ? '%time takes a statement, as in %time f().' : undefined
  if (rest.trim() !== '') return `${name} stands alone on its line.`
  const before = typed.slice(0, index)
  if (name === '%%time' && !/^([^\S\n]*(\/\/.*)?\n)*$/.test(before))
    return '%%time stands in the first line of a cell; %time times one line.'
  const others = before + typed.slice(index + name.length)
  if (name === '%reset' && parse(others).statements.length > 0) return '%reset stands alone in its cell.'
  return undefined
}

/** The names of helpers that begin like the text before the cursor; undefined where none can stand. */
export function helperStart(
  code: string,
  position: number,
): { start: number; names: HelperName[] } | undefined {
  const start = code.lastIndexOf('\n', position - 1) + 1
  const typed = code.slice(start, position)
  if (!/^%{1,2}\w*$/.test(typed)) return undefined
  return { start, names: Object.keys(LINE_HELPERS).filter((name) => name.startsWith(typed)) as HelperName[] }
}

/** Statements that a helper puts before and after the cell's own. */
export interface Additions {
  readonly before: ReadonlyMap<TS.Statement, readonly TS.Statement[]>
  readonly after: ReadonlyMap<TS.Statement, readonly TS.Statement[]>
  /** What follows the last statement. */
  readonly last: readonly TS.Statement[]
}

/** Makes the statements of one helper. */
export interface HelperStatements {
  readonly begin: (key: number) => TS.Statement
  readonly end: (key: number) => TS.Statement
  readonly who: () => TS.Statement
  readonly help: () => TS.Statement
}

/** Where the statements of helpers go among those of the cell. */
export function additionsOf(
  helpers: readonly Helper[],
  own: readonly TS.Statement[],
  file: TS.SourceFile,
  make: HelperStatements,
): Additions {
  const before = new Map<TS.Statement, TS.Statement[]>()
  const after = new Map<TS.Statement, TS.Statement[]>()
  const last: TS.Statement[] = []
  const lineOf = (statement: TS.Statement): number =>
    file.getLineAndCharacterOfPosition(statement.getStart(file)).line
  const put = (map: Map<TS.Statement, TS.Statement[]>, at: TS.Statement | undefined, added: TS.Statement) => {
    if (at) map.set(at, [...(map.get(at) ?? []), added])
    else last.push(added)
  }
  const real = own.filter((statement) => !ts.isEmptyStatement(statement))
  for (const [key, { name, line }] of helpers.entries()) {
    const next = real.find((statement) => lineOf(statement) >= line)
    if (name === '%who') put(before, next, make.who())
    else if (name === '%help') put(before, next, make.help())
    else if (name === '%%time') {
      put(before, real[0], make.begin(key))
      last.push(make.end(key))
    } else if (name === '%time' && next) {
      put(before, next, make.begin(key))
      put(after, real.findLast((statement) => lineOf(statement) === line) ?? next, make.end(key))
    }
  }
  return { before, after, last }
}
