import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Progress } from '../../../../src/progress/index.js'
import { type Evolution, type EvolveOptions, qde, wavePacket } from '../../../../src/qde/index.js'

const IMAGINARY = Math.PI / 2
const INTERRUPTED = Symbol.for('psilab.interrupted')
/** Milliseconds in which a run answers, and what a busy machine may add to that. */
const LATENCY = 50
const BUSY = 500

const packet = wavePacket({ x0: -1, sigma: 0.3 })
const line = qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 0.1 })
/** A run of many seconds on a line and in a plane. */
const long: EvolveOptions = { until: 1e4, steps: 5_000_000, frames: 4 }
const plane = qde({
  objective: 'x^2/2 + y^2',
  D: 0.5,
  grid: { lower: -8, upper: 8, points: 512, boundary: 'periodic' },
})
const flat = wavePacket({ x0: [1, 0], sigma: 0.7 })

const silenced = <T>(work: () => T): T => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  try {
    return work()
  } finally {
    warn.mockRestore()
  }
}

/** Interrupts a run some milliseconds after it has begun, and returns it with the time that it took to answer. */
function interrupted(work: () => Evolution, after: number): { run: Evolution; latency: number } {
  let at = 0
  Object.assign(globalThis, {
    [INTERRUPTED]: () => {
      at = performance.now() + after
      return () => performance.now() >= at
    },
  })
  const run = silenced(work)
  return { run, latency: performance.now() - at }
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, INTERRUPTED)
})

describe('the interrupt of the host', () => {
  it.each([
    ['a line by steps', 50, () => line.evolve(packet, long)],
    ['a line by tolerance', 50, () => line.evolve(packet, { until: 1e4, frames: 4, tolerance: 1e-7 })],
    ['Lanczos', 50, () => line.evolve(packet, { until: 1e5, frames: 4, method: 'lanczos' })],
    ['Chebyshev', 50, () => line.evolve(packet, { until: 1e5, frames: 4, method: 'chebyshev' })],
    [
      'Crank–Nicolson',
      50,
      () => line.evolve(packet, { until: 1e3, frames: 4, method: 'crankNicolson', steps: 1e5 }),
    ],
    [
      'a schedule',
      50,
      () => line.evolve(packet, { until: 1e3, frames: 4, schedule: { D: (s) => 0.1 + 1e-5 * s } }),
    ],
    ['a plane', 300, () => plane.evolve(flat, { until: 100, frames: 4, steps: 1e5 })],
    [
      'a plane in imaginary time',
      300,
      () => plane.evolve(flat, { until: 100, angle: IMAGINARY, frames: 4, steps: 1e5 }),
    ],
  ] as const)('%s: the run answers with what it has', (_, after, work) => {
    // After plans and tables are made. The least of some, and twice that: others may have had the machine.
    const attempts = [1, 2, 3].map((n) => interrupted(work, after * n))
    expect(Math.min(...attempts.map(({ latency }) => latency))).toBeLessThan(2 * LATENCY)
    const { run } = attempts[2]
    expect(run.complete).toBe(false)
    expect(run.stopped).toBe('interrupt')
    expect(run.warnings[0]).toMatch(/^stopped at [tτ] = .* of .*: interrupted$/)
    const last = run.times[run.times.length - 1]
    expect(last).toBeGreaterThanOrEqual(0)
    expect(run.states).toHaveLength(run.times.length)
    expect(run.samples.times).toEqual(run.times)
    expect(run.final.values.every(Number.isFinite)).toBe(true)
  })

  it('the state at the time of the interrupt is the one of a run to that time', () => {
    const { run } = interrupted(() => line.evolve(packet, { until: 2000, frames: 1, tolerance: 1e-7 }), 300)
    const last = run.times[run.times.length - 1]
    Reflect.deleteProperty(globalThis, INTERRUPTED)
    const whole = line.evolve(packet, { until: last, frames: 1, tolerance: 1e-7 })
    expect(whole.final.overlap(run.final).sub(1).abs()).toBeLessThan(1e-6)
  })
})

