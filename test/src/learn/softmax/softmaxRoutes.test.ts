import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantumSoftmax, sigmoid, softmax, softmaxRoutes } from '../../../../src/learn/index.js'

/** Errors of extrapolated steps of Runge and Kutta, and of the eigenvectors of a matrix. */
const ROUTE = 1e-11

describe('the routes to softmax', () => {
  it('agree on the logits (2, 1, 0.1)', () => {
    const routes = softmaxRoutes({ logits: [2, 1, 0.1] })
    for (const p of Object.values(routes.probabilities)) {
      expect(p[0]).toBeCloseTo(0.65900114, 8)
      expect(p[2]).toBeCloseTo(0.09856589, 8)
    }
    expect(routes.figure().panels).toHaveLength(3)
    expect(routes.toString()).toContain('replicator')
  })

  it('agree for any energies at any temperature, and the gap of Fenchel and Young is 0 there', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 7 }),
        fc.double({ min: 0.3, max: 10, noNaN: true }),
        (zeta, temperature) => {
          const { differences, fenchelGap, notes } = softmaxRoutes(zeta, { temperature })
          for (const difference of Object.values(differences)) expect(difference).toBeLessThan(ROUTE)
          expect(Math.abs(fenchelGap)).toBeLessThan(ROUTE * Math.max(1, temperature))
          expect(notes.join(' ')).not.toContain('converged')
        },
      ),
      { seed: 5, numRuns: 25 },
    )
  })

  it('agree where probabilities are below the least double', () => {
    for (const zeta of [
      [0, 1000, 0.5],
      [1e4, -1e4, 0],
    ]) {
      const { differences } = softmaxRoutes(zeta)
      for (const difference of Object.values(differences)) expect(difference).toBeLessThan(ROUTE)
    }
  })

  it('the replicator equation of two labels is the logistic one, p = σ(ln p₀/(1 − p₀) − Δτ)', () => {
    const { trajectory } = softmaxRoutes([0, 1.7], { temperature: 0.25 })
    expect(trajectory.times.at(-1)).toBe(4)
    trajectory.states.forEach((p, k) => {
      // From equal shares the first term is 0; states of the finer run, not extrapolated.
      expect(Math.abs(p[1] - sigmoid(-1.7 * trajectory.times[k]))).toBeLessThan(1e-9)
    })
  })

  it('any other p has a larger ⟨p, ζ⟩ − TS', () => {
    const zeta = [0.2, -0.7, 1.4]
    const best = softmax(zeta, { temperature: 0.8 })
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (w) => {
          const total = w.reduce((s, v) => s + v, 0)
          const p = w.map((v) => v / total)
          const value = p.reduce((s, v, i) => s + v * (zeta[i] + 0.8 * Math.log(v)), 0)
          expect(value).toBeGreaterThanOrEqual(best.freeEnergy - 1e-14)
        },
      ),
      { seed: 6 },
    )
  })

  it('refuse a temperature at which the replicator equation is stiff', () => {
    expect(() => softmaxRoutes([0, 1], { temperature: 1e-9 })).toThrow(/temperature: too low/)
  })
})

describe('quantumSoftmax', () => {
  it('two labels: p₁ = ½[1 − (ε/Ω) tanh(½βΩ)], Ω = √(ε² + 4D²)', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (gap, D, temperature) => {
          const omega = Math.sqrt(gap ** 2 + 4 * D ** 2)
          const upper = (1 - (gap / omega) * Math.tanh(omega / (2 * temperature))) / 2
          expect(quantumSoftmax([0, gap], { D, temperature }).probabilities[1]).toBeCloseTo(upper, 13)
        },
      ),
      { seed: 7 },
    )
  })

  it('of (0, 1, 2) at T = 1 differs from softmax by the published amounts, in proportion to D', () => {
    const largest = (D: number): number =>
      Math.max(...quantumSoftmax([0, 1, 2], { D }).correction.map(Math.abs))
    expect(largest(1)).toBeCloseTo(0.042, 4)
    expect(largest(0.1)).toBeCloseTo(0.01674, 5)
    expect(largest(0.01)).toBeCloseTo(0.0018311, 7)
    expect(largest(0.001)).toBeCloseTo(1.8466e-4, 8)
    expect(largest(1e-6) / largest(1e-5)).toBeCloseTo(0.1, 5)
    expect(largest(0)).toBeLessThan(1e-15)
  })

  it('on a ring, where all labels have two neighbours, differs in second order only', () => {
    const largest = (D: number): number =>
      Math.max(...quantumSoftmax([0, 1, 2], { D, ring: true }).correction.map(Math.abs))
    expect(largest(1e-4) / largest(1e-3)).toBeCloseTo(0.01, 4)
  })

  it('goes to its limits: uniform for D → ∞ and T → ∞, spread over labels for T → 0', () => {
    const uniform = (p: Float64Array): number => Math.max(...p.map((v) => Math.abs(v - 1 / 3)))
    expect(uniform(quantumSoftmax([0, 1, 2], { D: 1e6 }).probabilities)).toBeLessThan(1e-5)
    expect(uniform(quantumSoftmax([0, 1, 2], { D: 1, temperature: 1e6 }).probabilities)).toBeLessThan(1e-5)
    expect(quantumSoftmax([0, 1, 2], { D: 1, temperature: 1e-3 }).probabilities[1]).toBeGreaterThan(0.1)
    expect(quantumSoftmax([0, 1, 2], { D: 1 }).notes).toHaveLength(3)
    expect(quantumSoftmax([0, 1, 2], { D: 1 }).figure().panels).toHaveLength(2)
  })

  it('refuses D < 0', () => {
    expect(() => quantumSoftmax([0, 1], { D: -1 })).toThrow(/D: out of range/)
  })
})
