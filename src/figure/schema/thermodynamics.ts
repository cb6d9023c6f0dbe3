import { kind } from './base.js'
import { fits, line } from './packed.js'
import { problem } from './problem-record.js'
import { named, type Schema, type TypeOf, where } from './schema.js'

const fields = kind('thermodynamics', {
  problem,
  /** All of shape [T]. */
  temperature: line,
  Z: line,
  F: line,
  U: line,
  S: line,
  C: line,
})

/** Z, F, U, S, C against temperature T = 1/β. */
export interface ThermodynamicsFigure extends TypeOf<typeof fields> {}
export const thermodynamicsSchema: Schema<ThermodynamicsFigure> = named(
  'ThermodynamicsFigure',
  where(fields, ({ temperature, Z, F, U, S, C }, name) => {
    for (const [key, array] of Object.entries({ Z, F, U, S, C }))
      fits(`${name}.${key}`, array, temperature.shape)
  }),
)
