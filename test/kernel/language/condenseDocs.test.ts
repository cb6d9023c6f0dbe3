import { expect, it } from 'vitest'
import { condenseDocs } from '../../../kernel/src/language/condenseDocs.js'

it('keeps the first paragraph of a comment, and that a name is deprecated', () => {
  const text = `declare module 'm' {
    /**
     * Reads it.
     * Slowly.
     *
     * \`\`\`js
     * read()
     * \`\`\`
     * @since v1
     * @deprecated Use another.
     */
    function read(): void // as it is
    /** @since v2 */
    const a: '/x'
    /** One line. */
    const b: number
}`
  expect(condenseDocs(text)).toBe(`declare module 'm' {
    /** Reads it.
 * Slowly.
 * @deprecated Use another. */
    function read(): void // as it is
    
    const a: '/x'
    /** One line. */
    const b: number
}`)
})
