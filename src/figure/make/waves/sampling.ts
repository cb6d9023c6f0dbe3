/**
 * Frames at the points that a figure shows, and how many of these it takes.
 */
import { seriesAt } from '../../raster/resample.js'
import type { Reach } from './axes.js'
import type { Parts } from './basis.js'

/** Points of a frame on which a stride is tried. */
const TRIED = 60_000

/** Indices of the points along each axis. */
export type Points = readonly (readonly number[])[]

/** A frame at the points, real and imaginary part apart, multiplied by `factor`. */
export function sampled(
  frame: Float64Array,
  shape: readonly number[],
  points: Points,
  reaches: readonly Reach[],
  factor: number,
): Parts {
  const steps = points.map((indices, d) => {
    const stride = shape.slice(d + 1).reduce((product, n) => product * n, 1)
    return indices.map((j) => {
      const source = reaches[d]!.source(j)
      return source < 0 ? -1 : source * stride
    })
  })
  const count = points.reduce((product, { length }) => product * length, 1)
  const [re, im] = [new Float32Array(count), new Float32Array(count)]
  let to = 0
  const visit = (d: number, offset: number): void => {
    for (const step of steps[d]!) {
      const at = step < 0 || offset < 0 ? -1 : offset + step
      if (d + 1 < steps.length) visit(d + 1, at)
      else {
        if (at >= 0) {
          re[to] = factor * frame[2 * at]!
          im[to] = factor * frame[2 * at + 1]!
        }
        to++
      }
    }
  }
  visit(0, 0)
  return { re, im }
}

/**
 * What is lost when only every `stride`-th point along axis d is kept and the others are drawn from these: the largest
 * ‖drawn − ψ‖/‖ψ‖ of the frames, on some of the lines along the axis where they are many.
 */
export function strideError(
  frames: readonly Parts[],
  lengths: readonly number[],
  d: number,
  stride: number,
): number {
  const n = lengths[d]!
  const kept = Math.floor((n - 1) / stride) + 1
  const inner = lengths.slice(d + 1).reduce((product, m) => product * m, 1)
  const outer = lengths.slice(0, d).reduce((product, m) => product * m, 1)
  const between = Array.from({ length: (kept - 1) * stride }, (_, j) => j).filter((j) => j % stride !== 0)
  const rule = seriesAt(
    kept,
    between.map((j) => j / stride),
  )
  // A step that is no divisor of the lengths visits lines all over the box.
  const lines = outer * inner
  const skip = Math.max(1, Math.floor((lines * n) / TRIED) | 1)
  let worst = 0
  for (const { re, im } of frames) {
    let [lost, norm] = [0, 0]
    for (const part of [re, im]) {
      for (let line = 0; line < lines; line += skip) {
        const base = Math.floor(line / inner) * n * inner + (line % inner)
        for (let j = 0; j < n; j++) norm += part[base + j * inner]! ** 2
        for (let p = 0; p < between.length; p++) {
          let drawn = 0
          for (let tap = p * rule.taps; tap < (p + 1) * rule.taps; tap++)
            drawn += rule.weights[tap]! * part[base + rule.from[tap]! * stride * inner]!
          lost += (drawn - part[base + between[p]! * inner]!) ** 2
        }
      }
    }
    worst = Math.max(worst, Math.sqrt(lost / (norm || 1)))
  }
  return worst
}
