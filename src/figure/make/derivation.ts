import type { DerivationFigure, DerivationStepRecord, SymbolRecord } from '../payload.js'
import { provenance } from '../provenance.js'
import { countMarks } from '../spec/derivation.js'

export interface DerivationData {
  readonly title: string
  readonly steps: readonly DerivationStepRecord[]
  /** Default none. */
  readonly symbols?: readonly SymbolRecord[]
}

/** A derivation, step by step. */
export function derivationFigure({ title, steps, symbols = [] }: DerivationData): DerivationFigure {
  const last = steps[steps.length - 1]
  return {
    kind: 'derivation',
    version: 1,
    title,
    alt: `${title}: a derivation in ${steps.length} steps (${countMarks(steps)})${last ? `, which ends at ${last.text}` : ''}.`,
    provenance: provenance(),
    steps,
    symbols,
  }
}
