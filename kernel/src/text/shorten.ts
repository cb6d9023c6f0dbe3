/**
 * Long texts cut to a size that a notebook can show.
 */

/** Lines shown at most. */
const MAX_LINES = 40

/** The first characters and lines of a text, and how many more characters there are. */
export function shorten(text: string, limit: number): string {
  const lines = text.slice(0, limit).split('\n')
  const cut = lines.slice(0, MAX_LINES).join('\n').length
  if (cut === text.length) return text
  // A pair of surrogates stays whole.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(cut - 1)) ? cut - 1 : cut
  return `${text.slice(0, end)}… ${text.length - end} more characters`
}
