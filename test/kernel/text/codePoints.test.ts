import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toCodePoints, toUtf16 } from '../../../kernel/src/text/codePoints.js'

describe('code points', () => {
  it('count as the iterator of a string does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let offset = 0
        for (const [count, point] of [...text].entries()) {
          expect(toUtf16(text, count)).toBe(offset)
          expect(toCodePoints(text, offset)).toBe(count)
          offset += point.length
        }
        expect(toUtf16(text, [...text].length)).toBe(text.length)
      }),
    )
  })

  it('stop at the end of the text', () => {
    expect(toUtf16('😀a', 99)).toBe(3)
    expect(toCodePoints('😀a', 99)).toBe(2)
  })
})
