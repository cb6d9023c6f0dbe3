/**
 * The momentum representation φ(k) = (2π)^{−n/2} ∫ψ e^{−ikx} dⁿx of a state, with ∫|φ|² dⁿk = ∫|ψ|² dⁿx. On a box of
 * length L its k are 2π/L apart; ψ counts as 0 outside walls and ends without flux.
 */

import { lineFFT } from '../numeric/index.js'
import { INSPECT } from '../shown.js'
import type { Axis } from './axis.js'
import { stridesOf } from './grid.js'
import { alongAxis } from './spectral.js'
import type { WaveFunction } from './waveFunction.js'

export class Momentum {
  /** Wave numbers along each axis, ascending. */
  readonly k: readonly Float64Array[]
  /** φ(k), interleaved re, im, C order; the array itself, no copy. */
  readonly values: Float64Array
  /** Volume Δk₁·Δk₂… that one value stands for. */
  readonly cell: number;

  [INSPECT](): string {
    return `φ(k) at ${this.values.length / 2} wave numbers: k in k, re and im in values`
  }

  constructor({ grid, values }: WaveFunction) {
    const transforms = grid.axes.map(lineMomentum)
    this.k = transforms.map((t) => t.k)
    this.cell = grid.axes.reduce((product, a) => (product * 2 * Math.PI) / (a.upper - a.lower), 1)
    const shape = this.k.map((k) => k.length)
    // Lines with walls gain their end, at which ψ is 0.
    const field = new Float64Array(2 * shape.reduce((product, n) => product * n, 1))
    const [from, to] = [stridesOf(grid.shape), stridesOf(shape)]
    for (let i = 0; i < grid.size; i++) {
      let at = 0
      for (let d = 0; d < shape.length; d++)
        at += ((Math.floor(i / from[d]) % grid.shape[d]) + shape[d] - grid.shape[d]) * to[d]
      field[2 * at] = values[2 * i]
      field[2 * at + 1] = values[2 * i + 1]
    }
    transforms.forEach(({ transform }, d) => {
      alongAxis(field, shape[d], to[d], transform)
    })
    this.values = field
  }

  /** |φ|²/∫|φ|², C order; its sum times `cell` is 1. */
  density(): Float64Array {
    const density = Float64Array.from(
      { length: this.values.length / 2 },
      (_, i) => this.values[2 * i] ** 2 + this.values[2 * i + 1] ** 2,
    )
    const total = density.reduce((sum, p) => sum + p, 0) * this.cell
    return density.map((p) => p / total)
  }

  /** ⟨k⟩ along each axis; the mean velocity is 2D times it. */
  mean(): number[] {
    return this.moments().map(({ mean }) => mean)
  }

  /** Variance of k along each axis. */
  variance(): number[] {
    return this.moments().map(({ mean, square }) => square - mean * mean)
  }

  private moments(): { readonly mean: number; readonly square: number }[] {
    const density = this.density()
    const strides = stridesOf(this.k.map((k) => k.length))
    return this.k.map((k, d) => {
      let [mean, square] = [0, 0]
      for (let i = 0; i < density.length; i++) {
        const q = Math.floor(i / strides[d]) % k.length
        // The outermost mode of an even number stands for both signs of k.
        if (q > 0 || k.length % 2 === 1) mean += density[i] * k[q]
        square += density[i] * k[q] * k[q]
      }
      return { mean: mean * this.cell, square: square * this.cell }
    })
  }
}

/** The transform of one line of m points, m the intervals of the axis, in order of ascending k. */
function lineMomentum({ lower, upper, spacing, transform: kind }: Axis): {
  readonly k: Float64Array
  readonly transform: (line: Float64Array) => void
} {
  const m = Math.round((upper - lower) / spacing)
  const start = kind === 'cosine' ? lower + spacing / 2 : lower
  const lowest = -Math.floor(m / 2)
  const k = Float64Array.from({ length: m }, (_, q) => (2 * Math.PI * (q + lowest)) / (upper - lower))
  const fft = lineFFT(m)
  const out = new Float64Array(2 * m)
  const scale = spacing / Math.sqrt(2 * Math.PI)
  return {
    k,
    transform(line) {
      fft.forward(line, out)
      for (let q = 0; q < m; q++) {
        const from = 2 * ((q + lowest + m) % m)
        const [c, s] = [scale * Math.cos(k[q] * start), -scale * Math.sin(k[q] * start)]
        line[2 * q] = c * out[from] - s * out[from + 1]
        line[2 * q + 1] = c * out[from + 1] + s * out[from]
      }
    },
  }
}
