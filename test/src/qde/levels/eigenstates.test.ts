import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unpack, validateFigure } from '../../../../src/figure/index.js'
import { interpolate } from '../../../../src/grid/index.js'
import { qde } from '../../../../src/qde/index.js'

/** What the default grids promise in one dimension, times max(1, |E|). */
const LEVEL = 1e-10

describe('levels with no grid given', () => {
  it('harmonic oscillator: n + ½ for the first ten', () => {
    const { energies } = qde({ objective: 'x^2/2', D: 0.5 }).eigenstates(10)
    energies.forEach((e, n) => {
      expect(Math.abs(e - n - 0.5)).toBeLessThan(LEVEL)
    })
  })

  // E₀, E₁ − E₀, ⟨x⟩ and P(x < 0) of (x² − 1)² + 0.2x: converged digits.
  it.each([
    [1, 1.1226897115, 1.5973511526, -0.1500636456, 0.583398],
    [0.5, 0.8414901215, 0.8375349421, -0.2740770457, 0.658833],
    [0.2, 0.580771282, 0.3918716723, -0.634874116, 0.869121],
    [0.1, 0.3952353979, 0.3381045752, -0.8586983855, 0.980505],
    [0.02, 0.0808297127, 0.3756454898, -0.9698838097, 0.999981],
    [0.01, 0, 0.3834633373, -0.9870760586, 0.9999998],
    [0.001, -0.1373782644, 0.1282272755, -1.0129713246, 1],
  ])('tilted double well at D = %f', (D, energy, gap, mean, left) => {
    const found = qde({ objective: '(x^2 - 1)^2 + 0.2*x', D }).eigenstates(2)
    expect(Math.abs(found.energy - energy)).toBeLessThan(LEVEL)
    expect(Math.abs(found.gap - gap)).toBeLessThan(2 * LEVEL)
    expect(Math.abs(found.state.mean()[0] - mean)).toBeLessThan(1e-9)
    // The reference sums a grid up to x = 0, which is good to a few 1e-6; the quadrature itself is tested with erf.
    expect(Math.abs(found.state.probability([Number.NEGATIVE_INFINITY, 0]) - left)).toBeLessThan(3e-6)
  })

  it.each([
    ['x^4', 1, [1.060362090484183, 3.799673029801394, 7.455697937986738]],
    ['x^2 + x^4', 1, [1.3923516415302919, 4.648812704212078]],
    ['x^2/2 + 0.1*x^4', 0.5, [0.5591463271835196]],
    ['x^4 - 5*x^2', 1, [-3.4101427612398294, -3.250675362289236]],
    ['10*(1 - exp(-x))^2', 0.5, [2.11106798, 5.58320393, 8.05533989, 9.52747584]],
    ['x^6 - 11*x^2', 1, [-8, Number.NaN, 0, Number.NaN, 8]],
    ['x^2 + 10*(1 - cos(2*pi*x))', 0.1, [4.1921616128]],
  ])('%s at D = %f', (objective, D, levels) => {
    const { energies } = qde({ objective, D }).eigenstates(levels.length)
    levels.forEach((level, n) => {
      const digits = level.toString().length > 11 ? LEVEL : 1e-8
      if (!Number.isNaN(level))
        expect(Math.abs(energies[n] - level)).toBeLessThan(digits * Math.max(1, Math.abs(level)))
    })
  })

  it('symmetric double well: the gap down to 6.0281820383959e-6', () => {
    const gap = (D: number): number => qde({ objective: '(x^2 - 1)^2', D }).eigenstates(2).gap
    expect(Math.abs(gap(0.1) - 0.074223412412122)).toBeLessThan(LEVEL)
    expect(Math.abs(gap(0.02) - 3.4229880510156e-4)).toBeLessThan(LEVEL)
    expect(Math.abs(gap(0.01) - 6.0281820383959e-6)).toBeLessThan(LEVEL)
  })
})

