import { describe, expect, it } from 'vitest'
import { History } from '../../../kernel/src/front/history.js'

function history(): History {
  const history = new History()
  for (const input of ['a = 1', 'b = 2', 'a = 1', 'c(3)']) history.add(input)
  return history
}

describe('History', () => {
  it('gives the last entries', () => {
    expect(history().find({ hist_access_type: 'tail', n: 2 })).toEqual([
      [1, 3, 'a = 1'],
      [1, 4, 'c(3)'],
    ])
    expect(history().find({ hist_access_type: 'tail', n: 0 })).toEqual([])
  })

  it('gives a range, its end left out', () => {
    expect(
      history()
        .find({ hist_access_type: 'range', session: 0, start: 2, stop: 4 })
        .map(([, n]) => n),
    ).toEqual([2, 3])
    expect(history().find({ hist_access_type: 'range', session: 7, start: 1, stop: 4 })).toEqual([])
  })

  it('searches by pattern, once for each input when asked', () => {
    const lines = (request: object): unknown[] =>
      history()
        .find({ hist_access_type: 'search', ...request })
        .map(([, n]) => n)
    expect(lines({ pattern: 'a*' })).toEqual([1, 3])
    expect(lines({ pattern: 'a*', unique: true })).toEqual([3])
    expect(lines({ pattern: '? = ?', n: 1 })).toEqual([3])
    expect(lines({ pattern: 'c(3)' })).toEqual([4])
    expect(lines({ pattern: '*2*' })).toEqual([2])
    expect(lines({ pattern: '*1*1' })).toEqual([])
    expect(lines({ pattern: '*', n: 0 })).toEqual([])
    expect(lines({})).toEqual([1, 2, 3, 4])
  })

  it('searches in time that grows with the product of the lengths, whatever the pattern', () => {
    const long = new History()
    long.add('a'.repeat(2000))
    expect(long.find({ hist_access_type: 'search', pattern: `${'*a'.repeat(200)}b` })).toEqual([])
    expect(long.find({ hist_access_type: 'search', pattern: `${'*a'.repeat(200)}*` })).toHaveLength(1)
  })

  it('counts its inputs, and gives the outputs that it was told', () => {
    const told = history()
    told.setOutput(4, '9')
    told.setOutput(3, 'x'.repeat(1e6))
    expect(told.count).toBe(4)
    expect(told.find({ hist_access_type: 'tail', n: 2, output: true })).toEqual([
      [1, 3, ['a = 1', null]],
      [1, 4, ['c(3)', '9']],
    ])
  })
})
