import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { oscillatorBeads } from '../../../../src/thermal/index.js'

/** Half a unit of the last digit printed. */
const PRINTED = 0.6e-8

describe('the oscillator as a ring of beads', () => {
  // Closed form, ω = 1.
  it.each([
    [5, 4, 0.43161837],
    [5, 8, 0.48424396],
    [5, 16, 0.50084554],
    [5, 32, 0.50527874],
    [5, 64, 0.50640613],
    [10, 16, 0.47729064],
    [10, 64, 0.4985268],
  ])('has the known ⟨x²⟩ at β = %f with %i beads', (beta, beads, x2) => {
    expect(Math.abs(oscillatorBeads({ D: 0.5, k: 1, beta, beads }).x2 - x2)).toBeLessThan(PRINTED)
  })

  const instance = {
    D: fc.double({ min: 0.05, max: 5, noNaN: true }),
    k: fc.double({ min: 0.05, max: 5, noNaN: true }),
    beta: fc.double({ min: 0.05, max: 5, noNaN: true }),
  }

  it('is the Gaussian of its action: determinant and inverse of the matrix of S', () => {
    fc.assert(
      fc.property(
        fc.record({ ...instance, beads: fc.integer({ min: 1, max: 12 }) }),
        ({ D, k, beta, beads }) => {
          // Eigenvalues of the ring: 2(1 − cos 2πn/P)/2Dε + εk.
          const epsilon = beta / beads
          const modes = Array.from(
            { length: beads },
            (_, n) => (1 - Math.cos((2 * Math.PI * n) / beads)) / (D * epsilon) + epsilon * k,
          )
          const { x2, Z } = oscillatorBeads({ D, k, beta, beads })
          expect(x2 * beads).toBeCloseTo(
            modes.reduce((sum, m) => sum + 1 / m, 0),
            9,
          )
          const determinant = modes.reduce((product, m) => product * 2 * D * epsilon * m, 1)
          expect(Z * Math.sqrt(determinant)).toBeCloseTo(1, 9)
        },
      ),
    )
  })

  it('has U = −∂ ln Z/∂β = F + ∂F/∂ln β', () => {
    fc.assert(
      fc.property(fc.record({ ...instance, beads: fc.integer({ min: 1, max: 200 }) }), (options) => {
        const h = 1e-4 * options.beta
        const F = (beta: number): number => oscillatorBeads({ ...options, beta }).F * beta
        const slope = (F(options.beta + h) - F(options.beta - h)) / (2 * h)
        const { U } = oscillatorBeads(options)
        expect(Math.abs(slope / U - 1)).toBeLessThan(1e-6)
      }),
    )
  })

  it('becomes the quantum oscillator as 1/P²', () => {
    const [D, k, beta] = [0.3, 2, 3]
    const omega = Math.sqrt(2 * D * k)
    const limit = (omega / 2 / Math.tanh((beta * omega) / 2)) * 1
    const miss = [64, 128].map((beads) => limit - oscillatorBeads({ D, k, beta, beads }).U)
    expect(miss[0] / miss[1]).toBeCloseTo(4, 2)
    expect(miss[1]).toBeGreaterThan(0)
    const many = oscillatorBeads({ D, k, beta, beads: 1e6 })
    expect(many.Z).toBeCloseTo(1 / (2 * Math.sinh((beta * omega) / 2)), 10)
    expect(oscillatorBeads({ D, k, beta: 1, beads: 1 }).x2).toBeCloseTo(1 / k, 12)
  })
})
