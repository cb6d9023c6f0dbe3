/**
 * Eigenpairs of a small symmetric matrix in fixed point by Jacobi's rotations: each makes one pair of off-diagonal
 * elements vanish, with the tangent t of its angle from
 *
 *   t² + 2ϑt − 1 = 0 ,   ϑ = (a_qq − a_pp)/(2a_pq) ,   t = sign(ϑ)/(|ϑ| + √(ϑ² + 1)) .
 *
 * Reference: Golub and Van Loan, Matrix Computations (4th ed., 2013), §8.5.
 */
import { magnitude, over, root, times } from './fixed.js'

export interface SmallEigen {
  /** Ascending. */
  readonly values: readonly bigint[]
  /** vectors[k][i]: component i of the k-th eigenvector. */
  readonly vectors: readonly (readonly bigint[])[]
}

/** Sweeps after which the off-diagonal has vanished many times over: convergence is quadratic. */
const SWEEPS = 40

/** @param matrix full and symmetric; it is overwritten */
export function jacobi(matrix: bigint[][], bits: number): SmallEigen {
  const n = matrix.length
  const one = 1n << BigInt(bits)
  const vectors = matrix.map((_, i) => matrix.map((_, j) => (i === j ? one : 0n)))
  // A rotation of an element that is all rounding moves nothing.
  const negligible = 8n
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let rotated = false
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (magnitude(matrix[p][q]) <= negligible) continue
        rotated = true
        rotate(matrix, vectors, p, q, bits)
      }
    if (!rotated) break
  }
  const order = matrix.map((_, k) => k).sort((a, b) => (matrix[a][a] < matrix[b][b] ? -1 : 1))
  return { values: order.map((k) => matrix[k][k]), vectors: order.map((k) => vectors[k]) }
}

function rotate(matrix: bigint[][], vectors: bigint[][], p: number, q: number, bits: number): void {
  const one = 1n << BigInt(bits)
  const theta = over(matrix[q][q] - matrix[p][p], 2n * matrix[p][q], bits)
  const t = over(
    theta < 0n ? -one : one,
    magnitude(theta) + root(times(theta, theta, bits) + one, bits),
    bits,
  )
  const cosine = over(one, root(times(t, t, bits) + one, bits), bits)
  const sine = times(t, cosine, bits)
  const turn = (a: bigint, b: bigint): [bigint, bigint] => [
    times(cosine, a, bits) - times(sine, b, bits),
    times(sine, a, bits) + times(cosine, b, bits),
  ]
  for (const row of matrix) [row[p], row[q]] = turn(row[p], row[q])
  for (let k = 0; k < matrix.length; k++) [matrix[p][k], matrix[q][k]] = turn(matrix[p][k], matrix[q][k])
  for (let k = 0; k < matrix.length; k++) [vectors[p][k], vectors[q][k]] = turn(vectors[p][k], vectors[q][k])
}
