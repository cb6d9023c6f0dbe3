/**
 * Eigenvalues and eigenvectors of a real symmetric tridiagonal matrix T with diagonal d and off-diagonal e,
 * e[i] = T_{i,i−1}, e[0] = 0.
 *
 * Values: QL iteration in the form without square roots of Pal, Walker and Kahan, on the squares of e; Wilkinson's
 * shift. Vectors: inverse iteration with partial pivoting, made orthogonal within clusters of near values.
 *
 * References: Parlett, The Symmetric Eigenvalue Problem (SIAM, 1998), § 8.15; Jessup and Ipsen, SIAM J. Sci. Stat.
 * Comput. 13, 550 (1992).
 */
import { PsilabError } from '../error.js'
import { randomStream } from './random/index.js'

const EPSILON = Number.EPSILON / 2
/** QL iterations for one eigenvalue; two are the rule. */
const MOST_ITERATIONS = 60
/** Distance of eigenvalues, as a share of ‖T‖, below which their vectors are made orthogonal explicitly. */
const CLUSTER = 1e-3
/** Inverse iterations for one vector: the first reaches the eigenspace, the second cleans what the start lacked. */
const SWEEPS = 3

/** All eigenvalues, ascending. @throws PsilabError `not-converged` where an entry is not finite */
export function tridiagonalValues(diagonal: Float64Array, off: Float64Array): Float64Array {
  const norm = largest(diagonal, off)
  if (norm === 0) return new Float64Array(diagonal.length)
  if (!Number.isFinite(norm)) notConverged(norm)
  const d = diagonal.map((v) => v / norm)
  const square = off.map((v) => (v / norm) ** 2)
  for (let l = 0; l < d.length; l++) {
    for (let iteration = 0; ; iteration++) {
      const m = endOfBlock(d, square, l)
      if (m === l) break
      if (iteration === MOST_ITERATIONS) notConverged(d[l] * norm)
      iterate(d, square, l, m)
    }
  }
  return d.map((v) => v * norm).sort()
}

/** Last row of the unreduced block that begins at row l. */
function endOfBlock(d: Float64Array, square: Float64Array, l: number): number {
  let m = l
  while (m + 1 < d.length && square[m + 1] > EPSILON * EPSILON * Math.abs(d[m] * d[m + 1])) m++
  return m
}

/** One QL step on rows l … m. */
function iterate(d: Float64Array, square: Float64Array, l: number, m: number): void {
  const root = Math.sqrt(square[l + 1])
  const half = (d[l + 1] - d[l]) / (2 * root)
  const shift = d[l] - root / (half + (half >= 0 ? 1 : -1) * Math.sqrt(half * half + 1))
  let c = 1
  let s = 0
  let gamma = d[m] - shift
  let p = gamma * gamma
  for (let i = m - 1; i >= l; i--) {
    const b = square[i + 1]
    const r = p + b
    if (i < m - 1) square[i + 2] = s * r
    const oldC = c
    c = p / r
    s = b / r
    const oldGamma = gamma
    const alpha = d[i]
    gamma = c * (alpha - shift) - s * oldGamma
    d[i + 1] = oldGamma + (alpha - gamma)
    p = c === 0 ? oldC * b : (gamma * gamma) / c
  }
  square[l + 1] = s * p
  d[l] = shift + gamma
}

/** Orthonormal eigenvectors, one of length n for each of the ascending values. */
export function tridiagonalVectors(
  diagonal: Float64Array,
  off: Float64Array,
  values: Float64Array,
): Float64Array[] {
  const n = diagonal.length
  const norm = largest(diagonal, off) || 1
  const random = randomStream(20240719)
  const start = Float64Array.from({ length: n }, () => random.uniform() - 0.5)
  const solver = new ShiftedSolver(
    diagonal.map((v) => v / norm),
    off.map((v) => v / norm),
  )
  const vectors: Float64Array[] = []
  let first = 0
  let shift = Number.NEGATIVE_INFINITY
  values.forEach((value, k) => {
    if (k > 0 && value - values[k - 1] > CLUSTER * norm) first = k
    const scaled = value / norm
    // Equal values are told apart by rounding, so that each iteration starts off in its own direction.
    shift = k > first ? Math.max(scaled, shift + 10 * EPSILON) : scaled
    solver.factorise(shift)
    const z = start.map((v) => v + random.uniform() - 0.5)
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      solver.solve(z)
      normalise(z)
      for (let pass = 0; pass < 2; pass++) for (let j = first; j < k; j++) removePart(z, vectors[j])
      normalise(z)
    }
    vectors.push(z)
  })
  return vectors
}

