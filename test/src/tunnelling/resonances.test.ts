import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateFigure } from '../../../src/figure/index.js'
import { qde, wavePacket } from '../../../src/qde/index.js'
import { decay, resonances } from '../../../src/tunnelling/index.js'

const cubic = (g: number) => qde({ objective: 'x^2/2 - g*x^3', parameters: { g }, D: 0.5 })

describe('½p² + ½x² − gx³', () => {
  // G = g². E₀ by perturbation and the width by the bounce: Jentschura, Surzhykov and Zinn-Justin, Ann. Phys. 325, 1135 (2010).
  const energy = (G: number): number => 0.5 - (11 / 8) * G - (465 / 32) * G ** 2 - (39709 / 128) * G ** 3
  const bounce = (g: number): number => (2 / (g * Math.sqrt(Math.PI))) * Math.exp(-2 / (15 * g * g))
  const orders = (G: number): number => 1 - (169 / 16) * G - (44507 / 512) * G ** 2

  it.each([0.03, 0.04, 0.05])('g = %f: E₀ and Γ down to e^{−2/15g²} by their series', (g) => {
    const G = g * g
    const found = resonances(cubic(g))
    const [level] = found.levels
    // The next terms of the series, some 10⁴ G⁴ and 2·10³ G³.
    expect(Math.abs(level.energy - energy(G))).toBeLessThan(2e4 * G ** 4)
    expect(Math.abs(found.instanton / bounce(g) - 1)).toBeLessThan(1e-12)
    expect(Math.abs(level.width / bounce(g) - orders(G))).toBeLessThan(4e3 * G ** 3)
    expect(level.widthError).toBeLessThan(1e-8 * level.width)
    expect(Math.abs(level.wkb / level.width - 1)).toBeLessThan(0.01)
  })

  it('g = 0.1: three levels, the highest above the barrier, where nothing is left of WKB', () => {
    const found = resonances(cubic(0.1), { levels: 3 })
    expect(found.widths[0]).toBeLessThan(found.widths[1])
    expect(found.widths[1]).toBeLessThan(found.widths[2])
    expect(found.levels[2].energy).toBeGreaterThan(1 / (54 * 0.1 ** 2))
    expect(found.levels.map(({ wkb }) => Number.isNaN(wkb))).toEqual([false, false, true])
    validateFigure(found.figure())
    expect(String(found)).toMatch(/E2 = .*\n.*instanton/)
    expect(found.toCsv().split('\n')[0]).toBe('n,energy,width,energy_error,width_error,wkb')
    expect(found.toNpz().length).toBeGreaterThan(1000)
  })

  it('the mirror image, and other units of x and ζ, have the same resonance', () => {
    const [reference] = resonances(cubic(0.12)).levels
    const parameter = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(
        parameter(-2, 2),
        parameter(0.5, 2),
        parameter(0.3, 3),
        fc.constantFrom(1, -1),
        (s, l, c, side) => {
          const [moved] = resonances(
            qde({
              objective: 'c*(((x - s)/l)^2/2 - g*((x - s)/l)^3)',
              parameters: { c, s, l, g: 0.12 * side },
              D: 0.5 * c * l * l,
            }),
          ).levels
          expect(Math.abs(moved.energy / c / reference.energy - 1)).toBeLessThan(1e-10)
          expect(Math.abs(moved.width / c / reference.width - 1)).toBeLessThan(1e-8)
        },
      ),
      { seed: 5, numRuns: 3 },
    )
  })
})

it('½x² − gx⁴ leaks on both sides: the width approaches two bounces as g', () => {
  const ratio = (g: number): number => {
    const found = resonances(qde({ objective: 'x^2/2 - g*x^4', parameters: { g }, D: 0.5 }))
    return 1 - found.widths[0] / found.instanton
  }
  const [coarse, fine] = [ratio(0.008), ratio(0.004)]
  expect(fine).toBeGreaterThan(0)
  expect(coarse / fine).toBeGreaterThan(1.9)
  expect(coarse / fine).toBeLessThan(2.4)
})

