/**
 * JSON that every reader takes. A half of a surrogate pair, such as a cut emoji leaves, is no character: Jupyter would
 * accept it in a message, and then fail to save the notebook. It becomes U+FFFD, as in text that is written to a
 * stream.
 */

/** An escape, among them those of lone surrogates; `JSON.stringify` writes no other surrogate as an escape. */
const ESCAPE = /\\(?:ud[89a-f][0-9a-f]{2}|.)/g

export function toJson(value: unknown): string {
  const text = JSON.stringify(value)
  if (!text.includes('\\ud')) return text
  return text.replace(ESCAPE, (found) => (found.startsWith('\\ud') ? '\uFFFD' : found))
}
