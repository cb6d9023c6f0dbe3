import { describe, expect, it } from 'vitest'
import { condenseJson } from '../../../kernel/src/language/condenseJson.js'

function condensed(value: unknown): unknown {
  return JSON.parse(condenseJson(JSON.stringify(value)))
}

describe('condenseJson', () => {
  it('keeps the rows that show a new type of a field', () => {
    const rows = [
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
      { a: null, b: 'z' },
      { a: 3, b: null },
      { a: null, b: null },
    ]
    expect(condensed(rows)).toEqual([rows[0], rows[2], rows[3]])
  })

  it('keeps a row that lacks a field', () => {
    expect(condensed([{ a: 1 }, { a: 1, b: 2 }, { a: 2 }])).toEqual([{ a: 1 }, { a: 1, b: 2 }])
  })

  it('looks into rows', () => {
    expect(condensed({ list: [[1, 2], [3], ['a'], [], [1, 'a']] })).toEqual({ list: [[1], ['a']] })
    expect(condensed([{ p: { x: 1 } }, { p: { x: 2 } }, { p: { x: '3' } }])).toHaveLength(2)
  })

  it('leaves plain values and broken text alone', () => {
    expect(condensed('text')).toBe('text')
    expect(condenseJson('{ broken')).toBe('{ broken')
  })
})
