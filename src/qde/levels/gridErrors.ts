/**
 * What a grid misses of energies.
 *
 * Momenta.      The share of φ falls from the band next to the largest momenta of an axis, s₂, to the outermost, s₁, and
 *               goes on falling at least in that ratio, so that about s₁²/(s₂ − s₁) lies past the largest momentum κ,
 *               with the energy Dκ².
 * Quadrature.   The points between the grid's along an axis are as good a quadrature of ⟨ζ⟩ as the grid's own; half of
 *               the difference is the error of both.
 */
import { type Axis, type Grid, stridesOf } from '../../grid/index.js'
import type { Objective } from '../../objective/index.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { axisSeries, outerModes } from './axisBasis.js'

/** Largest ratio of the shares that is believed. */
const SLOWEST = 0.9
/** Amplitude that counts as none: of a line, and of a point between the grid's. */
const NOTHING = 1e-9
const FAINT = 1e-7

/** By the momenta, the error of each energy, for real φ with Σφ² = 1. */
export function tailErrors(grid: Grid, D: number, vectors: readonly Float64Array[]): Float64Array {
  const strides = stridesOf(grid.shape)
  const outer = grid.axes.map(outerModes)
  const line = new Float64Array(Math.max(...grid.shape))
  return Float64Array.from(vectors, (phi) => {
    let error = 0
    outer.forEach(({ bands, square }, d) => {
      const [stride, n] = [strides[d], grid.shape[d]]
      const shares = [0, 0]
      for (let block = 0; block < phi.length; block += n * stride)
        for (let start = block; start < block + stride; start++) {
          // A winding valley leaves most of a line empty.
          let [first, last] = [n, -1]
          for (let j = 0, i = start; j < n; j++, i += stride) {
            line[j] = phi[i]
            if (Math.abs(phi[i]) < NOTHING) continue
            first = Math.min(first, j)
            last = j
          }
          bands.forEach((modes, band) => {
            for (const mode of modes) {
              let overlap = 0
              for (let j = first; j <= last; j++) overlap += mode[j] * line[j]
              shares[band] += overlap * overlap
            }
          })
        }
      const ratio = Math.min(SLOWEST, shares[0] / shares[1])
      if (shares[0] > 0) error += ((shares[0] * ratio) / (1 - ratio)) * D * square
    })
    return error
  })
}

/** By the quadrature of ⟨ζ⟩, the error of the energy of a state. */
export function quadratureError(
  { grid, zeta }: Hamiltonian,
  objective: Objective,
  phi: Float64Array,
): number {
  const strides = stridesOf(grid.shape)
  let onGrid = 0
  for (let i = 0; i < phi.length; i++) onGrid += zeta[i] * phi[i] * phi[i]
  return grid.axes.reduce((error, axis, d) => {
    const [stride, n] = [strides[d], grid.shape[d]]
    const between = midpoints(axis)
    const count = between.length
    const cardinal = axisSeries(axis, between)
    const densities: number[] = []
    const places = grid.axes.map((): number[] => [])
    const row = new Float64Array(count)
    for (let block = 0; block < phi.length; block += n * stride)
      for (let start = block; start < block + stride; start++) {
        row.fill(0)
        for (let j = 0, i = start; j < n; j++, i += stride) {
          const c = phi[i]
          if (Math.abs(c) < NOTHING) continue
          for (let p = 0, at = j * count; p < count; p++) row[p] += c * cardinal[at++]
        }
        for (let p = 0; p < count; p++) {
          if (Math.abs(row[p]) < FAINT) continue
          // Half of an end of the box belongs to it.
          const end = between[p] === axis.lower || between[p] === axis.upper
          densities.push((end ? 0.5 : 1) * row[p] * row[p])
          grid.axes.forEach(({ coordinates, points }, e) => {
            places[e].push(e === d ? between[p] : coordinates[Math.floor(start / strides[e]) % points])
          })
        }
      }
    const zetas = objective.evaluate(places.map((x) => Float64Array.from(x)))
    const inBetween = densities.reduce((sum, v, i) => sum + v * zetas[i], 0)
    const difference = Math.abs(inBetween - onGrid) / 2
    return error + (Number.isFinite(difference) ? difference : 0)
  }, 0)
}

/** Midway between neighbouring points of an axis and, where its ends are midway to mirrored points, the ends. */
function midpoints({ lower, upper, spacing, transform }: Axis): Float64Array {
  const count = Math.round((upper - lower) / spacing)
  return transform === 'cosine'
    ? Float64Array.from({ length: count + 1 }, (_, j) => (j === count ? upper : lower + j * spacing))
    : Float64Array.from({ length: count }, (_, j) => lower + (j + 0.5) * spacing)
}
