/**
 * Cells that ask for help, as in IPython: `name?` or `?name` show in the pager what hover shows.
 */
import type { AsyncLanguageService } from '../language/protocol.js'
import type { Json } from '../wire/message.js'

/** A name or a path of names, with question marks before or behind. */
const QUESTION =
  /^(\?{0,2})\s*((?:[\p{ID_Start}$_][\p{ID_Continue}$]*\.)*[\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(\?{0,2})$/u

/** The name that a cell asks about; `undefined` when it is a program. */
export function topicOf(code: string): string | undefined {
  const [, before, name, behind] = QUESTION.exec(code.trim()) ?? []
  return name && (before !== '') !== (behind !== '') ? name : undefined
}

export class Help {
  readonly #language: AsyncLanguageService

  constructor(language: AsyncLanguageService) {
    this.#language = language
  }

  /** The payload that shows what is known of a name. */
  async payload(topic: string): Promise<readonly Json[]> {
    const found = await this.#language.inspect(topic, topic.length).catch(() => undefined)
    const data = found
      ? { 'text/markdown': found.markdown, 'text/plain': found.text }
      : { 'text/plain': `Nothing is known of ${topic}.` }
    return [{ source: 'page', data, start: 0 }]
  }
}
