/**
 * Levels where ζ is a sum over the coordinates, ζ = Σ_d v_d(x_d) − (n − 1) ζ_min with v_d its cut through the lowest
 * point along axis d: they are the sums of the levels of the axes, and the states are products.
 */
import { stridesOf } from '../../grid/index.js'
import type { Hamiltonian } from '../hamiltonian.js'
import type { Eigenpairs } from './eigenpairs.js'
import { expand, forEachAxis, kineticMatrices, lowestProducts } from './products.js'

/** Difference from the sum, relative to the sizes of ζ and its cuts, that is rounding. */
const ROUNDING = 1e-13

/**
 * The lowest levels; undefined where ζ is not such a sum.
 * @param harmless difference from the sum that does not matter to the levels
 */
export function separableLevels(
  { grid, zeta, D }: Hamiltonian,
  levels: number,
  harmless: number,
): Eigenpairs | undefined {
  const lowest = zeta.reduce((least, v, i) => (v < zeta[least] ? i : least), 0)
  const strides = stridesOf(grid.shape)
  const fields = grid.axes.map(({ points }, d) => {
    const start = lowest - (Math.floor(lowest / strides[d]) % points) * strides[d]
    return Float64Array.from({ length: points }, (_, j) => zeta[start + j * strides[d]])
  })
  const constant = -(fields.length - 1) * zeta[lowest]
  const difference = zeta.map((v) => v - constant)
  const size = zeta.map(Math.abs)
  forEachAxis(grid.shape, (d, j, i) => {
    difference[i] -= fields[d][j]
    size[i] += Math.abs(fields[d][j])
  })
  if (difference.some((v, i) => Math.abs(v) > harmless + ROUNDING * size[i])) return undefined
  const products = lowestProducts({ kinetic: kineticMatrices(grid, D), fields }, levels)
  return {
    energies: products.energies.map((e) => e + constant),
    vectors: Array.from({ length: levels }, (_, n) => {
      const weights = new Float64Array(levels)
      weights[n] = 1
      return expand(products, weights, grid.shape)
    }),
    residuals: new Float64Array(levels),
    errors: new Float64Array(levels),
  }
}
