/** What a fixed number of steps leaves of error, and the sentences where that is much. */
import type { WaveFunction } from '../../grid/index.js'
import type { Hamiltonian } from '../hamiltonian.js'

/** ‖error‖ of the final state that is warned of. */
const FELT = 1e-3
/** Change of ⟨H⟩ that is warned of, as a share of ΔH + |⟨H⟩|. */
const DRIFT = 1e-6
/** Recorded states, besides the first, whose ⟨H⟩ is looked at. */
const LOOKS = 8

const ADVICE = 'Take more steps, or a tolerance instead.'

/** @param conserved H where nothing may change ⟨H⟩: in real time, fixed, in a closed box; absent where it is not to be looked at */
export function stepWarnings(
  errorEstimate: number,
  states: readonly WaveFunction[],
  conserved: Hamiltonian | undefined,
): string[] {
  const warnings: string[] = []
  if (!(errorEstimate <= FELT))
    warnings.push(
      `steps: they leave an error ${errorEstimate < 1 ? `of about ${errorEstimate.toExponential(0)} of ‖ψ‖` : 'as large as ψ itself'}. ${ADVICE}`,
    )
  if (conserved === undefined) return warnings
  const { mean, deviation } = conserved.energy(states[0])
  const last = states.length - 1
  const looked = new Set(Array.from({ length: LOOKS }, (_, k) => Math.ceil((last * (k + 1)) / LOOKS)))
  const drift = Math.max(...[...looked].map((k) => Math.abs(conserved.energy(states[k]).mean - mean)))
  if (!(drift <= DRIFT * (deviation + Math.abs(mean))))
    warnings.push(`steps: ⟨H⟩ changes by ${drift.toExponential(1)} where it should stay. ${ADVICE}`)
  return warnings
}
