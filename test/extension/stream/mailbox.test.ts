import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Frame } from '../../../extension/src/stream/frame.ts'
import { Mailbox, type Painter } from '../../../extension/src/stream/mailbox.ts'

const frame = (number: number): Frame => ({ frame: number, at: 0, figure: {} as Frame['figure'] })

/** A painter whose paintings end when it is told. */
class Canvas implements Painter {
  isVisible = true
  readonly painted: number[] = []
  #finish: (() => void)[] = []

  paint({ frame: number }: Frame): Promise<void> {
    this.painted.push(number)
    return new Promise((resolve) => this.#finish.push(resolve))
  }

  tell(): void {}

  get isPainting(): boolean {
    return this.#finish.length > 0
  }

  async finish(): Promise<void> {
    for (const end of this.#finish.splice(0)) end()
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
}

describe('the mailbox of a stream', () => {
  test('one frame is painted at a time, the newest next, and all credits come back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('comes', 'painted'), { maxLength: 40 }), async (events) => {
        const back: number[] = []
        const mailbox = new Mailbox((number) => back.push(number))
        const canvas = new Canvas()
        mailbox.add(canvas)
        let sent = 0
        for (const event of events) {
          if (event === 'comes') mailbox.receive(frame(++sent))
          else await canvas.finish()
          expect(back.every((number) => canvas.painted.includes(number))).toBe(true)
        }
        while (canvas.isPainting) await canvas.finish()
        expect(canvas.painted).toEqual([...new Set(canvas.painted)].toSorted((a, b) => a - b))
        if (sent > 0) {
          expect(canvas.painted.at(-1)).toBe(sent)
          expect(back.at(-1)).toBe(sent)
        }
        expect(canvas.painted.length + mailbox.dropped).toBe(sent)
      }),
      { numRuns: 30 },
    )
  })

  test('off the screen nothing is painted, credits come back at once, and the newest frame is there on return', async () => {
    const back: number[] = []
    const mailbox = new Mailbox((number) => back.push(number))
    const canvas = new Canvas()
    canvas.isVisible = false
    mailbox.add(canvas)
    for (const number of [1, 2, 3]) mailbox.receive(frame(number))
    expect(canvas.painted).toEqual([])
    expect(back).toEqual([1, 2, 3])
    expect(mailbox.dropped).toBe(0)
    canvas.isVisible = true
    mailbox.changed()
    expect(canvas.painted).toEqual([3])
  })
})
