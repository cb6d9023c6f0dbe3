import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { qde } from '../../../src/qde/index.js'
import { ensemble } from '../../../src/thermal/index.js'

/** What the trace over a default grid promises. */
const TRACE = 1e-9

describe('oscillator with D = ½, ω = 1', () => {
  const curves = qde({ objective: 'x^2/2', D: 0.5 }).thermodynamics({ temperatures: [0.2, 0.5, 1, 2] })

  it.each([
    [0.5, 1.979317582, -1.365504259, 2.041494083, 1.703499171, 0.979424522],
    [1, 0.959517376, 0.041324855, 1.081976707, 1.040651852, 0.920673594],
    [2, 0.425459064, 0.427293271, 0.656517643, 0.458448743, 0.724061661],
    [5, 0.082641835, 0.49864785, 0.506783655, 0.040679024, 0.170741822],
  ])('β = %f: published Z, F, U, S, C', (beta, Z, F, U, S, C) => {
    const found = curves.at(1 / beta)
    // The references carry nine decimals, so half a unit of the last is added.
    expect(Math.abs(found.Z - Z)).toBeLessThan(TRACE)
    expect(Math.abs(found.F - F)).toBeLessThan(TRACE)
    expect(Math.abs(found.U - U)).toBeLessThan(TRACE)
    expect(Math.abs(found.S - S)).toBeLessThan(TRACE)
    expect(Math.abs(found.C - C)).toBeLessThan(TRACE)
  })

  it.each([0.5, 1, 2, 5])('β = %f: the closed forms', (beta) => {
    const found = curves.at(1 / beta)
    const half = beta / 2
    expect(Math.abs(found.Z - 1 / (2 * Math.sinh(half)))).toBeLessThan(TRACE)
    expect(Math.abs(found.U - 0.5 / Math.tanh(half))).toBeLessThan(TRACE)
    expect(Math.abs(found.C - (half / Math.sinh(half)) ** 2)).toBeLessThan(TRACE)
  })

  it('refuses a temperature whose Z the box would set', () => {
    expect(() => curves.at(20)).toThrow(/temperature: at T = 20.*the box and not ζ would set Z/)
  })

  it('takes a given box as part of the problem, and says where its walls are felt', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const given = qde({ objective: 'x^2/2', D: 0.5, grid: { lower: -4, upper: 4, points: 64 } })
    expect(given.thermodynamics({ temperatures: [1] }).at(1).Z).toBeLessThan(0.9595)
    expect(warn.mock.calls[0][0]).toMatch(/at T = 1\.000 a share of .* lies above ζ at the walls/)
    warn.mockClear()
    given.thermodynamics({ temperatures: [0.2] })
    expect(warn).not.toHaveBeenCalled()
    warn.mockRestore()
    const ring = qde({
      objective: '0',
      D: 0.5,
      grid: { lower: 0, upper: 2 * Math.PI, points: 64, boundary: 'periodic' },
    })
    // Z = Σ e^{−βn²/2} over all integers.
    const exact = [...Array(41).keys()].reduce((sum, n) => sum + Math.exp(-((n - 20) ** 2) / 2), 0)
    expect(Math.abs(ring.thermodynamics({ beta: 1 }).at(1).Z - exact)).toBeLessThan(TRACE)
  })

  it('takes β as well as T, and no misspelt option', () => {
    const problem = qde({ objective: 'x^2/2', D: 0.5 })
    expect(problem.thermodynamics({ beta: [2, 1] }).temperature).toEqual(Float64Array.of(0.5, 1))
    expect(() => problem.thermodynamics({ betas: 1 } as never)).toThrow(
      /there is no option betas; allowed: temperatures, beta/,
    )
    for (const beta of ['1', null, [], [0], Number.NaN])
      expect(() => problem.thermodynamics({ beta } as never)).toThrow(/^beta.*out of range/)
    expect(() => problem.thermodynamics({ beta: 1, temperatures: [1] })).toThrow(
      /one of beta and temperatures/,
    )
  })
})

it('quartic double well, β = 1: Z = 0.6416781489, U = 1.2538956614, C = 0.5116916358', () => {
  const { Z, U, C } = qde({ objective: '(x^2 - 1)^2', D: 0.5 })
    .thermodynamics({ temperatures: [1] })
    .at(1)
  expect(Math.abs(Z - 0.6416781489)).toBeLessThan(TRACE)
  expect(Math.abs(U - 1.2538956614)).toBeLessThan(TRACE)
  expect(Math.abs(C - 0.5116916358)).toBeLessThan(TRACE)
})