/** Complex numbers as pairs, for the closed form of the double barrier. */
type C = readonly [number, number]
const mul = ([a, b]: C, [c, d]: C): C => [a * c - b * d, a * d + b * c]
const div = ([a, b]: C, [c, d]: C): C => [
  (a * c + b * d) / (c * c + d * d),
  (b * c - a * d) / (c * c + d * d),
]
const plus = ([a, b]: C, [c, d]: C): C => [a + c, b + d]
const exp = ([a, b]: C): C => [Math.exp(a) * Math.cos(b), Math.exp(a) * Math.sin(b)]
const sqrt = ([a, b]: C): C => {
  const r = Math.hypot(a, b)
  return [Math.sqrt((r + a) / 2), Math.sign(b || 1) * Math.sqrt((r - a) / 2)]
}

/** Mismatch of the logarithmic slope at x = 1 of cos or sin kx within and what goes out behind a barrier V on 1 < x < 2. */
function mismatch(E: C, V: number, D: number, parity: 'even' | 'odd'): C {
  const k = sqrt(div(E, [D, 0]))
  const kappa = sqrt(div([V - E[0], -E[1]], [D, 0]))
  const ik = mul([0, 1], k)
  // Behind: A e^{κ(x−2)} + B e^{−κ(x−2)} with slope ik at x = 2.
  const [A, B] = [plus(kappa, ik), plus(kappa, mul([-1, 0], ik))]
  const [grow, fall] = [exp(mul([-1, 0], kappa)), exp(kappa)]
  const [up, down] = [mul(A, grow), mul(B, fall)]
  const barrier = div(mul(kappa, plus(up, mul([-1, 0], down))), plus(up, down))
  const [plusWave, minusWave] = [exp(ik), exp(mul([-1, 0], ik))]
  const [sum, difference] = [plus(plusWave, minusWave), plus(plusWave, mul([-1, 0], minusWave))]
  const well = mul(ik, parity === 'even' ? div(difference, sum) : div(sum, difference))
  return plus(barrier, mul([-1, 0], well))
}

function newton(guess: C, V: number, D: number, parity: 'even' | 'odd'): C {
  let E = guess
  for (let step = 0; step < 60; step++) {
    const h = 1e-6
    const f = mismatch(E, V, D, parity)
    const slope = div(
      plus(mismatch(plus(E, [h, 0]), V, D, parity), mul([-1, 0], mismatch(plus(E, [-h, 0]), V, D, parity))),
      [2 * h, 0],
    )
    E = plus(E, mul([-1, 0], div(f, slope)))
  }
  return E
}

describe('a well between two rectangular barriers, by matching of cos, cosh and e^{ikx} at complex E', () => {
  it.each([2, 4])('V = %i', (V) => {
    const problem = qde({ objective: 'V*step(2 - abs(x))*step(abs(x) - 1)', parameters: { V }, D: 0.5 })
    const found = resonances(problem, { levels: V === 4 ? 2 : 1 })
    found.levels.forEach((level, n) => {
      const exact = newton([level.energy * 1.001, -level.width * 0.45], V, 0.5, n === 0 ? 'even' : 'odd')
      // ζ is taken 1e-9 of an element inside of its jumps.
      expect(Math.abs(level.energy - exact[0])).toBeLessThan(1e-9)
      expect(Math.abs(level.width + 2 * exact[1])).toBeLessThan(1e-9)
    })
  })
})

