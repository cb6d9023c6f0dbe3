/**
 * A contracted basis that follows winding valleys, by sequential adiabatic truncation: at each point along one axis H is
 * diagonalised in the others, its states below a common cut-off are kept, and H is assembled between them,
 *
 *   ⟨i a| H |j b⟩ = ε_ia δ_ij δ_ab + T_ij ⟨φ_ia | φ_jb⟩ .
 *
 * In space the states of each plane come from its lines in the same way.
 *
 * Reference: Bačić and Light, J. Chem. Phys. 85, 4594 (1986).
 */
import { symmetricEigen } from '../../numeric/index.js'
import type { Region } from './region.js'

/** Consecutive points of a region with states on them. */
export interface Slice {
  readonly from: number
  readonly energies: Float64Array
  /** Orthonormal, over the points of the slice. */
  readonly vectors: readonly Float64Array[]
}

export interface AdiabaticBasis {
  /** The slices across the first axis with the states that were kept. */
  readonly slices: readonly Slice[]
  readonly size: number
  /** H between these states, row-major size². */
  readonly matrix: Float64Array
}

/** States kept of the whole, and of each plane in space. */
const SIZE = [0, 0, 600, 500] as const
const PLANE = 120
/** Most states of a plane, and of a line. */
const OF_PLANE = 48
const OF_LINE = 16

export function adiabaticBasis(region: Region): AdiabaticBasis {
  const dimension = region.lines.length
  /** Index of each point along each axis of the region. */
  const places = region.lines.map(({ ids, places: along }) => {
    const place = new Int32Array(region.size)
    ids.forEach((id, k) => {
      place[id] = along[k]
    })
    return place
  })
  const lineStates = (from: number, to: number): Slice => {
    const n = to - from
    const place = places[dimension - 1]
    const { kinetic, points } = region.lines[dimension - 1]
    const matrix = new Float64Array(n * n)
    for (let a = 0; a < n; a++) {
      for (let b = 0; b <= a; b++) matrix[a * n + b] = kinetic[place[from + a] * points + place[from + b]]
      matrix[a * n + a] += region.zeta[from + a]
    }
    const { values, vectors } = symmetricEigen(matrix, n, { lowest: Math.min(n, OF_LINE) })
    return { from, energies: values, vectors }
  }

  const states = (from: number, to: number, depth: number): Slice => {
    if (depth === dimension - 1) return lineStates(from, to)
    const { slices, size, matrix } = assembled(from, to, depth, PLANE)
    const { values, vectors } = symmetricEigen(matrix, size, { lowest: Math.min(size, OF_PLANE) })
    return {
      from,
      energies: values,
      vectors: vectors.map((weights) => {
        const whole = new Float64Array(to - from)
        addExpansion(slices, weights, whole, from)
        return whole
      }),
    }
  }

  const assembled = (from: number, to: number, depth: number, most: number): AdiabaticBasis => {
    const place = places[depth]
    const all: Slice[] = []
    for (let start = from, end = from; start < to; start = end) {
      while (end < to && place[end] === place[start]) end++
      all.push(states(start, end, depth + 1))
    }
    const sorted = Float64Array.from(all.flatMap(({ energies }) => Array.from(energies))).sort()
    const cut = most < sorted.length ? sorted[most] : Number.POSITIVE_INFINITY
    const slices = all
      .map(({ energies, vectors, ...slice }) => {
        const kept = energies.filter((e) => e < cut).length
        return { ...slice, energies: energies.slice(0, kept), vectors: vectors.slice(0, kept) }
      })
      .filter(({ energies }) => energies.length > 0)
    return { slices, ...between(slices, region, places, depth) }
  }

  return assembled(0, region.size, 0, SIZE[dimension])
}

/** H between the states of slices across an axis of the region. */
function between(
  slices: readonly Slice[],
  { lines }: Region,
  places: readonly Int32Array[],
  depth: number,
): { readonly size: number; readonly matrix: Float64Array } {
  const { kinetic, points } = lines[depth]
  const size = slices.reduce((sum, { energies }) => sum + energies.length, 0)
  const matrix = new Float64Array(size * size)
  // A slice spread over all of its places, so that another slice finds its points in it.
  const inner = lines.slice(depth + 1)
  const wide = new Float64Array(inner.reduce((product, l) => product * l.points, 1))
  const cells = slices.map(({ from, vectors }) =>
    Int32Array.from({ length: vectors[0].length }, (_, p) =>
      inner.reduce((cell, l, k) => cell * l.points + places[depth + 1 + k][from + p], 0),
    ),
  )
  const gathered = new Float64Array(Math.max(...cells.map((c) => c.length)))
  let row = 0
  slices.forEach((slice, s) => {
    const i = places[depth][slice.from]
    slice.vectors.forEach((phi, a) => {
      for (let p = 0; p < phi.length; p++) wide[cells[s][p]] = phi[p]
      let column = 0
      for (let t = 0; t < s; t++) {
        const { from, vectors } = slices[t]
        const hop = kinetic[i * points + places[depth][from]]
        const cell = cells[t]
        for (let p = 0; p < cell.length; p++) gathered[p] = wide[cell[p]]
        for (const chi of vectors) {
          let overlap = 0
          for (let p = 0; p < chi.length; p++) overlap += gathered[p] * chi[p]
          matrix[row * size + column++] = hop * overlap
        }
      }
      // Within the slice its states are orthonormal.
      matrix[row * size + row] = slice.energies[a] + kinetic[i * points + i]
      row++
      for (let p = 0; p < phi.length; p++) wide[cells[s][p]] = 0
    })
  })
  return { size, matrix }
}

/** out += Σ weights · states, out beginning at a point of the region. */
export function addExpansion(
  slices: readonly Slice[],
  weights: Float64Array,
  out: Float64Array,
  origin = 0,
): void {
  let s = 0
  for (const { from, vectors } of slices)
    for (const phi of vectors) {
      const weight = weights[s++]
      for (let p = 0, to = from - origin; p < phi.length; p++, to++) out[to] += weight * phi[p]
    }
}

/** ⟨state|ψ⟩ for each state of the slices. */
export function projection(slices: readonly Slice[], size: number, psi: Float64Array): Float64Array {
  const weights = new Float64Array(size)
  let s = 0
  for (const { from, vectors } of slices)
    for (const phi of vectors) {
      let sum = 0
      for (let p = 0, at = from; p < phi.length; p++, at++) sum += phi[p] * psi[at]
      weights[s++] = sum
    }
  return weights
}
