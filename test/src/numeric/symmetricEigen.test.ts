import { expect, it } from 'vitest'
import { symmetricEigen } from '../../../src/numeric/symmetricEigen.js'

it('finds 2 − 2cos(kπ/(n+1)) of the second-difference matrix, ascending, with orthonormal vectors', () => {
  const n = 24
  const matrix = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    matrix[i * n + i] = 2
    if (i > 0) matrix[i * n + i - 1] = -1
    if (i < n - 1) matrix[i * n + i + 1] = -1
  }
  const { values, vectors } = symmetricEigen(matrix, n)
  values.forEach((v, k) => {
    expect(Math.abs(v - (2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1))))).toBeLessThan(1e-13)
  })
  for (const [a, b] of [
    [0, 0],
    [3, 3],
    [0, 1],
    [5, 20],
  ]) {
    const dot = vectors[a].reduce((sum, v, i) => sum + v * vectors[b][i], 0)
    expect(Math.abs(dot - (a === b ? 1 : 0))).toBeLessThan(1e-13)
  }
})
