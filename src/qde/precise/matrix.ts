/**
 * Real symmetric matrices in fixed point, of any bandwidth, and their factorisation
 *
 *   A − σ = L·diag(d)·Lᵀ ,   L unit lower triangular.
 *
 * By Sylvester's law of inertia as many eigenvalues of A lie below σ as there are negative d, which is how levels are
 * counted; and L solves (A − σ)x = b. There is no pivoting: a small d makes L large and costs bits, at most 2·log₂ of
 * 1/|d|, so the callers move σ when d comes out smaller than their guard bits allow.
 *
 * Reference: Parlett, The Symmetric Eigenvalue Problem (SIAM 1998), ch. 3.
 */

export interface SymmetricMatrix {
  readonly size: number
  /** Bits after the point. */
  readonly bits: number
  /** a(i, j) = 0 for |i − j| > bandwidth. */
  readonly bandwidth: number
  /** Row i holds a(i, j) for j from max(0, i − bandwidth) to i. */
  readonly rows: readonly (readonly bigint[])[]
}

export interface Factorisation {
  /** Number of eigenvalues below σ. */
  readonly below: number
  /** The smallest |d|. */
  readonly smallestPivot: bigint
  /** x with (A − σ)x = b. */
  solve(b: readonly bigint[]): bigint[]
}

/** First column of row i. */
const first = ({ bandwidth }: SymmetricMatrix, i: number): number => Math.max(0, i - bandwidth)

/** A·x. */
export function apply(matrix: SymmetricMatrix, x: readonly bigint[]): bigint[] {
  const sums = new Array<bigint>(matrix.size).fill(0n)
  for (const [i, row] of matrix.rows.entries()) {
    const from = first(matrix, i)
    let sum = row[i - from] * x[i]
    for (let j = from; j < i; j++) {
      const a = row[j - from]
      sum += a * x[j]
      sums[j] += a * x[i]
    }
    sums[i] += sum
  }
  const shift = BigInt(matrix.bits)
  return sums.map((sum) => sum >> shift)
}

/** Factorises A − σ; undefined where a pivot vanishes. Work: size·bandwidth²/2 products. */
export function factorise(matrix: SymmetricMatrix, sigma: bigint): Factorisation | undefined {
  const { size, bits } = matrix
  const shift = BigInt(bits)
  const lower: bigint[][] = []
  const pivots: bigint[] = []
  let below = 0
  let smallestPivot: bigint | undefined
  for (let i = 0; i < size; i++) {
    const from = first(matrix, i)
    const row = matrix.rows[i]
    // u(i, j) = l(i, j)·d(j), column after column; l follows once the whole row is known.
    const u = new Array<bigint>(i - from)
    for (let j = from; j < i; j++) {
      const start = Math.max(from, first(matrix, j))
      const other = lower[j]
      const otherFrom = first(matrix, j)
      let sum = row[j - from] << shift
      for (let k = start; k < j; k++) sum -= u[k - from] * other[k - otherFrom]
      u[j - from] = sum >> shift
    }
    let pivot = (row[i - from] - sigma) << shift
    const l = u.map((v, k) => {
      const factor = (v << shift) / pivots[from + k]
      pivot -= factor * v
      return factor
    })
    pivot >>= shift
    if (pivot === 0n) return undefined
    if (pivot < 0n) below++
    const size = pivot < 0n ? -pivot : pivot
    if (smallestPivot === undefined || size < smallestPivot) smallestPivot = size
    pivots.push(pivot)
    lower.push(l)
  }
  return {
    below,
    smallestPivot: smallestPivot ?? 0n,
    solve: (b) => solve(matrix, lower, pivots, b),
  }
}

function solve(
  matrix: SymmetricMatrix,
  lower: readonly (readonly bigint[])[],
  pivots: readonly bigint[],
  b: readonly bigint[],
): bigint[] {
  const shift = BigInt(matrix.bits)
  const x: bigint[] = []
  for (let i = 0; i < matrix.size; i++) {
    const from = first(matrix, i)
    const l = lower[i]
    let sum = b[i] << shift
    for (let k = from; k < i; k++) sum -= l[k - from] * x[k]
    x.push(sum >> shift)
  }
  for (let i = 0; i < matrix.size; i++) x[i] = (x[i] << shift) / pivots[i]
  for (let i = matrix.size - 1; i >= 0; i--) {
    const from = first(matrix, i)
    const l = lower[i]
    const value = x[i]
    for (let k = from; k < i; k++) x[k] -= (l[k - from] * value) >> shift
  }
  return x
}
