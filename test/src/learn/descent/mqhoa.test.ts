import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shares } from '../../../../src/learn/descent/mqhoa.js'
import { mpssMqhoa, mqhoa } from '../../../../src/learn/index.js'
import { expressionObjective, testFunction } from '../../../../src/objective/index.js'

describe('mqhoa', () => {
  const schwefel = testFunction('schwefel')

  it('finds the minimum of Schwefel’s function in the plane in most of 40 seeds, within 10⁴ values a coordinate', () => {
    const found = Array.from({ length: 40 }, (_, seed) =>
      mqhoa().run(schwefel, { seed, evaluations: 20_000 }),
    )
    const hits = found.filter(({ point }) => point.every((x) => Math.abs(x - 420.968746) < 1e-3))
    expect(hits.length).toBeGreaterThan(30)
  })

  it('halves σ, which divides D of the samples by 4 and D of the ground state by 16', () => {
    const { observables } = mqhoa().run(schwefel, { evaluations: 5000 })
    const D = observables['D of the samples']
    const ground = observables['D of the ground state']
    const sigma = observables.sigma
    let halvings = 0
    for (let k = 1; k < sigma.length; k++) {
      if (sigma[k] !== sigma[k - 1] / 2) continue
      halvings++
      expect(D[k]).toBeCloseTo(D[k - 1] / 4, 14)
      expect(ground[k]).toBeCloseTo(ground[k - 1] / 16, 14)
    }
    expect(halvings).toBeGreaterThan(5)
  })

  it('is greedy, counts its jumps and does not call them tunnelling', () => {
    const run = mqhoa().run(schwefel, { evaluations: 5000 })
    for (let k = 1; k < run.values.length; k++) expect(run.values[k]).toBeLessThanOrEqual(run.values[k - 1])
    expect(run.notes.join()).toMatch(/\d+ sampling jumps: .* nothing tunnels/)
    expect(run.evaluations).toBeLessThanOrEqual(5000)
  })

  it('contracts to a minimum until σ is small', () => {
    const run = mqhoa({ precision: 1e-4 }).run(testFunction('sphere', { dimensions: 3 }), {
      evaluations: 100_000,
    })
    expect(run.converged).toBe(true)
    expect(Math.hypot(...run.point)).toBeLessThan(1e-2)
  })

  it('needs a box', () => {
    expect(() => mqhoa().run(expressionObjective('x^2'), { start: [1] })).toThrow(
      /box: MQHOA looks for minima/,
    )
  })
})

describe('mpssMqhoa', () => {
  it('shares samples out by the cube of the rank: at least one each, never more to the worse, the sum kept', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 0, max: 500 }), (walkers, more) => {
        const counts = shares(walkers, walkers + more)
        expect(counts.reduce((sum, n) => sum + n, 0)).toBe(walkers + more)
        counts.forEach((n, k) => {
          expect(n).toBeGreaterThanOrEqual(1)
          if (k > 0) expect(n).toBeLessThanOrEqual(counts[k - 1])
        })
      }),
    )
    // 8³ : 4³ of 3: ranks 2 and 1 weigh 8 and 1.
    expect(shares(2, 9)).toEqual([8, 1])
  })

  it('comes into the well of the minimum of Schwefel’s function in most seeds', () => {
    const schwefel = testFunction('schwefel')
    const found = Array.from({ length: 10 }, (_, seed) =>
      mpssMqhoa().run(schwefel, { seed, evaluations: 20_000 }),
    )
    expect(found.filter(({ value }) => value < 2).length).toBeGreaterThan(7)
  })
})
