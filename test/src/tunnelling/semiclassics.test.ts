import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { qde } from '../../../src/qde/index.js'
import { wkbLevels, wkbTransmission } from '../../../src/tunnelling/index.js'

/** Rounding of the quadrature and of the bisection. */
const EXACT = 1e-11

describe('the rule of Bohr and Sommerfeld', () => {
  it('is exact for every oscillator', () => {
    const between = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(between(0.1, 2), between(0.2, 5), between(-3, 3), (D, h, at) => {
        const problem = qde({ objective: 'h*(x - s)^2/2', parameters: { h, s: at }, D })
        const omega = Math.sqrt(2 * D * h)
        wkbLevels(problem, 6).forEach((E, n) => {
          expect(Math.abs(E / (omega * (n + 0.5)) - 1)).toBeLessThan(EXACT)
        })
      }),
      { seed: 2, numRuns: 6 },
    )
  })

  it('is exact for the well of Morse: 2.11106798, 5.58320393, 8.05533989, 9.52747584', () => {
    const found = wkbLevels(qde({ objective: '10*(1 - exp(-x))^2', D: 0.5 }), 4)
    ;[2.11106798, 5.58320393, 8.05533989, 9.52747584].forEach((level, n) => {
      expect(Math.abs(found[n] - level)).toBeLessThan(6e-9)
    })
  })

  it('approaches the levels of x⁴ as n grows: the error falls as 1/n²', () => {
    const problem = qde({ objective: 'x^4', D: 1 })
    const exact = problem.eigenstates(21).energies
    const off = wkbLevels(problem, 21).map((E, n) => Math.abs(E / exact[n] - 1))
    expect(off[20]).toBeLessThan(1e-4)
    expect((off[10] * 10.5 ** 2) / (off[20] * 20.5 ** 2)).toBeGreaterThan(0.9)
    expect((off[10] * 10.5 ** 2) / (off[20] * 20.5 ** 2)).toBeLessThan(1.1)
  })

  it('refuses two wells, and levels that a well does not hold', () => {
    expect(() => wkbLevels(qde({ objective: '(x^2 - 1)^2', D: 1 }), 2)).toThrow(/2 minima.*one well/)
    expect(() => wkbLevels(qde({ objective: '-1/cosh(x)^2', D: 0.5 }), 9)).toThrow(/the well holds 1 levels/)
  })
})

describe('what passes a barrier', () => {
  it('V/cosh²(x): θ = π(√V − √E)/√D', () => {
    const energies = [0.1, 0.5, 0.9]
    const found = wkbTransmission(qde({ objective: '1/cosh(x)^2', D: 0.5 }), energies)
    energies.forEach((E, i) => {
      const theta = (Math.PI * (1 - Math.sqrt(E))) / Math.sqrt(0.5)
      // The top of the turning points is met to the square root of rounding.
      expect(Math.abs(found[i] * (1 + Math.exp(2 * theta)) - 1)).toBeLessThan(1e-8)
    })
  })

  it('has no answer above the top, and needs two sides', () => {
    const barrier = qde({ objective: '1/cosh(x)^2', D: 0.5 })
    expect(wkbTransmission(barrier, [1.5])[0]).toBeNaN()
    expect(() => wkbTransmission(barrier, [-1])).toThrow(/energies/)
  })
})
