/** A table in plain characters: columns two spaces apart, a rule below the head, which is left out where it is empty. */
export function tableText(
  columns: readonly { readonly label: string; readonly align?: 'left' | 'right' }[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [columns.map(({ label }) => label), ...rows]
  const lengths = columns.map((_, c) => Math.max(...lines.map((line) => [...line[c]!].length)))
  const padded = (text: string, c: number): string => {
    const space = ' '.repeat(lengths[c]! - [...text].length)
    return columns[c]!.align === 'right' ? space + text : text + space
  }
  const [head, ...body] = lines.map((line) => line.map(padded).join('  ').trimEnd())
  if (columns.every(({ label }) => label === '')) return body.join('\n')
  return [head!, lengths.map((length) => '─'.repeat(length)).join('  '), ...body].join('\n')
}
