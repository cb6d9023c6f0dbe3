/**
 * Minima and saddles of a function in a box, by Newton's iteration from a lattice of starts. An index-1 saddle joins two
 * minima: those to which its unstable direction leads downhill on either side.
 */
import { symmetricEigen } from '../../numeric/index.js'
import { gradientOf, hessianOf, type Objective } from '../../objective/index.js'

export interface StationaryPoint {
  readonly point: readonly number[]
  readonly value: number
  /** Eigenvalues of the Hessian, ascending. */
  readonly curvatures: Float64Array
}

/** A saddle of index 1, and the numbers of the two minima that it joins. */
export interface Pass extends StationaryPoint {
  readonly joins: readonly [number, number]
}

export interface Terrain {
  /** Minima, the lowest first. */
  readonly minima: readonly StationaryPoint[]
  readonly passes: readonly Pass[]
}

export interface Box {
  readonly lower: number
  readonly upper: number
}

/** Starts along an axis, by dimension: a well narrower than a step between them may be missed. */
const STARTS = [0, 400, 40, 14] as const
const ITERATIONS = 60
/** Share of the box within which two points are one, and of a step that has converged. */
const SAME = 1e-6
const CONVERGED = 1e-12
/** Share of the box of a step downhill, of the first one off a saddle, and how many there are at most. */
const DOWNHILL = 2e-3
const OFF = 1e-3
const STEPS = 4000
/** Share of the largest curvature below which one counts as zero, where harmonic rates do not exist. */
const FLAT = 1e-9

export function terrainOf(objective: Objective, box: readonly Box[]): Terrain {
  const found = stationaryPoints(objective, box)
  const indexOf = ({ curvatures }: StationaryPoint): number => {
    const largest = curvatures.reduce((most, c) => Math.max(most, Math.abs(c)), 0)
    if (curvatures.some((c) => Math.abs(c) <= FLAT * largest)) return Number.NaN
    return curvatures.filter((c) => c < 0).length
  }
  const minima = found.filter((p) => indexOf(p) === 0).sort((a, b) => a.value - b.value)
  const passes = found
    .filter((p) => indexOf(p) === 1)
    .flatMap((saddle): Pass[] => {
      const ends = [1, -1].map((side) => minimumBelow(objective, box, saddle, side, minima))
      const [a, b] = ends
      return a === undefined || b === undefined || a === b ? [] : [{ ...saddle, joins: [a, b] }]
    })
  return { minima, passes }
}

function stationaryPoints(objective: Objective, box: readonly Box[]): StationaryPoint[] {
  const [gradient, hessian] = [gradientOf(objective), hessianOf(objective)]
  const d = box.length
  const along = STARTS[d]
  let points = Array.from({ length: along ** d }, (_, k) =>
    box.map(
      ({ lower, upper }, axis) =>
        lower + ((upper - lower) * ((Math.floor(k / along ** axis) % along) + 0.5)) / along,
    ),
  )
  const found: StationaryPoint[] = []
  for (let round = 0; round < ITERATIONS && points.length > 0; round++) {
    const columns = box.map((_, u) => Float64Array.from(points, (p) => p[u]))
    const [slopes, curvatures] = [gradient(columns), hessian(columns)]
    points = points.flatMap((point, i) => {
      const { values, vectors } = eigen(curvatures, i)
      const slope = slopes.map((g) => g[i])
      // The Newton step in the eigenbasis: towards where the gradient vanishes, whatever the signs of the curvatures.
      const step = Array.from({ length: d }, () => 0)
      values.forEach((c, n) => {
        const part = vectors[n].reduce((sum, v, u) => sum + v * slope[u], 0)
        vectors[n].forEach((v, u) => {
          step[u] -= (v * part) / c
        })
      })
      const next = point.map((x, u) => x + step[u])
      const inside = next.every((x, u) => {
        const room = box[u].upper - box[u].lower
        return x > box[u].lower - room / 2 && x < box[u].upper + room / 2
      })
      if (!inside) return []
      if (step.some((s, u) => Math.abs(s) > CONVERGED * (box[u].upper - box[u].lower))) return [next]
      const isIn = next.every((x, u) => x >= box[u].lower && x <= box[u].upper)
      if (isIn && !found.some((other) => isSame(other.point, next, box)))
        found.push({
          point: next,
          value: objective.evaluate(next.map((x) => Float64Array.of(x)))[0],
          curvatures: values,
        })
      return []
    })
  }
  return found
}

function isSame(a: readonly number[], b: readonly number[], box: readonly Box[]): boolean {
  return a.every((x, u) => Math.abs(x - b[u]) <= SAME * (box[u].upper - box[u].lower))
}

/** Eigenvalues and vectors of the Hessian of one of the points. */
function eigen(hessian: readonly (readonly Float64Array[])[], i: number) {
  const d = hessian.length
  if (d === 1) return { values: Float64Array.of(hessian[0][0][i]), vectors: [Float64Array.of(1)] }
  const matrix = Float64Array.from({ length: d * d }, (_, k) => hessian[Math.floor(k / d)][k % d][i])
  if (!matrix.every(Number.isFinite))
    return { values: new Float64Array(d).fill(Number.NaN), vectors: hessian.map(() => new Float64Array(d)) }
  return symmetricEigen(matrix, d)
}

/** Number of the minimum to which steps of equal length downhill from one side of a saddle lead. */
function minimumBelow(
  objective: Objective,
  box: readonly Box[],
  saddle: StationaryPoint,
  side: number,
  minima: readonly StationaryPoint[],
): number | undefined {
  const [gradient, hessian] = [gradientOf(objective), hessianOf(objective)]
  const [unstable] = eigen(hessian(saddle.point.map((x) => Float64Array.of(x))), 0).vectors
  const size = Math.min(...box.map(({ lower, upper }) => upper - lower))
  let point = saddle.point.map((x, u) => x + side * OFF * size * unstable[u])
  for (let step = 0; step < STEPS; step++) {
    const slope = gradient(point.map((x) => Float64Array.of(x))).map((g) => g[0])
    const length = Math.hypot(...slope)
    const next = point.map((x, u) => x - (DOWNHILL * size * slope[u]) / length)
    // The minimum is within a step where the path would pass it.
    const near = minima.findIndex(
      (minimum) => Math.hypot(...minimum.point.map((x, u) => x - next[u])) <= 1.5 * DOWNHILL * size,
    )
    if (near >= 0) return near
    if (!next.every(Number.isFinite)) return undefined
    point = next
  }
  return undefined
}
