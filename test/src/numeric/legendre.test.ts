import { expect, it } from 'vitest'
import { erf, gaussRule, legendre } from '../../../src/numeric/index.js'

/** A few roundings. */
const ROUNDING = 1e-15

it('P₂ = (3ξ² − 1)/2, P₃ = (5ξ³ − 3ξ)/2, P_k(1) = 1', () => {
  const p = legendre(3, 0.3)
  expect(Math.abs(p[2] - (3 * 0.09 - 1) / 2)).toBeLessThan(ROUNDING)
  expect(Math.abs(p[3] - (5 * 0.027 - 0.9) / 2)).toBeLessThan(ROUNDING)
  expect(legendre(40, 1)[40]).toBe(1)
})

it.each([1, 2, 7, 40])('Gauss’s rule with %i points integrates degree 2n − 1 exactly', (n) => {
  const { nodes, weights } = gaussRule(n)
  for (const degree of [0, 1, 2 * n - 2, 2 * n - 1]) {
    const sum = nodes.reduce((total, x, i) => total + weights[i] * x ** degree, 0)
    expect(Math.abs(sum - (degree % 2 === 1 ? 0 : 2 / (degree + 1)))).toBeLessThan(n * ROUNDING)
  }
})

it.each([
  // Abramowitz and Stegun, Table 7.1, and erf 3, erf 5 from erfc to 16 digits.
  [0, 0],
  [0.5, 0.5204998778130465],
  [1, 0.8427007929497149],
  [2, 0.9953222650189527],
  [3, 0.9999779095030014],
  [5, 0.9999999999984626],
  [Number.POSITIVE_INFINITY, 1],
])('erf %f = %f, and erf is odd', (x, value) => {
  expect(Math.abs(erf(x) - value)).toBeLessThan(ROUNDING)
  expect(erf(-x)).toBe(-erf(x))
})
