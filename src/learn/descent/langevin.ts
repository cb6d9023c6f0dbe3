/**
 * Overdamped Langevin dynamics on ζ, dx = −∇ζ dτ + √(2D) dW, in steps of Euler and Maruyama: gradient descent of learning
 * rate η with noise of variance 2Dη. Its density obeys the Fokker–Planck equation and tends to e^{−ζ/D}, the Boltzmann
 * density of the temperature T = D (mobility 1), up to an error of order η: it is the quantum dynamic equation of the
 * objective |∇ζ|²/4D − ½∇²ζ, not of ζ.
 *
 * Reference: Roberts and Tweedie, Bernoulli 2, 341 (1996); Welling and Teh, ICML 2011.
 */
import { requireKeys } from '../../error.js'
import { Dynamics } from './dynamics.js'
import { requireRate } from './firstOrder.js'
import { type Scheduled, scheduled } from './scheduled.js'

export interface LangevinOptions {
  /** η > 0, the step of time. */
  readonly learningRate: number
  /** Diffusion coefficient, which is the temperature T; or its course over the budget. */
  readonly D: Scheduled
}

/**
 * Langevin dynamics at a temperature D.
 * @throws PsilabError `parameter` for options out of range
 * @example
 * langevin({ learningRate: 0.01, D: geometric(1, 0.01) }).run('(x^2 - 1)^2 + 0.2*x', { start: [1] })
 */
export function langevin(options: LangevinOptions): Dynamics {
  requireKeys('langevin', options, ['learningRate', 'D'])
  const learningRate = requireRate(options.learningRate)
  const D = scheduled('D', options.D)
  return new Dynamics({
    name: 'Langevin',
    settings: { learningRate, D: options.D },
    isRandom: true,
    *course({ ledger, start, random }) {
      const x = Float64Array.from(start)
      const noise = new Float64Array(x.length)
      yield { point: x, observables: { D: D(0) } }
      while (ledger.affords(0, 1)) {
        const g = ledger.gradient(x)
        const diffusion = D(Math.min(1, ledger.cost / ledger.budget))
        const size = Math.sqrt(2 * diffusion * learningRate)
        random.fillNormal(noise)
        for (let d = 0; d < x.length; d++) x[d] += size * noise[d] - learningRate * g[d]
        yield { point: x, observables: { D: diffusion } }
      }
      return { ended: 'budget' }
    },
  })
}
