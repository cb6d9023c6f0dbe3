/**
 * ζ = Σ_d v_d(x_d) − (n − 1) ζ_min, v_d its cut through the lowest point along axis d: then H is a sum over the
 * coordinates, e^{−βH} a product, and ln Z, F, U, S and C are sums over the axes.
 */
import { breaksOf, type Objective } from '../../objective/index.js'
import type { Trace, TracePoint } from '../../thermal/index.js'
import { lowestPoint } from '../box/index.js'
import { Discretisation } from '../discretisation.js'

/** Difference from the sum, relative to the sizes of ζ and its cuts, that is rounding. */
const ROUNDING = 1e-13
/** Places at which the sum is tried. */
const PLACES = 512

/** One problem an axis, and the constant that each carries too much. */
export interface Axes {
  readonly spaces: readonly Discretisation[]
  /** −(n − 1) ζ_min. */
  readonly constant: number
}

/** The axes of a separable problem in two or three dimensions; undefined where ζ is no sum over the coordinates. */
export function separate(space: Discretisation): Axes | undefined {
  const { objective, D, request, dimension } = space
  if (dimension === 1) return undefined
  const center = lowestPoint(objective)
  const cuts = objective.variables.map((_, d) => (x: Float64Array) => {
    const columns = center.map((c, e) => (e === d ? x : new Float64Array(x.length).fill(c)))
    return objective.evaluate(columns)
  })
  const least = objective.evaluate(center.map((c) => Float64Array.of(c)))[0]
  const constant = -(dimension - 1) * least
  if (!isSum(space, cuts, constant)) return undefined
  const spaces = objective.variables.map((name, d) => {
    const line: Objective = {
      variables: [name],
      tex: objective.tex,
      text: objective.text,
      evaluate: ([x]) => cuts[d](x),
      breaks: (lower, upper) => breaksOf(cuts[d], lower, upper),
    }
    return new Discretisation(line, D, {
      ...(request.box && { box: [request.box[d]] }),
      ...(request.intervals && { intervals: [request.intervals[d]] }),
      ...(request.boundary && { boundary: [request.boundary[d]] }),
    })
  })
  return { spaces, constant }
}

/** Whether ζ is the sum at places spread over the box evenly: the lattice of the roots of x^{n+1} = x + 1 (Roberts, 2018). */
function isSum(
  space: Discretisation,
  cuts: readonly ((x: Float64Array) => Float64Array)[],
  constant: number,
): boolean {
  const { axes } = space.choose({ levels: space.defaultLevels }).grid
  let root = 1.5
  for (let k = 0; k < 60; k++) root = (1 + root) ** (1 / (axes.length + 1))
  const columns = axes.map(({ lower, upper }, d) =>
    Float64Array.from({ length: PLACES }, (_, i) => {
      const share = (0.5 + (i + 1) / root ** (d + 1)) % 1
      return lower + share * (upper - lower)
    }),
  )
  const zeta = space.objective.evaluate(columns)
  const parts = cuts.map((cut, d) => cut(columns[d]))
  return zeta.every((z, i) => {
    let [sum, size] = [constant, Math.abs(z) + Math.abs(constant)]
    for (const part of parts) {
      sum += part[i]
      size += Math.abs(part[i])
    }
    return Math.abs(z - sum) <= ROUNDING * size
  })
}

/** The trace of the sum. */
export function sumOfTraces(traces: readonly Trace[], constant: number): Trace {
  return {
    route: traces[0].route,
    levels: new Float64Array(),
    notes: [
      ...new Set([
        'ζ is a sum over the coordinates, so Z is a product of the axes.',
        ...traces.flatMap((t) => t.notes),
      ]),
    ],
    at: (T) =>
      sumOfPoints(
        traces.map((trace) => trace.at(T)),
        constant,
      ),
  }
}

export function sumOfPoints(points: readonly TracePoint[], constant: number): TracePoint {
  const { temperature } = points[0]
  const sum = (of: (point: TracePoint) => number): number => points.reduce((total, p) => total + of(p), 0)
  const F = sum((p) => p.F) + constant
  return {
    temperature,
    Z: Math.exp(-F / temperature),
    F,
    U: sum((p) => p.U) + constant,
    S: sum((p) => p.S),
    C: sum((p) => p.C),
    truncation: sum((p) => p.truncation),
    error: sum((p) => p.error),
  }
}
