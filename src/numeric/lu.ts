/** P A = L U of a square matrix, with rows exchanged for the largest pivots, to solve A x = b. */

/**
 * @param matrix row-major n × n; overwritten
 * @returns a function that replaces b by A⁻¹ b; undefined where the matrix is singular
 */
export function lu(matrix: Float64Array, n: number): ((b: Float64Array) => void) | undefined {
  const order = Int32Array.from({ length: n }, (_, i) => i)
  for (let k = 0; k < n; k++) {
    let pivot = k
    for (let i = k + 1; i < n; i++)
      if (Math.abs(matrix[i * n + k]) > Math.abs(matrix[pivot * n + k])) pivot = i
    const top = matrix[pivot * n + k]
    if (!(Math.abs(top) > 0)) return undefined
    if (pivot !== k) {
      const row = matrix.slice(k * n, (k + 1) * n)
      matrix.copyWithin(k * n, pivot * n, (pivot + 1) * n)
      matrix.set(row, pivot * n)
      const place = order[k]
      order[k] = order[pivot]
      order[pivot] = place
    }
    for (let i = k + 1; i < n; i++) {
      const factor = matrix[i * n + k] / top
      matrix[i * n + k] = factor
      if (factor === 0) continue
      for (let j = k + 1; j < n; j++) matrix[i * n + j] -= factor * matrix[k * n + j]
    }
  }
  return (b) => {
    const x = Float64Array.from(order, (i) => b[i])
    for (let i = 1; i < n; i++) for (let j = 0; j < i; j++) x[i] -= matrix[i * n + j] * x[j]
    for (let i = n - 1; i >= 0; i--) {
      for (let j = i + 1; j < n; j++) x[i] -= matrix[i * n + j] * x[j]
      x[i] /= matrix[i * n + i]
    }
    b.set(x)
  }
}
