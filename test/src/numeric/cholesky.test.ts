import { describe, expect, it } from 'vitest'
import { cholesky, randomStream } from '../../../src/numeric/index.js'

describe('Cholesky factors', () => {
  it.each([1, 2, 5, 24])('solve A x = b for a random positive definite A of order %i', (n) => {
    const random = randomStream(7)
    const b = Float64Array.from({ length: n * n }, () => random.uniform() - 0.5)
    const matrix = new Float64Array(n * n)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        for (let k = 0; k < n; k++) matrix[i * n + j] += b[i * n + k] * b[j * n + k] + (i === j ? 0.1 : 0)
    const x = Float64Array.from({ length: n }, () => random.uniform() - 0.5)
    const right = x.map((_, i) => x.reduce((sum, v, j) => sum + matrix[i * n + j] * v, 0))
    cholesky(matrix, n)?.(right)
    right.forEach((v, i) => {
      expect(Math.abs(v - x[i])).toBeLessThan(1e-11)
    })
  })

  it('are refused where A has a level below zero', () => {
    expect(cholesky(Float64Array.from([1, 2, 2, 1]), 2)).toBeUndefined()
  })
})
