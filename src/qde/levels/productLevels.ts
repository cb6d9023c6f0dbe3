/**
 * Lowest levels in a contracted basis: products u_a(x) v_b(y) … of the eigenfunctions of one reference H an axis,
 *
 *   h_d = −D ∂_d² + v_d,   v_d(x_d) = ⟨ζ⟩ over the other coordinates (Hartree's mean field),
 *   H = Σ_d h_d + R,       R = ζ − Σ_d v_d,
 *
 * those with the lowest Σ_d ε_d. H is diagonalised among them, and what Rφ has outside of them is the residual.
 *
 * Reference: Bowman, Acc. Chem. Res. 19, 202 (1986) (self-consistent field and configuration interaction of vibrations).
 */
import { stridesOf } from '../../grid/index.js'
import { type SymmetricEigen, symmetricEigen } from '../../numeric/index.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { type Eigenpairs, errorsOf } from './eigenpairs.js'
import {
  axisStates,
  expand,
  forEachAxis,
  kineticMatrices,
  lowestProducts,
  type Products,
  type References,
} from './products.js'

/** Rounds towards self-consistent mean fields; they only shape the basis. */
const ROUNDS = 1
/** Lowest reference states that make the mean field, with Boltzmann weights. */
const AVERAGED = 6
/** Products of the first attempt: a number and so many a level, by dimension. */
const FIRST = [
  [0, 0],
  [0, 0],
  [50, 6],
  [150, 14],
] as const
/** Most products: a number and so many a level, by dimension. */
const MOST = [
  [0, 0],
  [0, 0],
  [300, 12],
  [1000, 20],
] as const
/** Decades that the error falls, times the dimension, when the basis grows e times, for smooth ζ. */
const STEEPNESS = 14
/** Error, as a multiple of the tolerance, from which on no number of products will do. */
const HOPELESS = 1e6
/** Multiple of the tolerance that the largest basis may leave. */
const LENIENT = 5
/** Levels computed beyond those wanted, to see the gap. */
const GUARD = 2

/** The reference problem of a grid. */
interface Reference extends References {
  readonly hamiltonian: Hamiltonian
  /** R on the grid. */
  readonly rest: Float64Array
}

/**
 * The lowest levels, or undefined where so few products do not give them.
 * @param tolerance wanted error of an energy
 */
export function productLevels(
  hamiltonian: Hamiltonian,
  levels: number,
  tolerance: number,
): Eigenpairs | undefined {
  const reference = referenceOf(hamiltonian)
  const dimension = hamiltonian.grid.axes.length
  const [limit, more] = MOST[dimension]
  const most = Math.min(limit + more * levels, hamiltonian.grid.size)
  const [few, each] = FIRST[dimension]
  let worst = HOPELESS * tolerance
  for (let size = few + each * levels; ; ) {
    const found = diagonalise(reference, lowestProducts(reference, Math.min(size, most)), levels)
    const error = Math.max(...found.errors)
    if (error <= (size < most ? 1 : LENIENT) * tolerance) return found
    // Half of the decades that were wanted, at least, or the next attempt is in vain, too.
    if (error > Math.sqrt(worst * tolerance) || size >= most) return undefined
    worst = error
    const decades = Math.log10(error / tolerance)
    size = Math.ceil(size * Math.exp((dimension * (decades + 0.5)) / STEEPNESS))
  }
}

/** H between the lowest products. */
export interface ProductBasis {
  readonly products: Products
  /** Row-major size². */
  readonly matrix: Float64Array
  readonly size: number
}

/** @param size how many products at most */
export function productBasis(hamiltonian: Hamiltonian, size: number): ProductBasis {
  const reference = referenceOf(hamiltonian)
  const products = lowestProducts(reference, Math.min(size, hamiltonian.grid.size))
  const matrix = matrixOf(products, reference.rest, hamiltonian.grid.shape)
  const count = products.energies.length
  for (let s = 0; s < count; s++) for (let t = 0; t < s; t++) matrix[t * count + s] = matrix[s * count + t]
  return { products, matrix, size: count }
}

function referenceOf(hamiltonian: Hamiltonian): Reference {
  const { grid, zeta, D } = hamiltonian
  const kinetic = kineticMatrices(grid, D)
  let fields = leastFields(zeta, grid.shape)
  for (let round = 0; round < ROUNDS; round++)
    fields = meanFields(
      zeta,
      grid.shape,
      fields.map((v, d) => averageDensity(axisStates(kinetic[d], v, AVERAGED))),
    )
  const rest = zeta.slice()
  forEachAxis(grid.shape, (d, j, i) => {
    rest[i] -= fields[d][j]
  })
  return { hamiltonian, kinetic, fields, rest }
}

