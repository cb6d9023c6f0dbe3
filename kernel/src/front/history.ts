/**
 * The inputs of this session.
 */
import type { Json } from '../wire/message.js'

/** Session number, execution count, input. */
type Entry = readonly [session: number, line: number, input: string]

/** Entries given when a request does not say how many. */
const DEFAULT_COUNT = 1000

/** The one session that this kernel remembers. */
const SESSION = 1

export class History {
  readonly #entries: Entry[] = []

  add(line: number, input: string): void {
    this.#entries.push([SESSION, line, input])
  }

  /** Answers a `history_request`: its last entries, a range of them, or those that fit a pattern. */
  find(request: Json): readonly (Entry | readonly [number, number, readonly [string, null]])[] {
    const found = this.#select(request)
    return request.output === true ? found.map(([s, line, input]) => [s, line, [input, null]]) : found
  }

  #select(request: Json): readonly Entry[] {
    const count = typeof request.n === 'number' ? request.n : DEFAULT_COUNT
    switch (request.hist_access_type) {
      case 'range': {
        const start = Number(request.start ?? 0)
        const stop = Number(request.stop ?? Number.POSITIVE_INFINITY)
        const session = Number(request.session ?? 0)
        if (session !== 0 && session !== SESSION) return []
        return this.#entries.filter(([, line]) => line >= start && line < stop)
      }
      case 'search': {
        const pattern = globToRegExp(String(request.pattern ?? '*'))
        const found = this.#entries.filter(([, , input]) => pattern.test(input))
        return (request.unique === true ? latestOfEach(found) : found).slice(-count)
      }
      default:
        return count > 0 ? this.#entries.slice(-count) : []
    }
  }
}

/** `*` stands for any text and `?` for one character. */
function globToRegExp(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 's')
}

function latestOfEach(entries: readonly Entry[]): Entry[] {
  const byInput = new Map<string, Entry>()
  for (const entry of entries) {
    byInput.delete(entry[2])
    byInput.set(entry[2], entry)
  }
  return [...byInput.values()]
}
