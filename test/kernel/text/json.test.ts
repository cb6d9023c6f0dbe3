import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toJson } from '../../../kernel/src/text/json.js'

/** Any UTF-16 units, and the texts of escapes. */
const text = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom('\\', 'ud83d', '\ud83d', '\ude00'),
    ),
  )
  .map((parts) => parts.join(''))

it('toJson() keeps well-formed text and mends the rest', () => {
  fc.assert(
    fc.property(text, (value) => {
      const mended = value.replace(/\p{Surrogate}/gu, '\uFFFD')
      expect(JSON.parse(toJson({ [value]: [value] }))).toEqual({ [mended]: [mended] })
    }),
  )
})

it('toJson() writes nothing that UTF-8 cannot hold', () => {
  expect(toJson(['😀', '😀'.slice(0, 1), '\\ud83d'])).toBe('["😀","\uFFFD","\\\\ud83d"]')
})
