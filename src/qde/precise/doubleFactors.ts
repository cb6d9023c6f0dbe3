/**
 * The factorisation of a symmetric matrix in double precision, a hundred times faster than in fixed point, and a bound
 * on what it misses: the computed factors are exact for A − σ + E with
 *
 *   ‖E‖ ≤ γ tr(|L||d||L|ᵀ) ,   γ = (b + 3)·2⁻⁵³ ,   b the bandwidth.
 *
 * Reference: Higham, Accuracy and Stability of Numerical Algorithms (SIAM 2002), theorem 10.3 and §11.1.
 */
import type { Factorisation } from './factorise.js'
import { bitLength, magnitude, toDouble } from './fixed.js'
import { firstColumn, type SymmetricMatrix } from './matrix.js'

/** A matrix in doubles; rows as in {@link SymmetricMatrix}, which it was rounded from. */
export interface DoubleMatrix {
  readonly source: SymmetricMatrix
  readonly rows: readonly Float64Array[]
}

export function toDoubleMatrix(source: SymmetricMatrix): DoubleMatrix {
  return { source, rows: source.rows.map((row) => Float64Array.from(row, (v) => toDouble(v, source.bits))) }
}

/** L·diag(d)·Lᵀ = A − σ + E; undefined where the bound on ‖E‖ is not below `slack`. */
export function maybeDoubleFactors(
  { source, rows }: DoubleMatrix,
  sigma: number,
  slack: number,
): Factorisation | undefined {
  const most = slack / ((source.bandwidth + 3) * Number.EPSILON)
  const lower: Float64Array[] = []
  const pivots = new Float64Array(source.size)
  let below = 0
  let trace = 0
  for (const [i, row] of rows.entries()) {
    const from = firstColumn(source, i)
    const l = row.slice(0, i - from)
    for (let j = from; j < i; j++) {
      const other = lower[j]
      const otherFrom = firstColumn(source, j)
      let sum = l[j - from]
      for (let k = Math.max(from, otherFrom); k < j; k++) sum -= l[k - from] * other[k - otherFrom]
      l[j - from] = sum
    }
    let pivot = row[i - from] - sigma
    for (let k = 0; k < l.length; k++) {
      const u = l[k]
      l[k] = u / pivots[from + k]
      pivot -= l[k] * u
      trace += Math.abs(l[k] * u)
    }
    trace += Math.abs(pivot)
    if (pivot === 0 || !(trace <= most)) return undefined
    if (pivot < 0) below++
    pivots[i] = pivot
    lower.push(l)
  }
  return { below, solve: (b) => solve(source, lower, pivots, b) }
}

/** The solution of a fixed-point right-hand side, to double precision relative to its largest component. */
function solve(
  matrix: SymmetricMatrix,
  lower: readonly Float64Array[],
  pivots: Float64Array,
  b: readonly bigint[],
): bigint[] {
  const peak = b.reduce((most, v) => (magnitude(v) > most ? magnitude(v) : most), 0n)
  if (peak === 0n) return [...b]
  const scale = Math.max(0, bitLength(peak) - 64)
  const x = Float64Array.from(b, (v) => Number(v >> BigInt(scale)))
  for (let i = 0; i < x.length; i++) {
    const from = firstColumn(matrix, i)
    const l = lower[i]
    for (let k = 0; k < l.length; k++) x[i] -= l[k] * x[from + k]
  }
  for (let i = 0; i < x.length; i++) x[i] /= pivots[i]
  for (let i = x.length - 1; i >= 0; i--) {
    const from = firstColumn(matrix, i)
    const l = lower[i]
    for (let k = 0; k < l.length; k++) x[from + k] -= l[k] * x[i]
  }
  const largest = x.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
  const digits = 60 - Math.ceil(Math.log2(largest))
  const shift = scale - digits
  return Array.from(x, (v) => {
    const integer = BigInt(Math.round(v * 2 ** digits))
    return shift >= 0 ? integer << BigInt(shift) : integer >> BigInt(-shift)
  })
}
