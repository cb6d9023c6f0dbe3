/**
 * The equation on a lattice of labels: H = D·L + diag(ζ), with L = degree − adjacency the Laplacian of a path or a
 * ring, the discrete −∇². With D = 0 the thermal state is softmax(−βζ); D couples neighbouring labels.
 */
import { PsilabError, requireKeys, requireNumber } from '../error.js'

export interface LatticeOptions {
  /** ζ of each label, in order along the path. */
  readonly zeta: ArrayLike<number>
  /** Coupling of neighbours, D ≥ 0, in the unit of ζ. */
  readonly D: number
  /** Whether the last label is a neighbour of the first; default false. */
  readonly ring?: boolean
}

/** Most labels: the matrix is dense. */
const MOST = 1024

/**
 * H = D·L + diag(ζ) as rows.
 *
 * @example
 * latticeHamiltonian({ zeta: [0, 1, 2], D: 0.1 }) // => [[0.1, -0.1, 0], [-0.1, 1.2, -0.1], [0, -0.1, 2.1]]
 */
export function latticeHamiltonian(options: LatticeOptions): number[][] {
  requireKeys('latticeHamiltonian', options, ['zeta', 'D', 'ring'])
  const zeta = Array.from(options.zeta)
  const D = requireNumber('D', options.D, 'a finite number ≥ 0', (v) => v >= 0)
  const n = zeta.length
  if (n < 1 || n > MOST || !zeta.every(Number.isFinite))
    throw new PsilabError({
      code: n > MOST ? 'too-large' : 'parameter',
      parameter: 'zeta',
      problem: 'not a list of labels',
      allowed: `1 to ${MOST} finite numbers`,
      got: n > MOST ? n : zeta,
    })
  const rows = zeta.map((z, i) => zeta.map((_, j) => (i === j ? z : 0)))
  const couple = (i: number, j: number): void => {
    rows[i][i] += D
    rows[j][j] += D
    rows[i][j] -= D
    rows[j][i] -= D
  }
  for (let i = 0; i + 1 < n; i++) couple(i, i + 1)
  // Two labels are neighbours once, however they are joined.
  if (options.ring === true && n > 2) couple(n - 1, 0)
  return rows
}
