import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { legendre } from '../../../../src/numeric/index.js'
import { reference, SHAPES } from '../../../../src/qde/elements/reference.js'
import { lowestOnElements, type SturmLiouville } from '../../../../src/qde/elements/sturmLiouville.js'

/** What a degree of 32 leaves, times max(1, |E|). */
const LEVEL = 1e-13

function expectLevels(problem: SturmLiouville, levels: readonly number[]): void {
  const found = lowestOnElements(problem, levels.length)
  levels.forEach((level, n) => {
    expect(Math.abs(found[n].energy - level)).toBeLessThan(LEVEL * Math.max(1, Math.abs(level)))
    expect(found[n].residual).toBeLessThan(1e-9)
  })
}

it('slopes and curvatures of the shape functions are derivatives: N_k′ ∝ P_{k−1}', () => {
  const { nodes, slope, curvature } = reference()
  const q = 11
  for (let k = 2; k < SHAPES; k++) {
    const p = legendre(k, nodes[q])
    expect(Math.abs(slope[q * SHAPES + k] - Math.sqrt(k - 0.5) * p[k - 1])).toBeLessThan(1e-13)
    const derivative = ((k - 1) * (p[k - 2] - nodes[q] * p[k - 1])) / (1 - nodes[q] ** 2)
    expect(Math.abs(curvature[q * SHAPES + k] - Math.sqrt(k - 0.5) * derivative)).toBeLessThan(1e-11)
  }
})

describe('known spectra', () => {
  const flat = (x: Float64Array): Float64Array => x.map(() => 0)
  it('−u″ with u = 0, u′ = 0 and on a ring', () => {
    const box = { D: 1, vertices: [0, 0.4, Math.PI], potential: flat }
    expectLevels({ ...box, ends: ['zero', 'zero'] }, [1, 4, 9])
    expectLevels({ ...box, ends: ['free', 'zero'] }, [0.25, 2.25, 6.25])
    expectLevels({ ...box, ends: ['free', 'free'] }, [0, 1, 4])
    expectLevels({ ...box, ends: 'ring' }, [0, 4, 4, 16, 16])
  })

  it.each([2, 3])('oscillator in %i dimensions, by angular momentum: ω(2n + l + d/2)', (d) => {
    for (const l of [0, 1, 2, 5])
      expectLevels(
        {
          D: 0.5,
          vertices: [0, 4, 10],
          ends: [l === 0 ? 'free' : 'zero', 'zero'],
          power: d - 1,
          potential: (x) => x.map((r) => (r * r) / 2 + (0.5 * l * (l + d - 2)) / (r * r)),
        },
        [0, 1, 2].map((n) => 2 * n + l + d / 2),
      )
  })

  it.each([2, 3])('Coulomb in %i dimensions: −α²/4D(n + l + (d − 1)/2)²', (d) => {
    for (const l of [0, 1])
      expectLevels(
        {
          D: 0.5,
          vertices: [0, 1, 5, 20, 80],
          ends: [l === 0 ? 'free' : 'zero', 'zero'],
          power: d - 1,
          potential: (x) => x.map((r) => -1 / r + (0.5 * l * (l + d - 2)) / (r * r)),
        },
        [0, 1].map((n) => -0.5 / (n + l + (d - 1) / 2) ** 2),
      )
  })
})

it('levels do not depend on where the elements meet; states are normalised and orthogonal', () => {
  const vertices = fc.uniqueArray(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 2, maxLength: 4 })
  fc.assert(
    fc.property(vertices, (cuts) => {
      const inner = cuts.toSorted((a, b) => a - b).filter((x, i, all) => i === 0 || x - all[i - 1] > 0.1)
      const found = lowestOnElements(
        {
          D: 0.5,
          vertices: [-9, ...inner, 9],
          ends: ['zero', 'zero'],
          potential: (x) => x.map((v) => (v * v) / 2),
        },
        3,
      )
      found.forEach((level, n) => {
        // With few elements the degree itself is the limit, whose error is the square of the tail.
        const error = 1e-13 + 10 * Math.max(...level.tails) ** 2
        expect(Math.abs(level.energy - n - 0.5)).toBeLessThan(error)
        expect(Math.abs(level.energy - n - 0.5)).toBeLessThanOrEqual(level.residual + 1e-13)
      })
      const x = Float64Array.from({ length: 900 }, (_, i) => -9 + 0.02 * (i + 0.5))
      const [a, b] = [found[0].state.at(x), found[1].state.at(x)]
      const overlap = (p: Float64Array, q: Float64Array): number =>
        p.reduce((sum, v, i) => sum + v * q[i] * 0.02, 0)
      expect(Math.abs(overlap(a, a) - 1)).toBeLessThan(1e-9)
      expect(Math.abs(overlap(a, b))).toBeLessThan(1e-9)
    }),
    { seed: 6, numRuns: 20 },
  )
})
