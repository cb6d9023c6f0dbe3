/** Thermodynamic curves of a line from the modes of a coarse grid, for a drawing. */
import type { Figure } from '../figure/index.js'
import type { Discretisation } from '../qde/index.js'
import { LevelSums, Thermodynamics, temperaturesFor } from '../thermal/index.js'
import { countUpTo, modesOf } from './modes.js'

/** e^{−REACH} ≈ 1e-6: weight of the highest modes, beside that of the lowest. */
const REACH = 14
/** Levels whose mean spacing sets the temperatures where none are given, and their number, as at rest. */
const LOWEST = 8
const COUNT = 81

/** @returns undefined where a coarse grid does not hold what the highest temperature needs */
export function modalCurves(space: Discretisation, given: readonly number[] | undefined): Figure | undefined {
  const choice = space.choose({ levels: space.defaultLevels })
  const enough = choice.levels === undefined || choice.levels >= space.defaultLevels
  if (choice.confinement !== 'confining' || !enough) return undefined
  let temperatures: readonly number[] = []
  const modes = modesOf(space, choice.grid, {
    count: countUpTo,
    suffices({ energies }) {
      if (energies.length <= LOWEST) return false
      const spacing = (energies[LOWEST - 1] - energies[0]) / (LOWEST - 1)
      temperatures = given ?? temperaturesFor(spacing, COUNT)
      const hottest = temperatures.reduce((most, T) => Math.max(most, T), 0)
      return energies[energies.length - 1] - energies[0] >= REACH * hottest
    },
  })
  if (modes === undefined) return undefined
  const { energies, drawn, x } = modes
  const sums = new LevelSums(energies)
  const zeta = space.objective.evaluate([x])
  if (!zeta.every(Number.isFinite)) return undefined
  const least = zeta.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
  const normal = (weights: Float64Array, unit = 1): Float64Array => {
    const total = weights.reduce((sum, w) => sum + w, 0) * unit
    return weights.map((w) => w / total)
  }
  return new Thermodynamics({
    temperatures,
    problem: space.record(space.given ?? choice.grid),
    trace: {
      route: 'spectrum',
      levels: energies,
      notes: [],
      at: (T) => ({ ...sums.at(T), truncation: 0, error: Math.exp(-REACH) }),
    },
    line(stops) {
      const populations = stops.map((T) => normal(energies.map((E) => Math.exp((energies[0] - E) / T))))
      return {
        x,
        zeta,
        energies,
        populations,
        density: populations.map((p) => {
          const rho = new Float64Array(x.length)
          drawn.forEach((phi, n) => {
            if (p[n] > 0) for (let i = 0; i < rho.length; i++) rho[i] += p[n] * phi[i] * phi[i]
          })
          return rho
        }),
        classical: stops.map((T) =>
          normal(
            zeta.map((v) => Math.exp((least - v) / T)),
            x[1] - x[0],
          ),
        ),
      }
    },
  }).figure()
}
