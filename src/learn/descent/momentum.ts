/**
 * Descent with momentum: v ← μv − η∇ζ, x ← x + v. The heavy ball takes the gradient at x (Polyak, USSR Comput. Math.
 * Math. Phys. 4(5), 1 (1964)), Nesterov's method at x + μv (Nesterov, Sov. Math. Dokl. 27, 372 (1983), in the form of
 * Sutskever, Martens, Dahl and Hinton, ICML 2013).
 */
import { requireKeys } from '../../error.js'
import { Dynamics } from './dynamics.js'
import { followGradient, norm, requireDecay, requireRate, requireTolerance } from './firstOrder.js'

export interface MomentumOptions {
  /** η > 0. */
  readonly learningRate: number
  /** μ, 0 ≤ μ < 1: the share of the velocity that is kept in a step; default 0.9. */
  readonly momentum?: number
  /** Takes the gradient ahead, at x + μv; default false. */
  readonly nesterov?: boolean
  /** Converged where |∇ζ| falls to this and the velocity to what it would sustain; default 1e-10. */
  readonly gradientTolerance?: number
}

/**
 * Heavy ball, or Nesterov's method.
 * @throws PsilabError `parameter` for options out of range
 * @example
 * momentum({ learningRate: 0.02, momentum: 0.9 }).run('x^2 + 30*y^2', { start: [1, 1] })
 */
export function momentum(options: MomentumOptions): Dynamics {
  requireKeys('momentum', options, ['learningRate', 'momentum', 'nesterov', 'gradientTolerance'])
  const learningRate = requireRate(options.learningRate)
  const mu = requireDecay('momentum', options.momentum ?? 0.9)
  const nesterov = options.nesterov ?? false
  const tolerance = requireTolerance(options.gradientTolerance)
  return new Dynamics({
    name: nesterov ? 'Nesterov momentum' : 'momentum',
    settings: { learningRate, momentum: mu },
    course(situation) {
      const v = new Float64Array(situation.start.length)
      return followGradient(
        situation,
        {
          ...(nesterov ? { probe: (x) => x.map((at, d) => at + mu * v[d]) } : {}),
          move(x, g) {
            for (let d = 0; d < x.length; d++) {
              v[d] = mu * v[d] - learningRate * g[d]
              x[d] += v[d]
            }
          },
          rests: (limit) => norm(v) <= (learningRate * limit) / (1 - mu),
        },
        tolerance,
      )
    },
  })
}
