/**
 * Completions at a place of a cell.
 */
import type TS from 'typescript'
import type { CompletionItem, Completions } from './protocol.js'
import type { Scope } from './scope.js'
import { ts } from './typescript.js'

/** Items sent at most. */
const LIMIT = 500
/** Items whose signature is looked up: each costs a fraction of a millisecond. */
const WITH_SIGNATURE = 24

export interface Place {
  readonly service: TS.LanguageService
  readonly file: string
  readonly code: string
  readonly position: number
}

interface Candidate {
  readonly text: string
  readonly type: string
  readonly order: string
  readonly entry?: TS.CompletionEntry
}

export function complete(place: Place, scope: Scope): Completions {
  const { service, file, code, position } = place
  const info = service.getCompletionsAtPosition(file, position, { includeCompletionsForModuleExports: false })
  const [start, end] = wordAround(code, position, info?.optionalReplacementSpan)
  const span = info?.entries.find((entry) => entry.replacementSpan)?.replacementSpan
  const from = span?.start ?? start
  const to = span ? span.start + span.length : end
  const prefix = code.slice(from, position).toLowerCase()
  const entries: Candidate[] = (info?.entries ?? []).map((entry) => ({
    text: entry.name,
    type: entry.kind,
    order: entry.sortText,
    entry,
  }))
  // Where names of the global scope fit, those of earlier cells and of the library fit, too.
  if (entries.some(({ text }) => text === 'globalThis')) entries.push(...scopeCandidates(scope, entries))
  const items = entries
    .filter(({ text }) => text.toLowerCase().startsWith(prefix) && !text.startsWith('__'))
    .sort((a, b) => compare(a.order, b.order) || compare(a.text.toLowerCase(), b.text.toLowerCase()))
    .slice(0, LIMIT)
  return { start: from, end: to, items: items.map((item) => toItem(item, items.length, place)) }
}

function scopeCandidates(scope: Scope, present: readonly Candidate[]): Candidate[] {
  const names = new Set(present.filter(({ order }) => order < '15').map(({ text }) => text))
  const candidates: Candidate[] = []
  const add = (text: string, type: string, order: string): void => {
    if (names.has(text)) return
    names.add(text)
    candidates.push({ text, type, order })
  }
  for (const [name, { kind }] of scope.entries) add(name, kind, '10')
  for (const { names: prelude } of scope.preludes) for (const [name, kind] of prelude) add(name, kind, '12')
  return candidates
}

function toItem(candidate: Candidate, count: number, { service, file, position }: Place): CompletionItem {
  const { text, type, entry } = candidate
  if (!entry || count > WITH_SIGNATURE || !/^(method|function|property|getter)$/.test(type))
    return { text, type }
  const details = service.getCompletionEntryDetails(file, position, text, {}, entry.source, {}, entry.data)
  const signature = ts.displayPartsToString(details?.displayParts).replace(/^\(\w+\) /, '')
  return signature ? { text, type, signature } : { text, type }
}

/** The identifier around the place: the text that a completion replaces. */
function wordAround(code: string, position: number, span: TS.TextSpan | undefined): [number, number] {
  if (span) return [span.start, span.start + span.length]
  const before = /[\p{ID_Continue}$]*$/u.exec(code.slice(0, position))![0]
  return [position - before.length, position]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
