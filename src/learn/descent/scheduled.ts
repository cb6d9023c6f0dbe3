/** A parameter that changes over a run: constant, geometric between two ends, or a function of the share that is done. */
import { PsilabError, requireKeys, requireNumber } from '../../error.js'

/**
 * A number for the whole run; from one to another by equal factors; or a function of the share of the budget, or of the
 * time, that is spent, 0 to 1.
 */
export type Scheduled = number | { readonly from: number; readonly to: number } | ((share: number) => number)

/** The parameter at a share of the run. @throws PsilabError `parameter` for values that are not positive */
export function scheduled(name: string, schedule: Scheduled): (share: number) => number {
  const positive = (parameter: string, value: unknown): number =>
    requireNumber(parameter, value, 'a finite number > 0', (v) => v > 0)
  if (typeof schedule === 'function')
    return (share) => positive(`${name} at ${share.toPrecision(3)}`, schedule(share))
  if (typeof schedule === 'number') {
    const value = positive(name, schedule)
    return () => value
  }
  if (typeof schedule !== 'object' || schedule === null)
    throw new PsilabError({
      code: 'parameter',
      parameter: name,
      problem: 'neither a number nor a course',
      allowed: 'a number > 0, { from, to }, or (share) => number',
      got: schedule,
    })
  requireKeys(name, schedule, ['from', 'to'])
  const [from, to] = [positive(`${name}.from`, schedule.from), positive(`${name}.to`, schedule.to)]
  return (share) => from * (to / from) ** share
}
