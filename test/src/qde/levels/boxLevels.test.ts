import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { qde } from '../../../../src/qde/index.js'

/** What the default settings promise in two and three dimensions, times max(1, |E|). */
const LEVEL = 1e-8

/** Sums of n numbers, one from each list, ascending. */
function sums(lists: readonly (readonly number[])[]): number[] {
  return lists
    .reduce<number[]>((found, list) => found.flatMap((sum) => list.map((v) => sum + v)), [0])
    .sort((a, b) => a - b)
}

/** ω(n + ½), n = 0 … 7. */
const ladder = (omega: number): number[] => Array.from({ length: 8 }, (_, n) => omega * (n + 0.5))

/** −d²/dx² + x⁴, from a 34-digit basis. */
const QUARTIC = [1.060362090484183, 3.799673029801394, 7.455697937986738]

describe('closed forms with no grid given', () => {
  it.each([
    ['anisotropic oscillator', 'x^2/2 + y^2', 0.5, sums([ladder(1), ladder(Math.SQRT2)]).slice(0, 10)],
    [
      'coupled oscillators: normal modes √(1 ± 0.8)',
      'x^2/2 + y^2/2 + 0.8*x*y',
      0.5,
      sums([ladder(Math.sqrt(1.8)), ladder(Math.sqrt(0.2))]).slice(0, 10),
    ],
    ['two quartic oscillators', 'x^4 + y^4', 1, sums([QUARTIC, QUARTIC]).slice(0, 3)],
    ['three quartic oscillators', 'x^4 + y^4 + z^4', 1, sums([QUARTIC, QUARTIC, QUARTIC]).slice(0, 4)],
    [
      'three coupled oscillators: ω² = 1, 1 ± √0.13',
      'x^2/2 + y^2/2 + z^2/2 + 0.3*x*y + 0.2*y*z',
      0.5,
      sums([ladder(1), ladder(Math.sqrt(1 + Math.sqrt(0.13))), ladder(Math.sqrt(1 - Math.sqrt(0.13)))]).slice(
        0,
        6,
      ),
    ],
  ])('%s', (_, objective, D, exact) => {
    const { energies, errors } = qde({ objective, D }).eigenstates(exact.length)
    exact.forEach((level, n) => {
      expect(Math.abs(energies[n] - level)).toBeLessThan(LEVEL * Math.max(1, level))
      expect(Math.abs(energies[n] - level)).toBeLessThan(Math.max(10 * errors[n], 1e-11))
    })
  })

  it('oscillator in space: the level n + 3/2 is (n + 1)(n + 2)/2-fold', () => {
    const { energies } = qde({ objective: '(x^2 + y^2 + z^2)/2', D: 0.5 }).eigenstates(20)
    const exact = [0, 1, 2, 3].flatMap((n) => Array.from({ length: ((n + 1) * (n + 2)) / 2 }, () => n + 1.5))
    energies.forEach((e, n) => {
      expect(Math.abs(e - exact[n])).toBeLessThan(LEVEL)
    })
  })

  // Witten: H = −D∇² + |∇W|²/4D − ½∇²W annihilates e^{−W/2D}.
  it.each([
    ['a winding valley', { b: 3, D: 0.4 }],
    ['a steeper one', { b: 6, D: 0.4 }],
  ])('%s: E₀ = 0 and φ₀ ∝ e^{−W/2D} for W = x⁴/2 − x + b(y − x²/2)²', (_, { b, D }) => {
    const { energy, state } = qde({
      objective:
        '((2*x^3 - 1 - 2*b*x*(y - x^2/2))^2 + (2*b*(y - x^2/2))^2)/(4*d) - (3*x^2 - b*(y - x^2/2) + b*x^2 + b)',
      parameters: { b, d: D },
      D,
    }).groundState()
    expect(Math.abs(energy)).toBeLessThan(LEVEL)
    const [x, y] = state.grid.columns
    const exact = x.map((u, i) => Math.exp(-(u ** 4 / 2 - u + b * (y[i] - (u * u) / 2) ** 2) / (2 * D)))
    const norm = Math.sqrt(exact.reduce((sum, v) => sum + v * v, 0) * state.grid.cell)
    exact.forEach((v, i) => {
      // As far as an energy error of 1e-9 leaves the state uncertain, √(1e-9/gap).
      expect(Math.abs(state.values[2 * i] - v / norm)).toBeLessThan(1e-4)
    })
  })
})

describe('published levels', () => {
  it('Hénon–Heiles, λ² = 1/80: ten levels', () => {
    const { energies } = qde({
      objective: 'x^2/2 + y^2/2 + l*(x^2*y - y^3/3)',
      parameters: { l: Math.sqrt(1 / 80) },
      D: 0.5,
      grid: { lower: -7, upper: 7, points: 64 },
    }).eigenstates(10)
    const published = [
      0.99859477, 1.99007676, 1.99007676, 2.95624299, 2.98532643, 2.98532643, 3.92596372, 3.92596372,
      3.98241728, 3.98576093,
    ]
    published.forEach((level, n) => {
      expect(Math.abs(energies[n] - level)).toBeLessThan(1e-8)
    })
  })
})

