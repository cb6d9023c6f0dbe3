/**
 * The spectral grid with the fewest points that holds the states up to an energy in a given box. Along a line parallel
 * to an axis the classical region ζ < E falls into runs. On a run of half-width X with largest momentum
 * K = √((E − ζ)/D) the momentum representation decays beyond K as that of the oscillator with the same X and K,
 *
 *   A(k) = ½ X K (γ√(γ² − 1) − arcosh γ),  γ = k/K,
 *
 * and the grid needs the momenta up to A = DECAY. Where a run is narrower than the samples, its half-width comes from
 * the curvature of ζ. Runs that hold no state of their own, XK < 1 for the oscillator, are barriers of zero-point
 * energy, where the states decay.
 */
import { type Axis, axis, type Grid, grid, stridesOf } from '../../grid/index.js'
import { radicesOf } from '../../numeric/index.js'
import type { Objective } from '../../objective/index.js'

/** Decay of the amplitude at the largest momentum, e^{−DECAY}: energies feel it by e^{−2·DECAY}. */
const DECAY = 17
/** Intervals of the samples along each axis, by dimension. */
const SAMPLES = [0, 1024, 192, 48] as const
/** Samples below which a run is too narrow for its width to be seen. */
const NARROW = 5
/** Fewest intervals along an axis. */
const FEWEST = 16

/** ζ on a grid over a box, fine enough to see its classical regions. */
export interface Samples {
  readonly objective: Objective
  readonly D: number
  readonly grid: Grid
  readonly zeta: Float64Array
}

export function samplesOf(objective: Objective, D: number, box: readonly Axis[]): Samples {
  const samples = grid(box.map((a) => withIntervals(a, SAMPLES[box.length])))
  return { objective, D, grid: samples, zeta: objective.evaluate(samples.columns) }
}

/** @param effort factor by which the momenta exceed the estimate */
export function leanGrid(samples: Samples, energy: number, effort: number): Grid {
  return grid(
    samples.grid.axes.map((a, d) => {
      const k = effort * largestMomentum(samples, d, energy)
      return withIntervals(a, Math.max(FEWEST, Math.ceil(((a.upper - a.lower) * k) / Math.PI)))
    }),
  )
}

/** The same box in at least that many intervals. */
export function withIntervals({ name, lower, upper, boundary }: Axis, least: number): Axis {
  let intervals = least
  while (radicesOf(intervals) === undefined) intervals++
  return axis({ name, lower, upper, boundary, intervals })
}

function largestMomentum({ grid: { axes, shape }, zeta, D }: Samples, d: number, energy: number): number {
  const stride = stridesOf(shape)[d]
  const { points, spacing } = axes[d]
  let [most, barriers] = [0, 0]
  for (let block = 0; block < zeta.length; block += points * stride)
    for (let line = block; line < block + stride; line++) {
      let run = 0
      let lowest = line
      for (let j = 0, i = line; j <= points; j++, i += stride) {
        if (j < points && zeta[i] < energy) {
          if (run === 0 || zeta[i] < zeta[lowest]) lowest = i
          run++
          continue
        }
        if (run > 0) {
          const depth = energy - zeta[lowest]
          const inner = lowest - stride >= line && lowest + stride < line + points * stride
          const bend = inner ? zeta[lowest - stride] - 2 * zeta[lowest] + zeta[lowest + stride] : 0
          const bottom = run < NARROW && bend > 0 ? Math.sqrt((2 * depth) / bend) * spacing : 0
          const [X, K] = [Math.max((run * spacing) / 2, bottom), Math.sqrt(depth / D)]
          const k = momentumOf(X, K)
          if (X * K >= 1) most = Math.max(most, k)
          else barriers = Math.max(barriers, k)
        }
        run = 0
      }
    }
  return most > 0 ? most : barriers
}

/** k with A(k) = DECAY, by Newton's method from above: A is convex in γ. */
function momentumOf(X: number, K: number): number {
  const half = 0.5 * X * K
  let gamma = Math.sqrt(2 + (2 * DECAY) / half)
  for (let step = 0; step < 8; step++) {
    const root = Math.sqrt(gamma * gamma - 1)
    gamma -= (half * (gamma * root - Math.acosh(gamma)) - DECAY) / (2 * half * root)
  }
  return K * gamma
}
