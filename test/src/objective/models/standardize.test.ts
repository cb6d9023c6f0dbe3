import { expect, it } from 'vitest'
import { standardize } from '../../../../src/objective/index.js'

it('gives every feature mean 0 and variance 1', () => {
  const rows = standardize([
    [1, 100],
    [2, 300],
    [6, 200],
  ])
  for (const j of [0, 1]) {
    expect(rows.reduce((sum, r) => sum + r[j], 0)).toBeCloseTo(0, 14)
    expect(rows.reduce((sum, r) => sum + r[j] ** 2, 0) / 3).toBeCloseTo(1, 14)
  }
})

it('refuses a constant feature and a gap', () => {
  expect(() => standardize([[1], [1]])).toThrow(/feature 0 is constant/)
  expect(() => standardize([[1], [Number.NaN]])).toThrow(/not a number/)
  expect(() => standardize([[1, 2], [3]])).toThrow(/row 1 has another length/)
  expect(() => standardize([])).toThrow(/no data/)
})
