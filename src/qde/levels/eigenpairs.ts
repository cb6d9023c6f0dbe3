/** Lowest eigenpairs of H on a grid, with what is known of their errors. */

export interface Eigenpairs {
  /** Ascending, length k. */
  readonly energies: Float64Array
  /**
   * Real, Σφ² = 1 over the grid points, or as nearly as samples of a state off the grid have it; one of length size for
   * each level.
   */
  readonly vectors: readonly Float64Array[]
  /** ‖Hφ − Eφ‖ of each on the grid. */
  readonly residuals: Float64Array
  /** Estimated error of each energy. */
  readonly errors: Float64Array
}

/**
 * Error of energies from residuals r: r²/gap (Kato and Temple) with the gap up to the levels beyond those computed, and
 * r itself where the highest of them is no further than that.
 *
 * @param computed energies of the whole block, ascending, the wanted ones first
 */
export function errorsOf(residuals: Float64Array, computed: Float64Array): Float64Array {
  const beyond = computed[computed.length - 1]
  return residuals.map((r, n) => {
    const gap = beyond - computed[n]
    return gap > r ? (r * r) / gap : r
  })
}
