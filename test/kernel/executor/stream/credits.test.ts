import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CREDITS, Credits, GONE } from '../../../../kernel/src/executor/stream/credits.ts'

/** What happens to the credits: a page speaks, time passes, or a frame is to be sent. */
type Happening =
  | { readonly kind: 'join' | 'leave'; readonly page: string }
  | { readonly kind: 'back'; readonly page: string; readonly frame: number }
  | { readonly kind: 'wait'; readonly time: number }
  | { readonly kind: 'send' }

const page = fc.constantFrom('a', 'b', 'c')
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'send' } as const) },
  fc.record({ kind: fc.constantFrom('join' as const, 'leave' as const), page }),
  fc.record({ kind: fc.constant('back' as const), page, frame: fc.nat(30) }),
  fc.record({ kind: fc.constant('wait' as const), time: fc.nat(GONE) }),
)

describe('credits', () => {
  test('no page that speaks ever has more frames than credits, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 200 }), (happenings) => {
        const credits = new Credits()
        /** Frames that each page has and has not given back, kept by another way of counting: one by one. */
        const held = new Map<string, Set<number>>()
        const heard = new Map<string, number>()
        let now = 0
        for (const event of happenings) {
          if (event.kind === 'wait') now += event.time
          else if (event.kind === 'leave') {
            credits.leave(event.page)
            held.delete(event.page)
          } else if (event.kind === 'join') {
            credits.join(event.page, now)
            held.set(event.page, new Set())
            heard.set(event.page, now)
          } else if (event.kind === 'back') {
            credits.giveBack(event.page, event.frame, now)
            heard.set(event.page, now)
            const frames = held.get(event.page) ?? range(credits.sent)
            held.set(event.page, new Set([...frames].filter((frame) => frame > event.frame)))
          } else if (credits.isFree(now)) {
            const frame = credits.spend(now)
            for (const [name, frames] of held) {
              if (frames.size >= CREDITS) {
                expect(now - heard.get(name)!).toBeGreaterThan(GONE)
                held.delete(name)
                continue
              }
              if (frames.size === 0) heard.set(name, now)
              frames.add(frame)
            }
          }
        }
      }),
    )
  })

  test('a frame goes whenever every page has a credit, so that nothing waits without need', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(CREDITS - 1), { minLength: 1, maxLength: 3 }), (behind) => {
        const credits = new Credits()
        for (const i of behind.keys()) credits.join(`${i}`, 0)
        for (let sent = 1; sent <= 50; sent++) {
          expect(credits.isFree(0)).toBe(true)
          expect(credits.spend(0)).toBe(sent)
          for (const [i, frames] of behind.entries()) credits.giveBack(`${i}`, sent - frames, 0)
        }
      }),
    )
  })

  test('without a page nothing is sent', () => {
    const credits = new Credits()
    expect(credits.isFree(0)).toBe(false)
    credits.join('a', 0)
    expect(credits.isFree(0)).toBe(true)
    credits.leave('a')
    expect(credits.isFree(0)).toBe(false)
  })

  test('a silent page holds the others up for so long and no longer, and may come back', () => {
    const credits = new Credits()
    credits.join('silent', 0)
    credits.join('quick', 0)
    for (let n = 0; n < CREDITS; n++) credits.giveBack('quick', credits.spend(0), 0)
    expect(credits.isFree(GONE)).toBe(false)
    expect(credits.isFree(GONE + 1)).toBe(true)
    credits.giveBack('quick', credits.spend(GONE + 1), GONE + 1)
    credits.giveBack('silent', 1, GONE + 2)
    expect(credits.isFree(GONE + 2)).toBe(false)
    credits.giveBack('silent', credits.sent, GONE + 3)
    expect(credits.isFree(GONE + 3)).toBe(true)
  })
})

function range(last: number): number[] {
  return Array.from({ length: last }, (_, i) => i + 1)
}
