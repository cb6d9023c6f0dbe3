/** A = L Lᵀ of a symmetric positive definite matrix, to solve A x = b. */

/**
 * @param matrix row-major n × n; its lower triangle is read
 * @returns a function that replaces b by A⁻¹ b; undefined where the matrix is not positive definite
 */
export function cholesky(matrix: Float64Array, n: number): ((b: Float64Array) => void) | undefined {
  const factor = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    const row = i * n
    for (let j = 0; j <= i; j++) {
      const other = j * n
      let [even, odd] = [0, 0]
      let k = 0
      for (; k + 1 < j; k += 2) {
        even += factor[row + k] * factor[other + k]
        odd += factor[row + k + 1] * factor[other + k + 1]
      }
      if (k < j) even += factor[row + k] * factor[other + k]
      const left = matrix[row + j] - even - odd
      if (j < i) factor[row + j] = left / factor[other + j]
      else if (left > 0) factor[row + i] = Math.sqrt(left)
      else return undefined
    }
  }
  return (b) => {
    for (let i = 0; i < n; i++) {
      const row = i * n
      let sum = b[i]
      for (let k = 0; k < i; k++) sum -= factor[row + k] * b[k]
      b[i] = sum / factor[row + i]
    }
    for (let i = n - 1; i >= 0; i--) {
      const row = i * n
      const x = b[i] / factor[row + i]
      b[i] = x
      for (let k = 0; k < i; k++) b[k] -= factor[row + k] * x
    }
  }
}
