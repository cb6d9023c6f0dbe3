import { expect, it } from 'vitest'
import { breakable } from '../../../src/figure/index.js'

it.each([
  ['a', ['a']],
  ['-a + b - c', ['-a', '{} + b', '{} - c']],
  ['\\left(a + b\\right) c + \\frac{d + e}{f}', ['\\left(a + b\\right) c', '{} + \\frac{d + e}{f}']],
  ['\\left|a + b\\right| + c', ['\\left|a + b\\right|', '{} + c']],
  ['\\left\\langle a + b\\right\\rangle - c', ['\\left\\langle a + b\\right\\rangle', '{} - c']],
  ['\\left.a + b\\right|_{0} + c', ['\\left.a + b\\right|_{0}', '{} + c']],
  ['\\{a + b\\} + \\leftarrow + c', ['\\{a + b\\}', '{} + \\leftarrow', '{} + c']],
  ['e^{a + b} - [f + g]', ['e^{a + b}', '{} - [f + g]']],
])('%s may be broken before the signs of its outermost sum', (tex, pieces) => {
  expect(breakable(tex)).toEqual(pieces)
})
