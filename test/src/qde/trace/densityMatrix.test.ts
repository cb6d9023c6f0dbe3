import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNpz } from '../../../../src/interchange/index.js'
import { wigner } from '../../../../src/phase/index.js'
import { oscillatorPropagator, qde } from '../../../../src/qde/index.js'
import type { Route } from '../../../../src/thermal/index.js'

/** What the routes promise. */
const ROUTES = 1e-8
/** ∫ρ(x, x)dx = 1, to the rounding of the sum. */
const TRACE = 1e-10
const ALL: readonly Route[] = ['spectrum', 'kernel', 'closed form']

const norm = ({ diagonal, grid }: { diagonal: Float64Array; grid: { cell: number } }): number =>
  diagonal.reduce((sum, p) => sum + p, 0) * grid.cell

describe.each(ALL)('the oscillator by its %s', (route) => {
  const [D, h] = [0.7, 1.3]
  const omega = Math.sqrt(2 * D * h)

  it('is Mehler’s kernel over Z, with ⟨x²⟩ = (D/ω) coth ½βω and purity tanh ½βω', () => {
    const beta = 1.1
    const rho = qde({ objective: '0.65*x^2', D }).densityMatrix({ beta, route })
    const mehler = oscillatorPropagator({ D, curvature: h }).at({ s: beta, angle: Math.PI / 2 })
    const Z = mehler.trace().re
    for (const [x, y] of [
      [0, 0],
      [0.3, -0.4],
      [1.1, 0.2],
      [-2, -1.9],
    ])
      expect(Math.abs(rho.at(x, y) - mehler.value(x, y).re / Z)).toBeLessThan(ROUTES)
    expect(Math.abs(norm(rho) - 1)).toBeLessThan(TRACE)
    expect(Math.abs(rho.meanSquare[0] - D / omega / Math.tanh((beta * omega) / 2))).toBeLessThan(ROUTES)
    expect(Math.abs(rho.mean[0])).toBeLessThan(ROUTES)
    expect(Math.abs(rho.purity - Math.tanh((beta * omega) / 2))).toBeLessThan(ROUTES)
    expect(Math.abs(rho.Z / Z - 1)).toBeLessThan(ROUTES)
  })

  it('ρ(x, x) is Gaussian of variance ½ coth ½β at D = ½, ω = 1', () => {
    const rho = qde({ objective: 'x^2/2', D: 0.5 }).densityMatrix({ beta: 2, route })
    const variance = 0.5 / Math.tanh(1)
    const [{ coordinates }] = rho.grid.axes
    coordinates.forEach((x, j) => {
      const exact = Math.exp(-(x * x) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance)
      expect(Math.abs(rho.diagonal[j] - exact)).toBeLessThan(ROUTES)
    })
  })
})

describe('the routes agree', () => {
  it.each([
    ['(x^2 - 1)^2 + 0.2*x', 0.3, 2, ['spectrum', 'kernel']],
    ['x^2/2 + y^2 + 0.3*x*y + 0.1*x', 0.5, 4, ALL],
    ['x^2/2 + y^2/2 + z^2', 0.5, 3, ['spectrum', 'closed form']],
  ] as const)('%s, D = %f, β = %f', (objective, D, beta, routes) => {
    const problem = qde({ objective, D })
    const found = routes.map((route) => problem.densityMatrix({ beta, route }))
    const n = problem.objective.variables.length
    const [x, y] = [0.3, -0.1].map((shift) => Array.from({ length: n }, (_, d) => shift + 0.2 * d))
    for (const rho of found) {
      expect(Math.abs(norm(rho) - 1)).toBeLessThan(TRACE)
      expect(Math.abs(rho.purity - found[0].purity)).toBeLessThan(ROUTES)
      expect(Math.abs(rho.S - found[0].S)).toBeLessThan(ROUTES)
      expect(Math.abs(rho.at(x, y) - found[0].at(x, y))).toBeLessThan(ROUTES)
      expect(Math.abs(rho.at(x, y) - rho.at(y, x))).toBeLessThan(ROUTES)
      rho.meanSquare.forEach((v, d) => {
        expect(Math.abs(v - found[0].meanSquare[d])).toBeLessThan(ROUTES)
      })
    }
  })

  it('a kink: ρ of |x| has Tr ρ² = Z(2β)/Z(β)²', () => {
    const problem = qde({ objective: 'abs(x)', D: 0.5 })
    const rho = problem.densityMatrix({ beta: 4 })
    const [one, two] = [4, 8].map((beta) => problem.thermodynamics({ beta }).Z[0])
    expect(Math.abs(rho.purity - two / one ** 2)).toBeLessThan(ROUTES)
    expect(Math.abs(norm(rho) - 1)).toBeLessThan(ROUTES)
  })
})

