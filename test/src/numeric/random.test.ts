import { expect, it } from 'vitest'
import { xorshift } from '../../../src/numeric/random.js'

it('repeats for a seed, differs between seeds, and takes zero', () => {
  const draw = (seed: number): number[] => Array.from({ length: 5 }, xorshift(seed))
  expect(draw(3)).toEqual(draw(3))
  expect(draw(3)).not.toEqual(draw(4))
  expect(new Set(draw(0)).size).toBe(5)
})

it('has mean ½ and variance 1/12 within five standard errors of 10⁵ draws', () => {
  const random = xorshift(1)
  const n = 1e5
  const values = Array.from({ length: n }, random)
  const mean = values.reduce((a, b) => a + b) / n
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / n
  expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n))
  // Var((u − ½)²) = 1/180.
  expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / n))
})
