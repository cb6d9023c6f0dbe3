/**
 * Real symmetric matrices in fixed point, of any bandwidth, and their factorisation
 *
 *   A − σ = L·diag(d)·Lᵀ ,   L unit lower triangular.
 *
 * By Sylvester's law of inertia as many eigenvalues of A lie below σ as there are negative d, which is how levels are
 * counted; and L solves (A − σ)x = b. There is no pivoting: a small d makes L large and costs about 2·log₂ 1/|d| bits,
 * so σ is moved a little where these would be more than the guard bits.
 *
 * Reference: Parlett, The Symmetric Eigenvalue Problem (SIAM 1998), ch. 3.
 */
import { PsilabError } from '../../error.js'
import { magnitude } from './fixed.js'

export interface SymmetricMatrix {
  readonly size: number
  /** Bits after the point. */
  readonly bits: number
  /** How many of these may be lost to small pivots. */
  readonly guard: number
  /** a(i, j) = 0 for |i − j| > bandwidth. */
  readonly bandwidth: number
  /** Row i holds a(i, j) for j from max(0, i − bandwidth) to i. */
  readonly rows: readonly (readonly bigint[])[]
}

export interface Factorisation {
  /** Number of eigenvalues below σ. */
  readonly below: number
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

/** Moves of σ that are tried. */
const MOVES = 12

/**
 * Factorises A − σ for the given σ or one a little above it, in steps of `nudge` that grow threefold.
 * Work: size·bandwidth²/2 products.
 *
 * @throws PsilabError 'not-converged' where no such σ has large enough pivots
 */
export function factorise(matrix: SymmetricMatrix, sigma: bigint, nudge: bigint): Factorisation {
  let move = nudge
  for (let k = 0; k < MOVES; k++) {
    const found = maybeFactorise(matrix, sigma + (k === 0 ? 0n : move))
    if (found !== undefined) return found
    move *= 3n
  }
  throw new PsilabError({
    code: 'not-converged',
    parameter: 'digits',
    problem: 'H − σ is singular to the working precision at every σ that was tried',
    advice: 'Ask for one digit more or one level more, which moves σ.',
  })
}

/** The factorisation, unless a pivot is too small for the guard bits. */
function maybeFactorise(matrix: SymmetricMatrix, sigma: bigint): Factorisation | undefined {
  const shift = BigInt(matrix.bits)
  const least = 1n << BigInt(matrix.bits - Math.floor(matrix.guard / 2))
  const lower: bigint[][] = []
  const pivots: bigint[] = []
  let below = 0
  for (const [i, row] of matrix.rows.entries()) {
    const from = first(matrix, i)
    // u(j) = l(i, j)·d(j), column after column; then l(i, j).
    const u: bigint[] = []
    for (let j = from; j < i; j++) {
      const other = lower[j]
      const otherFrom = first(matrix, j)
      let sum = row[j - from] << shift
      for (let k = Math.max(from, otherFrom); k < j; k++) sum -= u[k - from] * other[k - otherFrom]
      u.push(sum >> shift)
    }
    let pivot = (row[i - from] - sigma) << shift
    lower.push(
      u.map((v, k) => {
        const l = (v << shift) / pivots[from + k]
        pivot -= l * v
        return l
      }),
    )
    pivot >>= shift
    if (magnitude(pivot) < least) return undefined
    if (pivot < 0n) below++
    pivots.push(pivot)
  }
  return { below, solve: (b) => solve(matrix, lower, pivots, b) }
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
