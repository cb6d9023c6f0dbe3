import { expect, it } from 'vitest'
import { PsilabError } from '../../../src/error.js'
import { unpack } from '../../../src/figure/index.js'
import { type SweepRow, sweepTable } from '../../../src/sweep/index.js'

const rows = [3, 1, 2].map((D) => ({ D, gap: D ** 2, E: -D }))

it('has a curve for each column of numbers, in the order of the first, and the rows as they came', () => {
  const { panels, cursor } = sweepTable(rows).figure()
  expect(panels.map(({ type }) => type)).toEqual(['lines', 'lines', 'table'])
  const [gap] = panels
  if (gap?.type !== 'lines') throw new Error(gap?.type)
  expect([...unpack(gap.series[0].x!)]).toEqual([1, 2, 3])
  expect([...unpack(gap.series[0].y!)]).toEqual([1, 4, 9])
  expect([...unpack(cursor!.values)]).toEqual([1, 2, 3])
  expect(sweepTable(rows).toCsv().split('\n')[0]).toBe('D,gap,E')
})

it('has a row for each stop of the cursor where they are in its order', () => {
  const table = (of: readonly SweepRow[]) => sweepTable(of).figure().panels.at(-1)!.cursor
  expect([table(rows), table([...rows].sort((a, b) => a.D - b.D))]).toEqual([undefined, true])
})

it('tells curves apart by a column of texts', () => {
  const both = rows.flatMap((row) => ['real', 'imaginary'].map((time) => ({ ...row, time })))
  const [panel] = sweepTable(both, { y: ['gap'] }).figure().panels
  if (panel?.type !== 'lines') throw new Error(panel?.type)
  expect(new Set(panel.series.map(({ label }) => label))).toEqual(new Set(['real', 'imaginary']))
})

it('has no cursor where there is one value, or more than it has stops', () => {
  const along = (count: number) =>
    sweepTable(Array.from({ length: count }, (_, D) => ({ D, gap: D ** 2 }))).figure().cursor?.values.shape
  expect([1, 2, 200, 201].map(along)).toEqual([undefined, [2], [200], undefined])
})

it('takes one column by its name', () => {
  expect(sweepTable(rows, { y: 'gap' }).figure()).toEqual(sweepTable(rows, { y: ['gap'] }).figure())
})

it.each([
  [[], {}],
  [[{ a: 1 }, { b: 2 }], {}],
  [
    [
      { a: 1, b: 2 },
      { a: 1, b: 'c' },
    ],
    {},
  ],
  [rows, { x: 'beta' }],
  [rows, { y: ['beta'] }],
  [rows, { y: 'beta' }],
  [rows, { y: 3 as never }],
  [Array.from({ length: 401 }, (_, a) => ({ a, b: a })), {}],
] as [SweepRow[], object][])('refuses what is no table', (of, options) => {
  expect(() => sweepTable(of, options)).toThrow(PsilabError)
})