it('ρ² composes: ∫ρ(x, y)ρ(y, x)dy over x is the purity, by the matrix', () => {
  const rho = qde({ objective: '(x^2 - 1)^2', D: 0.2 }).densityMatrix({ beta: 3 })
  const square = rho.values.reduce((sum, v) => sum + v * v, 0) * rho.grid.cell ** 2
  expect(Math.abs(square - rho.purity)).toBeLessThan(TRACE)
})

it('its Wigner function is the thermal Gaussian: W(0, 0) = tanh(½βω)/π', () => {
  const beta = 1.4
  const W = wigner(qde({ objective: 'x^2/2', D: 0.5 }).densityMatrix({ beta }))
  const peak = W.values.reduce((most, v) => Math.max(most, v), 0)
  expect(Math.abs(peak - Math.tanh(beta / 2) / Math.PI)).toBeLessThan(1e-6)
})

it('cold: the ground state; hot: the classical density', () => {
  const problem = qde({ objective: '(x^2 - 1)^2', D: 0.5 })
  const cold = problem.densityMatrix({ beta: 60 })
  const { state } = problem.groundState()
  expect(cold.purity).toBeCloseTo(1, 9)
  expect(cold.at(0.4, 0.4)).toBeCloseTo(densityAt(state, 0.4), 6)
  const hot = problem.densityMatrix({ beta: 0.01 })
  const worst = Math.max(...hot.diagonal.map((p, j) => Math.abs(p - hot.classical[j])))
  // Wigner and Kirkwood: a share of Dβ²ζ″/6 ≈ 1e-3 of 0.3.
  expect(worst).toBeLessThan(1e-3)
  expect(worst).toBeGreaterThan(1e-8)
})

function densityAt(
  state: { readonly values: Float64Array; readonly grid: { axes: readonly { coordinates: Float64Array }[] } },
  x: number,
): number {
  const { coordinates } = state.grid.axes[0]
  // Lagrange's interpolation through eight neighbours.
  const first = coordinates.findIndex((v) => v > x) - 4
  const nodes = Array.from({ length: 8 }, (_, k) => first + k)
  const value = nodes.reduce((sum, i) => {
    const weight = nodes.reduce(
      (w, k) => (k === i ? w : (w * (x - coordinates[k])) / (coordinates[i] - coordinates[k])),
      1,
    )
    return sum + weight * state.values[2 * i]
  }, 0)
  return value * value
}

it('any oscillator in any place: the routes agree on ρ(x, x′)', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 20 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: -20, max: 20 }),
      (D10, h10, c10) => {
        const [D, h, c] = [D10 / 10, h10 / 5, c10 / 10]
        const beta = 2 / Math.sqrt(2 * D * h)
        const problem = qde({ objective: 'h*(x - c)^2/2 - 1', parameters: { h, c }, D })
        const [a, b] = (['spectrum', 'closed form'] as const).map((route) =>
          problem.densityMatrix({ beta, route }),
        )
        const s = Math.sqrt(D / Math.sqrt(2 * D * h))
        expect(Math.abs(a.at(c + s, c - 0.3 * s) / b.at(c + s, c - 0.3 * s) - 1)).toBeLessThan(ROUTES)
      },
    ),
    { seed: 10, numRuns: 6 },
  )
})

it('figures, files and text hold it', () => {
  const line = qde({ objective: '(x^2 - 1)^2', D: 0.2 }).densityMatrix({ beta: 3 })
  const figure = line.figure()
  expect(figure.kind === 'panels' && figure.panels.map((p) => p.type)).toEqual(['lines', 'field'])
  expect(readNpz(line.toNpz()).matrix.shape).toEqual([line.grid.size, line.grid.size])
  expect(line.toCsv().split('\n')[0]).toBe('x,density,classical')
  expect(String(line)).toMatch(/density matrix at β = 3: Z = .*purity 0\./)
  const plane = qde({ objective: 'x^2 + y^2', D: 0.5 }).densityMatrix({ beta: 1 }).figure()
  expect(plane.kind === 'panels' && plane.panels.map((p) => p.type)).toEqual(['field', 'lines', 'lines'])
})

it('refuses what has no Z of its own, and places of the wrong dimension', () => {
  expect(() => qde({ objective: 'x', D: 1 }).densityMatrix({ beta: 1 })).toThrow(/Z grows with the box/)
  expect(() => qde({ objective: 'x^2', D: 1 }).densityMatrix({ beta: -1 })).toThrow(/beta/)
  expect(() => qde({ objective: 'x^2', D: 1 }).densityMatrix({ beta: 1 }).at([0, 0], [0, 0])).toThrow(
    /wrong number of coordinates/,
  )
})
