/**
 * The factorisation A − σ = L·diag(d)·Lᵀ, L unit lower triangular. By Sylvester's law of inertia as many eigenvalues of
 * A lie below σ as there are negative d, which is how levels are counted; and L solves (A − σ)x = b.
 *
 * Counting levels that are apart, and inverse iteration, need the factors of A only up to a perturbation that is small
 * beside the distances of levels. So doubles are tried first, with a bound on their error, and fixed point where the
 * bound is too large.
 *
 * Reference: Parlett, The Symmetric Eigenvalue Problem (SIAM 1998), ch. 3.
 */
import { PsilabError } from '../../error.js'
import { type DoubleMatrix, maybeDoubleFactors, toDoubleMatrix } from './doubleFactors.js'
import { toDouble } from './fixed.js'
import { maybeFixedFactors } from './fixedFactors.js'
import type { SymmetricMatrix } from './matrix.js'

export interface Factorisation {
  /** Number of eigenvalues below σ. */
  readonly below: number
  /** x with (A − σ)x = b, nearly. */
  solve(b: readonly bigint[]): bigint[]
}

/** Factorises A − σ, with A or σ changed by no more than about `slack`. */
export type Factoriser = (sigma: bigint, slack: bigint) => Factorisation

/** Most products in fixed point: some five seconds. */
const MOST_PRODUCTS = 5e7
/** Places of σ that are tried in fixed point. */
const PLACES = 8

export function factoriser(matrix: SymmetricMatrix): Factoriser {
  let doubles: DoubleMatrix | undefined
  return (sigma, slack) => {
    doubles ??= toDoubleMatrix(matrix)
    const fast = maybeDoubleFactors(doubles, toDouble(sigma, matrix.bits), toDouble(slack, matrix.bits))
    if (fast !== undefined) return fast
    requireShort(matrix)
    for (let k = 0n; k < PLACES; k++) {
      const found = maybeFixedFactors(matrix, sigma + (k * slack) / BigInt(PLACES))
      if (found !== undefined) return found
    }
    throw new PsilabError({
      code: 'not-converged',
      parameter: 'digits',
      problem: 'H − σ is singular to the working precision at every σ that was tried',
      advice: 'Ask for one digit more or one level more, which moves σ.',
    })
  }
}

function requireShort({ size, bandwidth }: SymmetricMatrix): void {
  if ((size * bandwidth ** 2) / 2 <= MOST_PRODUCTS) return
  throw new PsilabError({
    code: 'not-converged',
    parameter: 'digits',
    problem: `a basis of ${size} states is too large for levels as close as these`,
    advice: 'Ask for fewer digits or fewer levels.',
  })
}
