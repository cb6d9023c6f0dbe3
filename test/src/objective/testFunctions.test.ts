import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  functionObjective,
  gradientOf,
  hessianOf,
  type Objective,
  TEST_FUNCTIONS,
  testFunction,
} from '../../../src/objective/index.js'
import { qde } from '../../../src/qde/index.js'

const at = (point: readonly number[]): Float64Array[] => point.map((x) => Float64Array.of(x))
const value = (objective: Objective, ...point: number[]): number => objective.evaluate(at(point))[0]
const lowest = (objective: Objective) => objective.minima![0]

/** Rounding of ζ and of ∇ζ, as a share of the size of their terms. */
const ROUNDING = 1e-12
/** Error of differences of ζ with steps of ε^{1/7}: see derivatives.test.ts. */
const DIFFERENCES = 1e-7

/** Every function in one, two and five dimensions, where it has so many. */
const members = TEST_FUNCTIONS.flatMap((name) =>
  [1, 2, 5].flatMap((dimensions) => {
    try {
      return [[name, dimensions, testFunction(name, { dimensions })] as const]
    } catch {
      return []
    }
  }),
)

describe('test functions', () => {
  it('are all there in some dimension', () => {
    expect(new Set(members.map(([name]) => name))).toEqual(new Set(TEST_FUNCTIONS))
  })

  it.each(members)(
    '%s in %i dimensions: nothing near a minimum is lower, and it is where ∇ζ = 0',
    (name, d, zeta) => {
      for (const { point, value: least } of zeta.minima!) {
        expect(value(zeta, ...point)).toBe(least)
        point.forEach((x, u) => {
          expect(x).toBeGreaterThan(zeta.domain![u].lower)
          expect(x).toBeLessThan(zeta.domain![u].upper)
        })
        const scale = Math.max(1, Math.abs(least))
        for (let k = 0; k < 20; k++) {
          const beside = point.map((x, u) => x + 1e-3 * Math.sin(k * (u + 1.3) + 1))
          expect(value(zeta, ...beside)).toBeGreaterThan(least - ROUNDING * scale)
        }
        if (name === 'ackley') continue
        // A Newton step from a minimum that is known to 1e-12 is shorter than that.
        const gradient = gradientOf(zeta)(at(point)).map(([g]) => g)
        const hessian = hessianOf(zeta)(at(point)).map((row) => row.map(([h]) => h))
        gradient.forEach((slope, u) => {
          expect(Math.abs(slope)).toBeLessThan(
            ROUNDING * Math.max(1, hessian[u][u]) * Math.max(1, Math.abs(point[u])),
          )
          expect(hessian[u][u]).toBeGreaterThan(0)
        })
        if (d === 2) expect(hessian[0][0] * hessian[1][1] - hessian[0][1] ** 2).toBeGreaterThan(0)
      }
    },
  )

  it.each(members)(
    '%s in %i dimensions: the gradient and the Hessian are those of differences',
    (_, __, zeta) => {
      const { minima: ___, gradient: ____, hessian: _____, breaks: ______, ...plain } = zeta
      fc.assert(
        fc.property(
          fc.array(fc.double({ min: 0.03, max: 0.97, noNaN: true }), { minLength: 5, maxLength: 5 }),
          (shares) => {
            const point = at(zeta.domain!.map(({ lower, upper }, u) => lower + shares[u] * (upper - lower)))
            const { values, errors } = gradientOf(plain).withError(point)
            const exact = zeta.gradient!(point)
            values.forEach(([v], u) => {
              expect(Math.abs(v - exact[u][0])).toBeLessThan(10 * errors[u][0] + DIFFERENCES)
            })
            const found = hessianOf({ ...plain, gradient: zeta.gradient! }).withError(point)
            zeta.hessian?.(point).forEach((row, u) => {
              row.forEach(([h], v) => {
                expect(Math.abs(h - found.values[u][v][0])).toBeLessThan(
                  10 * found.errors[u][v][0] + DIFFERENCES,
                )
              })
            })
          },
        ),
        { seed: 11, numRuns: 6 },
      )
    },
  )

  // Closed forms, and published minima of the references in rows.ts.
  it.each([
    ['sphere', 3, [0, 0, 0], 0],
    ['sumSquares', 4, [0, 0, 0, 0], 0],
    ['zakharov', 2, [0, 0], 0],
    ['ackley', 2, [0, 0], 0],
    ['rastrigin', 2, [0, 0], 0],
    ['griewank', 2, [0, 0], 0],
    ['schwefel', 2, [420.968746, 420.968746], 0],
    ['levy', 2, [1, 1], 0],
    ['rosenbrock', 4, [1, 1, 1, 1], 0],
    ['styblinskiTang', 1, [-2.903534031], -39.16616570377],
    ['styblinskiTang', 3, [-2.903534031, -2.903534031, -2.903534031], -117.49849711131],
    ['mullerBrown', 2, [-0.558224, 1.441726], -146.69952],
    ['flatAndSharp', 1, [1.003814], -0.0500956189739],
  ] as const)('%s in %i dimensions has its lowest minimum at %j', (name, dimensions, point, least) => {
    const found = lowest(testFunction(name, { dimensions }))
    found.point.forEach((x, u) => {
      // Six digits behind the point are printed.
      expect(Math.abs(x - point[u])).toBeLessThan(1e-6)
    })
    expect(Math.abs(found.value - least)).toBeLessThan(
      1e-5 * Math.max(0, Math.sign(Math.abs(least) - 100)) + 1e-10,
    )
  })

  it('Schwefel: the constant makes the minimum 0 to rounding', () => {
    expect(Math.abs(lowest(testFunction('schwefel', { dimensions: 1 })).value)).toBeLessThan(1e-12)
  })

  it('six-hump camel: six minima, the lowest two at ±(0.08984201, −0.71265640)', () => {
    const { minima } = testFunction('sixHumpCamel')
    expect(minima).toHaveLength(6)
    for (const { point, value: least } of minima!.slice(0, 2)) {
      expect(least).toBeCloseTo(-1.0316284535, 10)
      expect(Math.abs(point[0])).toBeCloseTo(0.08984201, 8)
      expect(point[1] / point[0]).toBeCloseTo(-0.7126564 / 0.08984201, 5)
    }
    const values = minima!.map((m) => m.value)
    expect(values[2]).toBeCloseTo(-0.2154638, 6)
    expect(values[5]).toBeCloseTo(2.1042503, 6)
  })

  it('Himmelblau: four zeros', () => {
    const { minima } = testFunction('himmelblau')
    expect(minima).toHaveLength(4)
    for (const { value: least } of minima!) expect(Math.abs(least)).toBeLessThan(1e-24)
    expect(minima!.some(({ point }) => Math.hypot(point[0] - 3, point[1] - 2) < 1e-12)).toBe(true)
  })

  it('Müller–Brown: the three published minima', () => {
    const values = testFunction('mullerBrown').minima!.map((m) => m.value)
    expect(values.map((v) => v.toFixed(5))).toEqual(['-146.69952', '-108.16672', '-80.76782'])
  })

  // Roots of ζ′ in 30-digit arithmetic.
  it('Rastrigin on a line: the minimum nearest 3 is at 2.98485570103948', () => {
    const { minima } = testFunction('rastrigin', { dimensions: 1 })
    // One near each whole number of the domain, ±5.12.
    expect(minima).toHaveLength(11)
    const near = minima!.find(({ point }) => Math.abs(point[0] - 3) < 0.1)!
    expect(near.point[0]).toBeCloseTo(2.984855701039481, 13)
    expect(near.value).toBeCloseTo(8.9546012415, 10)
  })

  it('double wells: the two of the flat and the sharp one, and of the tilted one', () => {
    const [sharp, flat] = testFunction('flatAndSharp').minima!
    expect(sharp.point[0]).toBeCloseTo(1.0038141727405453, 13)
    expect(sharp.value).toBeCloseTo(-0.0500956189739, 13)
    expect(flat.point[0]).toBeCloseTo(-0.989908444654399, 13)
    expect(flat.value).toBeCloseTo(0.0497484806481, 13)
    const [tilted] = testFunction('doubleWell', { parameters: { tilt: 0.2 } }).minima!
    expect(tilted.point[0]).toBeCloseTo(-1.024120300215051, 13)
    expect(tilted.value).toBeCloseTo(-0.2024404343448, 13)
  })

  it('double well: minima at ±a where it is not tilted, and one where the tilt is too large for two', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 3, noNaN: true }),
        fc.double({ min: 0.5, max: 5, noNaN: true }),
        (a, h) => {
          const level = testFunction('doubleWell', { parameters: { a, h } }).minima!
          expect(level.map(({ point }) => point[0] / a).toSorted((p, q) => p - q)).toEqual([
            expect.closeTo(-1, 12),
            expect.closeTo(1, 12),
          ])
          // The steepest slope between the wells is h·8a³/(3√3).
          const most = (8 * h * a ** 3) / (3 * Math.sqrt(3))
          const count = (tilt: number): number =>
            testFunction('doubleWell', { parameters: { a, h, tilt } }).minima!.length
          expect(count(0.9 * most)).toBe(2)
          expect(count(1.1 * most)).toBe(1)
        },
      ),
      { seed: 3, numRuns: 20 },
    )
  })

  it('the asymmetric double well has wells ΔV = 0.19936 apart and a barrier of 0.87795 from the higher', () => {
    const zeta = testFunction('asymmetricDoubleWell')
    const [deep, shallow] = zeta.minima!
    expect(deep.point[0]).toBeLessThan(0)
    expect(shallow.value - deep.value).toBeCloseTo(0.19936, 5)
    const between = Array.from({ length: 4001 }, (_, i) => value(zeta, -0.5 + i / 4000))
    expect(Math.max(...between) - shallow.value).toBeCloseTo(0.87795, 5)
    // At the seam both halves have height V and slope 0.
    expect(value(zeta, 0)).toBe(1)
    expect(zeta.gradient!([Float64Array.of(0)])[0][0]).toBe(0.1)
  })

  it('Razavy: wells at ½ arcosh(M/ξ), and one where ξ ≥ M', () => {
    const [left, right] = testFunction('razavy', { parameters: { xi: 0.1, M: 3 } }).minima!.map(
      ({ point }) => point[0],
    )
    expect(Math.abs(left)).toBeCloseTo(Math.acosh(30) / 2, 12)
    expect(left + right).toBeCloseTo(0, 12)
    expect(
      testFunction('razavy', { parameters: { xi: 2.5, M: 2 } }).minima!.map(({ point }) => point[0]),
    ).toEqual([expect.closeTo(0, 12)])
  })

  it('kinks: Schwefel has its slope 0 at 0, Ackley the subgradient 0 at the tip of its cone', () => {
    const zero = at([0, 0])
    expect(testFunction('schwefel').gradient!(zero).map(([g]) => Math.abs(g))).toEqual([0, 0])
    expect(testFunction('ackley').gradient!(zero).map(([g]) => Math.abs(g))).toEqual([0, 0])
    expect(testFunction('schwefel', { dimensions: 1 }).breaks!(-500, 500)).toEqual([0])
  })

  it('are values of the formulas of their papers', () => {
    const plain = {
      rosenbrock: functionObjective(
        (x, y, z) => 100 * (y - x * x) ** 2 + (1 - x) ** 2 + 100 * (z - y * y) ** 2 + (1 - y) ** 2,
      ),
      levy: functionObjective((x, y, z) => {
        const w = [x, y, z].map((v) => 1 + (v - 1) / 4)
        const bowl = (v: number) => (v - 1) ** 2 * (1 + 10 * Math.sin(Math.PI * v + 1) ** 2)
        return (
          Math.sin(Math.PI * w[0]) ** 2 +
          bowl(w[0]) +
          bowl(w[1]) +
          (w[2] - 1) ** 2 * (1 + Math.sin(2 * Math.PI * w[2]) ** 2)
        )
      }),
      zakharov: functionObjective((x, y, z) => {
        const s = 0.5 * x + y + 1.5 * z
        return x * x + y * y + z * z + s ** 2 + s ** 4
      }),
      ackley: functionObjective((x, y, z) => {
        const cosines = [x, y, z].map((v) => Math.cos(2 * Math.PI * v))
        const mean = (cosines[0] + cosines[1] + cosines[2]) / 3
        return -20 * Math.exp(-0.2 * Math.sqrt((x * x + y * y + z * z) / 3)) - Math.exp(mean) + 20 + Math.E
      }),
      griewank: functionObjective(
        (x, y, z) =>
          1 +
          (x * x + y * y + z * z) / 4000 -
          Math.cos(x) * Math.cos(y / Math.SQRT2) * Math.cos(z / Math.sqrt(3)),
      ),
    } as const
    for (const [name, formula] of Object.entries(plain)) {
      const zeta = testFunction(name as keyof typeof plain, { dimensions: 3 })
      const there = value(formula, 0.7, -1.2, 2.1)
      expect(Math.abs(value(zeta, 0.7, -1.2, 2.1) - there)).toBeLessThan(ROUNDING * Math.max(1, there))
    }
  })

  it('refuse what they do not have', () => {
    expect(() => testFunction('banana' as 'rosenbrock')).toThrow(
      /no such test function.*rosenbrock.*'banana'/,
    )
    expect(() => testFunction('himmelblau', { dimensions: 3 })).toThrow(/dimensions.*from 2 to 2; got 3/)
    expect(() => testFunction('rosenbrock', { dimensions: 1 })).toThrow(/dimensions/)
    expect(() => testFunction('doubleWell', { parameters: { b: 1 } })).toThrow(
      /no option b; allowed: h, a, tilt/,
    )
    expect(() => testFunction('doubleWell', { parameters: { a: Number.NaN } })).toThrow(/parameters.a/)
  })

  // Closed forms; Rastrigin and the tilted well converged by doubling of grid and box, the splitting in 50 digits.
  it.each([
    ['razavy', { xi: 0.3, M: 2 }, 1, [2.49, 3.69]],
    ['razavy', { xi: 0.2, M: 1 }, 1, [1.04]],
    ['razavy', { xi: 0.5, M: 3 }, 1, [7.25 - 2 * Math.SQRT2, 5.25, 7.25 + 2 * Math.SQRT2]],
    ['sextic', { k: 3 }, 1, [0]],
    ['sextic', { k: 7 }, 1, [-2 * Math.SQRT2]],
    ['sextic', { k: 11 }, 1, [-8]],
    ['rastrigin', {}, 0.1, [4.1921616128]],
    ['rastrigin', {}, 0.01, [1.383518683]],
    ['doubleWell', { tilt: 0.2 }, 0.1, [0.3952353979, 0.3952353979 + 0.3381045752]],
    ['doubleWell', {}, 0.1, [0.5331823117610522, 0.5331823117610522 + 0.074223412412122]],
  ] as const)('%s with %j at D = %d has the levels %j', (name, parameters, D, levels) => {
    const objective = testFunction(name, { dimensions: 1, parameters })
    const { energies } = qde({ objective, D }).eigenstates(levels.length)
    levels.forEach((level, k) => {
      // A unit of the last printed place but one.
      expect(Math.abs(energies[k] - level)).toBeLessThan(1e-9)
    })
  })

  it('the splitting of the instanton well at g = 0.05 is 0.1113849', () => {
    const { energies } = qde({ objective: testFunction('instantonWell'), D: 0.5 }).eigenstates(2)
    expect(energies[1] - energies[0]).toBeCloseTo(0.1113849, 7)
  })
})

it('Müller and Brown’s saddles lie at −40.66484 and −72.24894, between its minima', () => {
  const objective = testFunction('mullerBrown')
  const [slope, curvature] = [gradientOf(objective), hessianOf(objective)]
  for (const [start, height] of [
    [[-0.82, 0.62], -40.66484],
    [[0.21, 0.29], -72.24894],
  ] as const) {
    let [x, y] = start as readonly number[]
    for (let k = 0; k < 20; k++) {
      const [gx, gy] = slope(at([x, y])).map((g) => g[0])
      const [[a], [b, d]] = curvature(at([x, y])).map((row) => row.map((h) => h[0]))
      const det = a * d - b * b
      x -= (d * gx - b * gy) / det
      y -= (a * gy - b * gx) / det
      // A pass: one curvature down, one up.
      expect(det).toBeLessThan(0)
    }
    expect(value(objective, x, y)).toBeCloseTo(height, 5)
  }
})

it('the curvature 39.678 at the lowest point of the rugged parabola', () => {
  expect(hessianOf(testFunction('ruggedParabola'))(at([0]))[0][0][0]).toBeCloseTo(39.678, 3)
})
