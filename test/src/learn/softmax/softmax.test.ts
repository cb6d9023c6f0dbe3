import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sigmoid, softmax } from '../../../../src/learn/index.js'

const sum = (p: Float64Array): number => p.reduce((s, v) => s + v, 0)

/** What is asked of the sum of probabilities. */
const UNIT = 1e-15
/** A few roundings of exponentials of numbers near 10. */
const ROUNDING = 1e-14

const energy = fc.double({ min: -30, max: 30, noNaN: true })
const energies = fc.array(energy, { minLength: 1, maxLength: 12 })
const temperature = fc.double({ min: 0.2, max: 20, noNaN: true })

describe('softmax', () => {
  it.each([
    [1, [0.65900114, 0.24243297, 0.09856589]],
    [0.5, [0.863777, 0.1169, 0.019323]],
    [2, [0.501688, 0.304289, 0.194023]],
  ])('of the logits (2, 1, 0.1) at T = %d: published values', (T, values) => {
    const { probabilities } = softmax({ logits: [2, 1, 0.1] }, { temperature: T })
    probabilities.forEach((p, i) => {
      // Half a unit of the last place printed: 8 digits, or 6.
      expect(Math.abs(p - values[i])).toBeLessThan(T === 1 ? 5.1e-9 : 5.1e-7)
    })
  })

  it('has the published entropy, free energy, energy and heat capacity', () => {
    expect(softmax({ logits: [2, 1, 0.1] }).entropy).toBeCloseTo(0.846738, 6)
    const one = softmax([0, 1, 2])
    expect(Array.from(one.probabilities, (p) => p.toFixed(10))).toEqual([
      '0.6652409558',
      '0.2447284711',
      '0.0900305732',
    ])
    expect(one.freeEnergy).toBeCloseTo(-0.4076059644, 10)
    expect(one.energy).toBeCloseTo(0.4247896174, 10)
    expect(one.entropy).toBeCloseTo(0.8323955818, 10)
    expect(one.heatCapacity).toBeCloseTo(0.4244045447, 10)
    const cold = softmax([0, 1, 2], { temperature: 0.5 })
    expect(Array.from(cold.probabilities, (p) => p.toFixed(8))).toEqual([
      '0.86681333',
      '0.11731043',
      '0.01587624',
    ])
    expect(cold.freeEnergy).toBeCloseTo(-0.0714658142, 10)
    expect(softmax([0, 1, 2], { temperature: 2 }).freeEnergy).toBeCloseTo(-1.3605393413, 10)
  })

  it('a list holds energies, of which the lowest is likeliest; logits have the other sign', () => {
    expect(softmax([0, 1, 2]).probabilities[0]).toBeGreaterThan(0.6)
    expect(softmax([-2, -1, -0.1]).probabilities).toEqual(softmax({ logits: [2, 1, 0.1] }).probabilities)
    expect(softmax({ logits: [2, 1, 0.1] }, { temperature: 2 }).logits).toEqual(Float64Array.of(1, 0.5, 0.05))
  })

  it('is a distribution: F = U − TS, p > 0, Σp = 1', () => {
    fc.assert(
      fc.property(energies, temperature, (zeta, T) => {
        const p = softmax(zeta, { temperature: T })
        expect(Math.abs(sum(p.probabilities) - 1)).toBeLessThanOrEqual(UNIT)
        expect(p.freeEnergy).toBeCloseTo(p.energy - T * p.entropy, 11)
        p.probabilities.forEach((v, i) => {
          expect(Math.exp(p.logProbabilities[i])).toBeCloseTo(v, 14)
        })
      }),
      { seed: 1 },
    )
  })

  it('does not see a shift of ζ, nor a common scale of ζ and T', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 2, maxLength: 9 }),
        temperature,
        (zeta, T) => {
          const p = softmax(zeta, { temperature: T }).probabilities
          for (const shift of [1e4, -1e4, 2 ** 40])
            expect(
              softmax(
                zeta.map((z) => z + shift),
                { temperature: T },
              ).probabilities,
            ).toEqual(p)
          const scaled = softmax(
            zeta.map((z) => 8 * z),
            { temperature: 8 * T },
          ).probabilities
          expect(scaled).toEqual(p)
        },
      ),
      { seed: 2 },
    )
  })

  it('does not overflow at ±1e4, nor at the ends of the doubles', () => {
    const wide = softmax([1e4, -1e4, 0])
    expect(wide.probabilities).toEqual(Float64Array.of(0, 1, 0))
    expect(wide.logProbabilities).toEqual(Float64Array.of(-2e4, 0, -1e4))
    expect(wide.freeEnergy).toBe(-1e4)
    expect(wide.entropy).toBe(0)
    expect(wide.heatCapacity).toBe(0)
    const ends = softmax([1.7e308, -1.7e308], { temperature: 1e-3 })
    expect(ends.probabilities).toEqual(Float64Array.of(0, 1))
    expect(softmax([1e4, 1e4]).probabilities).toEqual(Float64Array.of(0.5, 0.5))
  })

  it('of a million labels adds up to 1 to an ulp or two', () => {
    const { probabilities } = softmax(Float64Array.from({ length: 1e6 }, (_, i) => 5 * Math.sin(i)))
    // Pairs of halves, whose rounding grows as log n only.
    const pairwise = (from: number, to: number): number =>
      to - from < 8
        ? sum(probabilities.subarray(from, to))
        : pairwise(from, (from + to) >> 1) + pairwise((from + to) >> 1, to)
    expect(Math.abs(pairwise(0, 1e6) - 1)).toBeLessThanOrEqual(UNIT)
  })

  it('the Jacobian is that of differences, symmetric, with rows that add up to 0', () => {
    fc.assert(
      fc.property(energies, temperature, (zeta, T) => {
        const rows = softmax(zeta, { temperature: T }).jacobian()
        const h = 1e-4 * T
        zeta.forEach((_, j) => {
          const moved = (side: number): Float64Array =>
            softmax(
              zeta.map((z, i) => (i === j ? z + side * h : z)),
              { temperature: T },
            ).probabilities
          const [above, below] = [moved(1), moved(-1)]
          rows.forEach((row, i) => {
            // Truncation h²/6 of third derivatives, and rounding over h.
            expect(Math.abs(row[j] - (above[i] - below[i]) / (2 * h)) * T).toBeLessThan(2e-9)
            expect(row[j]).toBeCloseTo(rows[j][i], 14)
          })
          expect(Math.abs(sum(rows[j]))).toBeLessThan(ROUNDING * (1 + 1 / T))
        })
      }),
      { seed: 3, numRuns: 30 },
    )
  })

  it('after τ the population has T = 1/τ, and the density of Born T = 1/2τ', () => {
    const zeta = [0.3, 1.1, -0.4]
    expect(softmax(zeta, { tau: 4 }).temperature).toBe(0.25)
    expect(softmax(zeta, { tau: 4, reading: 'born' }).temperature).toBe(0.125)
    const psi = zeta.map((z) => Math.exp(-z * 4))
    const square = psi.reduce((s, v) => s + v * v, 0)
    softmax(zeta, { tau: 4, reading: 'born' }).probabilities.forEach((p, i) => {
      expect(p).toBeCloseTo(psi[i] ** 2 / square, 14)
    })
  })

  it('goes on from what it was: ψ(0) in one reading, its square in the other', () => {
    const zeta = [0.3, 1.1, -0.4, 2]
    const initial = [1, 2, 3, 0]
    for (const reading of ['population', 'born'] as const) {
      const p = softmax(zeta, { tau: 1.5, reading, initial }).probabilities
      const psi = zeta
        .map((z, i) => initial[i] * Math.exp(-z * 1.5))
        .map((v) => (reading === 'born' ? v * v : v))
      const total = psi.reduce((s, v) => s + v, 0)
      p.forEach((v, i) => {
        expect(v).toBeCloseTo(psi[i] / total, 14)
      })
    }
    // Two steps are one.
    const half = softmax(zeta, { tau: 0.6, initial }).probabilities
    const whole = softmax(zeta, { tau: 1.5, initial }).probabilities
    softmax(zeta, { tau: 0.9, initial: half }).probabilities.forEach((v, i) => {
      expect(v).toBeCloseTo(whole[i], 14)
    })
  })

  it('draws and saves itself', () => {
    const p = softmax([0, 1, 2])
    expect(p.figure().kind).toBe('panels')
    expect(p.toString()).toContain('0.66524096')
    expect(p.toCsv().split('\n')[1]).toMatch(/^0,0,0\.66524/)
  })

  it.each([
    [[], {}, /zeta/],
    [[Number.NaN], {}, /zeta.*got NaN/],
    [{ logits: [1, Number.POSITIVE_INFINITY] }, {}, /logits/],
    [[1, 2], { temperature: 0 }, /temperature/],
    [[1, 2], { temperature: 1, tau: 1 }, /tau: a temperature is given too/],
    [[1, 2], { temperature: 1, reading: 'born' }, /nothing to read/],
    [[1, 2], { tau: 1, initial: [1] }, /initial/],
    [[1, 2], { tau: 1, initial: [-1, 2] }, /initial/],
    [[1, 2], { beta: 1 }, /no option beta/],
  ])('refuses %j with %j', (zeta, options, message) => {
    expect(() => softmax(zeta as number[], options as object)).toThrow(message)
  })
})

describe('sigmoid', () => {
  it('is the two-level softmax, safe at any size', () => {
    expect(sigmoid(1)).toBeCloseTo(0.7310585786300049, 16)
    expect(sigmoid([-1e4, -800, 0, 800, 1e4])).toEqual(Float64Array.of(0, 0, 0.5, 1, 1))
    expect(sigmoid(-700)).toBeCloseTo(Math.exp(-700), 310)
    fc.assert(
      fc.property(energy, (x) => {
        expect(sigmoid(x)).toBeCloseTo(softmax([0, x]).probabilities[0], 15)
        expect(sigmoid(x) + sigmoid(-x)).toBeCloseTo(1, 15)
      }),
      { seed: 4 },
    )
  })
})
