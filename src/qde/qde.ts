/** The entrance: `qde({ objective, D })` states a problem. */
import { PsilabError, perAxis, requireKeys, requireNumber } from '../error.js'
import { axis, type Boundary } from '../grid/index.js'
import { type Objective, type ObjectiveLike, objectiveFrom } from '../objective/index.js'
import type { GridRequest } from './box/index.js'
import { Problem } from './problem.js'

export interface QdeOptions {
  /** ζ: an expression in x, y and z or fewer, a function of one to three numbers, or an objective of so many coordinates. */
  readonly objective: ObjectiveLike
  /** Diffusion coefficient D > 0. With ħ = 1 it is 1/(2m), so that D = ½ is mass 1. */
  readonly D: number
  /** Named constants of an expression, for example { a: 0.2 }. */
  readonly parameters?: Readonly<Record<string, number>>
  /** Names of the coordinates of an expression or a function. */
  readonly variables?: readonly string[]
  /** Box, points and boundary; chosen from ζ and D where left out. */
  readonly grid?: GridOptions
}

/** What is left out is chosen from ζ, D and what is asked for. */
export interface GridOptions {
  /** Ends of the box, both of them: a number for every axis, or one an axis. */
  readonly lower?: number | readonly number[]
  readonly upper?: number | readonly number[]
  /** Equal parts of the box along each axis, made of the factors 2, 3 and 5. */
  readonly points?: number | readonly number[]
  /**
   * One for all axes, or one an axis. `periodic` closes an axis to a ring; `walls`, the default of a box that is given,
   * hold ψ = 0 and `zero-flux` ∂ψ/∂x = 0 at the ends; `absorbing` takes away what leaves (real time only).
   */
  readonly boundary?: Boundary | readonly Boundary[]
}

/**
 * States the quantum dynamic equation i ∂ψ/∂t = [−D∇² + ζ]ψ of an objective ζ.
 *
 * @example
 * const problem = qde({ objective: '(x^2 - 1)^2 + a*x', parameters: { a: 0.2 }, D: 0.1 })
 *
 * @throws PsilabError `parameter` for D ≤ 0 or a box that is empty, `not-finite` where ζ is not a number
 * @throws ExpressionError for an expression that cannot be read
 */
export function qde(options: QdeOptions): Problem {
  requireKeys('qde', options, ['objective', 'D', 'parameters', 'variables', 'grid'])
  const D = requireNumber(
    'D',
    options.D,
    'a finite number > 0',
    (d) => d > 0,
    'For example D: 0.1; physics with mass 1 has D: 0.5.',
  )
  const objective = requireGridable(objectiveFrom(options.objective, options))
  return new Problem(objective, D, toRequest(objective, options.grid === undefined ? {} : options.grid))
}

/** Most coordinates of a grid. */
const MAX_DIMENSION = 3

function requireGridable(objective: Objective): Objective {
  if (objective.variables.length <= MAX_DIMENSION) return objective
  throw new PsilabError({
    code: 'parameter',
    parameter: 'objective',
    problem: 'too many coordinates for a grid',
    allowed: 'one, two or three',
    got: objective.variables.length,
    advice:
      'Cut a plane out of it: section(objective, { through: point, along: [0, 1] }), or randomPlane(objective, { through: point }).',
  })
}

function toRequest({ variables }: Objective, options: GridOptions): GridRequest {
  if (typeof options !== 'object' || options === null)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'grid',
      problem: 'not the options of a grid',
      allowed: 'an object with lower, upper, points, boundary, or some of them',
      got: options,
      advice: 'For example grid: { lower: -3, upper: 3 }.',
    })
  requireKeys('grid', options, ['lower', 'upper', 'points', 'boundary'])
  const each = <T>(key: keyof GridOptions): readonly T[] | undefined =>
    options[key] === undefined
      ? undefined
      : perAxis(`grid.${key}`, options[key] as T | readonly T[], variables)
  const [lower, upper] = [each<number>('lower'), each<number>('upper')]
  const [intervals, boundary] = [each<number>('points'), each<Boundary>('boundary')]
  if ((lower === undefined) !== (upper === undefined))
    throw new PsilabError({
      code: 'parameter',
      parameter: lower === undefined ? 'grid.lower' : 'grid.upper',
      problem: 'missing: a box has two ends',
      allowed: 'lower and upper, or neither',
      advice: 'For example grid: { lower: -3, upper: 3 }.',
    })
  const box = lower?.map((low, d) => ({ lower: low, upper: upper![d] }))
  // Refuses here, by name, what no axis can be made of.
  for (const [d, name] of variables.entries())
    axis({
      name,
      ...(box?.[d] ?? { lower: 0, upper: 1 }),
      intervals: intervals?.[d] ?? 8,
      boundary: boundary?.[d] ?? 'walls',
    })
  return { ...(box && { box }), ...(intervals && { intervals }), ...(boundary && { boundary }) }
}
