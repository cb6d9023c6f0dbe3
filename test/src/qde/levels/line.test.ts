import { describe, expect, it } from 'vitest'
import { type GridOptions, qde } from '../../../../src/qde/index.js'

/** What levels of one coordinate promise, times max(1, |E|); references carry more digits unless their row says so. */
const LEVEL = 1e-11

/** Zeros of Ai and of Ai′, Abramowitz and Stegun, Table 10.13, continued by Newton's method. */
const AIRY = [2.338107410459767, 4.087949444130971, 5.520559828095551]
const AIRY_SLOPE = [1.018792971647471, 3.248197582179837]

type Row = readonly [objective: string, D: number, levels: readonly number[], digits?: number]

function expectLevels([objective, D, levels, digits = LEVEL]: Row, box?: GridOptions): void {
  const { energies } = qde({ objective, D, ...(box === undefined ? {} : { grid: box }) }).eigenstates(
    levels.length,
  )
  levels.forEach((level, n) => {
    if (!Number.isNaN(level))
      expect(Math.abs(energies[n] - level)).toBeLessThan(digits * Math.max(1, Math.abs(level)))
  })
}

const razavy = (xi: number): Row[] => {
  const root = Math.sqrt(1 + 4 * xi * xi)
  const [minus, plus] = [4 * Math.sqrt(1 - xi + xi * xi), 4 * Math.sqrt(1 + xi + xi * xi)]
  const even = [xi * xi + 11 - 2 * xi - minus, xi * xi + 11 - 2 * xi + minus]
  const odd = [xi * xi + 11 + 2 * xi - plus, xi * xi + 11 + 2 * xi + plus]
  const well = (M: number): string => `(${xi}*cosh(2*x) - ${M})^2`
  return [
    [well(1), 1, [xi * xi + 1]],
    [well(2), 1, [xi * xi + 3 - 2 * xi, xi * xi + 3 + 2 * xi]],
    [well(3), 1, [xi * xi + 7 - 2 * root, xi * xi + 5, xi * xi + 7 + 2 * root]],
    [well(4), 1, [...even, ...odd].sort((a, b) => a - b)],
  ]
}

const smooth: readonly Row[] = [
  ['x^2/2', 0.5, Array.from({ length: 10 }, (_, n) => n + 0.5)],
  ['3*(x - 7)^2', 0.2, Array.from({ length: 4 }, (_, n) => Math.sqrt(12 * 0.2) * (n + 0.5))],
  ['x^4', 1, [1.060362090484182899647, 3.799673029801394168783, 7.455697937986738392157]],
  ['x^2 + x^4', 1, [1.392351641530291855658, 4.648812704212077536377]],
  ['x^2/2 + x^4', 0.5, [0.803770651234273769354]],
  ['x^2/2 + 0.1*x^4', 0.5, [0.559146327183519576715]],
  ['x^4 - 5*x^2', 1, [-3.410142761239829475298, -3.250675362289235980229]],
  ['x^4 - 10*x^2', 1, [-20.63357670294779914996, -20.63354688440491107934]],
  ['x^6 - 3*x^2', 1, [0]],
  ['x^6 - 7*x^2', 1, [-2 * Math.SQRT2, Number.NaN, 2 * Math.SQRT2]],
  ['x^6 - 11*x^2', 1, [-8, Number.NaN, 0, Number.NaN, 8]],
  ...[0.1, 0.5, 1.5].flatMap(razavy),
  // Morse and Pöschl–Teller: levels that decay slowly, up to the last.
  ['10*(1 - exp(-x))^2', 0.5, [0, 1, 2, 3].map((n) => 10 - 0.5 * (Math.sqrt(20) - n - 0.5) ** 2)],
  ...[1, 2, 3, 10].map(
    (ell): Row => [
      `-${0.5 * ell * (ell + 1)}/cosh(x)^2`,
      0.5,
      Array.from({ length: ell }, (_, n) => -0.5 * (ell - n) ** 2),
    ],
  ),
  // Published to the digits shown: half a unit of the last is allowed.
  ['x^2 + 10*(1 - cos(2*pi*x))', 1, [9.6997728491], 6e-11],
  ['x^2 + 10*(1 - cos(2*pi*x))', 0.1, [4.1921616128], 6e-11],
  ['x^2 + 10*(1 - cos(2*pi*x))', 0.01, [1.383518683], 6e-11],
  ...(
    [
      [0.3, 2.4997308e-3],
      [0.2, 6.92028183e-4],
      [0.1, 4.21674675e-5],
    ] as const
  ).map(([D, E]): Row => [`(x^2 - 1)^2 + 2*sqrt(${D})*x`, D, [E], 6e-12]),
  // The Witten point, where the ground state is e^{−∫W} with energy 0.
  ['(x^2 - 1)^2 + 0.2*x', 0.01, [0]],
]

it.each(smooth.map((row) => [row[0], row[1], row] as const))('%s at D = %f', (_, __, row) => {
  expectLevels(row)
})

describe('tunnelling splittings', () => {
  it.each([
    [1, 1.137785848188223, 1.5752420495795],
    [0.5, 0.8695809189354685, 0.79184807932279],
    [0.2, 0.6570320235171, 0.2524415961679],
    [0.1, 0.5331823117610522, 0.074223412412122],
    [0.05, 0.4113604705242145, 0.012512168976991],
    [0.02, 0.2716844207495591, 3.4229880510156e-4],
    [0.01, 0.1946729955437938, 6.0281820383959e-6],
  ])('(x² − 1)² at D = %f', (D, energy, gap) => {
    const found = qde({ objective: '(x^2 - 1)^2', D }).eigenstates(2)
    expect(Math.abs(found.energy - energy)).toBeLessThan(LEVEL)
    expect(Math.abs(found.gap - gap)).toBeLessThan(LEVEL)
  })
})

