import { describe, expect, test } from 'vitest'
import type { Item, Target } from '../../bench/items.mjs'
import type { Row } from '../../bench/measure.mjs'
import { table } from '../../bench/tables.mjs'
import { rowNamed, verdict } from '../../bench/targets.mjs'

const row = (label: string, seconds: number, more: Partial<Row> = {}): Row => ({
  label,
  name: label.split(',')[0]!,
  language: 'C',
  threads: 1,
  seconds,
  spread: 0,
  planning: 0,
  error: 0,
  equal: true,
  ...more,
})

const rows = [
  row('ψlab', 3),
  row('ψlab, FMA', 2),
  row('ψlab, 2 threads', 1.5, { threads: 2 }),
  row('FFTW C, 1 thread', 4),
  row('SciPy, 1 worker', 10, { language: 'Python' }),
  row('quick and wrong', 0.1, { language: 'Python', equal: false, error: 1 }),
]

const target = (of: string, to: string | undefined, bound: Target['bound'], limit: number): Target => ({
  text: '',
  of,
  ...(to === undefined ? {} : { to }),
  bound,
  limit,
  rank: 'at least',
})

describe('a target', () => {
  test('takes the fastest of ψlab on as many threads', () => {
    expect(rowNamed(rows, 'ψlab')?.label).toBe('ψlab, FMA')
    expect(rowNamed(rows, 'ψlab, 2 threads')?.label).toBe('ψlab, 2 threads')
  })

  test('is never held against an answer that differs', () => {
    expect(rowNamed(rows, 'Python')?.label).toBe('SciPy, 1 worker')
    expect(rowNamed(rows, 'quick and wrong')).toBeUndefined()
    expect(verdict(rows, target('ψlab', 'quick and wrong', 'most', 1)).outcome).toMatch(/^not measured/)
  })

  test('is met, or missed by what lacks', () => {
    expect(verdict(rows, target('ψlab', 'FFTW C, 1 thread', 'most', 0.5)).outcome).toBe('met')
    expect(verdict(rows, target('ψlab', 'FFTW C, 1 thread', 'most', 0.4)).outcome).toBe('missed by 25 %')
    expect(verdict(rows, target('ψlab', 'SciPy, 1 worker', 'least', 5)).outcome).toBe('met')
    expect(verdict(rows, target('ψlab', 'SciPy, 1 worker', 'least', 6)).outcome).toBe('missed by 20 %')
    expect(verdict(rows, target('ψlab', undefined, 'most', 1)).outcome).toBe('missed: 2.00 × the limit')
  })
})

test('a table has no ratio where the answer differs', () => {
  const item = { baseline: 'FFTW C, 1 thread', check: '' } as Item
  const lines = table(item, rows).split('\n')
  expect(lines.find((line) => line.includes('quick and wrong'))).toContain('no ratio')
  expect(lines.find((line) => line.includes('ψlab, FMA'))).toContain('| 0.500 |')
})
