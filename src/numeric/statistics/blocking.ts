/**
 * The error of a mean of correlated samples. Samples are averaged in blocks of 1, 2, 4, … neighbours; once blocks are
 * longer than the memory of the series, their means are independent and s_B²/(number of blocks) is the variance of the
 * overall mean. Short blocks give too small an error and long ones too uncertain an error; the block taken is the
 * shortest with B³ > 2n (e_B/e₁)⁴, where e_B is the error from blocks of B and n the number of samples. As the variance of the mean is 2τs₁²/n,
 * the integrated autocorrelation time is τ = ½(e_B/e₁)².
 *
 * References: Flyvbjerg and Petersen, J. Chem. Phys. 91, 461 (1989); for the choice of the block, Lee, Conduit, Nemec,
 * López Ríos and Drummond, Phys. Rev. E 83, 066706 (2011).
 */

/** A mean with its standard error. */
export interface MeanEstimate {
  readonly mean: number
  /** One standard error of the mean; NaN where there are too few samples for one. */
  readonly error: number
  /** Integrated autocorrelation time in samples, ½ where they are independent. */
  readonly autocorrelation: number
  /** Whether the blocks are longer than the memory of the series; the error is a lower bound where not. */
  readonly settled: boolean
}

/** Blocks below which their scatter says too little. */
const LEAST_BLOCKS = 16

/**
 * Mean and standard error of one observable.
 * @param series one array a chain, in the order sampled; the chains are independent of each other
 */
export function blocking(series: readonly Float64Array[]): MeanEstimate {
  const total = series.reduce((n, { length }) => n + length, 0)
  const mean = series.reduce((sum, chain) => chain.reduce((s, v) => s + v, sum), 0) / total
  let chains = series
  let first = Number.NaN
  let error = Number.NaN
  for (let size = 1; ; size *= 2, chains = chains.map(pairs)) {
    const blocks = chains.reduce((n, { length }) => n + length, 0)
    if (blocks < LEAST_BLOCKS) break
    const now = errorOf(chains, blocks)
    if (size === 1) first = now
    // Where nothing varies there is no error.
    if (first === 0) return { mean, error: 0, autocorrelation: 0.5, settled: true }
    if (size ** 3 > 2 * total * (now / first) ** 4)
      return { mean, error: now, autocorrelation: (now / first) ** 2 / 2, settled: true }
    error = Number.isNaN(error) ? now : Math.max(error, now)
  }
  return { mean, error, autocorrelation: (error / first) ** 2 / 2, settled: false }
}

/** Means of two neighbours; an odd sample at the end is left out. */
function pairs(chain: Float64Array): Float64Array {
  return Float64Array.from(
    { length: Math.floor(chain.length / 2) },
    (_, i) => (chain[2 * i] + chain[2 * i + 1]) / 2,
  )
}

function errorOf(chains: readonly Float64Array[], blocks: number): number {
  const mean = chains.reduce((sum, chain) => chain.reduce((s, v) => s + v, sum), 0) / blocks
  const squares = chains.reduce((sum, chain) => chain.reduce((s, v) => s + (v - mean) ** 2, sum), 0)
  return Math.sqrt(squares / (blocks - 1) / blocks)
}
