import { afterEach, describe, expect, it, vi } from 'vitest'
import { qde, wavePacket } from '../../../../src/index.js'

/** ‖ψ − ψ_exact‖ that a chosen grid may leave before the user is warned. */
const LEFT = 1e-6

afterEach(() => void vi.restoreAllMocks())

describe('the grid chosen for a run holds', () => {
  it.each([
    ['a packet thrown back by a narrow barrier', '10*exp(-4*x^2)', -15, 2, 2, 10],
    ['a packet drawn into a well', '-3*exp(-x^2)', -6, 1, 2, 5],
    ['a packet on a steep slope', 'x^2/2 + 0.1*x^4', 1, 0.4, 0, 1],
  ])('%s', (_, objective, x0, sigma, k0, until) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const packet = wavePacket({ x0, sigma, k0 })
    const options = { until, frames: 1, tolerance: 1e-8 }
    const chosen = qde({ objective, D: 0.5 }).evolve(packet, options)
    const [a] = chosen.final.grid.axes
    const grid = {
      lower: 1.5 * a.lower,
      upper: 1.5 * a.upper,
      points: 3 * a.points,
      boundary: 'periodic',
    } as const
    const finer = qde({ objective, D: 0.5, grid }).evolve(packet, { ...options, method: 'chebyshev' })
    expect(chosen.warnings).toEqual([])
    expect(chosen.final.mean()[0]).toBeCloseTo(finer.final.mean()[0]!, 6)
    expect(chosen.final.variance()[0]).toBeCloseTo(finer.final.variance()[0]!, 5)
    expect(chosen.gridError).toBeLessThan(LEFT)
    expect(warn).not.toHaveBeenCalled()
  })

  it('a narrow packet in a plane, whose rare energies would want a wider box than there are points for', () => {
    const run = qde({ objective: 'x^2/2 + y^2/2', D: 0.5 }).evolve(wavePacket({ x0: [1, 0], sigma: 0.3 }), {
      until: 0.2,
      frames: 1,
    })
    expect(run.final.mean()[0]).toBeCloseTo(Math.cos(0.2), 9)
    expect(run.warnings).toEqual([])
  })

  it('or says that no chosen grid has so many points', () => {
    const narrow = wavePacket({ x0: 0, sigma: 0.001 })
    expect(() => qde({ objective: 'x^2/2', D: 0.5 }).evolve(narrow, { until: 0.1 })).toThrow(
      /A chosen grid has no more points/,
    )
  })
})
