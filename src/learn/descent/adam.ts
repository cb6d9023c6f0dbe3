/**
 * Adam: a step along the mean gradient divided by the root mean square gradient of each coordinate,
 *
 *   m ← β₁m + (1 − β₁)g,   v ← β₂v + (1 − β₂)g²,   x ← x − η m̂/(√v̂ + ε),   m̂ = m/(1 − β₁ⁿ),   v̂ = v/(1 − β₂ⁿ).
 *
 * Reference: Kingma and Ba, ICLR 2015, arXiv:1412.6980.
 */
import { requireKeys, requireNumber } from '../../error.js'
import { Dynamics } from './dynamics.js'
import { followGradient, requireDecay, requireRate, requireTolerance } from './firstOrder.js'

export interface AdamOptions {
  /** η > 0, about the length of a step in each coordinate; default 0.001. */
  readonly learningRate?: number
  /** β₁ and β₂; default 0.9 and 0.999. */
  readonly beta1?: number
  readonly beta2?: number
  /** ε > 0; default 1e-8. */
  readonly epsilon?: number
  /** Converged where |∇ζ| falls to this; default 1e-10. */
  readonly gradientTolerance?: number
}

/**
 * Adam.
 * @throws PsilabError `parameter` for options out of range
 * @example
 * adam({ learningRate: 0.05 }).run(testFunction('himmelblau'), { start: [0, 0] }).point // [3, 2]
 */
export function adam(options: AdamOptions = {}): Dynamics {
  requireKeys('adam', options, ['learningRate', 'beta1', 'beta2', 'epsilon', 'gradientTolerance'])
  const learningRate = requireRate(options.learningRate ?? 0.001)
  const beta1 = requireDecay('beta1', options.beta1 ?? 0.9)
  const beta2 = requireDecay('beta2', options.beta2 ?? 0.999)
  const epsilon = requireNumber('epsilon', options.epsilon ?? 1e-8, 'a finite number > 0', (e) => e > 0)
  const tolerance = requireTolerance(options.gradientTolerance)
  return new Dynamics({
    name: 'Adam',
    settings: { learningRate, beta1, beta2 },
    course(situation) {
      const m = new Float64Array(situation.start.length)
      const v = new Float64Array(situation.start.length)
      let n = 0
      return followGradient(
        situation,
        {
          move(x, g) {
            n++
            for (let d = 0; d < x.length; d++) {
              m[d] += (1 - beta1) * (g[d] - m[d])
              v[d] += (1 - beta2) * (g[d] * g[d] - v[d])
              const [mean, square] = [m[d] / (1 - beta1 ** n), v[d] / (1 - beta2 ** n)]
              x[d] -= (learningRate * mean) / (Math.sqrt(square) + epsilon)
            }
          },
        },
        tolerance,
      )
    },
  })
}
