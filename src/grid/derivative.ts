/**
 * ∂ψ/∂x_d by the spectral series: κ times each Fourier coefficient of the line, closed to a ring by the symmetry that
 * its boundary has (odd at walls, even where there is no flux). As exact as the grid is.
 */
import { lineFFT } from '../numeric/index.js'
import type { Axis } from './axis.js'
import { type Grid, stridesOf } from './grid.js'
import { alongAxis } from './spectral.js'

/** ∂ψ/∂x_d of an interleaved field, as a new one. */
export function derivative(grid: Grid, field: Float64Array, d: number): Float64Array {
  const result = Float64Array.from(field)
  alongAxis(result, grid.shape[d], stridesOf(grid.shape)[d], lineDerivative(grid.axes[d]))
  return result
}

/** Where the points of a line stand on the ring that closes it, in points; and the sign of its mirror image, 0 for none. */
const RINGS = {
  fourier: { length: (n: number) => n, first: 0, mirror: 0 },
  sine: { length: (n: number) => 2 * (n + 1), first: 1, mirror: -1 },
  cosine: { length: (n: number) => 2 * n, first: 0, mirror: 1 },
} as const

function lineDerivative({ points, transform, upper, lower }: Axis): (line: Float64Array) => void {
  const { length, first, mirror } = RINGS[transform]
  const m = length(points)
  const period = (upper - lower) * (mirror === 0 ? 1 : 2)
  const fft = lineFFT(m)
  const ring = new Float64Array(2 * m)
  const modes = new Float64Array(2 * m)
  return (line) => {
    ring.fill(0)
    for (let j = 0; j < points; j++)
      for (let c = 0; c < 2; c++) {
        ring[2 * (j + first) + c] = line[2 * j + c]
        if (mirror !== 0) ring[2 * (m - 1 - j) + c] = mirror * line[2 * j + c]
      }
    fft.forward(ring, modes)
    for (let k = 0; k < m; k++) {
      // The Nyquist mode stands for both signs of κ, whose derivatives cancel on the points.
      const kappa = 2 * k === m ? 0 : (2 * Math.PI * (2 * k < m ? k : k - m)) / period
      const re = modes[2 * k]
      modes[2 * k] = -kappa * modes[2 * k + 1]
      modes[2 * k + 1] = kappa * re
    }
    fft.inverse(modes, ring)
    line.set(ring.subarray(2 * first, 2 * (first + points)))
  }
}
