import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest'
import { qde, wavePacket } from '../../../../src/qde/index.js'
import { distance } from '../_exact.js'

let warn: MockInstance
beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(() => warn.mockRestore())

describe('a fixed number of steps', () => {
  const oscillator = qde({ objective: 'x^2/2', D: 0.5 })
  const packet = wavePacket({ x0: 0, sigma: 0.5 })

  it('that is too small is warned of, by its error and by ⟨H⟩', () => {
    const run = oscillator.evolve(packet, { until: 100, steps: 100, method: 'strang' })
    expect(Math.abs(run.energies[0] - 0.625)).toBeLessThan(1e-9)
    expect(Math.max(...run.energies)).toBeGreaterThan(0.7)
    expect(run.warnings.join()).toMatch(/steps: they leave an error as large as ψ/)
    expect(run.warnings.join()).toMatch(/⟨H⟩ changes by/)
    expect(warn).toHaveBeenCalledTimes(run.warnings.length)
    expect(run.toString()).toMatch(/error of the steps ≲ \d/)
  })

  it.each(['strang', 'blanesMoan4', 'chin4a', 'crankNicolson'] as const)(
    '%s: the error is said',
    (method) => {
      const exact = oscillator.evolve(packet, { until: 4, frames: 1 })
      const run = oscillator.evolve(packet, { until: 4, frames: 1, steps: 80, method })
      const error = distance(run.final, exact.final.on(run.final.grid))
      // Errors of steps add up with their phases: at most the sum, and here not much less.
      expect(error).toBeLessThan(2 * run.errorEstimate + 1e-9)
      expect(error).toBeGreaterThan(run.errorEstimate / 50)
    },
  )

  it('that suffices is not warned of', () => {
    const run = oscillator.evolve(packet, { until: 4, steps: 2000, method: 'chin4a' })
    expect(run.warnings).toEqual([])
    expect(run.errorEstimate).toBeLessThan(1e-8)
  })
})

describe('a jump of ζ', () => {
  const wall = (points: number, objective = '3*step(1-abs(x))') =>
    qde({ objective, D: 0.5, grid: { lower: -30, upper: 30, points } })
  const packet = wavePacket({ x0: -7, sigma: 1.5, k0: 2 })
  const options = { until: 7, tolerance: 1e-6 }

  it('between two points of the grid leaves an error that gridError holds', () => {
    // ±1 in the middle of two points: the error of the place vanishes to first order.
    const fine = wall(30 * 45).evolve(packet, options)
    const run = wall(800).evolve(packet, options)
    // With the phase, which a wall that is displaced changes most.
    const error = Math.sqrt(2 - 2 * run.final.overlap(fine.final.on(run.final.grid)).re)
    expect(error).toBeGreaterThan(1e-2)
    expect(run.gridError).toBeGreaterThan(error)
    expect(run.gridError).toBeLessThan(10 * error)
    expect(run.warnings.join()).toMatch(/ζ jumps at x = -1, x = 1;/)
  })

  it('is none where ζ has a kink, or ψ does not come to it', () => {
    expect(wall(800, 'abs(x)').evolve(packet, { until: 0.5 }).warnings.join()).not.toMatch(/jumps/)
    expect(wall(800).evolve(packet, { until: 0.1 }).warnings.join()).not.toMatch(/jumps/)
  })
})

describe('observables', () => {
  const free = qde({ objective: 'x^2/2', D: 0.5 })
  const packet = wavePacket({ x0: 0, sigma: 0.5 })

  it.each([
    ['a complex number', (psi: { overlap(o: unknown): unknown }) => psi.overlap(psi)],
    ['NaN', () => Number.NaN],
  ])('%s is refused by the name', (_, mine) => {
    expect(() => free.evolve(packet, { until: 1, observables: { mine: mine as never } })).toThrow(
      /observables\.mine/,
    )
  })

  it('named like a column of the table are refused', () => {
    for (const name of ['energy', 'mean_x', 't'])
      expect(() => free.evolve(packet, { until: 1, observables: { [name]: () => 1 } })).toThrow(
        new RegExp(`observables.${name}`),
      )
  })
})
