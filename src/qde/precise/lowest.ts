/**
 * The lowest eigenvalues of a symmetric matrix, to its last digits and with none missed.
 *
 * Each cluster of m eigenvalues is found by inverse iteration with m vectors, X ← (A − σ)⁻¹X, σ close to the cluster,
 * and the Rayleigh–Ritz values of their span. With residuals r = ‖Ax − θx‖ and a distance δ to the rest of the
 * spectrum the values are right to r²/δ (Kato and Temple). Afterwards one count of eigenvalues below a point above
 * the last cluster proves that nothing is missing: the clusters are apart, so each value stands for its own eigenvalue.
 *
 * Reference: Parlett, The Symmetric Eigenvalue Problem (SIAM 1998), §§4.6, 10.5, 11.5.
 */
import { PsilabError } from '../../error.js'
import { norm, over, rescale, times } from './fixed.js'
import { jacobi } from './jacobi.js'
import { apply, factorise, type SymmetricMatrix } from './matrix.js'
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
const AWAY = 20n

/** @throws PsilabError 'not-converged' */
export function lowestEigenvalues(matrix: SymmetricMatrix, options: LowestOptions): Lowest {
  const { levels, floor, step, guess } = options
  const found =
    (guess && attempt(matrix, options, rescaled(guess, matrix.bits))) ??
    attempt(matrix, options, slice(matrix, levels, floor, step))
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
function attempt(matrix: SymmetricMatrix, options: LowestOptions, slices: Slices): Lowest | undefined {
  const { clusters, separation, bits } = slices
  const values: bigint[] = []
  for (const cluster of clusters) {
    const found = refine(matrix, cluster, separation, options.tolerance)
    const last = values[values.length - 1]
    if (found === undefined || (last !== undefined && found[0] - last < separation / 4n)) return undefined
    values.push(...found)
  }
  const top = values[values.length - 1] + separation / 2n
  if (factorise(matrix, top, separation >> AWAY).below !== values.length) return undefined
  const neighbours = values.map((centre) => ({ centre, size: 1 }))
  return {
    values: values.slice(0, options.levels),
    slices: { clusters: merge(neighbours, separation), separation, bits },
  }
}

/** The eigenvalues of one cluster, ascending; undefined where the iteration does not settle. */
function refine(
  matrix: SymmetricMatrix,
  { centre, size }: Cluster,
  separation: bigint,
  tolerance: bigint,
): readonly bigint[] | undefined {
  const { bits } = matrix
  const away = separation >> AWAY
  const { solve } = factorise(matrix, centre + away, away)
  let vectors = startVectors(matrix, size)
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    vectors = orthonormal(vectors.map(solve), bits)
    const ritz = rayleighRitz(matrix, vectors)
    vectors = ritz.vectors
    if (ritz.residual ** 2n <= tolerance * separation) return ritz.values
  }
  return undefined
}

interface Ritz {
  readonly values: readonly bigint[]
  readonly vectors: bigint[][]
  /** The largest ‖Ax − θx‖. */
  readonly residual: bigint
}

/** Rayleigh–Ritz values and vectors of the span of orthonormal vectors. */
function rayleighRitz(matrix: SymmetricMatrix, vectors: readonly bigint[][]): Ritz {
  const { bits } = matrix
  const images = vectors.map((v) => apply(matrix, v))
  const small = jacobi(
    vectors.map((v) => images.map((image) => inner(v, image, bits))),
    bits,
  )
  const combine = (columns: readonly bigint[][], weights: readonly bigint[]): bigint[] =>
    columns[0].map((_, i) => columns.reduce((sum, c, k) => sum + weights[k] * c[i], 0n) >> BigInt(bits))
  const rotated = small.vectors.map((weights) => combine(vectors, weights))
  const residuals = small.vectors.map((weights, k) => {
    const image = combine(images, weights)
    return norm(image.map((a, i) => a - times(small.values[k], rotated[k][i], bits)))
  })
  return {
    values: small.values,
    vectors: rotated,
    residual: residuals.reduce((most, r) => (r > most ? r : most), 0n),
  }
}

function inner(a: readonly bigint[], b: readonly bigint[], bits: number): bigint {
  return a.reduce((sum, v, i) => sum + v * b[i], 0n) >> BigInt(bits)
}

/** Gram–Schmidt, twice for vectors that are nearly dependent. */
function orthonormal(vectors: readonly bigint[][], bits: number): bigint[][] {
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
