/** Small symmetric matrices, row-major. */
import { symmetricEigen } from '../../../numeric/index.js'

/** A·B. */
export function times(a: Float64Array, b: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n]
    let sum = 0
    for (let k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j]
    return sum
  })
}

export function transpose(a: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => a[(at % n) * n + Math.floor(at / n)])
}

/** f(A) of a symmetric matrix, by its eigenvalues. */
export function ofSymmetric(a: Float64Array, n: number, f: (eigenvalue: number) => number): Float64Array {
  const { values, vectors } = symmetricEigen(a.slice(), n)
  const result = new Float64Array(n * n)
  values.forEach((value, e) => {
    const scaled = f(value)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) result[i * n + j] += scaled * vectors[e][i] * vectors[e][j]
  })
  return result
}
