import { describe, expect, it } from 'vitest'
import { SPLITTINGS, type SplittingName } from '../../../../src/qde/index.js'
import { isForward } from '../../../../src/qde/propagation/splitting.js'

describe.each(Object.entries(SPLITTINGS))('%s', (name, splitting) => {
  it('has V and T coefficients that each sum to 1 and are symmetric, and starts and ends with V', () => {
    for (const part of ['V', 'T']) {
      const all = splitting.stages.filter((s) => s.part === part).map((s) => s.coefficient)
      expect(Math.abs(all.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-15)
      expect(all).toEqual([...all].reverse())
    }
    expect(splitting.stages[0].part).toBe('V')
    expect(splitting.stages[splitting.stages.length - 1].part).toBe('V')
  })

  it('goes forward only, unless it is of order 4 without the commutator, where that is impossible', () => {
    expect(isForward(SPLITTINGS[name as SplittingName])).toBe(name !== 'blanesMoan4')
  })
})
