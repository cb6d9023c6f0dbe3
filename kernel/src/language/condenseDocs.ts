/**
 * Documentation in short: of each comment the first paragraph, and that a name is deprecated. Node's declarations are
 * three quarters documentation, which the checker would keep in memory whole.
 */

/** The declarations with comments of one paragraph. */
export function condenseDocs(text: string): string {
  return text.replace(/\/\*\*(.*?)\*\//gs, (_, inner: string) => {
    const lines = inner.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
    const start = lines.findIndex((line) => line !== '')
    const end = lines.findIndex((line, i) => i > start && /^($|@|```)/.test(line))
    const first = lines.slice(start, end < 0 ? undefined : end).filter((line) => !line.startsWith('@'))
    const kept = [...first, ...lines.filter((line) => /^@deprecated\b/.test(line))]
    return kept.join('') === '' ? '' : `/** ${kept.join('\n * ').trim()} */`
  })
}
