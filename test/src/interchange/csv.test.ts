import fc from 'fast-check'
import { expect, it } from 'vitest'
import { writeCsv } from '../../../src/interchange/index.js'

it('every double reads back as itself', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const [, row] = writeCsv({ a: [value] }).split('\n')
      expect(Number(row)).toBe(value === 0 ? 0 : value)
    }),
    { seed: 3 },
  )
})

it('quotes headings, writes nan and inf, and refuses ragged columns', () => {
  expect(writeCsv({ 'a,"b"': [Number.NaN], c: [Number.NEGATIVE_INFINITY] })).toBe('"a,""b""",c\nnan,-inf\n')
  expect(() => writeCsv({ a: [1], b: [1, 2] })).toThrow(/columns differ in length/)
})

it.each(['=1+1', '+1', '-x', '@sum', ' =1', '\t=1'])(
  'the heading %j is no formula to a spreadsheet',
  (heading) => {
    expect(
      writeCsv({ [heading]: [-1] })
        .split('\n')
        .slice(0, 2),
    ).toEqual([`'${heading}`, '-1'])
  },
)
