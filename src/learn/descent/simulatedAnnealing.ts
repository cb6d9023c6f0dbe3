/**
 * Simulated annealing: a Gaussian step is taken with the probability min(1, e^{−Δζ/T}), while T falls. At fixed T it
 * samples e^{−ζ/T}. The answer is the lowest value that was met.
 *
 * Reference: Kirkpatrick, Gelatt and Vecchi, Science 220, 671 (1983); Metropolis and others, J. Chem. Phys. 21, 1087 (1953).
 */
import { requireKeys } from '../../error.js'
import { isInside } from './box.js'
import { Dynamics } from './dynamics.js'
import { type Scheduled, scheduled } from './scheduled.js'

export interface SimulatedAnnealingOptions {
  /** T > 0, in the unit of ζ, or its course over the budget, for example geometric(10, 0.01). */
  readonly temperature: Scheduled
  /** Standard deviation of a proposed step in each coordinate, or its course over the budget. */
  readonly step: Scheduled
}

/**
 * Simulated annealing.
 * @throws PsilabError `parameter` for options out of range
 * @example
 * simulatedAnnealing({ temperature: geometric(10, 0.01), step: geometric(1, 0.05) }).run(testFunction('rastrigin'))
 */
export function simulatedAnnealing(options: SimulatedAnnealingOptions): Dynamics {
  requireKeys('simulatedAnnealing', options, ['temperature', 'step'])
  const temperature = scheduled('temperature', options.temperature)
  const step = scheduled('step', options.step)
  return new Dynamics({
    name: 'simulated annealing',
    settings: { temperature: options.temperature, step: options.step },
    isRandom: true,
    *course({ ledger, start, box, random }) {
      let x = start
      if (!ledger.affords(1)) return { ended: 'budget' }
      let value = ledger.value(x)
      let [best, lowest] = [x, value]
      let [proposed, accepted] = [0, 0]
      const noise = new Float64Array(x.length)
      yield { point: x, observables: { temperature: temperature(0), acceptance: 1 } }
      while (ledger.affords(1)) {
        const share = ledger.cost / ledger.budget
        const T = temperature(share)
        const size = step(share)
        random.fillNormal(noise)
        const chance = random.uniform()
        const next = x.map((at, d) => at + size * noise[d])
        proposed++
        // A proposal outside the box costs as much as one inside, so that a budget always ends.
        const found = ledger.value(next)
        if ((box === undefined || isInside(box, next)) && chance < Math.exp((value - found) / T)) {
          accepted++
          ;[x, value] = [next, found]
          if (value < lowest) [best, lowest] = [x, value]
        }
        yield { point: x, answer: best, observables: { temperature: T, acceptance: accepted / proposed } }
      }
      return { ended: 'budget' }
    },
  })
}
