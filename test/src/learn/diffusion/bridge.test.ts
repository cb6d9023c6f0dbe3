import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gaussianMixture, schrodingerBridge } from '../../../../src/learn/index.ts'

const normal = (mean: number, variance: number) => gaussianMixture({ means: [mean], variances: variance })

/** −s/2 + √(s²/4 + a²b²), in the form without cancellation. */
const covariance = (a2: number, b2: number, s: number): number =>
  (a2 * b2) / (s / 2 + Math.sqrt((s * s) / 4 + a2 * b2))

const positive = fc.double({ min: 0.2, max: 3, noNaN: true })

describe('between normal distributions', () => {
  test('on a line Cov = −s/2 + √(s²/4 + a²b²), s = 2DT (closed form)', () => {
    fc.assert(
      fc.property(positive, positive, positive, positive, (a, b, D, until) => {
        const bridge = schrodingerBridge.gaussian({ from: normal(-1, a * a), to: normal(1, b * b), D, until })
        const exact = covariance(a * a, b * b, 2 * D * until)
        expect(Math.abs(bridge.crossCovariance[0]! / exact - 1)).toBeLessThan(1e-12)
        // Half way: ¼(a² + b² + 2 Cov + s).
        const half = bridge.marginal(until / 2)
        expect(half.mean[0]).toBeCloseTo(0, 12)
        const variance = (a * a + b * b + 2 * exact + 2 * D * until) / 4
        expect(half.covariance[0]).toBeCloseTo(variance, 10)
      }),
    )
  })

  test('in any dimension the coupling is that of an optimum: its precision across is −1/s', () => {
    // The joint density is φ̂₀(x) φ_T(y) e^{−|x−y|²/2s}: x and y meet in one place of the exponent alone.
    const from = gaussianMixture({ means: [[0, 0]], variances: [[[1, 0.4], [0.4, 0.5]]] }) // biome-ignore format: matrices
    const to = gaussianMixture({ means: [[1, 2]], variances: [[[0.6, -0.3], [-0.3, 1.2]]] }) // biome-ignore format: matrices
    const [D, until] = [0.3, 0.8]
    const bridge = schrodingerBridge.gaussian({ from, to, D, until })
    const C = bridge.crossCovariance
    const joint = [
      [1, 0.4, C[0]!, C[1]!],
      [0.4, 0.5, C[2]!, C[3]!],
      [C[0]!, C[2]!, 0.6, -0.3],
      [C[1]!, C[3]!, -0.3, 1.2],
    ]
    const precision = inverse(joint)
    const across = precision.slice(0, 2).map((row) => row.slice(2))
    const s = 2 * D * until
    expect(across[0]![0]).toBeCloseTo(-1 / s, 9)
    expect(across[1]![1]).toBeCloseTo(-1 / s, 9)
    expect(across[0]![1]).toBeCloseTo(0, 9)
    expect(across[1]![0]).toBeCloseTo(0, 9)
    const ends = [bridge.marginal(0), bridge.marginal(until)]
    expect(ends[0]!.covariance[1]).toBeCloseTo(0.4, 12)
    expect(ends[1]!.mean[1]).toBeCloseTo(2, 12)
  })

  test('paths have the variance of the marginal', () => {
    const bridge = schrodingerBridge.gaussian({ from: normal(0, 0.5), to: normal(2, 0.2), D: 0.4 })
    const { columns, times, count } = bridge.paths({ paths: 4000, steps: 4 })
    const middle = Array.from({ length: count }, (_, p) => columns[0]![p * times.length + 2]!)
    const mean = middle.reduce((a, b) => a + b) / count
    const variance = middle.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count
    const exact = bridge.marginal(0.5).covariance[0]!
    // Four standard errors of the variance of a normal law.
    expect(Math.abs(variance / exact - 1)).toBeLessThan(4 * Math.sqrt(2 / count))
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(exact / count))
  })
})

