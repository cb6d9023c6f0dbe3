import { describe, expect, it } from 'vitest'
import { qde } from '../../../../src/qde/index.js'
import { harmonics } from '../../../../src/qde/levels/harmonics.js'

/** What elements leave of a radial level, times max(1, |E|). */
const LEVEL = 1e-11

function expectLevels(objective: string, D: number, levels: readonly number[]): void {
  const { energies } = qde({ objective, D }).eigenstates(levels.length)
  levels.forEach((level, n) => {
    expect(Math.abs(energies[n] - level)).toBeLessThan(LEVEL * Math.max(1, Math.abs(level)))
  })
}

describe('levels of ζ(r), degeneracies included', () => {
  it('oscillator: ω(n + d/2), n + 1 and (n + 1)(n + 2)/2 times', () => {
    expectLevels('(x^2 + y^2)/2', 0.5, [1, 2, 2, 3, 3, 3, 4, 4, 4, 4])
    expectLevels('(x^2 + y^2 + z^2)/2', 0.5, [1.5, 2.5, 2.5, 2.5, 3.5, 3.5, 3.5, 3.5, 3.5, 3.5, 4.5])
  })

  it('Coulomb: −α²/4D(n − ½)² in a plane, −α²/4Dn² in space', () => {
    expectLevels('-2/sqrt(x^2 + y^2)', 1, [-4, ...[1, 1, 1].map(() => -4 / 9), -0.16])
    expectLevels('-1/sqrt(x^2 + y^2 + z^2)', 0.5, [-0.5, -0.125, -0.125, -0.125, -0.125, -1 / 18])
  })

  it('r⁴: states are orthonormal, and H on their grid agrees with the elements', () => {
    const problem = qde({ objective: '(x^2 + y^2)^2', D: 1 })
    const { states, energies } = problem.eigenstates(3)
    const hamiltonian = problem.hamiltonian(states[0].grid)
    states.forEach((state, n) => {
      expect(Math.abs(hamiltonian.energy(state).mean - energies[n])).toBeLessThan(1e-9)
      for (let m = 0; m <= n; m++)
        expect(Math.abs(state.overlap(states[m]).re - (m === n ? 1 : 0))).toBeLessThan(1e-9)
    })
  })

  it('states are orthonormal on a grid with a point at the origin, where only s waves are not 0', () => {
    for (const objective of ['x^2 + y^2', 'x^2 + y^2 + z^2']) {
      const problem = qde({ objective, D: 0.5, grid: { points: 32 } })
      const { states, grid } = problem.eigenstates(10)
      const centre = 2 * ((grid.size - 1) / 2)
      expect(grid.axes[0].coordinates[(grid.shape[0] - 1) / 2]).toBe(0)
      states.forEach((state, n) => {
        for (let m = 0; m <= n; m++)
          expect(Math.abs(state.overlap(states[m]).re - (m === n ? 1 : 0))).toBeLessThan(1e-9)
      })
      // Levels 1 … d have l = 1.
      expect(states[0].values[centre]).toBeGreaterThan(0.1)
      for (let n = 1; n <= grid.axes.length; n++)
        expect(Math.abs(states[n].values[centre])).toBeLessThan(1e-9)
    }
  })

  it('a square well in the plane with a jump at r = 1: J₀′/J₀ meets K₀′/K₀', () => {
    const [E] = qde({ objective: (x, y) => (x * x + y * y < 1 ? -6 : 0), D: 0.5 }).eigenstates(1).energies
    const [k, kappa] = [Math.sqrt((E + 6) / 0.5), Math.sqrt(-E / 0.5)]
    const average = (f: (t: number) => number, from: number, to: number): number => {
      const n = 4000
      let sum = 0
      for (let i = 0; i < n; i++) sum += f(from + ((i + 0.5) * (to - from)) / n)
      return (sum * (to - from)) / n
    }
    // Bessel's and the modified integrals, DLMF 10.9.1 and 10.32.9.
    const J = (m: number): number => average((t) => Math.cos(m * t - k * Math.sin(t)), 0, Math.PI) / Math.PI
    const K = (m: number): number => average((t) => Math.exp(-kappa * Math.cosh(t)) * Math.cosh(m * t), 0, 6)
    expect(Math.abs((k * J(1)) / J(0) - (kappa * K(1)) / K(0))).toBeLessThan(LEVEL * 10)
  })
})

it('leaves what is not symmetric about the origin to other methods', () => {
  const { energies } = qde({ objective: 'x^2/2 + y^2', D: 0.5 }).eigenstates(2)
  expect(Math.abs(energies[1] - 1.5 - Math.SQRT1_2)).toBeLessThan(1e-6)
})

it.each([2, 3])('harmonics of %i dimensions are orthonormal on the sphere', (dimension) => {
  const all = [0, 1, 2, 3].flatMap((l) => harmonics(dimension, l))
  const n = 40
  const points: number[][] = []
  const weights: number[] = []
  for (let i = 0; i < (dimension === 2 ? 1 : n); i++) {
    // Midpoints in cos θ with the error of second order, averaged away by the tolerance below.
    const z = dimension === 2 ? 0 : -Math.cos((Math.PI * (i + 0.5)) / n)
    const ring = dimension === 2 ? 1 : Math.sin((Math.PI * (i + 0.5)) / n) * (Math.PI / n)
    for (let j = 0; j < n; j++) {
      const phi = (2 * Math.PI * j) / n
      const s = Math.sqrt(1 - z * z)
      points.push([s * Math.cos(phi), s * Math.sin(phi), z])
      weights.push((ring * 2 * Math.PI) / n)
    }
  }
  const columns = [0, 1, 2].slice(0, dimension).map((d) => Float64Array.from(points, (p) => p[d]))
  const values = all.map((f) => f(columns))
  values.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const dot = a.reduce((sum, v, q) => sum + v * values[j][q] * weights[q], 0)
      expect(Math.abs(dot - (i === j ? 1 : 0))).toBeLessThan(dimension === 2 ? 1e-13 : 3e-3)
    }
  })
})
