/**
 * The lowest levels of H = −D d²/dx² + ζ to many digits: the basis grows until two sizes agree to every digit asked
 * for. A basis gains digits with every state, so the larger one is far better than the two agree.
 */
import { PsilabError, requireInteger, requireNumber } from '../../error.js'
import type { Expression } from '../../expr/index.js'
import type { PreciseOptions } from './options.js'
import { PreciseLevels } from './result.js'
import { Search, type Solution } from './search.js'

const MOST_LEVELS = 64
const DIGITS = [10, 200] as const
/** Size of the first basis, as a share of the estimate, and least and greatest growth from one to the next. */
const FIRST = 0.5
const GROWTH = 1.2
const LEAP = 1.8
/** How far beyond the next basis the digits may seem to lie for a smaller one to be worth a try. */
const HOPELESS = 2
/** Steps of the basis before the search ends. */
const STEPS = 14

/**
 * The lowest levels to `digits` digits.
 *
 * @throws PsilabError 'parameter' for arguments out of range; 'unbounded', 'not-confining' or 'not-finite' where ζ has
 * no such levels; 'not-converged' where the largest basis does not reach the digits
 */
export function preciseLevels(options: PreciseOptions): PreciseLevels {
  const { levels, digits } = options
  requireLine(options.objective)
  requireNumber('D', options.D, 'a finite number > 0', (d) => d > 0)
  requireInteger('levels', levels, 1, MOST_LEVELS)
  requireInteger('digits', digits, ...DIGITS)
  requireSmooth(options.objective)
  const search = new Search(options)
  const history: Solution[] = []
  for (let effort = FIRST; search.affords(effort) && history.length < STEPS; ) {
    const solution = search.solve(effort, history[history.length - 1])
    const before = history[history.length - 1]
    history.push(solution)
    if (
      before !== undefined &&
      solution.errors(before).every((error, n) => error <= solution.allowed(n, digits))
    )
      return new PreciseLevels({
        ...solution,
        digits,
        errors: solution.errors(before),
        basis: search.basis.name,
      })
    effort = nextEffort(history, digits, (wanted) => search.affords(wanted))
  }
  throw notConverged(options, history)
}

/**
 * The effort that should reach the digits: the logarithm of the error falls with the size at least as fast as it did
 * last. The error of a basis shows only beside the next one, so one more step, GROWTH, follows the last. Where the
 * effort is too much and not hopeless, the largest that can be afforded.
 */
function nextEffort(
  history: readonly Solution[],
  digits: number,
  affords: (effort: number) => boolean,
): number {
  const [a, b, c] = history.slice(-3)
  const last = history[history.length - 1]
  const least = last.effort * GROWTH
  if (c === undefined) return least
  const [early, late] = [b.missing(a, digits), c.missing(b, digits)]
  const slope = (early - late) / (b.effort - a.effort)
  const wanted = slope > 0 ? b.effort + late / slope : least
  const next = Math.max(least, Math.min(wanted, last.effort * LEAP))
  if (wanted > HOPELESS * next) return next
  let effort = next
  while (effort > least && !affords(effort)) effort = Math.max(least, 0.9 * effort)
  return effort
}

function requireLine({ variables }: Expression): void {
  if (variables.length === 1) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'objective',
    problem: 'levels to many digits are for one coordinate',
    got: variables,
  })
}

function requireSmooth(objective: Expression): void {
  const kink = objective.kink(objective.variables[0])
  if (kink === undefined) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'objective',
    problem: `${kink}, and the basis gains digits slowly where ζ is not smooth`,
    allowed: 'a smooth expression, for levels to many digits',
    got: objective.text,
  })
}

function notConverged({ digits }: PreciseOptions, history: readonly Solution[]): PsilabError {
  const [last, before] = [history[history.length - 1], history[history.length - 2]]
  const reached =
    last === undefined || before === undefined
      ? 'the basis that this takes is too large'
      : `${last.size} basis states leave an error of ${Math.max(...last.errors(before)).toExponential(0)}`
  return new PsilabError({
    code: 'not-converged',
    parameter: 'digits',
    problem: reached,
    got: digits,
    advice: 'Ask for fewer digits or fewer levels.',
  })
}
