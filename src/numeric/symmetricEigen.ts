/** Eigenpairs of a real symmetric matrix, by Householder reduction and QL iteration of the package ml-matrix. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

export interface SymmetricEigen {
  /** Ascending eigenvalues, length n. */
  readonly values: Float64Array
  /** Orthonormal eigenvectors, one of length n for each eigenvalue. */
  readonly vectors: readonly Float64Array[]
}

/** @param matrix row-major n × n, symmetric to rounding. */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const full = Matrix.from1DArray(n, n, matrix)
  const decomposition = new EigenvalueDecomposition(full, { assumeSymmetric: true })
  const { realEigenvalues, eigenvectorMatrix } = decomposition
  const order = Array.from(realEigenvalues.keys()).sort((a, b) => realEigenvalues[a] - realEigenvalues[b])
  return {
    values: Float64Array.from(order, (k) => realEigenvalues[k]),
    vectors: order.map((k) => Float64Array.from(eigenvectorMatrix.getColumn(k))),
  }
}
