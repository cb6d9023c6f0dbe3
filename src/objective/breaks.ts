/**
 * Where ζ of one coordinate is not smooth: kinks, jumps, and other points at which polynomials do not converge.
 *
 * Of an expression they are zeros of known conditions. Of a function they are found by halving: an interval on which
 * ζ has a quickly converging Chebyshev series is smooth; where halving goes on without end there is a break.
 *
 * Reference: Pachón, Platte and Trefethen, IMA J. Numer. Anal. 30, 898 (2010).
 */

/** ζ at points. */
type Line = (x: Float64Array) => Float64Array

/** Parts of an interval among which a condition changes its sign at most once. */
const PARTS = 4000
/** Share of the box within which zeros of conditions, and breaks that were found by halving, are the same. */
const ROUNDING = 1e-12
const NEAR = 1e-8
/** Most breaks: a ζ with more is no piecewise smooth function. */
const MOST = 256

/** Zeros with a change of sign, and samples that vanish alone, of each condition; ascending, without the ends. */
export function zerosOf(conditions: readonly Line[], lower: number, upper: number): number[] {
  const x = Float64Array.from({ length: PARTS + 1 }, (_, i) => lower + ((upper - lower) * i) / PARTS)
  const zeros: number[] = []
  for (const condition of conditions) {
    const u = condition(x)
    for (let i = 0; i < PARTS; i++) {
      if (u[i] === 0 && i > 0 && u[i - 1] !== 0 && u[i + 1] !== 0) zeros.push(x[i])
      else if (u[i] * u[i + 1] < 0) zeros.push(bisect(condition, x[i], x[i + 1]))
      if (zeros.length > MOST) return []
    }
  }
  return distinct(zeros, lower, upper, ROUNDING)
}

function bisect(condition: Line, left: number, right: number): number {
  const at = (x: number): number => condition(Float64Array.of(x))[0]
  const sign = Math.sign(at(left))
  let [low, high] = [left, right]
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return high
    const value = at(middle)
    if (value === 0) return middle
    if (Math.sign(value) === sign) low = middle
    else high = middle
  }
}

/** Points of the Chebyshev series on an interval, and how many of its last coefficients must be small. */
const POINTS = 33
const LAST = 5
/** Size of those coefficients, as a share of the range of ζ on the interval, on which ζ counts as smooth. */
const SMOOTH = 1e-6
/** Share of the box to which smoothness tells a break; closer, the rounding of x would not be smooth either. */
const NARROW = 1e-10
/** Halves overlap by this share of their interval: a series does not see a break at the very end of its own. */
const OVERLAP = 0.01
/** Parts of the box that are looked at at least: an odd number, since breaks like the middle. */
const SEEN = 13
/** Most evaluations of ζ. */
const EVALUATIONS = 400_000

/** Breaks of a function, ascending, without the ends; none where there are too many to be told apart. */
export function breaksOf(f: Line, lower: number, upper: number): number[] {
  const breaks: number[] = []
  let evaluations = 0
  const search = (left: number, right: number): void => {
    evaluations += POINTS
    if (evaluations > EVALUATIONS || breaks.length > MOST || converges(f(chebyshevPoints(left, right))))
      return
    if (right - left < NARROW * (upper - lower)) {
      breaks.push(jumpBetween(f, left, right))
      return
    }
    const reach = (0.5 + OVERLAP) * (right - left)
    search(left, left + reach)
    search(right - reach, right)
  }
  const part = (upper - lower) / SEEN
  for (let k = 0; k < SEEN; k++)
    search(Math.max(lower, lower + (k - OVERLAP) * part), Math.min(upper, lower + (k + 1 + OVERLAP) * part))
  return evaluations > EVALUATIONS || breaks.length > MOST ? [] : distinct(breaks, lower, upper, NEAR)
}

/** The largest change of f between two points, by halving: the place of a jump to the last bit. */
function jumpBetween(f: Line, left: number, right: number): number {
  let [low, high] = [left, right]
  let [fLow, fHigh] = f(Float64Array.of(low, high))
  for (;;) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) return high
    const value = f(Float64Array.of(middle))[0]
    if (Math.abs(value - fLow) > Math.abs(fHigh - value)) [high, fHigh] = [middle, value]
    else [low, fLow] = [middle, value]
  }
}

const angles = Float64Array.from({ length: POINTS }, (_, j) => (Math.PI * (j + 0.5)) / POINTS)

function chebyshevPoints(left: number, right: number): Float64Array {
  return angles.map((angle) => (left + right) / 2 - ((right - left) / 2) * Math.cos(angle))
}

/** Whether the last coefficients of the Chebyshev series through the values are small. */
function converges(values: Float64Array): boolean {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const v of values) {
    low = Math.min(low, v)
    high = Math.max(high, v)
  }
  const allowed = SMOOTH * (high - low) + 16 * Number.EPSILON * Math.max(Math.abs(low), Math.abs(high))
  for (let k = POINTS - LAST; k < POINTS; k++) {
    let sum = 0
    for (let j = 0; j < POINTS; j++) sum += values[j] * Math.cos(k * angles[j])
    if (!(Math.abs((2 * sum) / POINTS) <= allowed)) return false
  }
  return true
}

/** Ascending, without the ends and without repetition, to a share of the box. */
function distinct(points: readonly number[], lower: number, upper: number, share: number): number[] {
  const near = share * (upper - lower)
  return points
    .filter((x) => x - lower > near && upper - x > near)
    .toSorted((a, b) => a - b)
    .filter((x, i, all) => i === 0 || x - all[i - 1] > near)
}