describe('a plane', () => {
  it('anisotropic oscillator: E = (n + ½) + √2 (m + ½)', () => {
    const { energies } = qde({ objective: 'x^2/2 + y^2', D: 0.5 }).eigenstates(6)
    const exact = [0, 1, 2, 3]
      .flatMap((n) => [0, 1, 2].map((m) => n + 0.5 + Math.SQRT2 * (m + 0.5)))
      .sort((a, b) => a - b)
    energies.forEach((e, n) => {
      expect(Math.abs(e - exact[n])).toBeLessThan(1e-8)
    })
  })

  it('Hénon–Heiles, λ² = 1/80: both members of each degenerate pair', () => {
    const found = qde({
      objective: 'x^2/2 + y^2/2 + l*(x^2*y - y^3/3)',
      parameters: { l: Math.sqrt(1 / 80) },
      D: 0.5,
      grid: { lower: -7, upper: 7, points: 64 },
    }).eigenstates(8)
    const published = [
      0.99859477, 1.99007676, 1.99007676, 2.95624299, 2.98532643, 2.98532643, 3.92596372, 3.92596372,
    ]
    published.forEach((level, n) => {
      expect(Math.abs(found.energies[n] - level)).toBeLessThan(1e-8)
    })
  })
})

describe('properties', () => {
  it('shifting and scaling x, and scaling ζ with D, only move and scale the levels', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (shift, length, energy) => {
          const reference = qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 0.2 }).eigenstates(3).energies
          const moved = qde({
            objective: 'c*((((x - s)/l)^2 - 1)^2 + 0.2*(x - s)/l)',
            parameters: { c: energy, s: shift, l: length },
            D: 0.2 * energy * length ** 2,
          }).eigenstates(3).energies
          reference.forEach((e, n) => {
            expect(Math.abs(moved[n] / energy - e)).toBeLessThan(1e-9)
          })
        },
      ),
      { numRuns: 8, seed: 20240719 },
    )
  })

  it('the ground state has no node and is positive', () => {
    const { state } = qde({ objective: '(x^2 - 1)^2 + 0.2*x', D: 0.1 }).groundState()
    expect(state.isPopulation).toBe(true)
  })

  it('states are orthonormal and their residuals vanish', () => {
    const { states, residuals } = qde({ objective: 'x^4', D: 1 }).eigenstates(4)
    for (const [a, b] of [
      [0, 0],
      [1, 1],
      [0, 2],
      [1, 3],
    ])
      expect(Math.abs(states[a].overlap(states[b]).re - (a === b ? 1 : 0))).toBeLessThan(1e-12)
    expect(Math.max(...residuals)).toBeLessThan(1e-9)
  })
})

describe('refusals', () => {
  it.each(['x', '-x^2', 'x^3', 'x^2 - 0.01*x^4', '-exp(x)'])(
    'refuses a ground state of %s, which has no lower bound',
    (objective) => {
      expect(() => qde({ objective, D: 0.5 }).groundState()).toThrow(/no lower bound.*Add a confining term/)
    },
  )

  it('refuses levels that the box holds rather than ζ', () => {
    expect(() => qde({ objective: 'sin(x)', D: 0.5 }).groundState()).toThrow(/reach the edge of the box/)
  })

  it('finds the one bound state of −2 sech², E₀ = −Dℓ² with Dℓ(ℓ+1) = 2', () => {
    const ell = (Math.sqrt(17) - 1) / 2
    expect(
      Math.abs(qde({ objective: '-2/cosh(x)^2', D: 0.5 }).groundState().energy + 0.5 * ell ** 2),
    ).toBeLessThan(1e-9)
  })

  it.each([2, 5, 10])('finds all ℓ levels of −Dℓ(ℓ+1) sech², E = −D(ℓ−n)², for ℓ = %i', (ell) => {
    const well = qde({ objective: `-${0.5 * ell * (ell + 1)}/cosh(x)^2`, D: 0.5 })
    const { energies } = well.eigenstates(ell)
    energies.forEach((e, n) => {
      expect(Math.abs(e + 0.5 * (ell - n) ** 2)).toBeLessThan(1e-8)
    })
    expect(() => well.eigenstates(ell + 3)).toThrow(new RegExp(`holds ${ell} levels`))
  })

  it('cuts a degenerate pair of a plane ring where it is asked to', () => {
    const ring = qde({
      objective: '2 - cos(2*pi*x) - cos(2*pi*y)',
      D: 0.5,
      grid: { lower: 0, upper: 4, points: 32, boundary: 'periodic' },
    })
    const five = ring.eigenstates(5).energies
    const two = ring.eigenstates(2).energies
    expect(Math.abs(two[1] - five[1])).toBeLessThan(1e-8)
    expect(Math.abs(five[1] - five[2])).toBeLessThan(1e-8)
  })

  it.each([90, 135, 240])('a grid of %i parts serves as well as a power of two', (points) => {
    const { energies } = qde({
      objective: 'x^2/2',
      D: 0.5,
      grid: { lower: -12, upper: 12, points },
    }).eigenstates(4)
    energies.forEach((e, n) => {
      expect(Math.abs(e - n - 0.5)).toBeLessThan(LEVEL)
    })
  })

  it.each([0, 2.5, 300])('refuses eigenstates(%f)', (levels) => {
    expect(() => qde({ objective: 'x^2', D: 0.5 }).eigenstates(levels)).toThrow(
      /levels.*an integer from 1 to 256/,
    )
  })
})

