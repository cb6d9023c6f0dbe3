import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Figure } from '../../../src/figure/index.js'
import { Recomputation } from '../../../src/page/controls/recomputation.js'
import type { LiveSession } from '../../../src/page/controls/session.js'

type Values = Readonly<Record<string, number>>

/** A session and a page whose computations and paints end when the test says so. */
function scene() {
  const said: string[] = []
  const ends = new Map<string, (error?: Error) => void>()
  const wait = <T>(name: string, result: T): Promise<T> =>
    new Promise((resolve, reject) => {
      said.push(name)
      ends.set(name, (error) => (error ? reject(error) : resolve(result)))
    })
  const figureOf = (values: Values): Figure => ({ title: `D = ${values['D']}` }) as Figure
  const session: LiveSession = {
    recompute: (values) => wait(`compute ${values['D']}`, figureOf(values)),
    settle: (values) => wait(`settle ${values['D']}`, figureOf(values)),
    dispose: () => said.push('disposed'),
  }
  const recomputation = new Recomputation(() => Promise.resolve(session), {
    frame: () => 0,
    show: (figure) => wait(`paint ${figure.title}`, undefined),
    computing: () => undefined,
    computed: (error) => said.push(error ? `failed: ${(error as Error).message}` : 'computed'),
  })
  const end = async (name: string, error?: Error): Promise<void> => {
    ends.get(name)!(error)
    await vi.advanceTimersByTimeAsync(0)
  }
  const move = async (D: number): Promise<void> => {
    recomputation.change({ D })
    await vi.advanceTimersByTimeAsync(0)
  }
  return { said, end, move, recomputation }
}

describe('what follows the sliders', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('computes the next figure while one is painted, and paints one at a time', async () => {
    const { said, end, move } = scene()
    await move(1)
    await move(2)
    await end('compute 1')
    expect(said).toEqual(['compute 1', 'paint D = 1', 'compute 2'])
    await end('compute 2')
    expect(said).not.toContain('paint D = 2')
    await end('paint D = 1')
    expect(said.at(-1)).toBe('paint D = 2')
    await end('paint D = 2')
    expect(said.at(-1)).toBe('computed')
  })

  it('leaves out values that were not reached before newer ones', async () => {
    const { said, end, move } = scene()
    for (const D of [1, 2, 3, 4]) await move(D)
    await end('compute 1')
    expect(said.filter((each) => each.startsWith('compute'))).toEqual(['compute 1', 'compute 4'])
  })

  it('computes the whole figure once the sliders rest, unless they move again', async () => {
    const { said, end, move } = scene()
    await move(1)
    await end('compute 1')
    await end('paint D = 1')
    await vi.advanceTimersByTimeAsync(200)
    await move(2)
    await end('compute 2')
    await end('paint D = 2')
    await vi.advanceTimersByTimeAsync(1000)
    expect(said.filter((each) => each.startsWith('settle'))).toEqual(['settle 2'])
  })

  it('says why a computation failed, and goes on with the next', async () => {
    const { said, end, move } = scene()
    await move(1)
    await end('compute 1', new Error('too long'))
    expect(said.at(-1)).toBe('failed: too long')
    await move(2)
    await end('compute 2')
    expect(said.at(-1)).toBe('paint D = 2')
  })

  it('says nothing of a failure that newer values have overtaken', async () => {
    const { said, end, move } = scene()
    await move(1)
    await move(2)
    await end('compute 1', new Error('too long'))
    expect(said.join()).not.toContain('failed')
    expect(said.at(-1)).toBe('compute 2')
  })

  it('ends with the figure', async () => {
    const { said, end, move, recomputation } = scene()
    await move(1)
    recomputation.dispose()
    await end('compute 1')
    await vi.advanceTimersByTimeAsync(1000)
    expect(said).toContain('disposed')
    expect(said.some((each) => each.startsWith('settle') || each === 'computed')).toBe(false)
  })
})
