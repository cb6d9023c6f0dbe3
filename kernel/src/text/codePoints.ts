/**
 * Positions: Jupyter counts code points, JavaScript counts UTF-16 units.
 */

/** The UTF-16 offset of the `count`-th code point, at most the text's length. */
export function toUtf16(text: string, count: number): number {
  let at = 0
  for (let n = 0; n < count && at < text.length; n++) at += text.codePointAt(at)! > 0xffff ? 2 : 1
  return at
}

/** How many code points lie before a UTF-16 offset. */
export function toCodePoints(text: string, offset: number): number {
  let count = 0
  for (let at = 0; at < offset && at < text.length; count++) at += text.codePointAt(at)! > 0xffff ? 2 : 1
  return count
}
