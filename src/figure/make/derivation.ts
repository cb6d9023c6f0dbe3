import type { DerivationFigure, DerivationStepRecord } from '../payload.js'
import { provenance } from '../provenance.js'

export interface DerivationData {
  readonly title: string
  readonly steps: readonly DerivationStepRecord[]
}

/** A derivation, step by step. */
export function derivationFigure({ title, steps }: DerivationData): DerivationFigure {
  const count = (status: DerivationStepRecord['verdict']['status']): number =>
    steps.filter((step) => step.verdict.status === status).length
  const verdicts = (['proved', 'checked', 'stated', 'failed'] as const)
    .filter((status) => count(status) > 0)
    .map((status) => `${count(status)} ${status}`)
  return {
    kind: 'derivation',
    version: 1,
    title,
    alt: `${title}: a derivation in ${steps.length} steps (${verdicts.join(', ')}): ${steps.map((step) => step.rule).join('; ')}.`,
    provenance: provenance(),
    steps,
  }
}
