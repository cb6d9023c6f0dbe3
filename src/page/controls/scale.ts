/**
 * The places of a slider and the numbers that they stand for.
 */
import type { ControlRecord } from '../../figure/index.js'

/** Places of a slider without a step of its own. */
const PLACES = 400

/** Decimal digits of a number that a slider gives. */
const DIGITS = 4

/** The last place of a slider; the first is 0. */
export function lastPlace({ lower, upper, step, scale }: ControlRecord): number {
  return step && scale === 'linear' ? Math.max(1, Math.round((upper - lower) / step)) : PLACES
}

/** The number at a place, as round as the places are apart. */
export function valueAt(control: ControlRecord, place: number): number {
  const { lower, upper, scale, step } = control
  const share = Math.min(1, Math.max(0, place / lastPlace(control)))
  if (share === 0) return lower
  if (share === 1) return upper
  if (scale === 'log') return Number((lower * (upper / lower) ** share).toPrecision(DIGITS))
  const value = lower + share * (upper - lower)
  const digits = Math.ceil(-Math.log10(step || (upper - lower) / PLACES)) + 1
  return Number(value.toFixed(Math.min(15, Math.max(0, digits))))
}

/** The place nearest to a number. */
export function placeOf(control: ControlRecord, value: number): number {
  const { lower, upper, scale } = control
  const share =
    scale === 'log' ? Math.log(value / lower) / Math.log(upper / lower) : (value - lower) / (upper - lower)
  return Math.round(Math.min(1, Math.max(0, share)) * lastPlace(control))
}
