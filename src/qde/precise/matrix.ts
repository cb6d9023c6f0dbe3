/** Real symmetric matrices in fixed point, of any bandwidth. */

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

/** First column of row i. */
export function firstColumn({ bandwidth }: SymmetricMatrix, i: number): number {
  return Math.max(0, i - bandwidth)
}

/** A·x. */
export function apply(matrix: SymmetricMatrix, x: readonly bigint[]): bigint[] {
  const sums = Array.from({ length: matrix.size }, () => 0n)
  for (const [i, row] of matrix.rows.entries()) {
    const from = firstColumn(matrix, i)
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
