import { describe, expect, it } from 'vitest'
import { completeness } from '../../../kernel/src/language/completeness.js'

describe('completeness', () => {
  it.each(['', '1 + 1', 'const f = () => {\n}', '// note'])('%j is complete', (code) => {
    expect(completeness(code)).toEqual({ status: 'complete' })
  })

  it.each([
    ['if (a) {', '  '],
    ['  f(', '    '],
    ['const a =', '  '],
    ['const f = () =>', '  '],
    ['if (a)', '  '],
    ['if (a) {\n} else', '  '],
    ['  for (const x of f(y))', '    '],
    ['a &&', '  '],
    ['f(\n  1,', '  '],
    ['function f() {\n  return 1', ''],
    ['if (a) {\n  for (;;) {\n    break', '  '],
    ['if (a) {\n  b()\n', '  '],
    ['@dec', ''],
    ['switch (x) {\n  case 1:', '    '],
    ['for (;;) {\n  if (a) {\n    b()\n  }', '  '],
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
