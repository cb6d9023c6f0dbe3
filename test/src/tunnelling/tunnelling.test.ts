import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateFigure } from '../../../src/figure/index.js'
import { qde, wavePacket } from '../../../src/qde/index.js'
import { tunnelling, tunnellingTable } from '../../../src/tunnelling/index.js'

const quartic = (D: number) => qde({ objective: '(x^2 - 1)^2', D })

/** Half a unit in the last printed digit but one of a published value. */
function printed(value: string): number {
  const [mantissa, exponent = '0'] = value.split('e')
  return 5 * 10 ** (Number(exponent) - (mantissa.split('.')[1] ?? '').length)
}

/** |got − want| in units of the last place of `want`. */
function inLastPlaces(got: string, want: string): bigint {
  const difference = BigInt(got.slice(0, want.length).replace('.', '')) - BigInt(want.replace('.', ''))
  return difference < 0n ? -difference : difference
}

function expectPrinted(got: number, value: string): void {
  expect(Math.abs(got - Number(value)), `${got} for ${value}`).toBeLessThanOrEqual(printed(value))
}

describe('(x² − 1)²: levels in a 34-digit basis, ω = 4√D, S₀ = 4/(3√D), Δ = 2ω√(6S₀/π)e^{−S₀}, 1 − 71/72S₀', () => {
  // D, E₀, E₁ − E₀, ratio to the instanton, next order, as published.
  const published = [
    [1, '1.137785848188223', '1.5752420495795', '0.4681', '0.2604'],
    [0.5, '0.8695809189354685', '0.79184807932279', '0.4861', '0.4770'],
    [0.2, '0.6570320235171', '0.2524415961679', '0.5830', '0.6692'],
    [0.1, '0.5331823117610522', '0.074223412412122', '0.70085', '0.76612'],
    [0.05, '0.4113604705242145', '0.012512168976991', '0.80568', '0.83462'],
    [0.02, '0.2716844207495591', '3.4229880510156e-4', '0.88645', '0.89541'],
    [0.01, '0.1946729955437938', '6.0281820383959e-6', '0.92198', '0.92604'],
  ] as const
  const table = tunnellingTable(
    published.map(([D]) => quartic(D)),
    { digits: 20 },
  )

  it.each(published.map((row, k) => [...row, k] as const))('D = %f', (D, E0, gap, ratio, next, k) => {
    const row = table.rows[k]
    expectPrinted(Number(row.digits!.energies[0]), E0)
    expectPrinted(Number(row.digits!.splitting), gap)
    expectPrinted(row.ratio, ratio)
    expectPrinted(1 + row.instanton!.correction, next)
    const S0 = 4 / (3 * Math.sqrt(D))
    const leading = 8 * Math.sqrt(D) * Math.sqrt((6 * S0) / Math.PI) * Math.exp(-S0)
    // Rounding of the series, and for the correction that of their third derivatives.
    expect(Math.abs(row.instanton!.action / S0 - 1)).toBeLessThan(1e-13)
    expect(Math.abs(row.leading / leading - 1)).toBeLessThan(1e-12)
    expect(Math.abs(row.instanton!.correction + 71 / (72 * S0))).toBeLessThan(1e-10)
  })

  it('is drawn, printed and written', () => {
    validateFigure(table.figure())
    expect(String(table)).toMatch(/S₀.*ratio/)
    expect(table.toCsv().split('\n')[0]).toMatch(/^D,E0,E1,splitting/)
    expect(table.ratio.length).toBe(published.length)
    validateFigure(table.rows[3].figure())
    expect(table.rows[3].toNpz().length).toBeGreaterThan(1000)
    expect(table.rows[3].toCsv()).toMatch(/splitting/)
  })
})

