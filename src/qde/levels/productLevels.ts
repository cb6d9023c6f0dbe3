/**
 * Lowest levels in a contracted basis: products u_a(x) v_b(y) … of the eigenfunctions of one reference H an axis,
 *
 *   h_d = −D ∂_d² + v_d,   v_d(x_d) = ⟨ζ⟩ over the other coordinates (Hartree's mean field),
 *   H = Σ_d h_d + R,       R = ζ − Σ_d v_d,
 *
 * those with the lowest Σ_d ε_d. Where ζ is a sum over the coordinates R is constant and the products are exact.
 * Otherwise H is diagonalised among them, and what Rφ has outside of them is the residual.
 *
 * Reference: Bowman, Acc. Chem. Res. 19, 202 (1986) (self-consistent field and configuration interaction of vibrations).
 */
import { stridesOf } from '../../grid/index.js'
import { type SymmetricEigen, symmetricEigen } from '../../numeric/index.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { kineticMatrix } from './axisBasis.js'
import { type Eigenpairs, errorsOf } from './eigenpairs.js'

/** Rounds towards self-consistent mean fields; they only shape the basis. */
const ROUNDS = 2
/** Lowest reference states that make the mean field, with Boltzmann weights. */
const AVERAGED = 6
/** Difference of R from a constant, relative to the sizes of ζ and v, up to which it is rounding. */
const ROUNDING = 1e-13
/** Products of the first attempt: a number and so many a level, by dimension. */
const FIRST = [
  [0, 0],
  [0, 0],
  [60, 5],
  [150, 14],
] as const
/** Most products, by dimension. */
const MOST = [0, 0, 500, 1400] as const
/** Growth of the basis from one attempt to the next; each must take the error down to a share of the one before. */
const GROWTH = 1.5
const PROMISING = 0.1
/** Error, as a multiple of the tolerance, from which on no number of products will do. */
const HOPELESS = 1e6
/** Levels computed beyond those wanted, to see the gap. */
const GUARD = 2

/** The reference problem of a grid. */
interface Reference {
  readonly hamiltonian: Hamiltonian
  /** Kinetic matrix and mean field of each axis. */
  readonly kinetic: readonly Float64Array[]
  readonly fields: readonly Float64Array[]
  /** R on the grid. */
  readonly rest: Float64Array
  /** R where ζ is a sum over the coordinates. */
  readonly constant: number | undefined
}

/** Product functions in ascending order of Σ ε. */
interface Products {
  /** Index of the function along each axis, one array an axis. */
  readonly indices: readonly Int32Array[]
  readonly energies: Float64Array
  /** The functions of each axis that occur. */
  readonly functions: readonly (readonly Float64Array[])[]
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
  if (reference.constant !== undefined) return exactProducts(reference, levels)
  const most = Math.min(MOST[dimension], hamiltonian.grid.size)
  const [few, each] = FIRST[dimension]
  let worst = HOPELESS * tolerance
  for (let size = few + each * levels; ; size = Math.ceil(GROWTH * size)) {
    const found = diagonalise(reference, productsOf(reference, Math.min(size, most)), levels)
    const error = Math.max(...found.errors)
    if (error <= tolerance) return found
    if (error > PROMISING * worst || size >= most) return undefined
    worst = error
  }
}

function referenceOf(hamiltonian: Hamiltonian): Reference {
  const { grid, zeta, D } = hamiltonian
  const kinetic = grid.axes.map((a) => kineticMatrix(a, D))
  let fields = leastFields(zeta, grid.shape)
  for (let round = 0; round < ROUNDS; round++)
    fields = meanFields(
      zeta,
      grid.shape,
      fields.map((v, d) => averageDensity(axisStates(kinetic[d], v, AVERAGED))),
    )
  const rest = Float64Array.from(zeta)
  const size = zeta.map(Math.abs)
  forEachAxis(grid.shape, (d, j, i) => {
    rest[i] -= fields[d][j]
    size[i] += Math.abs(fields[d][j])
  })
  const constant = rest[zeta.reduce((least, v, i) => (v < zeta[least] ? i : least), 0)]
  const separable = rest.every((r, i) => Math.abs(r - constant) <= ROUNDING * size[i])
  return { hamiltonian, kinetic, fields, rest, constant: separable ? constant : undefined }
}