it('|x|: Z from Airy’s levels, and no more than the levels hold', () => {
  // Zeros of Ai′ and Ai, Abramowitz and Stegun, Table 10.13; the rest weigh less than e^{−28}.
  const zeros = [
    1.018792971647471, 2.338107410459767, 3.248197582179837, 4.087949444130971, 4.820099211178736,
  ]
  const beta = 20
  const exact = zeros.reduce((sum, a) => sum + Math.exp(-beta * (0.5 ** (1 / 3) * a)), 0)
  const curves = qde({ objective: 'abs(x)', D: 0.5 }).thermodynamics({ beta })
  expect(Math.abs(curves.at(1 / beta).Z / exact - 1)).toBeLessThan(TRACE)
  expect(() => curves.at(1)).toThrow(/lies above the energies/)
})

describe('levels', () => {
  it('three levels 0, 1, 2 at T = 1', () => {
    const { F, U, S, C } = ensemble([0, 1, 2]).at(1)
    expect(F).toBeCloseTo(-0.4076059644, 10)
    expect(U).toBeCloseTo(0.4247896174, 10)
    expect(S).toBeCloseTo(0.8323955818, 10)
    expect(C).toBeCloseTo(0.4244045447, 10)
  })

  it('two levels: the Schottky peak 0.4392288399 at βΔ = 2.3993572805', () => {
    const C = (x: number): number => ensemble([0, 1]).at(1 / x).C
    expect(C(2.3993572805)).toBeCloseTo(0.4392288399, 10)
    expect(C(2.3)).toBeLessThan(C(2.3993572805))
    expect(C(2.5)).toBeLessThan(C(2.3993572805))
  })

  const spectrum = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 8 })
  const temperature = fc.double({ min: 0.1, max: 10, noNaN: true })

  it('F = U − TS, F = −T ln Z, S and C ≥ 0', () => {
    fc.assert(
      fc.property(spectrum, temperature, (levels, T) => {
        const { Z, F, U, S, C } = ensemble(levels).at(T)
        expect(Math.abs(F - (U - T * S))).toBeLessThan(1e-11 * (1 + Math.abs(U)))
        expect(Math.abs(F + T * Math.log(Z))).toBeLessThan(1e-11 * (1 + Math.abs(F)))
        expect(S).toBeGreaterThanOrEqual(0)
        expect(C).toBeGreaterThanOrEqual(0)
      }),
      { seed: 1 },
    )
  })

  it('U = −∂ ln Z/∂β, C = ∂U/∂T, S = −∂F/∂T, by central differences', () => {
    fc.assert(
      fc.property(spectrum, fc.double({ min: 0.5, max: 10, noNaN: true }), (levels, T) => {
        const h = 1e-4 * T
        const [low, middle, high] = [T - h, T, T + h].map((t) => ensemble(levels).at(t))
        // Relative truncation h²/T² = 1e-8 times a few, and rounding 1e-16/1e-4.
        const near = 1e-5 * (1 + (10 / T) ** 3)
        expect(Math.abs((high.U - low.U) / (2 * h) - middle.C)).toBeLessThan(near)
        expect(Math.abs((high.F - low.F) / (2 * h) + middle.S)).toBeLessThan(near)
        const slope = (Math.log(high.Z) - Math.log(low.Z)) / (1 / (T + h) - 1 / (T - h))
        expect(Math.abs(slope + middle.U)).toBeLessThan(near)
      }),
      { seed: 2 },
    )
  })

  it('limits: T → 0 gives the ground level and ln of its degeneracy, T → ∞ gives ln n and the mean', () => {
    const cold = ensemble([-1, -1, 2]).at(0.01)
    expect(cold.U).toBeCloseTo(-1, 12)
    expect(cold.S).toBeCloseTo(Math.LN2, 12)
    const hot = ensemble([0, 1, 5]).at(1e7)
    expect(hot.S).toBeCloseTo(Math.log(3), 6)
    expect(hot.U).toBeCloseTo(2, 5)
  })

  it('refuses what is no spectrum', () => {
    expect(() => ensemble([]).at(1)).toThrow(/not a spectrum/)
    expect(() => ensemble([0, Number.NaN]).at(1)).toThrow(/not a spectrum.*got \[0,NaN\]/)
  })

  it.each([0, -1, 1e-320, Number.NaN, Number.POSITIVE_INFINITY])('refuses T = %f', (T) => {
    expect(() => ensemble([0, 1]).at(T)).toThrow(/temperature.*> 0/)
  })
})

it.each(['x', '10*(1 - exp(-x))^2', '-2/cosh(x)^2', '0'])(
  'refuses Z of %s, which does not confine at every energy',
  (objective) => {
    expect(() => qde({ objective, D: 0.5 }).thermodynamics()).toThrow(/Z grows with the box/)
  },
)

it('refuses temperatures at which nothing but rounding is left', () => {
  const problem = qde({ objective: 'x^2/2', D: 0.5 })
  expect(() => problem.thermodynamics({ beta: 1e6, route: 'kernel' })).toThrow(/rounding leaves nothing/)
  expect(() => problem.classicalLimit({ beta: 1e300 })).toThrow(/beta: at this temperature/)
})
