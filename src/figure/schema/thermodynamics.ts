import { kind } from './base.js'
import { fits, line, packed } from './packed.js'
import { problem } from './problem-record.js'
import { list, named, record, type Schema, SENTENCE, type TypeOf, where } from './schema.js'

const lineFields = record({
  /** Temperatures at which the arrays below have a row, shape [K]. */
  temperature: line,
  x: line,
  /** ζ at its own coordinates, which end where it leaves the picture. */
  zetaAt: line,
  zeta: line,
  /** ρ(x, x) and the classical density, ∫ = 1, shape [K, N]. */
  density: packed(2),
  classical: packed(2),
  /** Probabilities of the lowest levels, shape [K, M]. */
  populations: packed(2),
})

/** What of a line in equilibrium follows the temperature. */
export interface ThermalLineRecord extends TypeOf<typeof lineFields> {}
const thermalLine: Schema<ThermalLineRecord> = named(
  'ThermalLineRecord',
  where(lineFields, ({ temperature, x, zetaAt, zeta, density, classical, populations }, name) => {
    const [stops, points] = [temperature.shape[0], x.shape[0]]
    fits(`${name}.zeta`, zeta, zetaAt.shape)
    fits(`${name}.density`, density, [stops, points])
    fits(`${name}.classical`, classical, [stops, points])
    fits(`${name}.populations`, populations, [stops, populations.shape[1]])
  }),
)

const fields = kind(
  'thermodynamics',
  {
    problem,
    /** All of shape [T]. */
    temperature: line,
    Z: line,
    F: line,
    U: line,
    S: line,
    C: line,
  },
  {
    line: thermalLine,
    notes: list(SENTENCE, 40),
  },
)

/** Z, F, U, S, C against temperature T = 1/β. */
export interface ThermodynamicsFigure extends TypeOf<typeof fields> {}
export const thermodynamicsSchema: Schema<ThermodynamicsFigure> = named(
  'ThermodynamicsFigure',
  where(fields, ({ temperature, Z, F, U, S, C }, name) => {
    for (const [key, array] of Object.entries({ Z, F, U, S, C }))
      fits(`${name}.${key}`, array, temperature.shape)
  }),
)
