/**
 * The inputs of this session.
 */
import type { Json } from '../wire/message.js'

/** Session number, execution count, input. */
type Entry = readonly [session: number, line: number, input: string]

/** The same with the text of its result, where it is known. */
type EntryWithOutput = readonly [session: number, line: number, both: readonly [string, string | null]]

/** Characters of an output that is remembered. */
const MAX_OUTPUT = 2000

/** Entries given when a request does not say how many. */
const DEFAULT_COUNT = 1000

/** The one session that this kernel remembers. */
const SESSION = 1

export class History {
  readonly #entries: Entry[] = []
  readonly #outputs = new Map<number, string>()

  /** How many inputs there are: the number of the last. */
  get count(): number {
    return this.#entries.length
  }

  add(input: string): void {
    this.#entries.push([SESSION, this.count + 1, input])
  }

  /** Notes what an input gave, as text. */
  setOutput(line: number, text: string): void {
    if (text.length <= MAX_OUTPUT) this.#outputs.set(line, text)
  }

  /** Answers a `history_request`: its last entries, a range of them, or those that fit a pattern. */
  find(request: Json): readonly (Entry | EntryWithOutput)[] {
    const found = this.#select(request)
    if (request.output !== true) return found
    return found.map(([session, line, input]) => [session, line, [input, this.#outputs.get(line) ?? null]])
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
        const pattern = String(request.pattern ?? '*')
        const found = this.#entries.filter(([, , input]) => fits(pattern, input))
        return last(count, request.unique === true ? latestOfEach(found) : found)
      }
      default:
        return last(count, this.#entries)
    }
  }
}

function last(count: number, entries: readonly Entry[]): readonly Entry[] {
  return count > 0 ? entries.slice(-count) : []
}

/**
 * Whether the text fits the pattern, in which `*` stands for any text and `?` for one character. Only the last `*` ever
 * has to take more than it took at first: at worst pattern times text steps, where a regular expression can take
 * exponentially many.
 */
function fits(pattern: string, text: string): boolean {
  let [p, t] = [0, 0]
  /** Where to go on when what follows the last `*` does not fit: its place, and how far it then reaches. */
  let [star, reach] = [-1, 0]
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++
      reach = t
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++reach
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

function latestOfEach(entries: readonly Entry[]): Entry[] {
  const byInput = new Map<string, Entry>()
  for (const entry of entries) {
    byInput.delete(entry[2])
    byInput.set(entry[2], entry)
  }
  return [...byInput.values()]
}
