/** ρ(x, x′; β) of a line from the modes of a coarse grid, for a drawing. */
import type { Discretisation } from '../qde/index.js'
import { LevelSums, ThermalDensityMatrix } from '../thermal/index.js'
import { classicalDensity, densityOf, populationsOf, REACH, thermalModes } from './thermalModes.js'

/** @returns undefined where a coarse grid does not hold the temperature */
export function modalDensity(space: Discretisation, beta: number): ThermalDensityMatrix | undefined {
  const T = 1 / beta
  const found = thermalModes(space, () => T)
  if (found === undefined) return undefined
  const { energies, vectors, drawn, x, grid, hamiltonian } = found.modes
  const zeta = space.objective.evaluate([x])
  if (!zeta.every(Number.isFinite)) return undefined
  const p = populationsOf(energies, T)
  const n = grid.size
  const matrix = new Float64Array(n * n)
  vectors.forEach((phi, k) => {
    for (let j = 0; j < n; j++) {
      const weight = (p[k] * phi[j]) / grid.cell
      for (let l = 0; l < n; l++) matrix[j * n + l] += weight * phi[l]
    }
  })
  return new ThermalDensityMatrix({
    problem: space.record(space.given ?? grid),
    route: 'spectrum',
    grid,
    point: { ...new LevelSums(energies).at(T), truncation: 0, error: Math.exp(-REACH) },
    diagonal: Float64Array.from({ length: n }, (_, j) => matrix[j * n + j]),
    matrix,
    purity: p.reduce((sum, weight) => sum + weight * weight, 0),
    classical: classicalDensity(hamiltonian.zeta, T, grid.cell),
    kernel: () => Number.NaN,
    line: () => ({ x, density: densityOf(p, drawn), classical: classicalDensity(zeta, T, x[1] - x[0]) }),
    notes: [],
  })
}
