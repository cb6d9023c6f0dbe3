/** Regions whose probability is followed. */
import type { Interval } from '../../grid/index.js'

export type Region = Interval | readonly Interval[]

/** P(x < 0) and the like. */
export function sayRegion(region: Region, names: readonly string[]): string {
  const box = (typeof region[0] === 'number' ? [region] : region) as readonly Interval[]
  const say = ([a, b]: Interval, x: string): string => {
    const [low, high] = [a, b].map((v) => `${Number(v.toPrecision(3))}`)
    if (a === Number.NEGATIVE_INFINITY) return `${x} < ${high}`
    return b === Number.POSITIVE_INFINITY ? `${x} > ${low}` : `${low} < ${x} < ${high}`
  }
  return `P(${box.map((interval, d) => say(interval, names[d])).join(', ')})`
}
