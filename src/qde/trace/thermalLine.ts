/**
 * ρ(x, x; β) of a line at many temperatures from one set of states: Σ p_n(T) φ_n(x)², beside e^{−ζ/T}/∫e^{−ζ/T}. For
 * figures, which move through the temperatures.
 */
import { evaluateOn } from '../../objective/index.js'
import type { ThermalLine } from '../../thermal/index.js'
import type { Discretisation } from '../discretisation.js'
import { axisSeries } from '../levels/index.js'
import { lineStates } from './densityMatrix.js'
import { lineSpectrum, thermalGrid } from './lineSpectrum.js'
import { lowestOf } from './refusals.js'

/** Intervals of the curves. */
const INTERVALS = 512
/** Largest grid whose states are found for a figure. */
const MOST = 640

/** Undefined where the states would take too long. */
export function thermalLine(space: Discretisation, temperatures: readonly number[]): ThermalLine | undefined {
  const hottest = Math.max(...temperatures)
  if (thermalGrid(space, hottest).choice.grid.size > MOST) return undefined
  const { line, energies, vectors } = lineStates(space, lineSpectrum(space, hottest).levels, hottest)
  const [axis] = line.axes
  const { lower, upper } = axis
  const x = Float64Array.from({ length: INTERVALS + 1 }, (_, i) => lower + ((upper - lower) * i) / INTERVALS)
  const series = axisSeries(axis, x)
  const squares = vectors.map((vector) => {
    const phi = new Float64Array(x.length)
    for (let j = 0; j < vector.length; j++)
      for (let i = 0; i < x.length; i++) phi[i] += vector[j] * series[j * x.length + i]
    return phi.map((v) => (v * v) / line.cell)
  })
  const onGrid = evaluateOn(space.objective, line)
  const zeta = space.objective.evaluate([x])
  const least = lowestOf(onGrid)
  const populations = temperatures.map((T) => {
    const weights = energies.map((e) => Math.exp((energies[0] - e) / T))
    const total = weights.reduce((sum, w) => sum + w, 0)
    return weights.map((w) => w / total)
  })
  return {
    x,
    zeta,
    energies,
    populations,
    density: populations.map((p) => {
      const rho = new Float64Array(x.length)
      squares.forEach((square, n) => {
        for (let i = 0; i < rho.length; i++) rho[i] += p[n] * square[i]
      })
      return rho
    }),
    classical: temperatures.map((T) => {
      const weight = (v: number): number => Math.exp((least - v) / T)
      const total = zeta.reduce((sum, v) => sum + weight(v), 0) * (x[1] - x[0])
      return zeta.map((v) => weight(v) / total)
    }),
  }
}