describe('p² − Z²x² + x⁴: 50 digits in an oscillator basis', () => {
  it.each([
    [5, '-3.410142761239829475', '-3.250675362289235980', '0.159467398951'],
    [10, '-20.633576702947799150', '-20.633546884404911079', '2.98185428881e-5'],
    [15, '-50.841387284381954366', '-50.841387284187005155', '1.94949211541e-10'],
    [25, '-149.219456142190888029163966538', '-149.219456142190888029163958974', '7.5638e-24'],
  ] as const)('Z² = %i', (Z2, E0, E1, gap) => {
    const well = qde({ objective: 'x^4 - Z2*x^2', parameters: { Z2 }, D: 1 })
    const found = tunnelling(well)
    expectPrinted(found.splitting, gap)
    const precise = tunnelling(well, { digits: 40 }).digits!
    for (const [got, want] of [
      [precise.energies[0], E0],
      [precise.energies[1], E1],
    ])
      expect(inLastPlaces(got, want)).toBeLessThanOrEqual(5n)
    expectPrinted(Number(precise.splitting), gap)
  })
})

describe('½p² + ½x²(1 − √g x)²: 2/√(πg) e^{−1/6g}(1 − 71g/12 + …)', () => {
  it.each([
    [0.01, '6.117452e-7', '6.519491e-7', '6.133755e-7'],
    [0.02, '1.667771e-3', '1.917871e-3', '1.690923e-3'],
    [0.05, '0.1113849', '0.1800204', '0.1267644'],
  ])('g = %f', (g, exact, leading, corrected) => {
    const found = tunnelling(qde({ objective: 'x^2*(1 - sqrt(g)*x)^2/2', parameters: { g }, D: 0.5 }))
    expectPrinted(found.splitting, exact)
    expectPrinted(found.leading, leading)
    expectPrinted(found.corrected, corrected)
  })
})

describe('the instanton of other wells', () => {
  it('1 − cos x: S₀ = 4√2/√D, next order −7/(8S₀) as of the sine–Gordon chain', () => {
    const D = 0.01
    // Walls at the next tops leave two wells.
    const found = tunnelling(
      qde({ objective: '1 - cos(x)', D, grid: { lower: -Math.PI, upper: 3 * Math.PI, points: 512 } }),
    )
    // ∫√(1 − cos x) dx over a period is 4√2.
    const S0 = (4 * Math.SQRT2) / Math.sqrt(D)
    expect(Math.abs(found.instanton!.action / S0 - 1)).toBeLessThan(1e-12)
    expect(Math.abs(found.instanton!.correction * S0 + 7 / 8)).toBeLessThan(1e-7)
  })

  it('the ratio approaches the next order as D: sextic wells', () => {
    for (const objective of ['x^6 - 3*x^2', '(x^2 - 1)^2*(1 + x^2/3)']) {
      const at = (D: number): number => {
        const found = tunnelling(qde({ objective, D }))
        return found.ratio - 1 - found.instanton!.correction
      }
      const [coarse, fine] = [at(4e-3), at(1e-3)]
      // √D halves, so what the next order leaves, O(D), falls to a quarter, with O(D^{3/2}) beside it.
      expect(fine / coarse, objective).toBeGreaterThan(0.2)
      expect(fine / coarse, objective).toBeLessThan(0.3)
    }
  })

  it('scaling x and ζ only scales the splitting, and shifting moves nothing', () => {
    const reference = tunnelling(quartic(0.05))
    const parameter = (min: number, max: number) => fc.double({ min, max, noNaN: true })
    fc.assert(
      fc.property(parameter(-2, 2), parameter(0.5, 2), parameter(0.3, 3), (shift, length, energy) => {
        const moved = tunnelling(
          qde({
            objective: 'c*(((x - s)/l)^2 - 1)^2',
            parameters: { c: energy, s: shift, l: length },
            D: 0.05 * energy * length ** 2,
          }),
        )
        expect(Math.abs(moved.leading / energy / reference.leading - 1)).toBeLessThan(1e-11)
        expect(Math.abs(moved.instanton!.correction / reference.instanton!.correction - 1)).toBeLessThan(1e-8)
        expect(Math.abs(moved.splitting / energy / reference.splitting - 1)).toBeLessThan(1e-9)
        expect(Math.abs(moved.wkb / energy / reference.wkb - 1)).toBeLessThan(1e-8)
      }),
      { seed: 3, numRuns: 4 },
    )
  })

  it('WKB is within 3 % of the splitting once two levels lie under the barrier', () => {
    for (const D of [0.1, 0.05, 0.02, 0.01]) {
      const found = tunnelling(quartic(D))
      expect(Math.abs(found.wkb / found.splitting - 1)).toBeLessThan(0.03)
    }
  })
})

