import {
  byName,
  finite,
  list,
  named,
  oneOf,
  record,
  type Schema,
  SENTENCE,
  type TypeOf,
  tex,
  text,
} from './schema.js'

const axisFields = record(
  {
    name: text(40),
    lower: finite,
    upper: finite,
    points: finite,
    boundary: oneOf('periodic', 'walls', 'zero-flux', 'absorbing'),
  },
  {
    /** Width of the absorbing layer at each end, with that boundary. */
    layer: finite,
    /** The ends were given and so belong to the problem; absent where they were chosen. */
    given: oneOf(true),
  },
)

export interface AxisRecord extends TypeOf<typeof axisFields> {}
export const axis: Schema<AxisRecord> = named('AxisRecord', axisFields)

const problemFields = record(
  {
    /** TeX and plain text of the equation with this problem's objective and D. */
    tex,
    text: SENTENCE,
    D: finite,
    grid: list(axis, 3),
  },
  {
    /** Source text of ζ where it was given as an expression. */
    objective: SENTENCE,
    /** Where it was not: hash of its values at some places. */
    zeta: text(64),
    parameters: byName(finite, 100),
  },
)

/** What is needed to compute the figure again. */
export interface ProblemRecord extends TypeOf<typeof problemFields> {}
export const problem: Schema<ProblemRecord> = named('ProblemRecord', problemFields)
