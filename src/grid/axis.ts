/**
 * One axis of a grid, with its boundary condition and the spectral basis that belongs to it.
 *
 *   periodic: x_j = a + j·dx, j = 0 … n−1, dx = L/n,       basis e^{iκx},          κ = 2πk/L, k = 0, 1, … , −1 (FFT order)
 *   walls:    x_j = a + j·dx, j = 1 … n,   dx = L/(n+1),   basis sin(κ(x − a)),    κ = πk/L,  k = 1 … n
 *
 * With walls ψ = 0 at both ends, which are not grid points.
 */
import { PsilabError, requireInteger } from '../error.js'
import { radicesOf } from '../numeric/index.js'

export type Boundary = 'periodic' | 'walls'

export interface Axis {
  /** Name of the coordinate, for example `x`. */
  readonly name: string
  readonly lower: number
  readonly upper: number
  /** Number of grid points: the intervals with `periodic`, one fewer with `walls`. */
  readonly points: number
  readonly boundary: Boundary
  readonly spacing: number
  /** Coordinates of the points, length `points`. */
  readonly coordinates: Float64Array
  /** κ of each spectral coefficient in the transform's order, length `points`. */
  readonly wavenumbers: Float64Array
}

export interface AxisOptions {
  readonly name: string
  readonly lower: number
  readonly upper: number
  /** Number of equal parts of the box, made of the factors 2, 3 and 5. */
  readonly intervals: number
  readonly boundary: Boundary
}

/** Largest number of intervals on an axis. */
const MAX_INTERVALS = 2 ** 20

export function axis({ name, lower, upper, intervals, boundary }: AxisOptions): Axis {
  if (!(Number.isFinite(lower) && Number.isFinite(upper) && lower < upper))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'grid',
      problem: `the box of ${name} is empty or not finite`,
      allowed: 'lower < upper, both finite',
      got: [lower, upper],
      advice: 'For example grid: { lower: -3, upper: 3 }.',
    })
  requireInteger('grid.points', intervals, 8, MAX_INTERVALS)
  if (radicesOf(intervals) === undefined)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'grid.points',
      problem: 'has a prime factor beyond 5, which no transform here takes',
      allowed: 'numbers from 8 to 1048576 made of the factors 2, 3 and 5',
      got: intervals,
      advice: `Try ${nextSmooth(intervals)}.`,
    })
  if (boundary !== 'periodic' && boundary !== 'walls')
    throw new PsilabError({
      code: 'parameter',
      parameter: 'grid.boundary',
      problem: 'unknown boundary condition',
      allowed: "'periodic' or 'walls'",
      got: boundary,
    })
  const length = upper - lower
  const spacing = length / intervals
  const points = boundary === 'periodic' ? intervals : intervals - 1
  const first = boundary === 'periodic' ? 0 : 1
  return {
    name,
    lower,
    upper,
    points,
    boundary,
    spacing,
    coordinates: Float64Array.from({ length: points }, (_, j) => lower + (j + first) * spacing),
    wavenumbers: Float64Array.from({ length: points }, (_, k) =>
      boundary === 'walls'
        ? (Math.PI * (k + 1)) / length
        : (2 * Math.PI * (k < points / 2 ? k : k - points)) / length,
    ),
  }
}

/** Smallest number ≥ n made of the factors 2, 3 and 5. */
function nextSmooth(n: number): number {
  let smooth = n
  while (radicesOf(smooth) === undefined) smooth++
  return smooth
}
