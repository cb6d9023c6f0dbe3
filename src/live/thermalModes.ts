/** Modes of a line that hold its thermal equilibrium, for a drawing. */
import type { Grid } from '../grid/index.js'
import type { Discretisation } from '../qde/index.js'
import { countUpTo, type Modes, modesOf } from './modes.js'

/** e^{−REACH} ≈ 1e-6: weight of the highest modes, beside that of the lowest. */
export const REACH = 14

/**
 * @param hottest the highest temperature, from energies that may be too few to tell it
 * @returns undefined where a coarse grid does not hold what that temperature needs
 */
export function thermalModes(
  space: Discretisation,
  hottest: (energies: Float64Array) => number | undefined,
): { readonly modes: Modes; readonly within: Grid } | undefined {
  const choice = space.choose({ levels: space.defaultLevels })
  const enough = choice.levels === undefined || choice.levels >= space.defaultLevels
  if (choice.confinement !== 'confining' || !enough) return undefined
  const modes = modesOf(space, choice.grid, {
    count: countUpTo,
    suffices({ energies }) {
      const T = hottest(energies)
      return T !== undefined && energies[energies.length - 1] - energies[0] >= REACH * T
    },
  })
  return modes && { modes, within: choice.grid }
}

/** e^{−ζ/T} with ∫ = 1 over points h apart. */
export function classicalDensity(zeta: Float64Array, T: number, h: number): Float64Array {
  const least = zeta.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
  return normal(
    zeta.map((v) => Math.exp((least - v) / T)),
    h,
  )
}

/** p_n = e^{−E_n/T}/Z. */
export function populationsOf(energies: Float64Array, T: number): Float64Array {
  return normal(energies.map((E) => Math.exp((energies[0] - E) / T)))
}

/** Σ p_n φ_n² */
export function densityOf(p: Float64Array, states: readonly Float64Array[]): Float64Array {
  const rho = new Float64Array(states[0].length)
  states.forEach((phi, n) => {
    if (p[n] > 0) for (let i = 0; i < rho.length; i++) rho[i] += p[n] * phi[i] * phi[i]
  })
  return rho
}

function normal(weights: Float64Array, unit = 1): Float64Array {
  const total = weights.reduce((sum, w) => sum + w, 0) * unit
  return weights.map((w) => w / total)
}
