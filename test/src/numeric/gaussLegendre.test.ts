import { expect, it } from 'vitest'
import { gaussLegendre } from '../../../src/numeric/gaussLegendre.js'

const integrate = (f: (x: number) => number, panels: number): number => {
  const { nodes, weights } = gaussLegendre(-1, 2, panels)
  return nodes.reduce((sum, x, i) => sum + weights[i] * f(x), 0)
}

it('is exact for polynomials of degree 11 and not for degree 12', () => {
  const exact = (n: number): number => (2 ** (n + 1) - (-1) ** (n + 1)) / (n + 1)
  expect(Math.abs(integrate((x) => x ** 11, 1) / exact(11) - 1)).toBeLessThan(1e-14)
  expect(Math.abs(integrate((x) => x ** 12, 1) / exact(12) - 1)).toBeGreaterThan(1e-10)
})

it('converges to ∫ e^x', () => {
  expect(Math.abs(integrate(Math.exp, 4) - (Math.exp(2) - Math.exp(-1)))).toBeLessThan(1e-13)
})