/** Calls back for each axis d and each point i with the index j of the point along the axis. */
function forEachAxis(shape: readonly number[], visit: (d: number, j: number, i: number) => void): void {
  const strides = stridesOf(shape)
  const size = strides[0] * shape[0]
  shape.forEach((n, d) => {
    const stride = strides[d]
    for (let start = 0, i = 0; start < size; start += n * stride)
      for (let j = 0; j < n; j++) for (let end = i + stride; i < end; i++) visit(d, j, i)
  })
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
    const weighted = Float64Array.from(zeta)
    forEachAxis(shape, (e, j, i) => {
      if (e !== d) weighted[i] *= densities[e][j]
    })
    forEachAxis(shape, (e, j, i) => {
      if (e === d) fields[d][j] += weighted[i]
    })
  })
  return fields
}

function axisStates(kinetic: Float64Array, field: Float64Array, count: number): SymmetricEigen {
  const n = field.length
  const matrix = Float64Array.from(kinetic)
  for (let j = 0; j < n; j++) matrix[j * n + j] += field[j]
  return symmetricEigen(matrix, n, { lowest: Math.min(n, count) })
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

/** The products with the lowest Σ ε. */
function productsOf({ kinetic, fields }: Reference, size: number): Products {
  const dimension = fields.length
  const count = Math.ceil(3 * size ** (1 / dimension)) + 2
  const states = fields.map((v, d) => axisStates(kinetic[d], v, count))
  let sums: { readonly energy: number; readonly index: readonly number[] }[] = [{ energy: 0, index: [] }]
  for (const { values } of states)
    sums = sums
      .flatMap(({ energy, index }) =>
        Array.from(values, (e, a) => ({ energy: energy + e, index: [...index, a] })),
      )
      .sort((p, q) => p.energy - q.energy)
      .slice(0, size)
  return {
    energies: Float64Array.from(sums, (s) => s.energy),
    indices: states.map((_, d) => Int32Array.from(sums, (s) => s.index[d])),
    functions: states.map(({ vectors }, d) =>
      vectors.slice(0, 1 + sums.reduce((most, s) => Math.max(most, s.index[d]), 0)),
    ),
  }
}

/** Levels of a ζ that is a sum over the coordinates. */
function exactProducts(reference: Reference, levels: number): Eigenpairs {
  const products = productsOf(reference, levels)
  const { hamiltonian, constant = 0 } = reference
  const energies = products.energies.map((e) => e + constant)
  const vectors = Array.from(energies, (_, n) => {
    const weights = new Float64Array(levels)
    weights[n] = 1
    return expand(products, weights, hamiltonian.grid.shape)
  })
  return { energies, vectors, residuals: new Float64Array(levels), errors: new Float64Array(levels) }
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

/** Σ_s w_s u_a(x) v_b(y) … on the grid. */
function expand(
  { indices, functions }: Products,
  weights: Float64Array,
  shape: readonly number[],
): Float64Array {
  const counts = functions.map((f) => f.length)
  const steps = stridesOf(counts)
  let values: Float64Array = new Float64Array(counts[0] * steps[0])
  for (let s = 0; s < weights.length; s++) {
    let at = 0
    for (let d = 0; d < indices.length; d++) at += steps[d] * indices[d][s]
    values[at] = weights[s]
  }
  // Each axis in turn, slowest first: [count, rest] becomes [rest, points], so that after all the order is C order.
  shape.forEach((n, d) => {
    const m = values.length / counts[d]
    const next = new Float64Array(m * n)
    functions[d].forEach((u, a) => {
      for (let i = 0; i < m; i++) {
        const c = values[a * m + i]
        if (c === 0) continue
        for (let j = 0, to = i * n; j < n; j++, to++) next[to] += c * u[j]
      }
    })
    values = next
  })
  return values
}