/** Rounding of a sum over n points, n·ε at the most. */
const rounding = (n: number): number => n * Number.EPSILON

describe('states are normalised on the grid that shows them', () => {
  it.each([
    ['abs(x)', 0.5],
    ['100*step(abs(x) - 1)', 0.5],
    ['-step(1 - abs(x))', 0.5],
    ['-2/sqrt(x^2 + y^2)', 1],
    ['-1/sqrt(x^2 + y^2 + z^2)', 0.5],
  ])('%s', (objective, D) => {
    for (const state of qde({ objective, D }).eigenstates(1).states) {
      expect(Math.abs(state.normSquared - 1)).toBeLessThan(rounding(state.grid.size))
      expect(Math.abs(state.overlap(state).re - 1)).toBeLessThan(rounding(state.grid.size))
    }
  })
})

it.each(['x^2/2 + y^2/2', '-1/sqrt(x^2 + y^2 + z^2)'])('states of %s are drawn as they are', (objective) => {
  const found = qde({ objective, D: 0.5 }).eigenstates(2)
  const figure = found.figure()
  validateFigure(figure)
  if (figure.kind !== 'wave') throw new Error(`drawn as ${figure.kind}`)
  const axes = figure.axes.map((axis) => unpack(axis))
  const cell = axes.reduce((product, axis) => product * (axis[1]! - axis[0]!), 1)
  const weights = unpack(figure.weights)
  const fields = figure.fields.map((field) => unpack(field))
  const psi = found.states.map((_, n) =>
    Float64Array.from(fields[0]!, (_, i) =>
      fields.reduce((sum, field, k) => sum + weights[2 * (n * fields.length + k)]! * field[i]!, 0),
    ),
  )
  psi.forEach((drawn, n) => {
    const exact = interpolate(found.states[n], axes)
    // Up to the largest value: what 8 bits and the fields that are left out leave.
    const largest = exact.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
    const wrong = drawn.filter((v, i) => !(Math.abs(v - exact[2 * i]!) < 0.03 * largest))
    expect(wrong.length).toBe(0)
    expect(drawn.reduce((sum, v) => sum + v * v, 0) * cell).toBeCloseTo(1, 1)
  })
})

it.each([
  ['x^4', 1],
  // Levels 0: the scale is that of the parts which cancel.
  ['x^6 - 3*x^2', 1],
])('no error of %s is told below rounding, nor far above', (objective, D) => {
  const { errors } = qde({ objective, D }).eigenstates(1)
  for (const error of errors) {
    expect(error).toBeGreaterThan(Number.EPSILON)
    expect(error).toBeLessThan(1e-10)
  }
})
