import { afterEach, describe, expect, it } from 'vitest'
import { qde, wavePacket } from '../../../src/index.ts'
import { PROGRESS, type Progress } from '../../../src/progress/index.ts'

const host = globalThis as { [PROGRESS]?: () => ((progress: Progress) => void) | undefined }

const run = (progress?: (progress: Progress) => void): void => {
  qde({ objective: 'x^2/2', D: 0.5 }).evolve(wavePacket({ x0: 1, sigma: 0.5 }), {
    until: 1,
    ...(progress && { progress }),
  })
}

describe("the host's view of a run", () => {
  afterEach(() => {
    delete host[PROGRESS]
  })

  it('is asked for once, and told to the end of the run', () => {
    let asked = 0
    const seen: number[] = []
    host[PROGRESS] = () => {
      asked++
      return ({ fraction }) => seen.push(fraction)
    }
    run()
    expect(asked).toBe(1)
    expect(seen.at(-1)).toBe(1)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  })

  it('may be none', () => {
    host[PROGRESS] = () => undefined
    expect(() => run()).not.toThrow()
  })

  it("gives way to the caller's own", () => {
    const own: number[] = []
    host[PROGRESS] = () => {
      throw new Error('asked')
    }
    run(({ fraction }) => own.push(fraction))
    expect(own.at(-1)).toBe(1)
  })
})