describe('on a grid, by Fortet and Sinkhorn', () => {
  const [a2, b2, D, until] = [0.64, 1.2, 0.4, 1.5]
  const ends = {
    from: normal(-1, a2),
    to: normal(1, b2),
    D,
    until,
    grid: { lower: -9, upper: 9, points: 200 },
  }

  test('without ζ it is the closed form, at all times', () => {
    const bridge = schrodingerBridge.grid(ends)
    const exact = schrodingerBridge.gaussian({ from: ends.from, to: ends.to, D, until })
    // The mass of the ends beyond the box.
    expect(Math.abs(bridge.crossCovariance - exact.crossCovariance[0]!)).toBeLessThan(1e-9)
    for (const k of [0, 8, 16, 32]) {
      const density = exact.marginal(bridge.times[k]!).density([bridge.x])
      density.forEach((p, i) => {
        expect(Math.abs(bridge.density[k]![i]! - p)).toBeLessThan(1e-9)
      })
    }
  })

  test("with ζ = ½hx² the kernel is Mehler's, and s becomes 2D sinh(ωT)/ω (closed form)", () => {
    const h = 0.6
    const bridge = schrodingerBridge.grid({ ...ends, D: 1, objective: `${h / 2}*x^2` })
    const omega = Math.sqrt(2 * h)
    const s = (2 * Math.sinh(omega * until)) / omega
    // What extrapolation leaves of the steps' change, about 1e-3.
    expect(bridge.stepError).toBeLessThan(1e-2)
    expect(Math.abs(bridge.crossCovariance - covariance(a2, b2, s))).toBeLessThan(1e-6)
  })

  test('a barrier in the way is paid for, and P = φφ̂ keeps its mass at all times', () => {
    const bridge = schrodingerBridge.grid({
      from: normal(-1, 0.1),
      to: normal(1, 0.1),
      D: 0.5,
      objective: '6*exp(-10*x^2)',
      grid: { lower: -5, upper: 5, points: 160 },
    })
    const free = schrodingerBridge.grid({
      from: normal(-1, 0.1),
      to: normal(1, 0.1),
      D: 0.5,
      grid: { lower: -5, upper: 5, points: 160 },
    })
    const spacing = bridge.x[1]! - bridge.x[0]!
    bridge.density.forEach((row, k) => {
      expect(row.reduce((sum, p) => sum + p * spacing, 0)).toBeCloseTo(1, 10)
      row.forEach((p, i) => {
        expect(p).toBe(bridge.phi[k]![i]! * bridge.phiHat[k]![i]!)
      })
    })
    const centre = bridge.x.findIndex((x) => x > 0)
    expect(bridge.density[16]![centre]!).toBeLessThan(0.8 * free.density[16]![centre]!)
  })

  test('a run that is stopped keeps what it has, and says so', () => {
    const bridge = schrodingerBridge.grid({ ...ends, signal: AbortSignal.abort() })
    expect(bridge.converged).toBe(false)
    expect(bridge.turns).toBe(1)
    expect(bridge.density.every((row) => row.every(Number.isFinite))).toBe(true)
    expect(bridge.notes.join()).toMatch(/ended after 1/)
  })

  test('ends and grids that cannot be are refused', () => {
    expect(() => schrodingerBridge.grid({ ...ends, grid: { lower: -1, upper: 1 } })).toThrow(/does not hold/)
    expect(() => schrodingerBridge.grid({ ...ends, D: 1e-4 })).toThrow(/D·until of at least/)
    expect(() => schrodingerBridge.grid({ ...ends, from: (x) => x })).toThrow(/from: the density/)
    expect(() => schrodingerBridge.grid({ ...ends, from: () => 1, grid: undefined as never })).toThrow(/grid/)
  })
})

