/**
 * Annealing in the space of the lowest levels. A state that follows its schedule never leaves the span of the lowest
 * states along the way, so that a run in that space costs little. What it neglects is known: the part of Hψ outside,
 *
 *   r = (1 − P)Hψ,   amplitude outside ≈ ‖r‖/(⟨r|H|r⟩/‖r‖² − ⟨H⟩)   in first order,
 *
 * and a run whose state does leave is handed back, to be done on the grid.
 *
 * Within a sector of D the space is cut down to the lowest levels at its middle.
 */
import { affineStep, DenseAffine, dot, type Parts } from './affine.js'
import type { LevelsAlong } from './levelsAlong.js'
import type { Dial } from './schedule.js'

export interface ReducedRun {
  /** States at the times that were reached, in the basis of the levels. */
  readonly states: readonly Parts[]
  /** Estimated error of the last, of its norm. */
  readonly error: number
}

/** Ratio of the ends of a sector. */
const SECTOR = 1.5
/** Share of the tolerance that the levels left out may hold, and levels beyond those that hold more. */
const LEFT_OUT = 1e-2
const SPARE = 4
/** The estimate of a step is that before extrapolation, which takes most of it away: it may be larger than the tolerance by this. */
const EXTRAPOLATED = 10
/** Times, at least, at which it is asked what leaves the space. */
const LOOKS = 64
/** First step as a share of the time, growth of a step, and steps after which a state that cannot be followed is given up. */
const FIRST = 1e-3
const GROWTH = [0.2, 2.5] as const
const MOST_STEPS = 200_000

/** @returns undefined where the state leaves the space */
export function reducedRun(
  levels: LevelsAlong,
  dial: Dial,
  start: Parts,
  times: readonly number[],
  tolerance: number,
  stop: (time: number) => boolean,
): ReducedRun | undefined {
  const until = times[times.length - 1]
  const states: Parts[] = [start]
  let sector = sectorAt(levels, dial.at(0), start, tolerance)
  let inside = sector.enter(start)
  let [t, h, looked, error, outside, steps] = [0, FIRST * until, 0, 0, 0, 0]
  for (const end of times.slice(1)) {
    while (t < end) {
      if (stop(t)) return { states, error }
      const D = dial.at(t)
      if (D < sector.least || D > sector.most) {
        const whole = sector.leave(inside)
        sector = sectorAt(levels, D, whole, tolerance)
        inside = sector.enter(whole)
      }
      const left = end - t
      const last = h >= 0.999 * left
      const step = last ? left : h
      const { next, error: size } = affineStep(sector.H, dial.at, inside, t, step)
      const allowed = (EXTRAPOLATED * tolerance * step) / until
      const factor = 0.85 * (allowed / Math.max(size, 1e-300)) ** (1 / 5)
      if (++steps > MOST_STEPS) return undefined
      if (size > allowed) {
        h = step * Math.max(GROWTH[0], factor)
        continue
      }
      inside = next
      error += size / EXTRAPOLATED
      t = last ? end : t + step
      if (t >= looked + until / LOOKS) {
        looked = t
        outside = Math.max(outside, levels.leak(dial.at(t), sector.leave(inside)))
        if (outside > tolerance) return undefined
      }
      h = Math.max(last ? h : 0, step * Math.min(GROWTH[1], Math.max(GROWTH[0], factor)))
    }
    states.push(sector.leave(inside))
  }
  return { states, error: error + outside }
}

interface Sector {
  readonly least: number
  readonly most: number
  readonly H: DenseAffine
  enter(state: Parts): Parts
  leave(state: Parts): Parts
}

/** The levels that a state needs on its way down from D. */
function sectorAt(levels: LevelsAlong, D: number, state: Parts, tolerance: number): Sector {
  const { vectors, k, v } = levels.eigenbasis(D / Math.sqrt(SECTOR))
  const sizes = vectors.map((u) => state.reduce((sum, part) => sum + dot(u, part) ** 2, 0))
  let [kept, beyond] = [vectors.length, 0]
  while (kept > 1 && beyond + sizes[kept - 1] < (LEFT_OUT * tolerance) ** 2) beyond += sizes[--kept]
  const used = vectors.slice(0, kept + SPARE)
  const between = (matrix: readonly (readonly number[])[]): number[][] => {
    const images = used.map((u) =>
      Float64Array.from(matrix, (row) => row.reduce((sum, x, j) => sum + x * u[j], 0)),
    )
    return used.map((u) => images.map((image) => dot(u, image)))
  }
  return {
    least: D / SECTOR,
    most: D * SECTOR,
    H: new DenseAffine(between(k), between(v)),
    enter: (whole) => whole.map((part) => Float64Array.from(used, (u) => dot(u, part))),
    leave: (inside) =>
      inside.map((part) => {
        const sum = new Float64Array(k.length)
        used.forEach((u, n) => {
          for (let i = 0; i < sum.length; i++) sum[i] += part[n] * u[i]
        })
        return sum
      }),
  }
}
