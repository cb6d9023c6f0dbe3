/** Quantiles of small samples. */

/** The q-quantile of values, linear between the ranks; a value that is no number counts as +∞. */
export function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values, (v) => (Number.isNaN(v) ? Number.POSITIVE_INFINITY : v)).sort()
  const rank = q * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]]
  return below === above ? below : below + (rank - Math.floor(rank)) * (above - below)
}
