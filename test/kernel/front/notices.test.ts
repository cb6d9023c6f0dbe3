import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Notices } from '../../../kernel/src/front/notices.js'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('Notices writes the first lines of each span, and tells how many more there were', () => {
  const lines: string[] = []
  const notices = new Notices((line) => lines.push(line))
  for (const span of [1, 2]) {
    for (let i = 0; i < 50; i++) notices.add(`${span}`)
    vi.advanceTimersByTime(10_001)
  }
  const [first, second] = [lines.slice(0, 21), lines.slice(21)]
  expect(first).toEqual([...Array<string>(20).fill('1'), '… and 30 more of such messages.'])
  expect(second).toEqual([...Array<string>(20).fill('2'), '… and 30 more of such messages.'])
})

it('Notices says nothing of a span that was quiet, and leaves no timer', () => {
  const lines: string[] = []
  const notices = new Notices((line) => lines.push(line))
  notices.add('once')
  notices.close()
  vi.advanceTimersByTime(60_000)
  expect(lines).toEqual(['once'])
  expect(vi.getTimerCount()).toBe(0)
})