describe('the signal', () => {
  it('that was aborted before ends the run where it begins', () => {
    const run = silenced(() => line.evolve(packet, { ...long, signal: AbortSignal.abort() }))
    expect([...run.times]).toEqual([0])
    expect(run.stopped).toBe('signal')
  })

  it('aborted by the progress ends the run', () => {
    const controller = new AbortController()
    const run = silenced(() =>
      line.evolve(packet, { ...long, signal: controller.signal, progress: () => controller.abort() }),
    )
    expect(run.stopped).toBe('signal')
    expect(run.warnings[0]).toMatch(/aborted/)
  })
})

describe('progress', () => {
  it('comes every 100 ms or more often, moves forward and ends at the end', () => {
    const reports: (Progress & { readonly at: number })[] = []
    line.evolve(packet, {
      until: 40,
      steps: 60_000,
      frames: 1,
      progress: (p) => reports.push({ ...p, at: performance.now() }),
    })
    reports.slice(1).forEach((p, i) => {
      expect(p.at - reports[i].at).toBeLessThan(100 + BUSY)
      expect(p.time).toBeGreaterThanOrEqual(reports[i].time)
      expect(p.secondsLeft).toBeGreaterThanOrEqual(0)
      expect(p.time).toBeLessThanOrEqual(p.until)
      expect(p.fraction).toBeLessThanOrEqual(1)
    })
    expect(reports[reports.length - 1]).toMatchObject({ time: 40, until: 40, fraction: 1, secondsLeft: 0 })
  })
})

describe('a condition', () => {
  it('ends imaginary time where the energy has converged, and says so', () => {
    let before = Number.POSITIVE_INFINITY
    const run = silenced(() =>
      line.evolve(packet, {
        until: 400,
        angle: IMAGINARY,
        frames: 400,
        stop: ({ energy }) => {
          const converged = before - energy < 1e-10
          before = energy
          return converged
        },
      }),
    )
    expect(run.stopped).toBe('condition')
    expect(run.toString()).toMatch(/stopped at τ = \d+ of 400: the condition was met/)
    expect(run.times.length).toBeLessThan(200)
    expect(Math.abs(run.energies[run.energies.length - 1] - line.groundState().energy)).toBeLessThan(1e-8)
  })

  it('that is never met changes nothing', () => {
    const options = { until: 3, frames: 30 }
    const run = line.evolve(packet, { ...options, stop: () => false })
    expect(run.complete).toBe(true)
    expect(run.final.values).toEqual(line.evolve(packet, options).final.values)
  })
})

describe('by and by', () => {
  it('frames come one after the other, the event loop turns between them, and the whole comes last', async () => {
    const options = { until: 60, steps: 400_000, frames: 10 }
    let turns = 0
    const timer = setInterval(() => turns++, 5)
    const frames = line.frames(packet, options)
    const times: number[] = []
    let result: Evolution | undefined
    for (;;) {
      const turn = await frames.next()
      if (turn.done === true) {
        result = turn.value
        break
      }
      times.push(turn.value.time)
    }
    clearInterval(timer)
    expect(turns).toBeGreaterThan(3)
    expect(times).toEqual([...result.times])
    const atOnce = line.evolve(packet, options)
    expect(result.final.values).toEqual(atOnce.final.values)
    expect(result.complete).toBe(true)
  })

  it('evolveAsync can be aborted from outside', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    const began = performance.now()
    const run = await line.evolveAsync(packet, { ...long, signal: controller.signal })
    expect(performance.now() - began).toBeLessThan(100 + LATENCY + BUSY)
    expect(run.stopped).toBe('signal')
    warn.mockRestore()
  })

  it('evolveAsync refuses by a rejected promise', async () => {
    await expect(line.evolveAsync(packet, { until: -1 })).rejects.toThrow(/until/)
  })
})
