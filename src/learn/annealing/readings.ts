/** What is read of the state at each recorded time of annealing, quantum or classical. */
import type { AnnealingData } from './annealing.js'
import { type Region, sayRegion } from './region.js'

export interface Readings {
  /** ⟨ζ⟩ − min ζ. */
  readonly residual: number
  /** Energy above that of the ground state, or of equilibrium. */
  readonly excess: number
  readonly fidelity: number
  /** That of the region, where there is one. */
  readonly probability: number
}

/** @param names coordinates, for the region in words */
export function columnsOf(
  column: (name: keyof Readings) => Float64Array,
  region: Region | undefined,
  names: readonly string[],
): Pick<AnnealingData, 'residual' | 'excess' | 'fidelity' | 'probability' | 'region'> {
  return {
    residual: column('residual'),
    excess: column('excess'),
    fidelity: column('fidelity'),
    ...(region !== undefined && { probability: column('probability'), region: sayRegion(region, names) }),
  }
}
