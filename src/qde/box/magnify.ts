/** Places of ζ that samples only hint at: where they are, and what is found by going nearer and nearer. */
import { stridesOf } from '../../grid/index.js'
import type { Objective } from '../../objective/index.js'

export interface Place {
  readonly place: readonly number[]
  /** Half-widths of what is to be looked at. */
  readonly half: readonly number[]
}

/** How much a second difference must exceed those beside it, and most places that are returned. */
const OUTSTANDING = 8
const MOST = 64

/** Where the second difference of equidistant samples of a line stands out, the steepest first. */
export function steepPlaces(zeta: Float64Array, first: number, step: number): Place[] {
  const bend = (i: number): number => Math.abs(zeta[i + 1] - 2 * zeta[i] + zeta[i - 1])
  const places: { readonly bend: number; readonly i: number }[] = []
  for (let i = 4; i < zeta.length - 4; i++) {
    if (!Number.isFinite(zeta[i])) places.push({ bend: Number.POSITIVE_INFINITY, i })
    const here = bend(i)
    if (!(here > bend(i - 1) && here >= bend(i + 1))) continue
    if (here > OUTSTANDING * Math.min(bend(i - 3), bend(i + 3))) places.push({ bend: here, i })
  }
  return places
    .sort((a, b) => b.bend - a.bend)
    .slice(0, MOST)
    .map(({ i }) => ({ place: [first + i * step], half: [2 * step] }))
}

/** Points along each axis of a magnified place, by dimension: each magnification shows four of their intervals. */
const POINTS = [0, 33, 9, 7] as const
/** Share of the scale at which magnification ends: rounding of x is not far below. */
const NEAREST = 1e-11

/**
 * Goes to where a score of ζ is highest, again and again on a finer net about the best point so far.
 * @param scale length against which rounding counts, one an axis
 * @returns the point, and ζ at the best point of each magnification; the last is ±∞ where ζ is
 */
export function magnify(
  { evaluate }: Objective,
  start: Place,
  scale: readonly number[],
  score: (zeta: number) => number,
): { readonly place: readonly number[]; readonly heights: readonly number[] } {
  let { place, half } = start
  const heights: number[] = []
  const m = POINTS[place.length]
  const strides = stridesOf(place.map(() => m))
  while (half.some((w, d) => w > NEAREST * Math.max(scale[d], Math.abs(place[d])))) {
    // Off the middle by an irrational share, so that no point falls on a pole at each magnification.
    const columns = place.map((x, d) =>
      Float64Array.from(
        { length: m ** place.length },
        (_, i) => x + half[d] * ((2 * ((Math.floor(i / strides[d]) % m) + 0.3819)) / (m - 0.2) - 1),
      ),
    )
    const zeta = evaluate(columns)
    let best = 0
    for (let i = 1; i < zeta.length; i++) if (score(zeta[i]) > score(zeta[best])) best = i
    place = columns.map((c) => c[best])
    heights.push(zeta[best])
    if (!Number.isFinite(zeta[best])) break
    half = half.map((w) => (4 * w) / m)
  }
  return { place, heights }
}