/** Modified Bessel functions K₀ and K₁: ∫ e^{−ξ cosh t} cosh(νt) dt, by the trapezoidal rule, which converges exponentially. */
function besselK(nu: number, xi: number): number {
  let sum = 0
  for (let t = -12; t <= 12; t += 0.01) sum += Math.exp(-xi * Math.cosh(t)) * Math.cosh(nu * t)
  return (sum * 0.01) / 2
}

/** Levels of Razavy's well in closed form, ascending. */
function razavy(M: number, xi: number): number[] {
  const root = (sign: 1 | -1): number => 4 * Math.sqrt(1 + sign * xi + xi * xi)
  switch (M) {
    case 1:
      return [xi ** 2 + 1]
    case 2:
      return [xi ** 2 + 3 - 2 * xi, xi ** 2 + 3 + 2 * xi]
    case 3:
      return [
        xi ** 2 + 7 - 2 * Math.sqrt(1 + 4 * xi ** 2),
        xi ** 2 + 5,
        xi ** 2 + 7 + 2 * Math.sqrt(1 + 4 * xi ** 2),
      ]
    default:
      return [-1, 1]
        .flatMap((sign) => [xi ** 2 + 11 - 2 * xi + sign * root(-1), xi ** 2 + 11 + 2 * xi + sign * root(1)])
        .sort((a, b) => a - b)
  }
}

/** Levels of the default grids, relative to the largest. */
const LEVEL = 1e-10

describe('Razavy: −∂² + (ξ cosh 2x − M)²', () => {
  const well = (M: number, xi: number) =>
    qde({ objective: '(xi*cosh(2*x) - M)^2', parameters: { xi, M }, D: 1 })

  it('all levels that are known, for M = 1 … 4 and any ξ', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (M, xi) => {
          const exact = razavy(M, xi)
          const { energies } = well(M, xi).eigenstates(exact.length)
          exact.forEach((level, n) => {
            expect(Math.abs(energies[n] - level)).toBeLessThan(LEVEL * 20)
          })
        },
      ),
      { seed: 11, numRuns: 16 },
    )
  })

  it('M = 4, ξ = 0.1: splitting 0.0014953', () => {
    expectPrinted(tunnelling(well(4, 0.1)).splitting, '0.0014953')
  })

  it('M = 2: P_R(t) = ½ + c cos 4ξt from (φ₀ + φ₁)/√2, c = e^{−ξ}/(2ξ√(K₁² − K₀²))', () => {
    for (const xi of [0.05, 0.3, 1.2]) {
      const pair = tunnelling(well(2, xi))
      const c = Math.exp(-xi) / (2 * xi * Math.sqrt(besselK(1, xi) ** 2 - besselK(0, xi) ** 2))
      const times = [0, 0.7, 2.1, 5]
      pair.probabilityOnRight(times, 'right').forEach((p, k) => {
        expect(Math.abs(p - 0.5 - c * Math.cos(4 * xi * times[k]))).toBeLessThan(1e-9)
      })
      expect(Math.abs(pair.splitting - 4 * xi)).toBeLessThan(LEVEL)
    }
  })
})

it('a splitting far below the rounding of doubles leaves the localised states what they are', () => {
  const pair = tunnelling(qde({ objective: '((x - 0.3)^2 - 1)^2', D: 5e-4 }))
  expect(pair.splitting).toBeLessThan(1e-20)
  expect(pair.bias).toBe(0)
  expect(pair.amplitude).toBe(pair.splitting / 2)
  expect(Math.abs(pair.left.mean()[0] + 0.7)).toBeLessThan(0.02)
  expect(Math.abs(pair.right.mean()[0] - 1.3)).toBeLessThan(0.02)
  expect(Math.abs(pair.onRight[1] - 1)).toBeLessThan(1e-9)
})

