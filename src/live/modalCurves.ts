/** Thermodynamic curves of a line from the modes of a coarse grid, for a drawing. */
import type { Figure } from '../figure/index.js'
import type { Discretisation } from '../qde/index.js'
import { LevelSums, Thermodynamics, temperaturesFor } from '../thermal/index.js'
import { classicalDensity, densityOf, populationsOf, REACH, thermalModes } from './thermalModes.js'

/** Levels whose mean spacing sets the temperatures where none are given, and their number, as at rest. */
const LOWEST = 8
const COUNT = 81

/** @returns undefined where a coarse grid does not hold what the highest temperature needs */
export function modalCurves(space: Discretisation, given: readonly number[] | undefined): Figure | undefined {
  let temperatures: readonly number[] = []
  const found = thermalModes(space, (energies) => {
    if (energies.length <= LOWEST) return undefined
    const spacing = (energies[LOWEST - 1] - energies[0]) / (LOWEST - 1)
    temperatures = given ?? temperaturesFor(spacing, COUNT)
    return temperatures.reduce((most, T) => Math.max(most, T), 0)
  })
  if (found === undefined) return undefined
  const { energies, drawn, x } = found.modes
  const sums = new LevelSums(energies)
  const zeta = space.objective.evaluate([x])
  if (!zeta.every(Number.isFinite)) return undefined
  return new Thermodynamics({
    temperatures,
    problem: space.record(space.given ?? found.within),
    trace: {
      route: 'spectrum',
      levels: energies,
      notes: [],
      at: (T) => ({ ...sums.at(T), truncation: 0, error: Math.exp(-REACH) }),
    },
    line(stops) {
      const populations = stops.map((T) => populationsOf(energies, T))
      return {
        x,
        zeta,
        energies,
        populations,
        density: populations.map((p) => densityOf(p, drawn)),
        classical: stops.map((T) => classicalDensity(zeta, T, x[1] - x[0])),
      }
    },
  }).figure()
}
