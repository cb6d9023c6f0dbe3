/**
 * Where a density is largest: the highest grid point, then Newton's method on the logarithm of the density, first on the
 * points of the grid and then on its spectral series, with differences over a sixteenth of an interval.
 */
import type { Axis } from './axis.js'
import { stridesOf } from './grid.js'
import { interpolate } from './interpolate.js'
import type { Reading, WaveFunction } from './waveFunction.js'

/** Steps of Newton's method on the series, and its differences in intervals of the grid. */
const STEPS = 2
const DIFFERENCE = 1 / 16
/** Offsets that a difference reaches to either side. */
const REACH = 2

export function peakOf(state: WaveFunction, density: Float64Array, reading: Reading): number[] {
  const { axes, shape } = state.grid
  const strides = stridesOf(shape)
  let best = 0
  for (let i = 1; i < density.length; i++) if (density[i] > density[best]) best = i
  const place = axes.map((a, d) => Math.floor(best / strides[d]) % a.points)
  const shift = topOf(axes.length, (offset) => {
    const index = offset.map((step, d) => beyond(axes[d], place[d] + step))
    if (index.some((j) => j < 0)) return Number.NEGATIVE_INFINITY
    return Math.log(density[index.reduce((sum, j, d) => sum + j * strides[d], 0)])
  })
  let peak = axes.map(
    (a, d) => a.coordinates[place[d]] + (Math.abs(shift[d]) <= 1 ? shift[d] : 0) * a.spacing,
  )
  for (let step = 0; step < STEPS; step++) {
    const at = seriesAround(state, peak, reading)
    const move = topOf(axes.length, at)
    peak = axes.map((a, d) => {
      const far = move[d] * DIFFERENCE
      return peak[d] + (Math.abs(far) <= 1 ? far : 0) * a.spacing
    })
  }
  return peak
}

/** ln of the density of the series at offsets from a place, in differences; −∞ outside the box. */
function seriesAround(
  state: WaveFunction,
  place: readonly number[],
  reading: Reading,
): (offset: readonly number[]) => number {
  const { axes } = state.grid
  const across = 2 * REACH + 1
  const psi = interpolate(
    state,
    axes.map((a, d) =>
      Float64Array.from({ length: across }, (_, j) => place[d] + (j - REACH) * DIFFERENCE * a.spacing),
    ),
  )
  return (offset) => {
    const i = offset.reduce((sum, step) => sum * across + step + REACH, 0)
    return reading === 'born'
      ? Math.log(psi[2 * i] ** 2 + psi[2 * i + 1] ** 2)
      : Math.log(Math.max(0, psi[2 * i]))
  }
}

/** The point whose ψ stands at index j, beyond the ends by the symmetry of the basis; −1 where ψ is 0. */
function beyond({ points, transform }: Axis, j: number): number {
  switch (transform) {
    case 'fourier':
      return (j + points) % points
    case 'sine':
      return j < points ? j : -1
    case 'cosine':
      return j < 0 ? -1 - j : j < points ? j : 2 * points - 1 - j
  }
}

/**
 * The step −H⁻¹∇f of Newton's method from values around the origin, by central differences: of order four where they
 * are finite, else of order two; 0 along axes on which there is none.
 */
function topOf(dimension: number, f: (offset: readonly number[]) => number): number[] {
  const unit = (d: number, length: number): number[] =>
    Array.from({ length: dimension }, (_, e) => (e === d ? length : 0))
  const sum = (a: readonly number[], b: readonly number[]): number[] => a.map((v, d) => v + b[d])
  const all = Array.from({ length: dimension }, (_, d) => d)
  const here = f(all.map(() => 0))
  const slope = (d: number): number => {
    const near = f(unit(d, 1)) - f(unit(d, -1))
    const far = f(unit(d, REACH)) - f(unit(d, -REACH))
    return Number.isFinite(far) ? (8 * near - far) / 12 : near / 2
  }
  // Rows of [H | −∇f], brought to triangular form.
  const rows = all.map((d) => [
    ...all.map((e) => {
      if (d === e) return f(unit(d, 1)) - 2 * here + f(unit(d, -1))
      const mixed = (p: number, q: number): number => f(sum(unit(d, p), unit(e, q)))
      return (mixed(1, 1) - mixed(1, -1) - mixed(-1, 1) + mixed(-1, -1)) / 4
    }),
    -slope(d),
  ])
  for (const d of all)
    for (let r = d + 1; r < dimension; r++) {
      const factor = rows[r][d] / rows[d][d]
      rows[r] = rows[r].map((v, c) => v - factor * rows[d][c])
    }
  const top = all.map(() => 0)
  for (const d of [...all].reverse())
    top[d] = (rows[d][dimension] - all.slice(d + 1).reduce((s, e) => s + rows[d][e] * top[e], 0)) / rows[d][d]
  return top.map((shift) => (Number.isFinite(shift) ? shift : 0))
}
