import { describe, expect, it } from 'vitest'
import { breakable, isStacked } from '../../../src/figure/index.js'

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

describe('a left side', () => {
  it('shares the column where it leaves its right side room', () => {
    expect(isStacked(200, 300, 600)).toBe(false)
    expect(isStacked(220, 300, 600)).toBe(true)
  })

  it('stands above its sign sooner where the right side would be broken beside it', () => {
    expect(isStacked(150, 400, 600)).toBe(false)
    expect(isStacked(150, 500, 600)).toBe(true)
    expect(isStacked(100, 5000, 600)).toBe(false)
  })
})
