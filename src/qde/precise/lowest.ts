/**
 * The lowest eigenvalues of a symmetric matrix, to its last digits and with none missed.
 *
 * Each cluster of m eigenvalues is found by inverse iteration with m vectors, σ close to the cluster, and the
 * Rayleigh–Ritz pairs (θ, x) of their span. A step is written with the residuals,
 *
 *   x ← x − (A − σ)⁻¹(A − θ)x = (θ − σ)(A − σ)⁻¹x ,
 *
 * so that an inverse to a few digits gains as many in every step, while residuals and θ are computed to all digits
 * (iterative refinement: Dongarra, Moler and Wilkinson, SIAM J. Numer. Anal. 20, 23 (1983)). With r = ‖Ax − θx‖ and a
 * distance δ to the rest of the spectrum θ is right to r²/δ (Kato and Temple). Afterwards one count of eigenvalues below a point above
 * the last cluster proves that nothing is missing: the clusters are apart, so each value stands for its own eigenvalue.
 *
 * Reference: Parlett, The Symmetric Eigenvalue Problem (SIAM 1998), §§4.6, 10.5, 11.5.
 */
import { PsilabError } from '../../error.js'
import { type Factoriser, factoriser } from './factorise.js'
import { norm, over, rescale, times } from './fixed.js'
import { jacobi } from './jacobi.js'
import { apply, type SymmetricMatrix } from './matrix.js'
import { type Cluster, merge, type Slices, slice } from './slice.js'

export interface LowestOptions {
  readonly levels: number
  /** Error allowed in an eigenvalue. */
  readonly tolerance: bigint
  /** Near the lower end of the spectrum, and a typical distance of levels. */
  readonly floor: bigint
  readonly step: bigint
  /** Where a smaller matrix had its eigenvalues. */
  readonly guess?: Slices
}

export interface Lowest {
  /** The lowest eigenvalues, ascending. */
  readonly values: readonly bigint[]
  /** Where they are, as the guess for a larger matrix. */
  readonly slices: Slices
}

/** Most inverse iterations of a cluster; from a bracket of slice.ts every one gains at least six bits. */
const ITERATIONS = 60
/** log₂ of the share of the separation by which σ stays away from a guess, which may be an eigenvalue. */
const AWAY = 12n
/** log₂ of the share of the separation that an inverse may be wrong by: it costs steps, not accuracy. */
const SLACK = 5n

/** @throws PsilabError 'not-converged' */
export function lowestEigenvalues(matrix: SymmetricMatrix, options: LowestOptions): Lowest {
  const { levels, floor, step, guess } = options
  const factorise = factoriser(matrix)
  const found =
    (guess && attempt(matrix, factorise, options, rescaled(guess, matrix.bits))) ??
    attempt(matrix, factorise, options, slice(factorise, matrix.bits, levels, floor, step))
  if (found !== undefined) return found
  throw new PsilabError({
    code: 'not-converged',
    parameter: 'digits',
    problem: `inverse iteration did not find the lowest ${levels} levels of a matrix of size ${matrix.size}`,
    advice: 'Ask for one level more or fewer.',
  })
}

function rescaled({ clusters, separation, bits }: Slices, to: number): Slices {
  return {
    clusters: clusters.map(({ centre, size }) => ({ centre: rescale(centre, bits, to), size })),
    separation: rescale(separation, bits, to),
    bits: to,
  }
}

/** The eigenvalues of the given clusters; undefined where these are not the lowest ones. */
function attempt(
  matrix: SymmetricMatrix,
  factorise: Factoriser,
  options: LowestOptions,
  slices: Slices,
): Lowest | undefined {
  const { clusters, separation, bits } = slices
  const values: bigint[] = []
  for (const cluster of clusters) {
    const found = refine(matrix, factorise, cluster, separation, options.tolerance)
    const last = values[values.length - 1]
    if (found === undefined || (last !== undefined && found[0] - last < separation / 4n)) return undefined
    values.push(...found)
  }
  const top = values[values.length - 1] + separation / 2n
  if (factorise(top, separation >> 2n).below !== values.length) return undefined
  const neighbours = values.map((centre) => ({ centre, size: 1 }))
  return {
    values: values.slice(0, options.levels),
    slices: { clusters: merge(neighbours, separation), separation, bits },
  }
}

