/**
 * Lowest eigenpairs of a real symmetric operator by block Davidson iteration: Rayleigh–Ritz in a space that grows by
 * the preconditioned residuals of the pairs that have not converged, restarted from the Ritz vectors when it is large.
 *
 * Reference: Davidson, J. Comput. Phys. 17, 87 (1975); Crouzeix, Philippe and Sadkane, SIAM J. Sci. Comput. 15, 62 (1994).
 */
import { symmetricEigen } from '../../numeric/index.js'
import { errorsOf } from './eigenpairs.js'

export interface Operator {
  readonly size: number
  apply(psi: Float64Array, out: Float64Array): void
  /** An approximation of (H − E)⁻¹ r for an E among the lowest levels. */
  precondition(residual: Float64Array, energy: number): Float64Array
}

export interface DavidsonOptions {
  /** Pairs wanted, fewer than there are start vectors: those beyond show the gap. */
  readonly levels: number
  /** Wanted error of an energy. */
  readonly tolerance: number
  /** Called once an iteration with the largest estimated error. */
  readonly progress: (iteration: number, error: number) => void
}

export interface RitzPairs {
  /** Of the whole block, ascending. */
  readonly energies: Float64Array
  /** Of the pairs wanted. */
  readonly vectors: readonly Float64Array[]
  readonly residuals: Float64Array
  readonly errors: Float64Array
}

/** Iterations after which the pairs are returned as they are. */
const MOST_ITERATIONS = 80
/** Blocks that the space holds before it restarts. */
const BLOCKS = 4
/** Length of a new direction, relative to before its part in the space was removed, below which it is rounding. */
const DEPENDENT = 1e-10

/** @param start orthonormal; used up */
export function davidson(operator: Operator, start: Float64Array[], options: DavidsonOptions): RitzPairs {
  const { levels, tolerance, progress } = options
  const block = start.length
  let basis = start
  let images = basis.map((v) => image(operator, v))
  let projected = basis.map((v) => images.map((w) => dot(v, w)))
  const residuals = new Float64Array(levels).fill(Number.POSITIVE_INFINITY)
  /** Pairs that have not converged; those that have stay so, since a larger space only improves them. */
  let open = [...residuals.keys()]
  for (let iteration = 1; ; iteration++) {
    const n = basis.length
    const { values, vectors } = symmetricEigen(Float64Array.from(projected.flat()), n, { lowest: block })
    const directions = open.map((s) => {
      const r = combine(images, vectors[s])
      addCombination(r, basis, vectors[s], -values[s])
      residuals[s] = Math.sqrt(dot(r, r))
      return { s, r }
    })
    const errors = errorsOf(residuals, values)
    progress(iteration, Math.max(...errors))
    open = open.filter((s) => errors[s] > tolerance)
    const ritz = (columns: readonly Float64Array[]): Float64Array[] => vectors.map((c) => combine(columns, c))
    if (open.length === 0 || iteration === MOST_ITERATIONS)
      return { energies: values, vectors: ritz(basis).slice(0, levels), residuals, errors }
    if (n + open.length > BLOCKS * block + levels) {
      ;[basis, images] = [ritz(basis), ritz(images)]
      projected = basis.map((_, a) => basis.map((__, b) => (a === b ? values[a] : 0)))
    }
    const before = basis.length
    for (const { s, r } of directions) {
      if (!open.includes(s)) continue
      const t = operator.precondition(r, values[s])
      if (!orthonormalise(t, basis)) continue
      const w = image(operator, t)
      basis.push(t)
      images.push(w)
      const column = basis.map((v) => dot(v, w))
      projected.forEach((row, a) => {
        row.push(column[a])
      })
      projected.push(column)
    }
    // The space holds all that the residuals can show it.
    if (basis.length === before)
      return { energies: values, vectors: ritz(basis).slice(0, levels), residuals, errors }
  }
}

function image(operator: Operator, v: Float64Array): Float64Array {
  const out = new Float64Array(operator.size)
  operator.apply(v, out)
  return out
}

/** Gram–Schmidt, twice; false where nothing is left. */
function orthonormalise(t: Float64Array, basis: readonly Float64Array[]): boolean {
  const before = Math.sqrt(dot(t, t))
  for (let pass = 0; pass < 2; pass++) {
    const overlaps = Float64Array.from(basis, (v) => dot(v, t))
    addCombination(t, basis, overlaps, -1)
  }
  const length = Math.sqrt(dot(t, t))
  if (!(length > DEPENDENT * before)) return false
  for (let i = 0; i < t.length; i++) t[i] /= length
  return true
}

function combine(columns: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sum = new Float64Array(columns[0].length)
  addCombination(sum, columns, weights, 1)
  return sum
}

/** sum += factor · Σ weights[a] columns[a], four columns in one pass. */
function addCombination(
  sum: Float64Array,
  columns: readonly Float64Array[],
  weights: Float64Array,
  factor: number,
): void {
  const count = columns.length
  let a = 0
  for (; a + 3 < count; a += 4) {
    const [p, q, r, s] = [columns[a], columns[a + 1], columns[a + 2], columns[a + 3]]
    const wp = factor * weights[a]
    const wq = factor * weights[a + 1]
    const wr = factor * weights[a + 2]
    const ws = factor * weights[a + 3]
    for (let i = 0; i < sum.length; i++) sum[i] += wp * p[i] + wq * q[i] + (wr * r[i] + ws * s[i])
  }
  for (; a < count; a++) {
    const p = columns[a]
    const w = factor * weights[a]
    for (let i = 0; i < sum.length; i++) sum[i] += w * p[i]
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let [even, odd] = [0, 0]
  let i = 0
  for (; i + 1 < a.length; i += 2) {
    even += a[i] * b[i]
    odd += a[i + 1] * b[i + 1]
  }
  return i < a.length ? even + odd + a[i] * b[i] : even + odd
}