describe('between samples', () => {
  test('couplings have the right ends, and the form e^{f + g − |x−y|²/2s}', () => {
    const from = [
      [0, 0],
      [1, 0.5],
      [-0.5, 1],
    ]
    const to = [
      [2, 0],
      [0, 2],
      [1, 1],
      [0.3, -1],
    ]
    const bridge = schrodingerBridge.samples({ from, to, D: 0.25, until: 0.5, tolerance: 1e-13 })
    const pi = bridge.coupling
    for (let i = 0; i < 3; i++) expect(sum(pi.subarray(4 * i, 4 * i + 4))).toBeCloseTo(1 / 3, 12)
    for (let j = 0; j < 4; j++) expect(pi[j]! + pi[4 + j]! + pi[8 + j]!).toBeCloseTo(1 / 4, 12)
    // What is left of ln π after the kernel is a sum of a row's and a column's part: its mixed differences vanish.
    const rest = (i: number, j: number): number =>
      Math.log(pi[4 * i + j]!) + ((from[i]![0]! - to[j]![0]!) ** 2 + (from[i]![1]! - to[j]![1]!) ** 2) / 0.5
    for (const [i, j] of [
      [1, 1],
      [2, 2],
      [1, 3],
    ] as const)
      expect(rest(i, j) - rest(i, 0) - rest(0, j) + rest(0, 0)).toBeCloseTo(0, 10)
  })

  test('of many samples of normal laws it is near the closed form', () => {
    const n = 500
    const [x, y] = [
      normal(-1, 0.64).sample({ samples: n, seed: 1 }),
      normal(1, 1.2).sample({ samples: n, seed: 2 }),
    ]
    const bridge = schrodingerBridge.samples({ from: x, to: y, D: 0.4, tolerance: 1e-6 })
    expect(bridge.converged).toBe(true)
    // Covariances of n samples have a spread of about √(2/n).
    const exact = covariance(0.64, 1.2, 0.8)
    expect(Math.abs(bridge.crossCovariance[0]! / exact - 1)).toBeLessThan(3 * Math.sqrt(2 / n))
  })

  test('a small s couples in order, as optimal transport on a line does', () => {
    const x = [0.1, 0.9, -0.7, 2.2, 1.4]
    const y = [1, 3, -1, 0.2, 1.9]
    const { coupling, cost } = schrodingerBridge.samples({
      from: x,
      to: y,
      D: 0.002,
      until: 1,
      tolerance: 1e-6,
    })
    const [a, b] = [x.toSorted((p, q) => p - q), y.toSorted((p, q) => p - q)]
    const best = a.reduce((total, v, i) => total + (v - b[i]!) ** 2 / 5, 0)
    expect(Math.abs(cost / best - 1)).toBeLessThan(1e-3)
    x.forEach((v, i) => {
      expect(coupling[5 * i + y.indexOf(b[a.indexOf(v)]!)]).toBeGreaterThan(0.19)
    })
  })

  test('too many pairs are refused, and an unfinished run says so', () => {
    const many = new Float64Array(5000)
    expect(() => schrodingerBridge.samples({ from: many, to: many })).toThrow(/16777216 pairs/)
    const unfinished = schrodingerBridge.samples({
      from: normal(0, 1).sample({ samples: 40, seed: 1 }),
      to: normal(1, 4).sample({ samples: 30, seed: 2 }),
      D: 0.05,
      turns: 2,
    })
    expect(unfinished.converged).toBe(false)
    expect(unfinished.notes.join()).toMatch(/ended after 2/)
  })
})

test('a box that cuts paths off is told', () => {
  const [from, to] = [normal(-1, 0.2), normal(1, 0.4)]
  const notes = (lower: number, upper: number): string =>
    schrodingerBridge.grid({ from, to, D: 5, grid: { lower, upper, points: 100 } }).notes.join(' ')
  expect(notes(-5, 5)).toMatch(/Paths reach the ends of the box/)
  expect(notes(-15, 15)).not.toMatch(/Paths reach/)
})

function sum(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0)
}

/** Gauss and Jordan, enough for a small positive matrix. */
function inverse(matrix: number[][]): number[][] {
  const n = matrix.length
  const rows = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))])
  for (let c = 0; c < n; c++) {
    const pivot = rows[c]![c]!
    rows[c] = rows[c]!.map((v) => v / pivot)
    for (let r = 0; r < n; r++)
      if (r !== c) {
        const factor = rows[r]![c]!
        rows[r] = rows[r]!.map((v, j) => v - factor * rows[c]![j]!)
      }
  }
  return rows.map((row) => row.slice(n))
}