/** The eigenvalues of one cluster, ascending; undefined where the iteration does not settle. */
function refine(
  matrix: SymmetricMatrix,
  factorise: Factoriser,
  { centre, size }: Cluster,
  separation: bigint,
  tolerance: bigint,
): readonly bigint[] | undefined {
  const away = separation >> AWAY
  const { solve } = factorise(centre + away, separation >> SLACK)
  let ritz = rayleighRitz(matrix, startVectors(matrix, size))
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    ritz = rayleighRitz(
      matrix,
      ritz.vectors.map((x, k) => {
        const step = solve(ritz.residuals[k])
        return x.map((v, i) => v - step[i])
      }),
    )
    if (ritz.error ** 2n <= tolerance * separation) return ritz.values
  }
  return undefined
}

interface Ritz {
  readonly values: readonly bigint[]
  readonly vectors: readonly (readonly bigint[])[]
  /** (A − θ)x for each pair, and the largest norm of these. */
  readonly residuals: readonly (readonly bigint[])[]
  readonly error: bigint
}

/** Rayleigh–Ritz pairs of the span of some vectors. */
function rayleighRitz(matrix: SymmetricMatrix, span: readonly (readonly bigint[])[]): Ritz {
  const { bits } = matrix
  const basis = orthonormal(span, bits)
  const images = basis.map((v) => apply(matrix, v))
  const { values, vectors } = jacobi(
    basis.map((v) => images.map((image) => inner(v, image, bits))),
    bits,
  )
  const combine = (columns: readonly (readonly bigint[])[], weights: readonly bigint[]): bigint[] =>
    columns[0].map((_, i) => columns.reduce((sum, c, k) => sum + weights[k] * c[i], 0n) >> BigInt(bits))
  const pairs = vectors.map((weights, k) => {
    const vector = combine(basis, weights)
    const residual = combine(images, weights).map((a, i) => a - times(values[k], vector[i], bits))
    return { vector, residual }
  })
  return {
    values,
    vectors: pairs.map(({ vector }) => vector),
    residuals: pairs.map(({ residual }) => residual),
    error: pairs.map(({ residual }) => norm(residual)).reduce((most, r) => (r > most ? r : most)),
  }
}

function inner(a: readonly bigint[], b: readonly bigint[], bits: number): bigint {
  return a.reduce((sum, v, i) => sum + v * b[i], 0n) >> BigInt(bits)
}

/** Gram–Schmidt, twice for vectors that are nearly dependent. */
function orthonormal(vectors: readonly (readonly bigint[])[], bits: number): bigint[][] {
  const basis: bigint[][] = []
  for (const vector of vectors) {
    let v = normalised(vector, bits)
    for (let pass = 0; pass < 2; pass++) {
      for (const b of basis) {
        const share = inner(b, v, bits)
        v = v.map((c, i) => c - times(share, b[i], bits))
      }
      v = normalised(v, bits)
    }
    basis.push(v)
  }
  return basis
}

function normalised(vector: readonly bigint[], bits: number): bigint[] {
  const length = norm(vector)
  return vector.map((v) => over(v, length, bits))
}

/** Vectors with a part along every eigenvector: the digits of a linear congruential generator. */
function startVectors({ size, bits }: SymmetricMatrix, count: number): bigint[][] {
  let state = 1
  const next = (): bigint => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return BigInt(state - 2 ** 31)
  }
  return Array.from({ length: count }, () => Array.from({ length: size }, () => rescale(next(), 31, bits)))
}
