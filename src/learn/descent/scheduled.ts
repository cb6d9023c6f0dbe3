/** A parameter that changes over a run: constant, by a schedule of annealing, or a function of the share that is done. */
import { PsilabError, requireNumber } from '../../error.js'
import { dialOf, type Ramp } from '../annealing/schedule.js'

/**
 * A number for the whole run; a schedule such as `geometric(1, 0.01)`; or a function of the share of the budget, or of
 * the time, that is spent, 0 to 1.
 */
export type Scheduled = number | Ramp | ((share: number) => number)

/** Units of time that a whole run counts for: only logarithmic schedules depend on it. */
const LENGTH = 10_000

/** The parameter at a share of the run. @throws PsilabError `parameter` for what is no schedule, and negative values */
export function scheduled(name: string, schedule: Scheduled): (share: number) => number {
  if (typeof schedule === 'number') {
    const value = requireNumber(name, schedule, 'a finite number > 0', (v) => v > 0)
    return () => value
  }
  if (typeof schedule === 'function')
    return (share) =>
      requireNumber(
        `${name} at ${share.toPrecision(3)}`,
        schedule(share),
        'a finite number ≥ 0',
        (v) => v >= 0,
      )
  if (typeof schedule !== 'object' || schedule === null)
    throw new PsilabError({
      code: 'parameter',
      parameter: name,
      problem: schedule === undefined ? 'missing' : 'no number and no schedule',
      allowed: 'a number > 0, linear, geometric, power, logarithmic, or (share) => number',
      got: schedule,
      advice: `For example ${name}: 0.1, or ${name}: geometric(1, 0.01).`,
    })
  const dial = dialOf(schedule, LENGTH, name, () => refuseAdaptive(name))
  return (share) => dial.at(LENGTH * share)
}

function refuseAdaptive(name: string): never {
  throw new PsilabError({
    code: 'parameter',
    parameter: name,
    problem: 'an adaptive schedule needs the gap, which is not known here',
    allowed: 'a number, linear, geometric, power, logarithmic, or (share) => number',
    advice: 'Take anneal(problem, { schedule: adaptive(…), … }).',
  })
}
