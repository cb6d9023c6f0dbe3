/** Dynamics side by side on one objective, with one budget, from the same starts and with the same random numbers. */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { randomStream } from '../../numeric/index.js'
import { type ObjectiveLike, objectiveFrom } from '../../objective/index.js'
import { type DriveOptions, requireDriving, Watchman } from '../../progress/index.js'
import { type Box, boxOf, startOf } from './box.js'
import { Comparison, type Entry } from './comparison.js'
import type { Descent } from './descent.js'
import { Dynamics, follow, requireBudget } from './dynamics.js'

export interface CompareOptions extends DriveOptions {
  /** Starting point, one number a coordinate; default: drawn from the box for each repetition, the same for all dynamics. */
  readonly start?: readonly number[]
  /**
   * Budget of each run, in values of ζ: a gradient counts as d of them and a Hessian as d(d + 1)/2 in d coordinates;
   * default 10 000.
   */
  readonly evaluations?: number
  /** Where minima are looked for: ends for all coordinates, or one an axis; default the domain of the objective. */
  readonly box?: Box
  /** Runs of each dynamics, 1 to 1000; default 1. What depends on neither start nor chance runs once. */
  readonly repeats?: number
  /** Key of all random numbers; default 1. Repetition r alone is `dynamics.run(objective, { seed, repeat: r, … })`. */
  readonly seed?: number
  /** Largest ζ − ζ_min of an answer that counts as having reached the minimum, in the unit of ζ; default 1e-3. */
  readonly tolerance?: number
}

/**
 * Runs dynamics on one objective and compares what they find for one budget. A dynamics that diverges, or that cannot be
 * run on this objective, says so in its row. When it is stopped, the comparison returns what was reached.
 *
 * @param given an objective, an expression or a function
 * @example
 * compare(testFunction('rastrigin'), [gradientDescent({ learningRate: 0.001 }), mqhoa()], { repeats: 20 })
 *
 * @throws PsilabError `parameter` for options out of range
 */
export function compare(
  given: ObjectiveLike,
  dynamics: readonly Dynamics[],
  options: CompareOptions = {},
): Comparison {
  requireKeys('compare', options, [
    'start',
    'evaluations',
    'box',
    'repeats',
    'seed',
    'tolerance',
    'progress',
    'signal',
  ])
  requireDriving(options)
  requireDynamics(dynamics)
  const objective = objectiveFrom(given)
  const { repeats: asked, seed: key, tolerance: within, ...rest } = options
  const repeats = requireInteger('repeats', asked ?? 1, 1, 1000)
  const seed = requireInteger('seed', key ?? 1, 0, Number.MAX_SAFE_INTEGER)
  const tolerance = requireNumber('tolerance', within ?? 1e-3, 'a finite number > 0', (t) => t > 0)
  const budget = requireBudget(options.evaluations)
  const box = boxOf(objective, options.box)
  // Refuses what no dynamics could start from.
  startOf(objective, options.start, box, randomStream(seed))
  const runsOf = (one: Dynamics): number =>
    one.isRandom || (one.usesStart && options.start === undefined) ? repeats : 1
  const total = dynamics.reduce((sum, one) => sum + runsOf(one), 0) * budget
  const watchman = new Watchman(0, total, options)
  const entries: Entry[] = []
  let before = 0
  for (const one of dynamics) {
    const { name, settings } = one
    const runs: Descent[] = []
    let refusal: string | undefined
    for (let repeat = 0; repeat < runsOf(one); repeat++, before += budget) {
      if (refusal !== undefined || watchman.halt !== undefined) continue
      try {
        runs.push(follow(one, objective, { ...rest, evaluations: budget, seed, repeat }, watchman, before))
      } catch (error) {
        if (!(error instanceof PsilabError)) throw error
        refusal = error.message
      }
    }
    entries.push({ name, settings, runs, ...(refusal === undefined ? {} : { refusal }) })
  }
  const complete = watchman.halt === undefined
  if (complete) watchman.poll(total)
  watchman.report()
  return new Comparison({ objective, box, entries, budget, repeats, seed, tolerance, complete })
}

function requireDynamics(dynamics: unknown): void {
  if (Array.isArray(dynamics) && dynamics.length > 0 && dynamics.every((one) => one instanceof Dynamics))
    return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'dynamics',
    problem: 'of the wrong kind',
    allowed: 'a list of dynamics',
    got: dynamics,
    advice: 'For example [gradientDescent({ learningRate: 0.1 })].',
  })
}
