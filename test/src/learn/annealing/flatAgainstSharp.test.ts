/** Flat against sharp minima, and the ground state against D. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flatAgainstSharp } from '../../../../src/learn/annealing/index.js'
import { LevelsAlong } from '../../../../src/learn/annealing/levelsAlong.js'
import { problemOnOneGrid } from '../../../../src/learn/annealing/runGrid.js'
import { qde } from '../../../../src/qde/index.js'

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const runs = (numRuns: number) => ({ numRuns, seed: 20240719 })

const LEFT = [Number.NEGATIVE_INFINITY, 0] as const

describe('(x² − 1)²(1 + x/2 + x²/8) − x/20', () => {
  const found = flatAgainstSharp(qde({ objective: '(x^2-1)^2*(1+x/2+x^2/8)-0.05*x', D: 0.02 }))

  it('has a sharp global and a flat minimum', () => {
    // Zeros of ζ′ by bisection in 40 decimal digits.
    expect(found.sharp.x).toBeCloseTo(1.003814172740545, 13)
    expect(found.sharp.value).toBeCloseTo(-0.0500956189739, 12)
    expect(found.flat!.x).toBeCloseTo(-0.989908444654399, 13)
    expect(found.flat!.value).toBeCloseTo(0.0497484806481, 12)
  })

  it('changes wells a sixth above the harmonic estimate, across an exponentially small gap', () => {
    expect(found.harmonicD).toBeCloseTo(0.0099, 4)
    const { D, gap } = found.crossing!
    expect(D / found.harmonicD!).toBeCloseTo(7 / 6, 1)
    const precise = qde({ objective: '(x^2-1)^2*(1+x/2+x^2/8)-0.05*x', D }).eigenstates(2, { digits: 20 })
    expect(gap / Number(precise.gap)).toBeCloseTo(1, 6)
  })

  it('sits in the flat well at D = 0.02 and in the sharp one at 0.01', () => {
    const at = (D: number): number =>
      qde({ objective: '(x^2-1)^2*(1+x/2+x^2/8)-0.05*x', D }).groundState().state.probability(LEFT)
    expect(at(0.02)).toBeGreaterThan(0.999)
    expect(at(0.01)).toBeLessThan(0.001)
    const [flat] = found.probability
    found.D.forEach((D, i) => {
      if (D < 0.011) expect(flat[i]).toBeLessThan(0.01)
      else if (D > 0.012 && D < 0.03) expect(flat[i]).toBeGreaterThan(0.99)
    })
  })

  it('draws itself', () => {
    expect(found.figure().panels.length).toBe(3)
    expect(found.toCsv().split('\n')[0]).toBe('D,energy,gap,well_1,well_2')
    expect(`${found}`).toMatch(/changes to the deepest at D = 0\.01147/)
  })
})

describe('asymmetric wells in the manner of Stella, Santoro and Tosatti', () => {
  const objective = (x: number): number => {
    const a = x >= 0 ? 1.25 : 0.75
    return (x * x - a * a) ** 2 / a ** 4 + 0.1 * x
  }
  it('have their depths, and the Landau–Zener crossing between D = 0.03 and 0.04', () => {
    const found = flatAgainstSharp(qde({ objective, D: 0.1 }), { from: 0.2, to: 0.01 })
    const [left, right] = found.wells
    expect(right.value - left.value).toBeCloseTo(0.19936, 5)
    expect(right.barrier).toBeCloseTo(0.87795, 5)
    const { D, gap, slope } = found.crossing!
    expect(D).toBeGreaterThan(0.03)
    expect(D).toBeLessThan(0.04)
    // The hyperbola gap² = Δ² + s²(D − D*)², by levels that know nothing of the search.
    const at = (d: number): number => qde({ objective, D: d }).eigenstates(2).gap
    const step = 0.003 * D
    expect(at(D) / gap).toBeCloseTo(1, 3)
    expect(Math.hypot(gap, slope * step) / ((at(D + step) + at(D - step)) / 2)).toBeCloseTo(1, 1)
  })

  it('have the exponents of Huse and Fisher, and so have the symmetric ones', () => {
    const exponent = (wells: readonly { value: number; barrier: number }[]): number =>
      (wells[1].value - wells[0].value) / wells[1].barrier
    const symmetric = flatAgainstSharp(qde({ objective: '(x^2-1)^2+0.1*x', D: 0.5 }), { from: 0.5, to: 0.1 })
    const [left, right] = symmetric.wells
    expect(right.value - left.value).toBeCloseTo(0.19998, 5)
    expect(right.barrier).toBeCloseTo(0.90188, 5)
    expect(exponent(symmetric.wells)).toBeCloseTo(0.2217, 4)
    expect(exponent(flatAgainstSharp(qde({ objective, D: 0.1 }), { from: 0.2, to: 0.1 }).wells)).toBeCloseTo(
      0.2271,
      4,
    )
  })

  it('of one depth are told apart by nothing: a single well is refused', () => {
    expect(() => flatAgainstSharp(qde({ objective: 'x^2', D: 0.1 }))).toThrow(/single well/)
  })
})

describe('levels along a range of D', () => {
  it('are those at each D', () => {
    fc.assert(
      fc.property(number(-0.3, 0.3), number(0.03, 0.9), (tilt, D) => {
        const problem = qde({ objective: '(x^2-1)^2 + t*x', parameters: { t: tilt }, D: 1 })
        const levels = new LevelsAlong(problem, problemOnOneGrid(problem, 1, 0.02).grid, 1, 0.02)
        const wanted = problem.withD(D).eigenstates(2).energies
        expect(Math.abs(levels.at(D).energies[0] - wanted[0])).toBeLessThan(1e-9)
        expect(Math.abs(levels.at(D).energies[1] - wanted[1])).toBeLessThan(1e-9)
      }),
      runs(4),
    )
  })
})

describe('the ground state against D', () => {
  // (x² − 1)² + x/5: E₀, E₁ − E₀, ⟨x⟩, P(x < 0); 34-digit basis and doubled grids, P by the trapezoidal rule with its end correction.
  it.each([
    [1, 1.1226897115, 1.5973511526, -0.1500636456, 0.583397],
    [0.5, 0.8414901215, 0.8375349421, -0.2740770457, 0.658833],
    [0.2, 0.580771282, 0.3918716723, -0.634874116, 0.869119],
    [0.1, 0.3952353979, 0.3381045752, -0.8586983855, 0.980504],
    [0.02, 0.0808297127, 0.3756454898, -0.9698838097, 0.999981],
    [0.01, 0, 0.3834633373, -0.9870760586, 0.9999998],
    [0.001, -0.1373782644, 0.1282272755, -1.0129713246, 1],
  ])('of the tilted double well at D = %s', (D, energy, gap, mean, probability) => {
    const {
      energies,
      state,
      gap: found,
    } = qde({ objective: '(x^2-1)^2+0.2*x', D: 1 }).withD(D).eigenstates(2)
    expect(Math.abs(energies[0] - energy)).toBeLessThan(2e-10)
    expect(Math.abs(found - gap)).toBeLessThan(2e-10)
    expect(Math.abs(state.mean()[0] - mean)).toBeLessThan(2e-10)
    expect(Math.abs(state.probability(LEFT) - probability)).toBeLessThan(1e-6)
  })

  it('lies √(Dh/2) above the minimum, and D^{p/(p+1)} above that of x^{2p}', () => {
    const lift = (objective: string, D: number): number => qde({ objective, D }).groundState().energy
    for (const D of [0.3, 0.01, 1e-4]) expect(lift('1.7*x^2', D) / Math.sqrt(D * 1.7)).toBeCloseTo(1, 9)
    for (const p of [2, 3, 4]) {
      const [high, low] = [0.3, 0.003].map((D) => lift(`x^${2 * p}`, D))
      expect(Math.log(high / low) / Math.log(100)).toBeCloseTo(p / (p + 1), 8)
    }
    expect(lift('x^4', 0.05) / 0.05 ** (2 / 3)).toBeCloseTo(1.0603620904841829, 9)
    // The tilted well: bias √(Dh/2) with an error of order D.
    const h = 12 * 1.0241203002150503 ** 2 - 4
    const bias = (D: number): number => lift('(x^2-1)^2+0.2*x', D) + 0.2024404343448
    for (const D of [1e-3, 1e-4])
      expect(Math.abs(bias(D) / Math.sqrt((D * h) / 2) - 1)).toBeLessThan(2 * Math.sqrt(D))
  })

  // x² + 10(1 − cos 2πx): E₀, standard deviation, P(|x| < ½), in the same way.
  it.each([
    [1, 9.6997728491, 0.67722, 0.574249],
    [0.1, 4.1921616128, 0.11339, 0.9999098],
    [0.01, 1.383518683, 0.0606849, Number.NaN],
  ])('of Rastrigin’s function at D = %s', (D, energy, deviation, probability) => {
    const ground = qde({ objective: 'x^2+10*(1-cos(2*pi*x))', D }).groundState()
    expect(Math.abs(ground.energy - energy)).toBeLessThan(2e-10)
    expect(Math.abs(Math.sqrt(ground.state.variance()[0]) - deviation)).toBeLessThan(1e-5)
    if (!Number.isNaN(probability))
      expect(Math.abs(ground.state.probability([-0.5, 0.5]) - probability)).toBeLessThan(1e-6)
  })
})
