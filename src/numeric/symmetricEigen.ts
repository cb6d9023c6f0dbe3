/** Eigenvalues and eigenvectors of a real symmetric matrix, by way of its tridiagonal form. */
import { tridiagonalValues, tridiagonalVectors } from './tridiagonal.js'
import { tridiagonalise } from './tridiagonalise.js'

export interface SymmetricEigen {
  /** Ascending eigenvalues. */
  readonly values: Float64Array
  /** Orthonormal eigenvectors, one of length n for each eigenvalue; none where they were not asked for. */
  readonly vectors: readonly Float64Array[]
}

export interface SymmetricEigenOptions {
  /** How many of the lowest eigenpairs; default: all n. */
  readonly lowest?: number
  /** Whether vectors are computed; default: true. */
  readonly vectors?: boolean
}

/** @param matrix row-major n × n, symmetric; its lower triangle is read. */
export function symmetricEigen(
  matrix: Float64Array,
  n: number,
  { lowest = n, vectors = true }: SymmetricEigenOptions = {},
): SymmetricEigen {
  const { diagonal, off, back } = tridiagonalise(matrix, n)
  const values = tridiagonalValues(diagonal, off).slice(0, lowest)
  if (!vectors) return { values, vectors: [] }
  const found = tridiagonalVectors(diagonal, off, values)
  back(found)
  return { values, vectors: found }
}
