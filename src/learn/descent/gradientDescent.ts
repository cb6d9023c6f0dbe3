/** Plain gradient descent, x ← x − η∇ζ(x): the path that the density of the quantum dynamic equation is compared with. */
import { requireKeys } from '../../error.js'
import { Dynamics } from './dynamics.js'
import { followGradient, requireRate, requireTolerance } from './firstOrder.js'

export interface GradientDescentOptions {
  /** η > 0; below 2 divided by the largest curvature of ζ it converges. */
  readonly learningRate: number
  /** Converged where |∇ζ| falls to this; default 1e-10. */
  readonly gradientTolerance?: number
}

/**
 * Gradient descent.
 * @throws PsilabError `parameter` for options out of range
 * @example
 * gradientDescent({ learningRate: 0.1 }).run('x^2 + 3*y^2', { start: [1, 1] })
 */
export function gradientDescent(options: GradientDescentOptions): Dynamics {
  requireKeys('gradientDescent', options, ['learningRate', 'gradientTolerance'])
  const learningRate = requireRate(options.learningRate)
  const tolerance = requireTolerance(options.gradientTolerance)
  return new Dynamics({
    name: 'gradient descent',
    settings: { learningRate },
    course: (situation) =>
      followGradient(
        situation,
        {
          move(x, g) {
            for (let d = 0; d < x.length; d++) x[d] -= learningRate * g[d]
          },
        },
        tolerance,
      ),
  })
}
