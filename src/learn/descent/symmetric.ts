/** A symmetric matrix in its own basis: A = Q diag(h) Qᵀ. */
import { PsilabError } from '../../error.js'
import { symmetricEigen } from '../../numeric/index.js'

export interface Eigenbasis {
  /** Ascending eigenvalues. */
  readonly values: Float64Array
  /** Qᵀx: components along the eigenvectors. */
  into(x: ArrayLike<number>): Float64Array
  /** Qx. */
  outOf(x: ArrayLike<number>): Float64Array
}

/** Most coordinates of dynamics that take a matrix apart at each step. */
const MOST = 500

/** @throws PsilabError `too-large` in more coordinates than a matrix can be taken apart for at each step */
export function requireMatrixSize(d: number, dynamics: string): void {
  if (d <= MOST) return
  throw new PsilabError({
    code: 'too-large',
    parameter: 'objective',
    problem: `${dynamics} takes a d × d matrix apart at each step`,
    allowed: `up to ${MOST} coordinates`,
    got: d,
  })
}

/** Entries below this share of the largest are none: their squares would underflow. */
const NOTHING = 1e-100

/** @param matrix row-major d × d, finite */
export function eigenbasis(matrix: Float64Array, d: number): Eigenbasis {
  const scale = matrix.reduce((most, v) => Math.max(most, Math.abs(v)), 0) || 1
  const scaled = matrix.map((v) => (Math.abs(v) < NOTHING * scale ? 0 : v / scale))
  const { values, vectors } = symmetricEigen(scaled, d)
  return {
    values: values.map((v) => v * scale),
    into: (x) => Float64Array.from(vectors, (q) => q.reduce((sum, c, i) => sum + c * x[i], 0)),
    outOf(x) {
      const result = new Float64Array(d)
      vectors.forEach((q, k) => {
        for (let i = 0; i < d; i++) result[i] += q[i] * x[k]
      })
      return result
    },
  }
}
