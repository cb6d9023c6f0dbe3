/**
 * A table.
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} body
 */
export function markdown(head, body) {
  const rows = [head, head.map(() => '---'), ...body]
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n')
}
