/** The temperatures that are asked for, as T or as β. */
import { PsilabError, requireInteger, requireNumber } from '../error.js'

export interface TemperatureOptions {
  /** T > 0 in the unit of the energies. */
  readonly temperatures?: readonly number[]
  /** β = 1/T instead: one value, or several. */
  readonly beta?: number | readonly number[]
}

/** Most temperatures of one curve. */
const MOST = 100_000

/** The temperatures in the order given; undefined where neither was. */
export function temperaturesOf({ temperatures, beta }: TemperatureOptions): readonly number[] | undefined {
  if (temperatures !== undefined && beta !== undefined)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'beta',
      problem: 'given together with temperatures',
      allowed: 'one of beta and temperatures',
    })
  if (beta === undefined) {
    if (temperatures !== undefined) requireInteger('temperatures.length', temperatures.length, 1, MOST)
    return temperatures?.map((T) => requireNumber('temperatures', T, 'finite numbers > 0', (t) => t > 0))
  }
  const list = typeof beta === 'number' ? [beta] : beta
  requireInteger('beta.length', list.length, 1, MOST)
  return list.map((b) => 1 / requireNumber('beta', b, 'finite numbers > 0', (v) => v > 0))
}

/** Temperatures that show the curves of levels so far apart: from a twentieth of the spacing to four times it. */
export function temperaturesFor(spacing: number, count: number): number[] {
  const [from, to] = [spacing / 20, 4 * spacing]
  return Array.from({ length: count }, (_, k) => from * (to / from) ** (k / (count - 1)))
}
