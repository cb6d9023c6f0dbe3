/**
 * Slicing a spectrum: brackets of the lowest eigenvalues by bisection on the count of eigenvalues below σ
 * (Sylvester), as narrow as inverse iteration needs them. Eigenvalues that stay together in narrow brackets, such as
 * a tunnelling doublet, make one cluster.
 */
import type { Factoriser } from './factorise.js'

/** Eigenvalues far nearer to `centre` than to any eigenvalue outside. */
export interface Cluster {
  readonly centre: bigint
  readonly size: number
}

/** The lowest clusters of a spectrum, ascending. */
export interface Slices {
  readonly clusters: readonly Cluster[]
  /** Least distance between eigenvalues of different clusters, and from the last cluster to the rest. */
  readonly separation: bigint
  /** Bits after the point of these numbers. */
  readonly bits: number
}

/** log₂ of the width of a bracket, as a share of the mean spacing; and of what separates clusters, in widths. */
const WIDTH = 14
const SEPARATION = 6
/** log₂ of the share of a stride that its ends may be off by. */
const STRIDE = 16n

/**
 * @param bits after the point of the matrix that `factorise` belongs to
 * @param levels eigenvalues wanted; the last cluster may add some
 * @param floor near the lower end of the spectrum
 * @param step a first stride upwards; any positive number will do
 */
export function slice(
  factorise: Factoriser,
  bits: number,
  levels: number,
  floor: bigint,
  step: bigint,
): Slices {
  const below = (sigma: bigint, slack: bigint): number => factorise(sigma, slack).below
  const fine = (step >> STRIDE) + 1n
  let low = floor
  for (let stride = step; below(low, fine) > 0; stride *= 2n) low -= stride
  let span = step
  while (below(low + span, fine) < levels) span *= 2n
  const width = (span >> BigInt(WIDTH)) / BigInt(levels) + 1n
  const separation = width << BigInt(SEPARATION)
  const slack = width / 2n + 1n

  const brackets: Cluster[] = []
  const split = (from: bigint, fromCount: number, to: bigint, toCount: number): void => {
    if (toCount === fromCount || fromCount >= levels) return
    const middle = (from + to) >> 1n
    if (to - from <= width) {
      brackets.push({ centre: middle, size: toCount - fromCount })
      return
    }
    const count = below(middle, slack)
    split(from, fromCount, middle, count)
    split(middle, count, to, toCount)
  }
  split(low, 0, low + span, below(low + span, slack))

  for (;;) {
    const top = brackets[brackets.length - 1].centre
    const held = brackets.reduce((sum, { size }) => sum + size, 0)
    const more = below(top + separation, slack) - held
    if (more <= 0) break
    brackets.push({ centre: top + (separation >> 1n), size: more })
  }
  return { clusters: merge(brackets, separation), separation, bits }
}

/** Clusters of neighbours nearer than `separation`. */
export function merge(neighbours: readonly Cluster[], separation: bigint): Cluster[] {
  const clusters: Cluster[] = []
  let last: bigint | undefined
  for (const { centre, size } of neighbours) {
    const before = clusters[clusters.length - 1]
    if (before !== undefined && last !== undefined && centre - last < separation)
      clusters[clusters.length - 1] = { centre: (before.centre + centre) >> 1n, size: before.size + size }
    else clusters.push({ centre, size })
    last = centre
  }
  return clusters
}
