import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  createLiveSession,
  type LiveWorker,
  type Reply,
  type Request,
  type Scope,
  serve,
} from '../../../src/live/index.js'
import { qde, wavePacket } from '../../../src/qde/index.js'

const figure = qde({ objective: 'x^2', D: 0.5 })
  .evolve(wavePacket({ x0: 1, sigma: 0.7 }), { until: 1, frames: 8 })
  .figure()

/** A worker in this thread; messages are cloned as a thread does. */
function worker(): LiveWorker & { ended: boolean } {
  const scope: Scope = {
    onmessage: null,
    postMessage: (message: Reply) => {
      const data = structuredClone(message)
      setTimeout(() => page.ended || page.onmessage?.({ data }), 0)
    },
  }
  const page: LiveWorker & { ended: boolean } = {
    ended: false,
    onmessage: null,
    onerror: null,
    terminate() {
      page.ended = true
    },
    postMessage: (message: Request) => {
      const data = structuredClone(message)
      setTimeout(() => page.ended || scope.onmessage?.({ data }), 0)
    },
  }
  serve(scope)
  return page
}

afterEach(() => {
  vi.useRealTimers()
})

describe('a live session', () => {
  test('answers with a figure at the values', async () => {
    const session = createLiveSession(figure, worker)!
    const shown = await session.recompute({ D: 0.8 }, 3)
    expect(shown?.problem?.D).toBe(0.8)
    const whole = await session.settle({ D: 0.9 })
    expect(whole?.problem?.D).toBe(0.9)
    session.dispose()
  })

  test('of many requests the last is answered, what waits between is dropped', async () => {
    const session = createLiveSession(figure, worker)!
    const all = await Promise.all([0.5, 0.6, 0.7, 0.8].map((D) => session.recompute({ D }, 0)))
    expect(all[3]?.problem?.D).toBe(0.8)
    expect(all.slice(0, 3).filter((one) => one === undefined).length).toBeGreaterThan(0)
    session.dispose()
  })

  test('a slider that moves interrupts the whole figure', async () => {
    const session = createLiveSession(figure, worker)!
    await session.recompute({}, 0)
    const whole = session.settle({ until: 4 })
    const shown = await session.recompute({ D: 0.6 }, 0)
    expect(shown?.problem?.D).toBe(0.6)
    await whole
    session.dispose()
  })

  test('an error is a sentence, and the next request is answered', async () => {
    const session = createLiveSession(figure, worker)!
    await expect(session.recompute({ nothing: 1 }, 0)).rejects.toThrow(/no value of a slider/)
    expect(await session.recompute({}, 0)).toBeDefined()
    session.dispose()
  })

  test('of many figures few keep their workers; one that lost its own is given another', async () => {
    const workers: ReturnType<typeof worker>[] = []
    const start = (): LiveWorker => {
      const one = worker()
      workers.push(one)
      return one
    }
    const sessions = Array.from({ length: 12 }, () => createLiveSession(figure, start)!)
    for (const session of sessions) expect(await session.recompute({ D: 0.6 }, 0)).toBeDefined()
    expect(workers.filter(({ ended }) => !ended).length).toBeLessThanOrEqual(5)
    expect(workers.at(-1)!.ended).toBe(false)
    expect((await sessions[0]!.recompute({ D: 0.7 }, 0))?.problem?.D).toBe(0.7)
    for (const session of sessions) session.dispose()
    expect(workers.every(({ ended }) => ended)).toBe(true)
  })

  test('a worker that hangs is ended with a sentence, and another is started', async () => {
    vi.useFakeTimers()
    const started: (LiveWorker & { ended: boolean })[] = []
    const session = createLiveSession(figure, () => {
      const one = { ...worker(), ended: false, postMessage: () => undefined }
      one.terminate = () => {
        one.ended = true
      }
      started.push(one)
      return one
    })!
    const asked = expect(session.recompute({}, 0)).rejects.toThrow(/longer than 10 s/)
    await vi.advanceTimersByTimeAsync(10_001)
    await asked
    expect(started[0].ended).toBe(true)
    void session.recompute({}, 0)
    expect(started.length).toBe(2)
    session.dispose()
  })

  test('where workers are forbidden a sentence says so', async () => {
    const session = createLiveSession(figure, () => {
      throw new Error('SecurityError')
    })!
    await expect(session.recompute({}, 0)).rejects.toThrow(/does not let figures compute/)
  })

  test('there is none for a figure without sliders', () => {
    const { live: _, ...plain } = figure
    expect(createLiveSession(plain as typeof figure, worker)).toBeUndefined()
  })
})
