/** The wells of an objective of one coordinate, and the lowest value of any objective. */
import type { Grid } from '../../grid/index.js'
import { evaluateAt, gradientOf, hessianOf, type Objective } from '../../objective/index.js'

export interface Well {
  /** Where ζ is smallest, and ζ there. */
  readonly x: number
  readonly value: number
  /** ζ″ at the minimum. */
  readonly curvature: number
  /** The basin: from the maximum on the left to that on the right; ±∞ where ζ rises to the end. */
  readonly basin: readonly [number, number]
  /** Height of the lower of the two maxima above the minimum; ∞ for the only well. */
  readonly barrier: number
}

/** Points between which minima and maxima are looked for. */
const SCAN = 8192
/** Halvings of an interval: to the last digit of a double. */
const HALVINGS = 60

/** All wells between two ends, from left to right. */
export function wellsOf(objective: Objective, lower: number, upper: number): Well[] {
  const x = Float64Array.from({ length: SCAN + 1 }, (_, i) => lower + ((upper - lower) * i) / SCAN)
  const zeta = evaluateAt(objective, [x])
  const turns = (sign: 1 | -1): number[] =>
    Array.from(x.keys())
      .slice(1, -1)
      .filter((i) => sign * (zeta[i - 1] - zeta[i]) > 0 && sign * (zeta[i + 1] - zeta[i]) >= 0)
      .map((i) => turningPoint(objective, x[i - 1], x[i + 1], sign))
  const maxima = turns(-1)
  const minima = turns(1)
  if (minima.length === 0) return []
  const values = evaluateAt(objective, [Float64Array.from(minima)])
  const curvatures = hessianOf(objective)([Float64Array.from(minima)])[0][0]
  return minima.map((at, n) => {
    const left = maxima.findLast((m) => m < at) ?? Number.NEGATIVE_INFINITY
    const right = maxima.find((m) => m > at) ?? Number.POSITIVE_INFINITY
    const height = (m: number): number =>
      Number.isFinite(m) ? evaluateAt(objective, [Float64Array.of(m)])[0] : Number.POSITIVE_INFINITY
    return {
      x: at,
      value: values[n],
      curvature: curvatures[n],
      basin: [left, right],
      barrier: Math.min(height(left), height(right)) - values[n],
    }
  })
}

/** Where ζ′ changes its sign: from − to + with sign 1, from + to − with −1. */
function turningPoint(objective: Objective, from: number, to: number, sign: 1 | -1): number {
  const slope = gradientOf(objective)
  let [a, b] = [from, to]
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (a + b) / 2
    if (middle === a || middle === b) break
    if (sign * slope([Float64Array.of(middle)])[0][0] < 0) a = middle
    else b = middle
  }
  return (a + b) / 2
}

export interface LowestPoint {
  readonly point: readonly number[]
  readonly value: number
}

/** Coordinate searches after the lowest point of a grid, each with steps half as long. */
const ROUNDS = 40

/** The lowest point of ζ in a box: the lowest of the grid, followed down. */
export function lowestOn(objective: Objective, { columns, axes }: Grid, zeta: Float64Array): LowestPoint {
  let best = 0
  zeta.forEach((v, i) => {
    if (v < zeta[best]) best = i
  })
  const point = columns.map((column) => column[best])
  if (axes.length === 1) {
    const [a, b] = [point[0] - axes[0].spacing, point[0] + axes[0].spacing]
    const inside = wellsOf(objective, a, b)
    const well = inside.reduce<Well | undefined>(
      (low, w) => (w.value < (low?.value ?? zeta[best]) ? w : low),
      undefined,
    )
    return well === undefined ? { point, value: zeta[best] } : { point: [well.x], value: well.value }
  }
  let value = zeta[best]
  const step = axes.map((a) => a.spacing / 2)
  for (let round = 0; round < ROUNDS; round++) {
    for (let moved = true; moved; ) {
      moved = false
      // All neighbours of a cube, so that narrow valleys at an angle are followed too.
      const places = neighbours(point, step)
      const values = evaluateAt(
        objective,
        point.map((_, d) => Float64Array.from(places, (p) => p[d])),
      )
      values.forEach((v, i) => {
        if (v >= value) return
        value = v
        places[i].forEach((at, d) => {
          point[d] = at
        })
        moved = true
      })
    }
    for (let d = 0; d < step.length; d++) step[d] /= 2
  }
  return { point, value }
}

function neighbours(point: readonly number[], step: readonly number[]): number[][] {
  return point.reduce<number[][]>(
    (places, at, d) => places.flatMap((p) => [-1, 0, 1].map((m) => [...p, at + m * step[d]])),
    [[]],
  )
}