/** Levels of −V on |x| < a: z tan z = √(K² − z²) and −z cot z = √(K² − z²), z = ka, K = a√(V/D). */
function squareWell(V: number, a: number, D: number): number[] {
  const K = a * Math.sqrt(V / D)
  return Array.from({ length: Math.ceil((2 * K) / Math.PI) }, (_, n) => {
    const f = (z: number): number => {
      const outside = Math.sqrt(Math.max(0, K * K - z * z))
      return n % 2 === 0 ? z * Math.sin(z) - outside * Math.cos(z) : -z * Math.cos(z) - outside * Math.sin(z)
    }
    let [low, high] = [(n * Math.PI) / 2, Math.min(K, ((n + 1) * Math.PI) / 2)]
    const sign = Math.sign(f(low + 1e-12))
    for (let i = 0; i < 100; i++) {
      const middle = (low + high) / 2
      if (Math.sign(f(middle)) === sign) low = middle
      else high = middle
    }
    return D * (low / a) ** 2 - V
  })
}

describe('kinks and jumps', () => {
  const airy = [AIRY_SLOPE[0], AIRY[0], AIRY_SLOPE[1], AIRY[1]].map((a) => 0.5 ** (1 / 3) * a)

  it.each(['abs(x)', 'abs(x - 1)', 'max(x, -x)', 'x*sign(x)', 'x*(2*step(x) - 1)'])(
    '%s: Airy',
    (objective) => {
      expectLevels([objective, 0.5, airy])
    },
  )

  it('a function with a kink at an odd place', () => {
    const { energies } = qde({ objective: (x) => Math.abs(x - 0.3), D: 0.5 }).eigenstates(4)
    energies.forEach((e, n) => {
      expect(Math.abs(e - airy[n])).toBeLessThan(LEVEL)
    })
  })

  it.each([
    [5, 1],
    [0.3, 1],
    [0.01, 1],
    [20, 1.5],
  ])('a well of depth %f and half width %f: all of its levels, and no more', (V, a) => {
    const levels = squareWell(V, a, 0.5)
    expectLevels([`-${V}*step(${a} - abs(x))`, 0.5, levels])
    const well = qde({ objective: (x) => (Math.abs(x) < a ? -V : 0), D: 0.5 })
    well.eigenstates(levels.length).energies.forEach((e, n) => {
      expect(Math.abs(e - levels[n])).toBeLessThan(LEVEL * Math.max(1, V))
    })
    expect(() => well.eigenstates(levels.length + 1)).toThrow(new RegExp(`holds ${levels.length} level`))
  })

  it('E = V/2 in an infinite well with a step is left by a jump at its middle: continuity of ψ′/ψ', () => {
    // ζ = V on the right half of walls at ±1: k cot k + q cot q = 0 with E = Dk² = Dq² + V.
    const [D, V] = [0.5, 3]
    const { energies } = qde({
      objective: `${V}*step(x)`,
      D,
      grid: { lower: -1, upper: 1, points: 64 },
    }).eigenstates(4)
    for (const E of energies) {
      const [k, q2] = [Math.sqrt(E / D), (E - V) / D]
      const q = Math.sqrt(Math.abs(q2))
      const right = q2 > 0 ? q / Math.tan(q) : q / Math.tanh(q)
      // cot amplifies an error of E by its slope, below 1e3 for these levels.
      expect(Math.abs(k / Math.tan(k) + right)).toBeLessThan(1e3 * LEVEL)
    }
  })
})

describe('boxes that are given', () => {
  it('wall and ramp: Airy zeros, whatever the points', () => {
    for (const points of [64, 256])
      expectLevels(['x', 0.5, AIRY.map((a) => 0.5 ** (1 / 3) * a)], {
        lower: 0,
        upper: 24,
        points,
      })
  })

  it('box: D(nπ/L)² between walls from n = 1, with zero flux from n = 0, and D(2πn/L)² twice on a ring', () => {
    const box = { lower: 0, upper: 2, points: 64 }
    expectLevels(['0', 0.3, [1, 2, 3, 4].map((n) => 0.3 * ((n * Math.PI) / 2) ** 2)], box)
    expectLevels(['0', 0.3, [0, 1, 2, 3].map((n) => 0.3 * ((n * Math.PI) / 2) ** 2)], {
      ...box,
      boundary: 'zero-flux',
    })
    expectLevels(['0', 0.3, [0, 1, 1, 2, 2].map((n) => 0.3 * (n * Math.PI) ** 2)], {
      ...box,
      boundary: 'periodic',
    })
  })

  it('the states of a degenerate pair on a ring are orthogonal', () => {
    const { states } = qde({
      objective: '0',
      D: 0.3,
      grid: { lower: 0, upper: 2, points: 64, boundary: 'periodic' },
    }).eigenstates(3)
    expect(Math.abs(states[1].overlap(states[2]).re)).toBeLessThan(LEVEL)
  })
})

it('says how far levels between singularities can be trusted', () => {
  const { energies, residuals } = qde({ objective: 'cbrt(x)^4', D: 0.5 }).eigenstates(2)
  expect(energies[0]).toBeLessThan(energies[1])
  expect(Math.max(...residuals)).toBeGreaterThan(0)
})
