/** The forms in which an objective may be given: one reading of them for all that take one. */
import { PsilabError } from '../error.js'
import {
  type ExpressionObjectiveOptions,
  expressionObjective,
  functionObjective,
  type Objective,
  type ObjectiveFunction,
} from './objective.js'

/** An expression in x, y and z or fewer, a function of one to three numbers, or an objective of any number of coordinates. */
export type ObjectiveLike = string | ObjectiveFunction | Objective

/**
 * @param parameters named constants, of an expression alone
 * @param variables names of the coordinates of an expression or a function
 * @throws PsilabError `parameter` for anything else
 */
export function objectiveFrom(
  objective: ObjectiveLike,
  { parameters, variables }: ExpressionObjectiveOptions = {},
): Objective {
  if (typeof objective !== 'string' && parameters !== undefined)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'parameters',
      problem: 'only an expression has named constants',
      allowed: 'an objective in quotes',
      got: objective,
      advice: 'Put the constants into the function.',
    })
  if (typeof objective === 'string')
    return expressionObjective(objective, {
      ...(parameters === undefined ? {} : { parameters }),
      ...(variables === undefined ? {} : { variables }),
    })
  if (typeof objective === 'function')
    return functionObjective(objective, variables === undefined ? {} : { variables })
  if (typeof objective?.evaluate === 'function') return objective
  throw new PsilabError({
    code: 'parameter',
    parameter: 'objective',
    problem: 'not an objective',
    allowed: 'an expression in quotes, a function, or an objective',
    got: objective,
    advice: isProblem(objective) ? 'Take problem.objective.' : "For example '(x^2 - 1)^2 + 0.2*x'.",
  })
}

/** A problem of the equation, which has an objective and is none. */
function isProblem(value: unknown): boolean {
  return typeof (value as { objective?: Objective } | undefined)?.objective?.evaluate === 'function'
}
