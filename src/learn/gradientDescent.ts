/** Plain gradient descent, x ← x − η∇ζ(x): the path that the density of the quantum dynamic equation is compared with. */
import { PsilabError, requireInteger, requireNumber } from '../error.js'
import type { Objective } from '../objective/index.js'

export interface GradientDescentOptions {
  /** Starting point, one number a coordinate. */
  readonly start: readonly number[]
  /** η > 0. */
  readonly learningRate: number
  /** Most steps; default 10 000. */
  readonly steps?: number
  /** Stops where |∇ζ| falls to this; default 1e-10. */
  readonly gradientTolerance?: number
}

export interface DescentPath {
  /** All points from the start on, one row a step. */
  readonly path: readonly (readonly number[])[]
  readonly point: readonly number[]
  readonly value: number
  /** Whether |∇ζ| reached the tolerance. */
  readonly converged: boolean
}

/**
 * @throws PsilabError `parameter` where ζ has no gradient, `not-finite` where the path leaves all bounds
 */
export function gradientDescent(objective: Objective, options: GradientDescentOptions): DescentPath {
  const { start } = options
  const rate = requireNumber('learningRate', options.learningRate, 'a finite number > 0', (r) => r > 0)
  const steps = requireInteger('steps', options.steps ?? 10_000, 1, 10_000_000)
  const tolerance = requireNumber(
    'gradientTolerance',
    options.gradientTolerance ?? 1e-10,
    'a number ≥ 0',
    (t) => t >= 0,
  )
  for (const x of start) requireNumber('start', x, 'finite numbers', () => true)
  const { gradient } = objective
  if (gradient === undefined || start.length !== objective.variables.length)
    throw new PsilabError({
      code: 'parameter',
      parameter: gradient === undefined ? 'objective' : 'start',
      problem: gradient === undefined ? 'ζ has no known gradient' : 'wrong number of coordinates',
      allowed:
        gradient === undefined ? 'a differentiable expression or a loss' : objective.variables.join(', '),
      got: gradient === undefined ? objective.text : start,
    })
  const path: number[][] = [[...start]]
  let point = [...start]
  let converged = false
  for (let step = 0; ; step++) {
    const slope = gradient(point.map((x) => Float64Array.of(x))).map((g) => g[0])
    converged = Math.hypot(...slope) <= tolerance
    if (converged || step === steps) break
    point = point.map((x, d) => x - rate * slope[d])
    if (!point.every(Number.isFinite))
      throw new PsilabError({
        code: 'not-finite',
        parameter: 'learningRate',
        problem: `the descent left all bounds after ${step + 1} steps`,
        got: rate,
        advice: 'Take a learning rate below 2 divided by the largest curvature of ζ.',
      })
    path.push(point)
  }
  return { path, point, value: objective.evaluate(point.map((x) => Float64Array.of(x)))[0], converged }
}