describe('decay in time', () => {
  it('P(t) of the cubic well falls with Γ of the outgoing wave', () => {
    const found = decay(cubic(0.15))
    // What is left of faster levels in the later half of three lifetimes.
    expect(Math.abs(found.rate / found.resonance.width - 1)).toBeLessThan(3e-4)
    expect(found.survival[0]).toBeGreaterThan(0.9)
    expect(found.survival.at(-1)!).toBeLessThan(0.06)
    expect(found.complete).toBe(true)
    validateFigure(found.figure())
    expect(String(found)).toMatch(/ratio = 0\.999/)
    expect(found.toCsv().split('\n')[0]).toBe('t,survival')
  })

  it('so does an evolution on a grid whose layers absorb what leaves', () => {
    const objective = 'x^2*exp(-0.25*x^2)'
    const { width } = resonances(qde({ objective, D: 0.5 })).levels[0]
    const problem = qde({
      objective,
      D: 0.5,
      grid: { lower: -60, upper: 60, points: 360, boundary: 'absorbing' },
    })
    const { states } = problem.evolve(wavePacket({ x0: 0, sigma: 0.62 }), {
      until: 100,
      frames: [60, 100],
      tolerance: 1e-7,
    })
    const [early, late] = states.slice(-2).map((state) => state.probability([-2, 2]) * state.normSquared)
    // Other levels are gone to 1e-4 of P by then, the layers send back as much.
    expect(Math.abs(Math.log(early / late) / 40 / width - 1)).toBeLessThan(5e-3)
  })

  it('a run that is aborted keeps what it has', () => {
    const controller = new AbortController()
    const found = decay(cubic(0.15), {
      signal: controller.signal,
      progress: () => controller.abort(),
    })
    expect(found.times.length).toBe(found.survival.length)
    expect(found.complete || found.notes.join().includes('stopped at')).toBe(true)
  })
})

describe('the metastable twin of a double well, ζ = (x² − 1)² + 2√D x', () => {
  const problem = (D: number) => qde({ objective: '(x^2 - 1)^2 + 2*sqrt(D)*x', parameters: { D }, D })
  /** √(U″|U″|)/2π · e^{−ΔU/D} of U = 2√D(x³/3 − x). */
  const kramers = (D: number): number =>
    ((4 * Math.sqrt(D)) / (2 * Math.PI)) * Math.exp(-8 / (3 * Math.sqrt(D)))

  it.each([
    [0.3, 2.4997308e-3],
    [0.2, 6.92028183e-4],
    [0.1, 4.21674675e-5],
  ])('D = %f: E₀ converged by doubling', (D, published) => {
    expect(Math.abs(problem(D).groundState().energy - published)).toBeLessThan(published * 5e-8)
  })

  it('is V_s = U′²/4D − U″/2 of the mirrored cubic well, whose escape rate E₀ approaches as D → 0', () => {
    for (const D of [0.3, 0.07]) {
      const x = Float64Array.of(-1.7, -0.4, 0.2, 1.3)
      const zeta = problem(D).objective.evaluate([x])
      x.forEach((v, i) => {
        const [slope, curvature] = [-2 * Math.sqrt(D) * (v * v - 1), -4 * Math.sqrt(D) * v]
        expect(Math.abs(zeta[i] - (slope ** 2 / (4 * D) - curvature / 2))).toBeLessThan(1e-14 * 10)
      })
    }
    const off = [0.1, 0.05].map((D) => Math.abs(problem(D).groundState().energy / kramers(D) - 1))
    // The next order is D over the height 8√D/3 of the barrier: it falls as √D.
    expect(off[0]).toBeLessThan(0.1)
    expect(off[1] / off[0]).toBeGreaterThan(0.6)
    expect(off[1] / off[0]).toBeLessThan(0.8)
  })
})

describe('refusals', () => {
  it.each([
    ['x^2', /no well with a barrier/],
    ['x', /no well with a barrier/],
    ['(x^2 - 1)^2', /no well with a barrier/],
    ['(x^2 - 1)^2*exp(-x^2/4)', /several wells that leak/],
    ['x^2*exp(-x^2)', /no metastable one/],
  ])('%s', (objective, reason) => {
    expect(() => resonances(qde({ objective, D: 0.5 }))).toThrow(reason)
  })

  it('of two wells the one near a place', () => {
    const problem = qde({ objective: '20*(x^2 - 1)^2*exp(-x^2/2)', D: 0.5 })
    const right = resonances(problem, { near: 1 })
    expect(right.well).toBeGreaterThan(0)
  })

  it('misspelt options, other coordinates', () => {
    expect(() => resonances(cubic(0.1), { level: 2 } as never)).toThrow(/no option level/)
    expect(() => resonances(qde({ objective: 'x^2 + y^2', D: 0.5 }))).toThrow(/one coordinate/)
    expect(() => decay(cubic(0.1), { until: -1 })).toThrow(/until/)
  })
})
