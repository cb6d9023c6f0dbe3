import { describe, expect, it } from 'vitest'
import { runState, runText } from '../../extension/src/progress/bar.ts'

describe('the bar of a run', () => {
  it('says the share that is done, never all of it too early, and the time left', () => {
    expect(runText({ fraction: 0.4, secondsLeft: 12.3 })).toBe('40 %, 12 s left')
    expect(runText({ fraction: 0.999, secondsLeft: 0.2 })).toBe('99 %, less than 1 s left')
    expect(runText({ fraction: 0.01, secondsLeft: 7200 })).toBe('1 %, 2 h 0 min left')
    expect(runText({ fraction: 0.5, secondsLeft: 90 })).toBe('50 %, 2 min left')
    expect(runText({ fraction: 1, secondsLeft: 0 })).toBe('100 %')
  })

  it('takes nothing but numbers from a message', () => {
    expect(runState({ fraction: 0.5, secondsLeft: 3 })).toEqual({ fraction: 0.5, secondsLeft: 3 })
    for (const data of [
      undefined,
      null,
      {},
      { fraction: '<b>' },
      { fraction: 2 },
      { fraction: Number.NaN },
    ]) {
      expect(runState(data)).toEqual({})
    }
    expect(runState({ fraction: 0, secondsLeft: 'soon' })).toEqual({ fraction: 0 })
  })
})
