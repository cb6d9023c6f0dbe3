/**
 * One axis of a grid, with its boundary condition and the spectral basis that belongs to it; L is its length.
 *
 *   periodic:  x_j = a + j·dx,       j = 0 … n−1, dx = L/n,      e^{iκx},         κ = 2πk/L, k = 0, 1, … , −1 (FFT order)
 *   absorbing: as periodic, with a layer at each end in which ψ is absorbed: a box open to both sides
 *   walls:     x_j = a + j·dx,       j = 1 … n,   dx = L/(n+1),  sin κ(x − a),    κ = πk/L,  k = 1 … n
 *   zero-flux: x_j = a + (j + ½)dx,  j = 0 … n−1, dx = L/n,      cos κ(x − a),    κ = πk/L,  k = 0 … n−1
 *
 * With walls ψ = 0 at both ends, with zero flux ∂ψ/∂x = 0; the ends are not grid points then.
 */

import { PsilabError, requireInteger, requireNumber } from '../error.js'
import { radicesOf } from '../numeric/index.js'
import { shownAs } from '../shown.js'

export type Boundary = 'periodic' | 'walls' | 'zero-flux' | 'absorbing'

/** The transform that makes ∇² diagonal. */
export type Transform = 'fourier' | 'sine' | 'cosine'

export interface Axis {
  /** Name of the coordinate, for example `x`. */
  readonly name: string
  readonly lower: number
  readonly upper: number
  /** Number of grid points: the intervals, one fewer with `walls`. */
  readonly points: number
  readonly boundary: Boundary
  /** Width of the absorbing layer at each end; 0 for other boundaries. */
  readonly layer: number
  readonly transform: Transform
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
  /** Width of the absorbing layer at each end, up to 0.45 of the length; default 0.15 of it. */
  readonly layer?: number
}

/** What a boundary makes of the intervals: place of the first point in intervals, and points fewer than intervals. */
const LAYOUTS: Readonly<
  Record<Boundary, { readonly transform: Transform; readonly first: number; readonly fewer: number }>
> = {
  periodic: { transform: 'fourier', first: 0, fewer: 0 },
  absorbing: { transform: 'fourier', first: 0, fewer: 0 },
  walls: { transform: 'sine', first: 1, fewer: 1 },
  'zero-flux': { transform: 'cosine', first: 0.5, fewer: 0 },
}

/** Default width of an absorbing layer, and the widest, as shares of the length. */
const LAYER = 0.15
const WIDEST = 0.45

/** Largest number of intervals on an axis. */
const MAX_INTERVALS = 2 ** 20

export function axis({ name, lower, upper, intervals, boundary, layer }: AxisOptions): Axis {
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
  if (!Object.hasOwn(LAYOUTS, boundary))
    throw new PsilabError({
      code: 'parameter',
      parameter: 'grid.boundary',
      problem: 'unknown boundary condition',
      allowed: Object.keys(LAYOUTS)
        .map((b) => `'${b}'`)
        .join(', '),
      got: boundary,
    })
  const { transform, first, fewer } = LAYOUTS[boundary]
  const length = upper - lower
  const spacing = length / intervals
  const points = intervals - fewer
  const made: Axis = {
    name,
    lower,
    upper,
    points,
    boundary,
    layer:
      boundary === 'absorbing'
        ? requireNumber(
            'layer',
            layer ?? LAYER * length,
            `a width up to ${WIDEST} of the box`,
            (w) => w > 0 && w <= WIDEST * length,
          )
        : 0,
    transform,
    spacing,
    coordinates: Float64Array.from({ length: points }, (_, j) => lower + (j + first) * spacing),
    wavenumbers: Float64Array.from({ length: points }, (_, k) =>
      transform === 'fourier'
        ? (2 * Math.PI * (k < points / 2 ? k : k - points)) / length
        : (Math.PI * (transform === 'sine' ? k + 1 : k)) / length,
    ),
  }
  return shownAs(made, axisText)
}

/** The axis in words. */
export function axisText({ name, lower, upper, points, boundary }: Axis): string {
  const [from, to] = [lower, upper].map((end) => Number(end.toPrecision(6)))
  return `${name} ∈ [${from}, ${to}], ${points} points, ${boundary}`
    .replaceAll('-', '−')
    .replace('zero−flux', 'zero flux')
}

/** Smallest number ≥ n made of the factors 2, 3 and 5. */
function nextSmooth(n: number): number {
  let smooth = n
  while (radicesOf(smooth) === undefined) smooth++
  return smooth
}