describe('laws', () => {
  it.each(['(x^2 - 1)^2 + 0.2*x', 'x^2 + 10*(1 - cos(2*pi*x))', 'log(cosh(3*x)) + x^2/4'])(
    'levels of ζ(x) + ζ(y) are sums of those of ζ(x) = %s',
    (objective) => {
      const line = [...qde({ objective, D: 0.1 }).eigenstates(4).energies]
      const plane = `${objective} + ${objective.replaceAll(/\bx\b/g, 'y')}`
      const { energies } = qde({ objective: plane, D: 0.1 }).eigenstates(4)
      sums([line, line])
        .slice(0, 4)
        .forEach((level, n) => {
          expect(Math.abs(energies[n] - level)).toBeLessThan(LEVEL * Math.max(1, level))
        })
    },
  )

  it('turning, shifting and scaling the coordinates of a curved valley only scales the levels', () => {
    const valley = (u: string, v: string): string => `c*(8*((${v}) - (${u})^2)^2 + (1 - (${u}))^2)`
    const levels = (c: number, length: number, angle: number, shift: number): Float64Array => {
      const u = 'cos(a)*(x - s)/l + sin(a)*(y + s)/l'
      const v = '-sin(a)*(x - s)/l + cos(a)*(y + s)/l'
      const parameters = { c, l: length, a: angle, s: shift }
      const { energies } = qde({ objective: valley(u, v), parameters, D: 0.3 * c * length ** 2 }).eigenstates(
        3,
      )
      return energies.map((e) => e / c)
    }
    const reference = levels(1, 1, 0, 0)
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.double({ min: -2, max: 2, noNaN: true }),
        (c, length, angle, shift) => {
          levels(c, length, angle, shift).forEach((e, n) => {
            expect(Math.abs(e - reference[n])).toBeLessThan(LEVEL)
          })
        },
      ),
      { numRuns: 4, seed: 20240719 },
    )
  })

  it.each([
    ['products', '(x^2 - 4)^2/8 + y^2/2 + 0.1*x*y'],
    ['a region', '10*(y - x^2)^2 + (1 - x)^2'],
  ])('states from %s are orthonormal, and H leaves the residuals that are stated', (_, objective) => {
    const problem = qde({ objective, D: 0.5 })
    const found = problem.eigenstates(4)
    const hamiltonian = problem.hamiltonian(found.grid)
    found.states.forEach((state, n) => {
      for (let m = 0; m <= n; m++)
        expect(Math.abs(state.overlap(found.states[m]).re - (m === n ? 1 : 0))).toBeLessThan(1e-9)
      const { mean, deviation } = hamiltonian.energy(state)
      expect(Math.abs(mean - found.energies[n])).toBeLessThan(1e-9)
      expect(deviation).toBeLessThan(Math.max(1.5 * found.residuals[n], 1e-8))
    })
  })

  it('a finer grid that was given carries the same levels and normalised states', () => {
    const objective = '(x^2 - 4)^2/8 + y^2/2 + 0.1*x*y'
    const chosen = qde({ objective, D: 0.5 }).eigenstates(3)
    const given = qde({ objective, D: 0.5, grid: { lower: -9, upper: 9, points: 128 } }).eigenstates(3)
    expect(given.grid.shape).toEqual([127, 127])
    given.states.forEach((state, n) => {
      expect(Math.abs(given.energies[n] - chosen.energies[n])).toBeLessThan(LEVEL)
      expect(Math.abs(state.overlap(state).re - 1)).toBeLessThan(1e-9)
    })
  })

  it('says how good the energies are', () => {
    const found = qde({ objective: 'x^2/2 + y^2/2 + 0.1*x^2*y^2', D: 0.5 }).eigenstates(2)
    expect(found.toString()).toMatch(/\(error ≲ \de-\d+\)$/)
  })
})

describe('limits', () => {
  it('says how far a kink along no axis keeps an energy from converging', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    // In u, v = (x ± y)/√2 it is a√2·|u| + (u² + v²)/2.
    const kinked = qde({
      objective: 'abs(x + y) + (x^2 + y^2)/2',
      D: 0.5,
      grid: { lower: -8, upper: 8, points: 40 },
    }).groundState()
    const exact = qde({ objective: 'sqrt(2)*abs(x) + x^2/2', D: 0.5 }).groundState().energy + 0.5
    const error = Math.abs(kinked.energy - exact)
    expect(error).toBeGreaterThan(1e-6)
    expect(kinked.errors[0]).toBeGreaterThan(0.3 * error)
    expect(warn.mock.calls.flat().join()).toMatch(/good to about \de-\d only/)
    warn.mockRestore()
  })

  it('refuses what has no lower bound, and a singular point', () => {
    expect(() => qde({ objective: 'x*y', D: 0.5 }).groundState()).toThrow(/no lower bound/)
    expect(() => qde({ objective: 'x^2/2 + y^2/2 - 1/(x^2 + y^2)', D: 0.5 }).groundState()).toThrow(
      /x [=≈] 0, y [=≈] 0/,
    )
  })

  it('refuses more levels than the grid can hold', () => {
    const small = qde({ objective: 'x^2 + y^2', D: 0.5, grid: { lower: -1, upper: 1, points: 8 } })
    expect(() => small.eigenstates(60)).toThrow(/levels/)
  })
})
