/** A costly objective asked once on a grid, and by its spline from then on. */
import { PsilabError, perAxis, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { evaluateAt } from '../objective.js'
import { type ObjectiveLike, objectiveFrom } from '../objectiveFrom.js'
import { type SampledData, type SampledObjective, sampledObjective } from './sampledObjective.js'

export interface TabulateOptions extends Pick<SampledData, 'outside'> {
  /** Ends of the box: a number for all axes, or one an axis. */
  readonly lower: number | readonly number[]
  readonly upper: number | readonly number[]
  /** Samples along each axis; default 401 on a line, 65 in a plane, 33 in space. */
  readonly points?: number | readonly number[]
}

/** Most coordinates of a table, and samples along an axis where none are asked for. */
const SAMPLES = [401, 65, 33] as const
const MOST_ALONG = 100_000
/** Most samples: the table is made at once. */
const MOST = 4_000_000

/**
 * ζ through its own values on a regular grid: an objective whose every value is costly, such as the loss of a network on
 * a plane, is asked once for each sample, and not for each grid and each D of a problem.
 *
 * @param given an objective of one to three coordinates, an expression or a function
 * @example
 * tabulate((x, y) => costly(x, y), { lower: -1, upper: 1 }).interpolationError
 *
 * @throws PsilabError `parameter` for options out of range, `too-large` for more than 4 000 000 samples, `not-finite`
 * where ζ is no number
 */
export function tabulate(given: ObjectiveLike, options: TabulateOptions): SampledObjective {
  requireKeys('tabulate', options, ['lower', 'upper', 'points', 'outside'])
  const objective = objectiveFrom(given)
  const { variables } = objective
  const d = variables.length
  if (d > SAMPLES.length)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'objective',
      problem: 'too many coordinates for a table',
      allowed: 'one to three',
      got: d,
      advice: 'Take a plane through it: section or randomPlane.',
    })
  const lower = perAxis('lower', options.lower, variables)
  const upper = perAxis('upper', options.upper, variables)
  const points = perAxis('points', options.points ?? SAMPLES[d - 1], variables)
  const axes = variables.map((name, u) => {
    requireNumber('lower', lower[u], 'a finite number', () => true)
    requireNumber('upper', upper[u], `a number above lower = ${lower[u]} along ${name}`, (v) => v > lower[u])
    const n = requireInteger('points', points[u], 2, MOST_ALONG)
    return Float64Array.from({ length: n }, (_, i) => lower[u] + ((upper[u] - lower[u]) * i) / (n - 1))
  })
  const size = axes.reduce((product, { length }) => product * length, 1)
  if (size > MOST)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'points',
      problem: 'too many samples',
      allowed: `at most ${MOST}`,
      got: size,
    })
  const columns = axes.map((axis, u) => {
    const run = axes.slice(u + 1).reduce((product, { length }) => product * length, 1)
    return Float64Array.from({ length: size }, (_, i) => axis[Math.floor(i / run) % axis.length])
  })
  const values = evaluateAt(objective, columns)
  const { outside = 'confine' } = options
  const rest = { values, variables, outside }
  return sampledObjective(d === 1 ? { x: axes[0], ...rest } : { axes, ...rest })
}
