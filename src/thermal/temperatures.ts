/** The temperatures that are asked for, as T or as β. */
import { PsilabError, requireInteger, requireNumber } from '../error.js'

export interface TemperatureOptions {
  /** T > 0 in the unit of the energies: one value, or several. */
  readonly temperatures?: number | readonly number[]
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
  if (beta !== undefined) return positives('beta', beta).map((b) => 1 / b)
  return temperatures === undefined ? undefined : positives('temperatures', temperatures)
}

function positives(name: string, given: number | readonly number[]): readonly number[] {
  const list = typeof given === 'object' && given !== null ? Array.from(given) : [given]
  requireInteger(`${name}.length`, list.length, 1, MOST)
  return list.map((v) => requireNumber(name, v, 'finite numbers > 0', (number) => number > 0))
}

/** Temperatures that show the curves of levels so far apart: from a twentieth of the spacing to four times it. */
export function temperaturesFor(spacing: number, count: number): number[] {
  const [from, to] = [spacing / 20, 4 * spacing]
  return Array.from({ length: count }, (_, k) => from * (to / from) ** (k / (count - 1)))
}
