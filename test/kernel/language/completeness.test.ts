import { describe, expect, it } from 'vitest'
import { completeness } from '../../../kernel/src/language/completeness.js'

describe('completeness', () => {
  it.each(['', '1 + 1', 'const f = () => {\n}', '// note'])('%j is complete', (code) => {
    expect(completeness(code)).toEqual({ status: 'complete' })
  })

  it.each([
    ['if (a) {', '  '],
    ['  f(', '    '],
    ['const a =', ''],
    ['`text', ''],
    ['/* text', ''],
    ['class A {\n  b = 1', '  '],
  ])('%j goes on with the indent %j', (code, indent) => {
    expect(completeness(code)).toEqual({ status: 'incomplete', indent })
  })

  it.each(['const const = 1', ')', "'open", 'a b c'])('%j is invalid', (code) => {
    expect(completeness(code)).toEqual({ status: 'invalid' })
  })
})
