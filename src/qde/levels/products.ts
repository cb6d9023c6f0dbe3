/** Products u_a(x) v_b(y) … of eigenfunctions of one reference H an axis, h_d = −D ∂_d² + v_d. */
import { type Grid, stridesOf } from '../../grid/index.js'
import { type SymmetricEigen, symmetricEigen } from '../../numeric/index.js'
import { kineticMatrix } from './axisBasis.js'

/** Kinetic matrix and potential of each axis. */
export interface References {
  readonly kinetic: readonly Float64Array[]
  readonly fields: readonly Float64Array[]
}

/** Product functions in ascending order of Σ ε. */
export interface Products {
  /** Index of the function along each axis, one array an axis. */
  readonly indices: readonly Int32Array[]
  readonly energies: Float64Array
  /** The functions of each axis that occur. */
  readonly functions: readonly (readonly Float64Array[])[]
}

export function kineticMatrices({ axes }: Grid, D: number): readonly Float64Array[] {
  return axes.map((a) => kineticMatrix(a, D))
}

/** The lowest states of one reference H. */
export function axisStates(kinetic: Float64Array, field: Float64Array, count: number): SymmetricEigen {
  const n = field.length
  const matrix = kinetic.slice()
  for (let j = 0; j < n; j++) matrix[j * n + j] += field[j]
  return symmetricEigen(matrix, n, { lowest: Math.min(n, count) })
}

/** The products with the lowest Σ ε. */
export function lowestProducts({ kinetic, fields }: References, size: number): Products {
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

/** Σ_s w_s u_a(x) v_b(y) … on the grid. */
export function expand(
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

/** Calls back for each axis d and each point i with the index j of the point along the axis. */
export function forEachAxis(
  shape: readonly number[],
  visit: (d: number, j: number, i: number) => void,
): void {
  const strides = stridesOf(shape)
  const size = strides[0] * shape[0]
  shape.forEach((n, d) => {
    const stride = strides[d]
    for (let start = 0, i = 0; start < size; start += n * stride)
      for (let j = 0; j < n; j++) for (let end = i + stride; i < end; i++) visit(d, j, i)
  })
}
