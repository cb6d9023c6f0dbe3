/**
 * The basis in which a trace in two and three dimensions is taken: the products of mean-field eigenfunctions of the axes
 * with the lowest energies, on the leanest grid that holds the energies of the highest temperature.
 */
import { grid } from '../../grid/index.js'
import { requireClosed } from '../absorber.js'
import { levelsBelow } from '../box/index.js'
import type { Discretisation } from '../discretisation.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { leanGrid, productBasis, samplesOf } from '../levels/index.js'
import { groundEstimate, REACH } from './lineSpectrum.js'
import { nodesUpTo } from './nodes.js'
import { lowestOf } from './refusals.js'

export type ProductBasis = ReturnType<typeof productBasis>

/** Share of REACH up to which Weyl's count is taken: it is low where zero-point energy lifts the levels. */
const COUNTED = 0.8
/** Nodes along each axis for that count, by dimension. */
const COUNT = [0, 0, 96, 40] as const

export interface PlaneBasis {
  readonly hamiltonian: Hamiltonian
  readonly basis: ProductBasis
}

/** By Weyl's count, the levels that weigh anything at a temperature. */
export function levelsWanted(space: Discretisation, hottest: number): number {
  const minimum = lowestOf(space.hamiltonian(space.choose({ levels: space.defaultLevels }).grid).zeta)
  const energy = minimum + COUNTED * REACH * hottest
  const { zeta, weights } = nodesUpTo(space, energy, COUNT[space.dimension])
  const cell = weights.reduce((sum, w) => sum + w, 0) / weights.length
  const step = space.objective.variables.map(() => cell ** (1 / space.dimension))
  return Math.ceil(levelsBelow({ zeta, step }, space.D, energy))
}

export function planeBasis(space: Discretisation, hottest: number, size: number): PlaneBasis {
  const energy = groundEstimate(space) + REACH * hottest
  const { axes } = space.choose({ levels: space.defaultLevels, energy }).grid
  requireClosed(axes, 'the trace')
  const lean = leanGrid(samplesOf(space.objective, space.D, axes), energy, 1)
  const hamiltonian = space.hamiltonian(space.given ?? grid(lean.axes))
  return { hamiltonian, basis: productBasis(hamiltonian, size) }
}

/** The basis of the first products. */
export function leading({ products, matrix, size }: ProductBasis, wanted: number): ProductBasis {
  const n = Math.min(size, wanted)
  const part = new Float64Array(n * n)
  for (let s = 0; s < n; s++) part.set(matrix.subarray(s * size, s * size + n), s * n)
  return {
    products: {
      ...products,
      energies: products.energies.slice(0, n),
      indices: products.indices.map((index) => index.slice(0, n)),
    },
    matrix: part,
    size: n,
  }
}
