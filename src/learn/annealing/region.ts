/** Regions whose probability is followed. */
import { type Grid, type Interval, interpolation, type WaveFunction } from '../../grid/index.js'
import { gaussLegendre } from '../../numeric/index.js'

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

/** Born probability of a region for many states of one grid. */
export function probabilityIn(region: Region, grid: Grid): (state: WaveFunction) => number {
  const { axes } = grid
  if (axes.length > 1) return (state) => state.probability(region)
  const [{ lower, upper, spacing }] = axes
  const [from, until] = (typeof region[0] === 'number' ? region : region[0]) as Interval
  const [a, b] = [Math.max(from, lower), Math.min(until, upper)]
  const { nodes, weights } = gaussLegendre(a, Math.max(a, b), Math.max(1, Math.ceil((b - a) / (2 * spacing))))
  const at = interpolation(grid, [nodes])
  return (state) => {
    const psi = at(state)
    return (
      weights.reduce((sum, w, k) => sum + w * (psi[2 * k] ** 2 + psi[2 * k + 1] ** 2), 0) / state.normSquared
    )
  }
}
