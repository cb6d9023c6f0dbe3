/**
 * Which points of a grid a figure takes along each axis: the part where something is seen, to the walls where it reaches
 * them, and no more points than show it.
 */
import type { AxisRecord } from '../../payload.js'
import { windowOf } from '../decimate.js'

/** A point carries something to be seen where |ψ| exceeds this share of the largest of its frame; and a margin beside. */
const VISIBLE = 0.02
const MARGIN = 0.1

/** Slack in intervals of the grid. */
const SLACK = 0.01

/** Where points of an axis may lie, by their index: those of the grid, and the ends at which ψ is known. */
export interface Reach {
  readonly first: number
  readonly last: number
  /** Index of the value at a point of the grid; −1 where ψ is 0. */
  readonly source: (j: number) => number
}

export function reachOf(axis: AxisRecord | undefined, x: Float64Array): Reach {
  const n = x.length
  const interval = n > 1 ? (x[n - 1]! - x[0]!) / (n - 1) : 1
  const apart = (distance: number): boolean => Math.abs(distance - interval) < SLACK * interval
  const [before, after] = axis ? [apart(x[0]! - axis.lower), apart(axis.upper - x[n - 1]!)] : [false, false]
  if (axis?.boundary === 'walls')
    return {
      first: before ? -1 : 0,
      last: after ? n : n - 1,
      source: (j) => (j < 0 || j >= n ? -1 : j),
    }
  return { first: 0, last: after && !before ? n : n - 1, source: (j) => j % n }
}

/** |ψ|² of the largest point in each layer of each axis, the largest of all frames, each frame's largest being 1. */
export function envelopes(shape: readonly number[], psi: readonly Float64Array[]): Float64Array[] {
  const [nx, ny, nz = 1] = shape as [number, number, number?]
  const all = shape.map((n) => new Float64Array(n))
  for (const frame of psi) {
    const [ex, ey, ez] = [nx, ny, nz].map((n) => new Float64Array(n)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ]
    let at = 0
    for (let i = 0; i < nx; i++) {
      for (let j = 0; j < ny; j++) {
        let most = 0
        for (let k = 0; k < nz; k++, at += 2) {
          const density = frame[at]! * frame[at]! + frame[at + 1]! * frame[at + 1]!
          if (density > most) most = density
          if (density > ez[k]!) ez[k] = density
        }
        if (most > ex[i]!) ex[i] = most
        if (most > ey[j]!) ey[j] = most
      }
    }
    const largest = ex.reduce((most, density) => Math.max(most, density), 0) || 1
    all.forEach((envelope, d) => {
      const here = [ex, ey, ez][d]!
      for (let j = 0; j < here.length; j++) envelope[j] = Math.max(envelope[j]!, here[j]! / largest)
    })
  }
  return all
}

/** Indices of the first and the last point to be shown of an axis. */
export function shownPart(envelope: Float64Array, { first, last }: Reach): readonly [number, number] {
  const n = envelope.length
  const [from, to] = windowOf(n, (j) => envelope[j]! > VISIBLE ** 2, MARGIN)
  return [from === 0 ? first : from, to === n ? last : to - 1]
}

/** Every `stride`-th index from the first on, as far as the last needs and the axis reaches. */
export function picked([first, last]: readonly [number, number], stride: number, reach: Reach): number[] {
  const indices: number[] = []
  for (let j = first; ; j += stride) {
    if (j > reach.last) break
    indices.push(j)
    if (j >= last) break
  }
  return indices
}