describe('asymmetric wells as a two-level system', () => {
  const tilted = (a: number) => qde({ objective: '(x^2 - 1)^2 + a*x', parameters: { a }, D: 0.05 })

  it('Ω² = ε² + 4δ², the bias grows with the tilt, and δ is that of resonance', () => {
    const resonance = tunnelling(tilted(0)).splitting / 2
    for (const a of [-0.004, 0.001, 0.004]) {
      const pair = tunnelling(tilted(a))
      expect(Math.abs(pair.bias ** 2 + 4 * pair.amplitude ** 2 - pair.splitting ** 2)).toBeLessThan(1e-15)
      // First order of perturbation: ε = a(⟨x⟩_r − ⟨x⟩_l), about 2a·0.9.
      const first = a * (pair.right.mean()[0] - pair.left.mean()[0])
      expect(Math.abs(pair.bias / first - 1)).toBeLessThan(1e-3)
      expect(Math.abs(pair.amplitude / resonance - 1)).toBeLessThan(1e-3)
      expect(pair.right.mean()[0]).toBeGreaterThan(0.8)
    }
  })

  it('the formula of Rabi is the evolution', () => {
    const problem = tilted(0.003)
    const pair = tunnelling(problem)
    const until = 0.7 * pair.period
    const { times, states } = problem.evolve(pair.left, { until, frames: 5, tolerance: 1e-9 })
    const beat = pair.probabilityOnRight(times)
    states.forEach((state, k) => {
      const right = state.probability([pair.barrier.x, Number.POSITIVE_INFINITY])
      expect(Math.abs(right - beat[k])).toBeLessThan(1e-8)
    })
    expect(Math.max(...beat)).toBeGreaterThan(0.5)
  })

  it('a table of tilts is drawn as an avoided crossing', () => {
    const table = tunnellingTable([-0.01, -0.005, 0.001, 0.005, 0.01].map(tilted))
    const figure = table.figure()
    validateFigure(figure)
    expect(figure.panels.map(({ heading }) => heading)).toContain('Avoided crossing')
    expect(String(table)).toMatch(/^a .*ε/)
  })
})

describe('limits are said', () => {
  it.each([
    ['(x^2 - 1)^2', 1, /above the barrier/],
    ['(0.3*cosh(2*x) - 2)^2', 1, /too small for semiclassics/],
    ['(abs(x) - 1)^2', 0.02, /not smooth between its wells/],
    ['(x^2 - 1)^2 + 0.2*x', 0.01, /no two-level system/],
  ])('%s at D = %f', (objective, D, note) => {
    expect(tunnelling(qde({ objective, D })).notes.join('\n')).toMatch(note)
  })

  it('a packet of ζ without two minima, or in a plane, is refused', () => {
    expect(() => tunnelling(qde({ objective: 'x^2', D: 0.5 }))).toThrow(/one minimum .*two minima/)
    expect(() => tunnelling(qde({ objective: '(x^2-1)^2*(x^2-4)^2', D: 0.5 }))).toThrow(/4 minima/)
    expect(() => tunnelling(qde({ objective: '(x^2-1)^2 + y^2', D: 0.5 }))).toThrow(/one coordinate/)
    expect(() => tunnelling(quartic(0.1), { digit: 20 } as never)).toThrow(/no option digit/)
    expect(() => tunnellingTable([])).toThrow(/at least one problem/)
  })
})

it('a packet in one well starts with the beat of the pair', () => {
  const problem = quartic(0.05)
  const pair = tunnelling(problem)
  const packet = wavePacket({ x0: -0.95, sigma: Math.sqrt(pair.left.variance()[0]) })
  const { states } = problem.evolve(packet, { until: pair.period / 2, frames: 1 })
  // What is not in the plane of the two levels, about a percent, is elsewhere.
  expect(states[1].probability([0, Number.POSITIVE_INFINITY])).toBeGreaterThan(0.95)
})