/** Least ζ over the other coordinates. */
function leastFields(zeta: Float64Array, shape: readonly number[]): Float64Array[] {
  const fields = shape.map((n) => new Float64Array(n).fill(Number.POSITIVE_INFINITY))
  forEachAxis(shape, (d, j, i) => {
    if (zeta[i] < fields[d][j]) fields[d][j] = zeta[i]
  })
  return fields
}

/** ⟨ζ⟩ over the other coordinates, with densities of sum 1. */
function meanFields(
  zeta: Float64Array,
  shape: readonly number[],
  densities: readonly Float64Array[],
): Float64Array[] {
  const fields = shape.map((n) => new Float64Array(n))
  shape.forEach((_, d) => {
    const weighted = zeta.slice()
    forEachAxis(shape, (e, j, i) => {
      if (e !== d) weighted[i] *= densities[e][j]
    })
    forEachAxis(shape, (e, j, i) => {
      if (e === d) fields[d][j] += weighted[i]
    })
  })
  return fields
}

/** Density of the lowest states of an axis at the temperature of their second excitation. */
function averageDensity({ values, vectors }: SymmetricEigen): Float64Array {
  const density = new Float64Array(vectors[0].length)
  const temperature = values[Math.min(2, values.length - 1)] - values[0]
  let total = 0
  vectors.forEach((u, a) => {
    const weight = a === 0 ? 1 : Math.exp(-(values[a] - values[0]) / temperature)
    total += weight
    for (let j = 0; j < u.length; j++) density[j] += weight * u[j] * u[j]
  })
  return density.map((p) => p / total)
}

function diagonalise({ hamiltonian, rest }: Reference, products: Products, levels: number): Eigenpairs {
  const { shape } = hamiltonian.grid
  const { values, vectors } = symmetricEigen(matrixOf(products, rest, shape), products.energies.length, {
    lowest: levels + GUARD,
  })
  const energies = values.slice(0, levels)
  const states = vectors.slice(0, levels).map((weights) => expand(products, weights, shape))
  const residuals = energies.map((energy, n) => {
    const image = expand(
      products,
      vectors[n].map((c, s) => (products.energies[s] - energy) * c),
      shape,
    )
    let square = 0
    for (let i = 0; i < image.length; i++) square += (image[i] + rest[i] * states[n][i]) ** 2
    return Math.sqrt(square)
  })
  return { energies, vectors: states, residuals, errors: errorsOf(residuals, values) }
}

/**
 * H between the products: the integrals of R with pairs of functions, one axis after the other, then looked up.
 * Pairs (a, c) with a ≥ c stand at a(a + 1)/2 + c.
 */
function matrixOf(
  { indices, energies, functions }: Products,
  rest: Float64Array,
  shape: readonly number[],
): Float64Array {
  let integrals = rest
  shape.forEach((n, d) => {
    integrals = pairIntegrals(integrals, n, functions[d])
  })
  const steps = stridesOf(functions.map((f) => (f.length * (f.length + 1)) / 2))
  const size = energies.length
  const matrix = new Float64Array(size * size)
  for (let s = 0; s < size; s++) {
    for (let t = 0; t <= s; t++) {
      let at = 0
      for (let d = 0; d < indices.length; d++) {
        const a = indices[d][s]
        const c = indices[d][t]
        at += steps[d] * (a >= c ? (a * (a + 1)) / 2 + c : (c * (c + 1)) / 2 + a)
      }
      matrix[s * size + t] = integrals[at]
    }
    matrix[s * size + s] += energies[s]
  }
  return matrix
}

/** ∫ f u_a u_c over the slowest index (length n) of an array [n, m]; the pairs run fastest in the result [m, pairs]. */
function pairIntegrals(values: Float64Array, n: number, functions: readonly Float64Array[]): Float64Array {
  const m = values.length / n
  const pairs = (functions.length * (functions.length + 1)) / 2
  const result = new Float64Array(m * pairs)
  const sum = new Float64Array(m)
  let pair = 0
  for (let a = 0; a < functions.length; a++)
    for (let c = 0; c <= a; c++, pair++) {
      sum.fill(0)
      for (let j = 0; j < n; j++) {
        const weight = functions[a][j] * functions[c][j]
        const row = j * m
        for (let i = 0; i < m; i++) sum[i] += weight * values[row + i]
      }
      for (let i = 0; i < m; i++) result[i * pairs + pair] = sum[i]
    }
  return result
}
