import { kind } from './base.js'
import { fits, line, packed } from './packed.js'
import { problem } from './problem-record.js'
import { named, type Schema, type TypeOf, where } from './schema.js'

const fields = kind('eigenstates', {
  problem,
  x: line,
  zeta: line,
  /** Shape [K]. */
  energies: line,
  /** Real wave functions φₙ, shape [K, N], ∫φₙ² = 1. */
  states: packed(2),
})

/** Eigenstates drawn on ζ at their energies. */
export interface EigenstatesFigure extends TypeOf<typeof fields> {}
export const eigenstatesSchema: Schema<EigenstatesFigure> = named(
  'EigenstatesFigure',
  where(fields, ({ x, zeta, energies, states }, name) => {
    fits(`${name}.zeta`, zeta, [x.shape[0]])
    fits(`${name}.states`, states, [energies.shape[0], x.shape[0]])
  }),
)
