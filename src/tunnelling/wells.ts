/** The shape of a ζ of one coordinate: its minima and the tops between them. */
import { PsilabError } from '../error.js'
import { chebyshevFit } from '../numeric/index.js'
import { evaluateAt, type Objective } from '../objective/index.js'
import { type Problem, requireProblem } from '../qde/index.js'

/** A stationary point of ζ. */
export interface Extremum {
  readonly x: number
  readonly zeta: number
}

export interface Shape {
  /** Local minima within the box, ascending in x. */
  readonly minima: readonly Extremum[]
  /** The highest point between each minimum and the next. */
  readonly tops: readonly Extremum[]
}

/** Parts in which the box is looked at; a well narrower than two of them is not seen. */
const PARTS = 4096
/** Depth, as a share of the range of ζ between the outermost minima, that makes a dip a well. */
const DIP = 1e-9

/** Parts on each side of a stationary point on which its slope is fitted: wide, against rounding, or narrow, by a kink. */
const WIDE = 64
const NARROW = 4

/** @throws PsilabError `parameter` for other than one coordinate */
export function requireLine(problem: Problem, what: string): void {
  requireProblem(problem)
  const { variables } = problem.objective
  if (variables.length === 1) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'problem',
    problem: `${what} is along one coordinate`,
    allowed: 'one coordinate',
    got: variables,
  })
}

/** ζ of one coordinate at points. */
export function along(objective: Objective): (x: Float64Array) => Float64Array {
  return (x) => evaluateAt(objective, [x])
}

/** Minima of ζ between two places, and the tops between them, to rounding where ζ is smooth. */
export function shapeOf(objective: Objective, lower: number, upper: number): Shape {
  const zeta = along(objective)
  const dx = (upper - lower) / PARTS
  const x = Float64Array.from({ length: PARTS + 1 }, (_, i) => lower + i * dx)
  const v = zeta(x)
  const lows: number[] = []
  for (let i = 1; i < PARTS; i++) if (v[i] < v[i - 1] && v[i] <= v[i + 1]) lows.push(i)
  const range = lows.length < 2 ? 0 : spread(v.subarray(lows[0], lows[lows.length - 1] + 1))
  const wells = merged(lows, v, DIP * range)
  const peaks = wells.slice(1).map((right, k) => {
    let top = wells[k]
    for (let i = wells[k]; i <= right; i++) if (v[i] > v[top]) top = i
    return top
  })
  return {
    minima: wells.map((i) => extremum(zeta, x[i], dx, 1)),
    tops: peaks.map((i) => extremum(zeta, x[i], dx, -1)),
  }
}

/** The minima without those that a rise of less than `dip` separates from a deeper one. */
function merged(lows: readonly number[], v: Float64Array, dip: number): number[] {
  const wells: number[] = []
  for (const low of lows) {
    const last = wells[wells.length - 1]
    if (last === undefined) {
      wells.push(low)
      continue
    }
    let top = Number.NEGATIVE_INFINITY
    for (let i = last; i <= low; i++) top = Math.max(top, v[i])
    if (top - Math.max(v[last], v[low]) > dip) wells.push(low)
    else if (v[low] < v[last]) wells[wells.length - 1] = low
  }
  return wells
}

function spread(v: Float64Array): number {
  return (
    v.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY) -
    v.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY)
  )
}

/** The lowest (sign 1) or highest (−1) point next to a sample: the zero of the slope where ζ is smooth. */
function extremum(zeta: (x: Float64Array) => Float64Array, at: number, dx: number, sign: 1 | -1): Extremum {
  const value = (x: number): number => zeta(Float64Array.of(x))[0]
  let [low, high] = [at - dx, at + dx]
  const series =
    chebyshevFit(zeta, at - WIDE * dx, at + WIDE * dx) ??
    chebyshevFit(zeta, at - NARROW * dx, at + NARROW * dx)
  const slope = series?.derivative()
  if (slope !== undefined && sign * slope.at(low) < 0 && sign * slope.at(high) > 0) {
    for (;;) {
      const middle = (low + high) / 2
      if (middle <= low || middle >= high) return { x: middle, zeta: value(middle) }
      if (sign * slope.at(middle) < 0) low = middle
      else high = middle
    }
  }
  const golden = (Math.sqrt(5) - 1) / 2
  while (high - low > 1e-9 * dx) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)]
    if (sign * value(a) < sign * value(b)) high = b
    else low = a
  }
  const middle = (low + high) / 2
  return { x: middle, zeta: value(middle) }
}
