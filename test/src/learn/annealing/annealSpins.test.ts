/** Annealing of spins. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { spinLevels, spinSpace } from '../../../../src/learn/annealing/hypercube.js'
import { annealSpins, linear } from '../../../../src/learn/annealing/index.js'

beforeAll(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterAll(() => {
  vi.restoreAllMocks()
})

const sum = (s: readonly number[]): number => s.reduce((a, b) => a + b, 0)

describe('the ferromagnet of Kadowaki and Nishimori', () => {
  // 8 spins, J = 1/8 a pair, field 0.1, t = 1000; P of the ground state, and of the quantum one in the last Γ.
  const energy = (s: readonly number[]): number => -(sum(s) ** 2 - s.length) / 16 - 0.1 * sum(s)
  const ferromagnet = { spins: 8, energy, until: 1000, frames: 2, tolerance: 1e-4 } as const
  it.each([
    ['real', '3/ln(1 + t)', (t: number) => 3 / Math.log1p(t), 0.6626],
    ['classical', '3/ln(1 + t)', (t: number) => 3 / Math.log1p(t), 0.8777],
    ['real', '3/t', (t: number) => 3 / t, 0.9093],
    ['classical', '3/t', (t: number) => 3 / t, 0.7243],
  ] as const)('in %s time with %s ends as published', (time, _, schedule, probability) => {
    const run = annealSpins({ ...ferromagnet, time, schedule })
    expect(Math.abs(run.successProbability - probability)).toBeLessThan(1e-4)
  })

  it('in the ground state of the last Γ has 0.6626 and 1.000', () => {
    const zeta = Float64Array.from({ length: 256 }, (_, i) =>
      energy(Array.from({ length: 8 }, (__, s) => ((i >> s) & 1 ? -1 : 1))),
    )
    const space = spinSpace(8, zeta)
    expect(space.size).toBe(9)
    const inAllUp = (field: number): number => space.lift(spinLevels(space, field).ground)[0] ** 2
    expect(inAllUp(3 / Math.log1p(1000))).toBeCloseTo(0.6626, 4)
    expect(inAllUp(3 / 1000)).toBeCloseTo(1, 3)
  })
})

describe('one spin', () => {
  it('has the gap 2√(Γ² + h²), and the ground state that goes with it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (field, h) => {
          const space = spinSpace(1, Float64Array.of(-h, h))
          const { gap, energy } = spinLevels(space, field)
          expect(gap).toBeCloseTo(2 * Math.hypot(field, h), 10)
          expect(energy).toBeCloseTo(field - Math.hypot(field, h), 10)
        },
      ),
      { numRuns: 30, seed: 20240719 },
    )
  })

  it('starts in its ground state, and lacks (|Γ̇|/(2h)²)² where its field ends at 0', () => {
    const [h, from, until] = [0.4, 3, 200]
    const run = annealSpins({
      spins: 1,
      energy: ([s]) => -h * s,
      schedule: linear(from, 0),
      until,
      frames: 1,
    })
    expect(run.fidelity[0]).toBeCloseTo(1, 10)
    const lost = (from / until / (2 * h) ** 2) ** 2
    expect((1 - run.successProbability) / lost).toBeCloseTo(1, 1)
  })
})

describe('spins without a symmetry', () => {
  const energy = (s: readonly number[]): number =>
    s.reduce((e, v, i) => e + Math.sin(3 * i + 1) * v + 0.7 * Math.cos(5 * i) * v * s[(i + 1) % s.length], 0)

  it('end in the lowest state where the field falls slowly, in real and imaginary time, and warm ones as Boltzmann says', () => {
    const slow = {
      spins: 6,
      energy,
      schedule: linear(4, 0.01),
      until: 150,
      frames: 1,
      tolerance: 1e-3,
    } as const
    expect(annealSpins({ ...slow, time: 'imaginary', until: 60 }).successProbability).toBeGreaterThan(0.99)
    expect(annealSpins(slow).fidelity[1]).toBeGreaterThan(0.99)
    const warm = annealSpins({ ...slow, schedule: () => 2, time: 'classical', until: 30 })
    expect(warm.fidelity[1]).toBeCloseTo(1, 6)
  })
})
