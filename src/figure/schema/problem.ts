import { kind } from './base.js'
import { fits, line, packed } from './packed.js'
import { problem } from './problem-record.js'
import { list, named, type Schema, SENTENCE, type TypeOf, where } from './schema.js'

const fields = kind('problem', {
  problem,
  /** Coordinates of each axis, one packed 1-D array an axis. */
  axes: list(line, 2, 1),
  /** ζ on the grid, shape = lengths of the axes. */
  zeta: packed(1, 2),
  /** Sentences: which grid, which boundary, and why. */
  notes: list(SENTENCE, 20),
})

/** An objective ζ on its grid, with the equation typeset and the choices that were made. */
export interface ProblemFigure extends TypeOf<typeof fields> {}
export const problemSchema: Schema<ProblemFigure> = named(
  'ProblemFigure',
  where(fields, ({ axes, zeta }, name) => {
    fits(
      `${name}.zeta`,
      zeta,
      axes.map((each) => each.shape[0]),
    )
  }),
)
