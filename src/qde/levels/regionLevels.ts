/**
 * Lowest levels of H on the region of a grid where their states live, for any ζ: Davidson iteration that starts from a
 * contracted basis which follows the valleys, and is preconditioned by H in that basis and by line energies elsewhere.
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
/** Smallest denominator of a line energy, as a share of the kinetic energy that it leaves out. */
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
  const leaks = found.vectors.map((psi, n) => leakOf(points, hamiltonian, psi, energies[n]))
  return {
    energies,
    vectors: found.vectors.map((psi) => onGrid(points, grid, psi)),
    residuals: found.residuals.map((r, n) => Math.hypot(r, leaks[n].residual)),
    errors: found.errors.map((e, n) => e + leaks[n].error),
  }
}

/**
 * (H − E)⁻¹ in two parts: exactly, but for a common E below all levels, among the states of the contracted basis; by
 * the energies of lines along the last axis, with the mean kinetic energy of the others, in what they leave.
 */
function preconditioner(
  { lines, size }: Region,
  { slices, size: kept, matrix, lines: states }: AdiabaticBasis,
  lowest: Float64Array,
): (residual: Float64Array, energy: number) => Float64Array {
  const shift = lowest[0] - (lowest[lowest.length - 1] - lowest[0]) / lowest.length
  const shifted = Float64Array.from(matrix)
  for (let s = 0; s < kept; s++) shifted[s * kept + s] -= shift
  const solve = cholesky(shifted, kept)
  const across = lines.slice(0, -1).reduce((sum, { kinetic, points }) => {
    const middle = Math.floor(points / 2)
    return sum + kinetic[middle * points + middle]
  }, 0)
  return (residual, energy) => {
    const inside = projection(slices, kept, residual)
    const rest = Float64Array.from(residual)
    addExpansion(
      slices,
      inside.map((c) => -c),
      rest,
    )
    const result = new Float64Array(size)
    for (const { from, energies, vectors } of states)
      vectors.forEach((phi, a) => {
        let c = 0
        for (let p = 0, at = from; p < phi.length; p++, at++) c += phi[p] * rest[at]
        c /= Math.max(energies[a] + across - energy, FLOOR * across)
        for (let p = 0, to = from; p < phi.length; p++, to++) result[to] += c * phi[p]
      })
    solve?.(inside)
    addExpansion(slices, inside, result)
    return result
  }
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
  const onPoint = lines.reduce((sum, { kinetic, points }) => {
    const middle = Math.floor(points / 2)
    return sum + kinetic[middle * points + middle]
  }, 0)
  let [square, error] = [0, 0]
  for (let i = 0; i < outside.length; i++) {
    const r = outside[i] * outside[i]
    square += r
    error += r / Math.max(zeta[i] + onPoint - energy, FLOOR * onPoint)
  }
  return { residual: Math.sqrt(square), error }
}