/** (T − λ)z = b by elimination with partial pivoting; where ‖T‖ = 1, a vanishing pivot becomes a rounding error. */
class ShiftedSolver {
  private readonly diagonal: Float64Array
  private readonly off: Float64Array
  /** Rows of the upper triangle: three diagonals. */
  private readonly pivot: Float64Array
  private readonly upper: Float64Array
  private readonly second: Float64Array
  private readonly factor: Float64Array
  private readonly swapped: Uint8Array

  constructor(diagonal: Float64Array, off: Float64Array) {
    const n = diagonal.length
    this.diagonal = diagonal
    this.off = off
    this.pivot = new Float64Array(n)
    this.upper = new Float64Array(n)
    this.second = new Float64Array(n)
    this.factor = new Float64Array(n)
    this.swapped = new Uint8Array(n)
  }

  factorise(value: number): void {
    const { diagonal, off, pivot, upper, second, factor, swapped } = this
    const n = diagonal.length
    let here = diagonal[0] - value
    let right = n > 1 ? off[1] : 0
    for (let i = 0; i < n - 1; i++) {
      const below = off[i + 1]
      const next = diagonal[i + 1] - value
      const beyond = i + 2 < n ? off[i + 2] : 0
      if (Math.abs(below) > Math.abs(here)) {
        swapped[i] = 1
        pivot[i] = nonzero(below)
        factor[i] = here / pivot[i]
        upper[i] = next
        second[i] = beyond
        here = right - factor[i] * next
        right = -factor[i] * beyond
      } else {
        swapped[i] = 0
        pivot[i] = nonzero(here)
        factor[i] = below / pivot[i]
        upper[i] = right
        second[i] = 0
        here = next - factor[i] * right
        right = beyond
      }
    }
    pivot[n - 1] = nonzero(here)
  }

  solve(z: Float64Array): void {
    const { pivot, upper, second, factor, swapped } = this
    const n = z.length
    for (let i = 0; i < n - 1; i++) {
      const here = z[i]
      if (swapped[i] === 1) {
        z[i] = z[i + 1]
        z[i + 1] = here - factor[i] * z[i]
      } else z[i + 1] -= factor[i] * here
    }
    z[n - 1] /= pivot[n - 1]
    if (n > 1) z[n - 2] = (z[n - 2] - upper[n - 2] * z[n - 1]) / pivot[n - 2]
    for (let i = n - 3; i >= 0; i--) z[i] = (z[i] - upper[i] * z[i + 1] - second[i] * z[i + 2]) / pivot[i]
  }
}

function nonzero(pivot: number): number {
  return Math.abs(pivot) < EPSILON ? (pivot < 0 ? -EPSILON : EPSILON) : pivot
}

function removePart(z: Float64Array, q: Float64Array): void {
  let dot = 0
  for (let i = 0; i < z.length; i++) dot += q[i] * z[i]
  for (let i = 0; i < z.length; i++) z[i] -= dot * q[i]
}

function normalise(z: Float64Array): void {
  let peak = 0
  for (let i = 0; i < z.length; i++) peak = Math.max(peak, Math.abs(z[i]))
  let sum = 0
  for (let i = 0; i < z.length; i++) sum += (z[i] / peak) ** 2
  const scale = 1 / (peak * Math.sqrt(sum))
  for (let i = 0; i < z.length; i++) z[i] *= scale
}

function largest(diagonal: Float64Array, off: Float64Array): number {
  let most = 0
  for (const v of diagonal) most = Math.max(most, Math.abs(v))
  for (const v of off) most = Math.max(most, Math.abs(v))
  return most
}

function notConverged(got: number): never {
  throw new PsilabError({
    code: 'not-converged',
    parameter: 'matrix',
    problem: 'its eigenvalues were not found',
    allowed: 'finite entries',
    got,
  })
}
