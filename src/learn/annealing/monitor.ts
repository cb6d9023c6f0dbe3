/**
 * The gap monitor: gap and adiabatic ratio |Ḋ|·A(D) along a schedule. The ratio is the amplitude that lags behind the
 * instantaneous ground state; its square is about what the fidelity lacks. Where it is not small the schedule outruns
 * the gap. (Born and Fock, Z. Phys. 51, 165 (1928); for the form with one level, Roland and Cerf 2002.)
 */
import type { Dial } from './schedule.js'

export interface Monitor {
  /** Times, rising, closer together where the gap changes faster. */
  readonly times: Float64Array
  /** The dial at each time. */
  readonly D: Float64Array
  /** E₁ − E₀; in classical time the slowest rate of relaxation. */
  readonly gap: Float64Array
  /** |Ḋ|·A(D). */
  readonly ratio: Float64Array
  /** The smallest gap, and when and where the schedule meets it. */
  readonly smallest: { readonly time: number; readonly D: number; readonly gap: number }
  /** Intervals of time in which the ratio is not small. */
  readonly outrun: readonly Outrun[]
}

export interface Outrun {
  readonly from: number
  readonly until: number
  /** The largest ratio of the interval, and the time, the dial and the gap there. */
  readonly ratio: number
  readonly time: number
  readonly D: number
  readonly gap: number
}

/** Ratio from which on a schedule outruns the gap: about a tenth of the fidelity goes. */
export const OUTRUN = 0.3
/** Intervals of time to begin with, times that one may be halved, and changes of ln gap and ln D that need no point between. */
const FIRST = 32
const DEPTH = 30
const CHANGE = { gap: 0.25, D: 0.3 } as const
/** Most points. */
const MOST = 400
/** Steps of the search for the smallest gap between two points. */
const GOLDEN_STEPS = 40

interface Point {
  readonly time: number
  readonly D: number
  readonly gap: number
  readonly ratio: number
}

/**
 * @param least the least dial at which gap and resistance are known
 * @param known both at a dial; NaN where they are not
 */
export function monitorOf(
  dial: Dial,
  least: number,
  known: (D: number) => { readonly gap: number; readonly resistance: number },
): Monitor {
  const point = (time: number): Point => {
    const D = dial.at(time)
    if (D < least) return { time, D, gap: Number.NaN, ratio: Number.NaN }
    const { gap, resistance } = known(D)
    return { time, D, gap, ratio: Math.abs(dial.slope(time)) * resistance }
  }
  let left = MOST
  const differ = (a: Point, b: Point): boolean =>
    (Number.isNaN(a.gap) !== Number.isNaN(b.gap) && b.time - a.time > 1e-3 * dial.until) ||
    Math.abs(Math.log(a.gap / b.gap)) > CHANGE.gap ||
    (a.gap > 0 && b.gap > 0 && Math.abs(Math.log(a.D / b.D)) > CHANGE.D)
  const between = (a: Point, b: Point, depth: number): Point[] => {
    if (depth === 0 || left <= 0 || !differ(a, b)) return []
    left--
    const middle = point((a.time + b.time) / 2)
    return [...between(a, middle, depth - 1), middle, ...between(middle, b, depth - 1)]
  }
  const first = Array.from({ length: FIRST + 1 }, (_, k) => point((dial.until * k) / FIRST))
  const coarse = first.flatMap((b, k) => (k === 0 ? [b] : [...between(first[k - 1], b, DEPTH), b]))
  // A narrow avoided crossing lies between two points unless it is looked for.
  const points = coarse.flatMap((b, k) => {
    const [a, c] = [coarse[k - 1], coarse[k + 1]]
    if (a === undefined || c === undefined || !(b.gap <= a.gap && b.gap < c.gap)) return [b]
    const low = lowestBetween(a, c, point)
    if (!(low.gap < b.gap)) return [b]
    const near =
      low.time < b.time
        ? [...between(a, low, DEPTH), low, ...between(low, b, DEPTH), b]
        : [b, ...between(b, low, DEPTH), low]
    return near
  })
  points.sort((a, b) => a.time - b.time)
  const smallest = points.reduce((low, p) => (p.gap < low.gap || Number.isNaN(low.gap) ? p : low))
  return {
    times: Float64Array.from(points, (p) => p.time),
    D: Float64Array.from(points, (p) => p.D),
    gap: Float64Array.from(points, (p) => p.gap),
    ratio: Float64Array.from(points, (p) => p.ratio),
    smallest: { time: smallest.time, D: smallest.D, gap: smallest.gap },
    outrun: outrunOf(points),
  }
}

/** The point of least gap between two, by golden section. */
function lowestBetween(a: Point, b: Point, point: (time: number) => Point): Point {
  const share = (Math.sqrt(5) - 1) / 2
  let [from, until] = [a.time, b.time]
  let p = point(until - share * (until - from))
  let q = point(from + share * (until - from))
  for (let k = 0; k < GOLDEN_STEPS; k++) {
    if (p.gap < q.gap) {
      until = q.time
      q = p
      p = point(until - share * (until - from))
    } else {
      from = p.time
      p = q
      q = point(from + share * (until - from))
    }
    if (Math.abs(p.gap - q.gap) < 1e-12 * Math.abs(p.gap)) break
  }
  return p.gap < q.gap ? p : q
}

function outrunOf(points: readonly Point[]): Outrun[] {
  const found: Point[][] = []
  points.forEach((p, k) => {
    if (!(p.ratio > OUTRUN)) return
    if (k > 0 && points[k - 1].ratio > OUTRUN) found[found.length - 1].push(p)
    else found.push([p])
  })
  return found.map((run) => {
    const { ratio, time, D, gap } = run.reduce((most, p) => (p.ratio > most.ratio ? p : most))
    return { from: run[0].time, until: run[run.length - 1].time, ratio, time, D, gap }
  })
}

/** Where a schedule outruns the gap, as sentences. */
export function sayOutrun({ outrun }: Monitor, time: string, dial: string, gap: string): string[] {
  const say = (v: number): string => `${Number(v.toPrecision(3))}`
  return outrun.map(
    (o) =>
      `schedule: it outruns ${gap} from ${time} = ${say(o.from)} to ${say(o.until)}; at ${time} = ${say(o.time)}, ${dial} = ${say(o.D)}, ` +
      `where ${gap} is ${say(o.gap)}, what lags behind is ${o.ratio > 1 ? 'all of the state' : `an amplitude of ${say(o.ratio)}`} (adiabatic ratio ${say(o.ratio)}).`,
  )
}
