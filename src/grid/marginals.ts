/**
 * |ψ|² summed over all axes but one: over the layers of the box, and over the modes of the axis. Lines are transformed a
 * few at a time, so that nothing of the size of ψ is made.
 */
import { stridesOf } from './grid.js'
import { lineTransform } from './spectral.js'
import type { WaveFunction } from './waveFunction.js'

/** Lines side by side that are read together: as many points as fill a line of the cache and the next. */
const TOGETHER = 8

/** Σ|ψ|² over each layer of axis d; its sum is Σ|ψ|² over the grid. */
export function layerWeights({ grid, values }: WaveFunction, d: number): Float64Array {
  const { points } = grid.axes[d]
  const stride = stridesOf(grid.shape)[d]
  const weight = new Float64Array(points)
  for (let k = 0, j = 0; k < values.length; j = j + 1 === points ? 0 : j + 1) {
    let sum = 0
    for (const end = k + 2 * stride; k < end; k++) sum += values[k] * values[k]
    weight[j] += sum
  }
  return weight
}

/** Σ|c_κ|² over each mode of axis d, in the order of its wave numbers and with the same sum (Parseval). */
export function modeWeights({ grid, values }: WaveFunction, d: number): Float64Array {
  const { points, transform } = grid.axes[d]
  const stride = stridesOf(grid.shape)[d]
  const { forward } = lineTransform(grid.axes[d])
  const weight = new Float64Array(points)
  const most = Math.min(TOGETHER, stride)
  const together = new Float64Array(2 * points * most)
  const lines = Array.from({ length: most }, (_, c) =>
    together.subarray(2 * points * c, 2 * points * (c + 1)),
  )
  const size = values.length / 2
  for (let block = 0; block < size; block += points * stride)
    for (let start = 0; start < stride; start += most) {
      const count = Math.min(most, stride - start)
      for (let j = 0; j < points; j++) {
        const end = 2 * (block + start + j * stride + count)
        for (let i = end - 2 * count, to = 2 * j; i < end; i += 2, to += 2 * points) {
          together[to] = values[i]
          together[to + 1] = values[i + 1]
        }
      }
      for (let c = 0; c < count; c++) {
        const line = lines[c]
        forward(line)
        for (let k = 0; k < points; k++)
          weight[k] += line[2 * k] * line[2 * k] + line[2 * k + 1] * line[2 * k + 1]
      }
    }
  // Σ_j of a mode's square: n for e^{iκx}, half as much for sines and cosines, but n for the constant one.
  const norm = { fourier: points, sine: (points + 1) / 2, cosine: points / 2 }[transform]
  for (let k = 0; k < points; k++) weight[k] /= norm
  if (transform === 'cosine') weight[0] /= 2
  return weight
}
