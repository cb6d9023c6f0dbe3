/**
 * Lowest levels of H on the region of a grid where their states live, for any ζ: Davidson iteration that starts from a
 * contracted basis which follows the valleys, and is preconditioned by H in that basis.
 */
import { PsilabError } from '../../error.js'
import { cholesky, symmetricEigen } from '../../numeric/index.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { type AdiabaticBasis, addExpansion, adiabaticBasis, projection } from './adiabatic.js'
import { davidson } from './davidson.js'
import type { Eigenpairs } from './eigenpairs.js'
import { applyOn, onGrid, type Region, region } from './region.js'

/** States of the basis that make the start, besides four a level. */
const LEADING = 160
/** Points, besides four a level, below which a region shows nothing. */
const FEWEST = 40
/** Largest region: its Davidson space then takes some hundred MiB. */
const MOST_POINTS = 2 ** 18
/** Milliseconds after which the search says how far it is, again and again. */
const SILENT = 10_000
/** Smallest denominator, as a share of the kinetic energy on a point. */
const FLOOR = 1e-3

/**
 * @param energy up to which the region holds states; where the levels turn out to lie higher, it is chosen anew
 * @param limit energy beyond which it is not: then about where the levels lie is the result
 * @param tolerance wanted error of an energy
 */
export function regionLevels(
  hamiltonian: Hamiltonian,
  levels: number,
  energy: number,
  limit: number,
  tolerance: number,
): Eigenpairs | number {
  const { grid } = hamiltonian
  const points = region(hamiltonian, energy)
  const guard = 2 + Math.ceil(levels / 8)
  if (points.size < Math.min(grid.size / 2, FEWEST + 4 * (levels + guard))) return 2 * limit - energy
  if (points.size > MOST_POINTS)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'levels',
      problem: `the states up to E ≈ ${energy.toPrecision(3)} fill ${points.size} points of the grid`,
      allowed: `at most ${MOST_POINTS} points`,
      got: levels,
      advice: 'Ask for fewer levels, or give a smaller box or fewer points.',
    })
  const basis = adiabaticBasis(points)
  const start = leadingStates(basis, levels + guard)
  const highest = start.values[levels - 1]
  if (highest > limit) return highest
  if (highest > energy) return regionLevels(hamiltonian, levels, highest, limit, tolerance)
  const precondition = preconditioner(points, basis, start.values)
  let spoken = Date.now()
  const found = davidson(
    { size: points.size, apply: (psi, out) => applyOn(points, psi, out), precondition },
    start.vectors.map((weights) => expansion(basis.slices, weights, points.size)),
    {
      levels,
      tolerance,
      progress: (iteration, error) => {
        if (Date.now() - spoken < SILENT) return
        spoken = Date.now()
        console.info(
          `levels on ${points.size} points: iteration ${iteration}, energies good to about ${error.toExponential(0)}`,
        )
      },
    },
  )
  const energies = found.energies.slice(0, levels)
  // The highest level reaches farthest out.
  const leak = leakOf(points, hamiltonian, found.vectors[levels - 1], energies[levels - 1])
  return {
    energies,
    vectors: found.vectors.map((psi) => onGrid(points, grid, psi)),
    residuals: found.residuals.map((r) => Math.hypot(r, leak.residual)),
    errors: found.errors.map((e) => e + leak.error),
  }
}

/** The lowest states among those of the basis with the lowest energies: a start that need not be exact. */
function leadingStates(
  { size, matrix }: AdiabaticBasis,
  count: number,
): { readonly values: Float64Array; readonly vectors: readonly Float64Array[] } {
  const chosen = [...Array(size).keys()]
    .sort((s, t) => matrix[s * size + s] - matrix[t * size + t])
    .slice(0, LEADING + 4 * count)
    .sort((s, t) => s - t)
  const n = chosen.length
  const part = new Float64Array(n * n)
  for (let a = 0; a < n; a++)
    for (let b = 0; b <= a; b++) part[a * n + b] = matrix[chosen[a] * size + chosen[b]]
  const { values, vectors } = symmetricEigen(part, n, { lowest: count })
  return {
    values,
    vectors: vectors.map((weights) => {
      const all = new Float64Array(size)
      for (let a = 0; a < n; a++) all[chosen[a]] = weights[a]
      return all
    }),
  }
}

/**
 * (H − E)⁻¹ in two parts: exactly, but for a common E below all levels, among the states of the contracted basis; by
 * the diagonal of H between points in what they leave.
 */
function preconditioner(
  { zeta, lines }: Region,
  { slices, size, matrix }: AdiabaticBasis,
  lowest: Float64Array,
): (residual: Float64Array, energy: number) => Float64Array {
  const spacing = (lowest[lowest.length - 1] - lowest[0]) / lowest.length
  let solve: ((b: Float64Array) => void) | undefined
  for (let below = spacing; solve === undefined; below *= 2) {
    const shifted = matrix.slice()
    for (let s = 0; s < size; s++) shifted[s * size + s] -= lowest[0] - below
    solve = cholesky(shifted, size)
  }
  const exactly = solve
  const kinetic = kineticOnPoint(lines)
  return (residual, energy) => {
    const inside = projection(slices, size, residual)
    const result = residual.slice()
    addExpansion(
      slices,
      inside.map((c) => -c),
      result,
    )
    for (let p = 0; p < result.length; p++) result[p] /= Math.max(zeta[p] + kinetic - energy, FLOOR * kinetic)
    exactly(inside)
    addExpansion(slices, inside, result)
    return result
  }
}

function expansion(slices: AdiabaticBasis['slices'], weights: Float64Array, size: number): Float64Array {
  const psi = new Float64Array(size)
  addExpansion(slices, weights, psi)
  return psi
}

/** Diagonal of the kinetic energy between points. */
function kineticOnPoint(lines: Region['lines']): number {
  return lines.reduce((sum, { kinetic, points }) => {
    const middle = Math.floor(points / 2)
    return sum + kinetic[middle * points + middle]
  }, 0)
}

/** Hψ at the points outside of the region, and what it lowers E by in second order, Σ |Hψ|²/(H_pp − E). */
function leakOf(
  { lines, points: ids, order }: Region,
  { grid, zeta }: Hamiltonian,
  psi: Float64Array,
  energy: number,
): { readonly residual: number; readonly error: number } {
  const outside = new Float64Array(grid.size)
  const strides = order.map((d) => grid.shape.slice(d + 1).reduce((product, n) => product * n, 1))
  lines.forEach(({ starts, ids: onLine, places, kinetic, points }, k) => {
    for (let l = 0; l + 1 < starts.length; l++) {
      const [from, to] = [starts[l], starts[l + 1]]
      const first = ids[onLine[from]] - places[from] * strides[k]
      for (let j = 0; j < points; j++) {
        let sum = 0
        for (let b = from; b < to; b++) sum += kinetic[j * points + places[b]] * psi[onLine[b]]
        outside[first + j * strides[k]] += sum
      }
    }
  })
  for (let p = 0; p < ids.length; p++) outside[ids[p]] = 0
  const onPoint = kineticOnPoint(lines)
  let [square, error] = [0, 0]
  for (let i = 0; i < outside.length; i++) {
    const r = outside[i] * outside[i]
    square += r
    error += r / Math.max(zeta[i] + onPoint - energy, FLOOR * onPoint)
  }
  return { residual: Math.sqrt(square), error }
}
