import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  diffusionModel,
  gaussianMixture,
  naiveReversal,
  varianceExploding,
  variancePreserving,
} from '../../../../src/learn/index.ts'

const wells = gaussianMixture({ means: [-2, 2], variances: 0.25 })

describe('the forward process is the quantum dynamic equation in imaginary time', () => {
  test('VE as free motion with 2Dτ = σ², read as a population', () => {
    const model = diffusionModel({ schedule: varianceExploding({ sigmaMax: 4 }), data: wells })
    const comparison = model.compareWithQde({ times: [0.5, 0.8, 1], D: 0.3 })
    // Spectral on a grid that resolves the data and holds the noise: rounding.
    expect(comparison.error).toBeLessThan(1e-12)
    comparison.rows.forEach(({ time, imaginaryTime }) => {
      expect(2 * 0.3 * imaginaryTime).toBeCloseTo((0.01 * 400 ** time) ** 2, 10)
    })
    expect(comparison.levels).toHaveLength(0)
  })

  test('VP as the oscillator of order 2, with the levels n/2', () => {
    const comparison = diffusionModel({ schedule: variancePreserving(), data: wells }).compareWithQde()
    expect(comparison.rows.map((row) => row.order)).toEqual([0, 0, 0, 0, 2, 2, 2, 2])
    // The factor e^{−x²/4} of the similarity transform, 1e-17 at the ends, costs digits of the tolerance 1e-12.
    expect(comparison.error).toBeLessThan(1e-11)
    comparison.levels.forEach((level, n) => {
      expect(Math.abs(level - n / 2)).toBeLessThan(1e-12)
    })
  })
})

describe('speciation', () => {
  test('½N(±2, ½²) under VP: ᾱ = 1/4.75, t* = 0.390730735 (closed form)', () => {
    const { time, alphaBar } = diffusionModel({ schedule: variancePreserving(), data: wells }).speciation()
    expect(Math.abs(alphaBar - 1 / 4.75)).toBeLessThan(1e-12)
    expect(Math.abs(time - 0.390730735)).toBeLessThan(1e-8)
  })

  test('any symmetric pair along any direction: α²m² = α²s² + v', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.2, max: 4, noNaN: true }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.double({ min: 0, max: Math.PI, noNaN: true }),
        (m, s, angle) => {
          const along = [m * Math.cos(angle), m * Math.sin(angle)]
          const data = gaussianMixture({
            means: [along, along.map((x) => -x)].map((mean) => mean.map((x) => x + 0.3)),
            variances: s * s,
          })
          const { alphaBar, direction } = diffusionModel({
            schedule: variancePreserving(),
            data,
          }).speciation()
          expect(Math.abs(alphaBar * (m * m - s * s + 1) - 1)).toBeLessThan(1e-10)
          const cosine = (direction[0]! * along[0]! + direction[1]! * along[1]!) / m
          expect(Math.abs(Math.abs(cosine) - 1)).toBeLessThan(1e-8)
        },
      ),
      { numRuns: 10 },
    )
  })

  test('what has no such time is refused', () => {
    const of = (data: ReturnType<typeof gaussianMixture>) => () =>
      diffusionModel({ schedule: variancePreserving(), data }).speciation()
    expect(of(gaussianMixture({ means: [-2, 1], variances: 0.2, weights: [1, 2] }))).toThrow(/not symmetric/)
    expect(of(gaussianMixture({ means: [0], variances: 0.2 }))).toThrow(/maximum of the density at all times/)
  })
})

describe('the naive reversal τ → −τ', () => {
  const result = naiveReversal({ data: wells, samples: 20_000 })

  test('multiplies wave numbers by exp(+Dk²s), measured', () => {
    // Runge–Kutta's error of the highest wave number, x⁵/120 a step with x = ln(10⁶)/400, and rounding of the largest
    // amplitude in the smallest.
    expect(result.growthError).toBeLessThan(1e-4)
    expect(Math.max(...result.growth)).toBeCloseTo(Math.log(1e6), 4)
  })

  test('is no density long before it is back', () => {
    expect(result.reached).toBeLessThan(0.05 * result.tau)
    expect(Math.min(...result.reversed)).toBeLessThan(-1)
  })

  test('comes back with the score', () => {
    expect(result.withScore.kolmogorovSmirnov()).toBeLessThan(1.628 / Math.sqrt(20_000))
    expect(result.figure().panels).toHaveLength(3)
  })
})
