/**
 * Samples on a finer or coarser raster, by Lanczos's window of three lobes over the sinc series: what the samples resolve
 * is kept, phases of a complex field included, which lines drawn between samples would cut short.
 *
 * @see C. E. Duchon, "Lanczos filtering in one and two dimensions", J. Appl. Meteorol. 18 (1979) 1016
 */

/** Lobes of the window to each side. */
const LOBES = 3

/** For each place the samples that its value is made of, `taps` a place, and their weights, whose sum is 1. */
export interface Resampling {
  readonly taps: number
  readonly from: Int32Array
  readonly weights: Float64Array
}

const TAPS = 2 * LOBES

/** The series of `samples` points at places counted in samples; what lies beyond the ends repeats the outermost. */
export function seriesAt(samples: number, places: ArrayLike<number>): Resampling {
  const from = new Int32Array(TAPS * places.length)
  const weights = new Float64Array(TAPS * places.length)
  for (let p = 0; p < places.length; p++) {
    const at = places[p]!
    const first = Math.floor(at) - LOBES + 1
    let sum = 0
    for (let t = 0; t < TAPS; t++) {
      from[p * TAPS + t] = Math.min(samples - 1, Math.max(0, first + t))
      const weight = lanczos(at - first - t)
      weights[p * TAPS + t] = weight
      sum += weight
    }
    for (let t = 0; t < TAPS; t++) weights[p * TAPS + t]! /= sum
  }
  return { taps: TAPS, from, weights }
}

/** `pixels` cells that share the length from the first of `samples` points to the last, each seen at its middle. */
export function resampling(samples: number, pixels: number): Resampling {
  return seriesAt(
    samples,
    Float64Array.from({ length: pixels }, (_, p) => ((p + 0.5) / pixels) * (samples - 1)),
  )
}

function lanczos(u: number): number {
  if (u === 0) return 1
  if (Math.abs(u) >= LOBES) return 0
  const x = Math.PI * u
  return (LOBES * Math.sin(x) * Math.sin(x / LOBES)) / (x * x)
}

/**
 * A C-order field of [nx, ny] samples of `parts` interleaved numbers, resampled along both axes to
 * [x pixels, y pixels].
 */
export function resampled(
  field: Float64Array | Float32Array,
  [, ny]: readonly [number, number],
  [x, y]: readonly [Resampling, Resampling],
  parts = 1,
): Float32Array {
  const [width, height] = [x.from.length / x.taps, y.from.length / y.taps]
  const wide = new Float32Array(width * ny * parts)
  const line = ny * parts
  // Along the slow axis: whole lines, their six neighbours at once.
  for (let p = 0; p < width; p++) {
    const t = p * TAPS
    const [a, b, c, d, e, f] = x.from.subarray(t, t + TAPS).map((i) => i * line) as unknown as Six
    const [u, v, w, r, s, q] = x.weights.subarray(t, t + TAPS) as unknown as Six
    const to = p * line
    for (let k = 0; k < line; k++)
      wide[to + k] =
        u * field[a + k]! +
        v * field[b + k]! +
        w * field[c + k]! +
        r * field[d + k]! +
        s * field[e + k]! +
        q * field[f + k]!
  }
  const result = new Float32Array(width * height * parts)
  for (let q = 0; q < height; q++) {
    const t = q * TAPS
    const [a, b, c, d, e, f] = y.from.subarray(t, t + TAPS).map((j) => j * parts) as unknown as Six
    const [u, v, w, r, s, z] = y.weights.subarray(t, t + TAPS) as unknown as Six
    for (let part = 0; part < parts; part++)
      for (let p = 0, from = part, to = q * parts + part; p < width; p++, from += line, to += height * parts)
        result[to] =
          u * wide[from + a]! +
          v * wide[from + b]! +
          w * wide[from + c]! +
          r * wide[from + d]! +
          s * wide[from + e]! +
          z * wide[from + f]!
  }
  return result
}

type Six = readonly [number, number, number, number, number, number]
