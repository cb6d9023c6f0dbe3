import { PsilabError } from '../error.js'
import { Problem } from './problem.js'

/** @throws PsilabError `parameter` for anything but a problem: an objective alone has no D and no box */
export function requireProblem(problem: unknown): asserts problem is Problem {
  if (problem instanceof Problem) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'problem',
    problem: 'not a problem',
    allowed: 'what qde returns',
    got: problem,
    advice: `For example qde({ objective: ${typeof problem === 'string' ? `'${problem}'` : "'(x^2 - 1)^2'"}, D: 0.1 }).`,
  })
}
