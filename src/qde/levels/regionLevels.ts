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

/** Largest region: its Davidson space then takes some hundred MiB. */
const MOST_POINTS = 2 ** 18
/** Milliseconds after which the search says how far it is. */
const SILENT = 10_000
/** Smallest denominator, as a share of the kinetic energy on a point. */
const FLOOR = 1e-3

/**
 * @param energy up to which the region holds states; where the levels turn out to lie higher, it is chosen anew
 * @param tolerance wanted error of an energy
 */
export function regionLevels(
  hamiltonian: Hamiltonian,
  levels: number,
  energy: number,
  tolerance: number,
): Eigenpairs {
  const { grid } = hamiltonian
  const points = region(hamiltonian, energy)
  const guard = 2 + Math.ceil(levels / 8)
  if (points.size > MOST_POINTS || points.size < 2 * (levels + guard))
    throw new PsilabError({
      code: points.size > MOST_POINTS ? 'too-large' : 'resolution',
      parameter: 'levels',
      problem: `the states up to E ≈ ${energy.toPrecision(3)} fill ${points.size} points of the grid`,
      allowed: `at most ${MOST_POINTS} points, and at least ${2 * (levels + guard)}`,
      got: levels,
      advice:
        points.size > MOST_POINTS
          ? 'Ask for fewer levels, or give a smaller box or fewer points.'
          : 'Give grid.points a larger number.',
    })
  const basis = adiabaticBasis(points)
  const start = symmetricEigen(basis.matrix, basis.size, { lowest: Math.min(basis.size, levels + guard) })
  const highest = start.values[levels - 1]
  if (highest > energy) return regionLevels(hamiltonian, levels, highest, tolerance)
  const precondition = preconditioner(points, basis, start.values)
  const started = Date.now()
  const found = davidson(
    { size: points.size, apply: (psi, out) => applyOn(points, psi, out), precondition },
    start.vectors.map((weights) => {
      const psi = new Float64Array(points.size)
      addExpansion(basis.slices, weights, psi)
      return psi
    }),
    {
      levels,
      tolerance,
      progress: (iteration, error) => {
        if (Date.now() - started > SILENT)
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

/**
 * (H − E)⁻¹ in two parts: exactly, but for a common E below all levels, among the states of the contracted basis; by
 * the diagonal of H between points in what they leave.
 */
function preconditioner(
  { zeta, lines }: Region,
  { slices, size, matrix }: AdiabaticBasis,
  lowest: Float64Array,
): (residual: Float64Array, energy: number) => Float64Array {
  const shift = lowest[0] - (lowest[lowest.length - 1] - lowest[0]) / lowest.length
  const shifted = matrix.slice()
  for (let s = 0; s < size; s++) shifted[s * size + s] -= shift
  const solve = cholesky(shifted, size)
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
    solve?.(inside)
    addExpansion(slices, inside, result)
    return result
  }
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
