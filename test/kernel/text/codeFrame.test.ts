import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { codeFrame } from '../../../kernel/src/text/codeFrame.js'

function plain(...args: Parameters<typeof codeFrame>): string[] {
  return stripVTControlCharacters(codeFrame(...args)).split('\n')
}

describe('codeFrame', () => {
  it('shows two lines on either side and marks the place', () => {
    expect(plain('a\nb\nc = d\ne\nf\ng', 3, 5)).toEqual([
      '  1 │ a',
      '  2 │ b',
      '> 3 │ c = d',
      '    │     ^',
      '  4 │ e',
      '  5 │ f',
    ])
  })

  it('marks a length, but not past the end of the line', () => {
    expect(plain('abcdef', 1, 3, 3)[1]).toBe('    │   ^^^')
    expect(plain('abcdef', 1, 3, 99)[1]).toBe('    │   ^^^^')
    expect(plain('abc', 1, 4)[1]).toBe('    │    ^')
  })

  it('aligns numbers of different width and keeps tabs', () => {
    const frame = plain('1\n2\n3\n4\n5\n6\n7\n8\n\tnine\n10', 9, 2)
    expect(frame).toEqual(['   7 │ 7', '   8 │ 8', '>  9 │ \tnine', '     │ \t^', '  10 │ 10'])
  })
})
