/**
 * Nodes for integrals of e^{−βζ} over all space, or over the box that was given. The trapezoidal rule converges
 * exponentially for a smooth integrand that has decayed at both ends; Gauss and Legendre's rule on equal panels serves
 * where ζ has kinks or the box cuts it.
 */
import { columnsOf } from '../../grid/index.js'
import { gaussLegendre } from '../../numeric/index.js'
import type { Columns } from '../../objective/index.js'
import type { Discretisation } from '../discretisation.js'

export interface Nodes {
  /** Coordinates of the nodes, one column an axis. */
  readonly columns: Columns
  readonly weights: Float64Array
  /** ζ at the nodes. */
  readonly zeta: Float64Array
}

/** Nodes of one panel of the rule. */
const PER_PANEL = 6

/**
 * @param energy up to which ζ matters
 * @param count nodes along each axis, about
 */
export function nodesUpTo(space: Discretisation, energy: number, count: number): Nodes {
  const { axes } = space.choose({ levels: space.defaultLevels, energy }).grid
  const lines = axes.map(({ name, lower, upper }) => {
    const kinks = axes.length === 1 ? (space.objective.breaks?.(lower, upper) ?? []) : []
    if (!space.boxGiven && kinks.length === 0) {
      const h = (upper - lower) / count
      return {
        name,
        points: count,
        coordinates: Float64Array.from({ length: count }, (_, j) => lower + (j + 0.5) * h),
        weights: new Float64Array(count).fill(h),
      }
    }
    const ends = [lower, ...kinks, upper]
    const parts = ends.slice(1).map((end, k) => {
      const share = (end - ends[k]) / (upper - lower)
      return gaussLegendre(ends[k], end, Math.max(4, Math.ceil((share * count) / PER_PANEL)))
    })
    const coordinates = Float64Array.from(parts.flatMap(({ nodes }) => Array.from(nodes)))
    const weights = Float64Array.from(parts.flatMap((part) => Array.from(part.weights)))
    return { name, points: coordinates.length, coordinates, weights }
  })
  const shape = lines.map((line) => line.points)
  const size = shape.reduce((product, n) => product * n, 1)
  const columns = columnsOf({ axes: lines, shape }, 0, size)
  let weights = Float64Array.of(1)
  for (const line of lines) {
    const next = new Float64Array(weights.length * line.points)
    for (let i = 0; i < weights.length; i++)
      for (let j = 0; j < line.points; j++) next[i * line.points + j] = weights[i] * line.weights[j]
    weights = next
  }
  return { columns, weights, zeta: space.objective.evaluate(columns) }
}
