/** Initial states: recipes for ψ(0) that can be put on any grid, and say how much room they need. */
import { PsilabError, requireNumber } from '../error.js'
import { type Grid, WaveFunction } from '../grid/index.js'

export interface InitialState {
  /** ψ(0) on the grid, normalised to ∫|ψ|² = 1. */
  sample(grid: Grid): WaveFunction
  /** The interval that |ψ|² occupies up to time s under free motion, one an axis. */
  support?(D: number, s: number): readonly (readonly [number, number])[]
  /** Largest |k| that occurs, one an axis. */
  readonly momentum?: readonly number[]
  toString(): string
}

export interface WavePacketOptions {
  /** Mean position; a number, or one an axis. */
  readonly x0: number | readonly number[]
  /** Standard deviation of |ψ|²; a number for all axes, or one an axis. */
  readonly sigma: number | readonly number[]
  /** Mean wave number; default 0. The mean velocity is 2D·k0. */
  readonly k0?: number | readonly number[]
}

/** Number of standard deviations after which a Gaussian is below 1e-14. */
const REACH = 8

/**
 * A Gaussian wave packet: ψ(x) ∝ exp[−(x − x0)²/4σ² + i k0 (x − x0)], so that σ is the standard
 * deviation of |ψ|² (and √2·σ that of ψ itself).
 */
export function wavePacket({ x0, sigma, k0 = 0 }: WavePacketOptions): InitialState {
  const center = toArray(x0)
  const width = toArray(sigma)
  const wave = toArray(k0)
  for (const x of center) requireNumber('x0', x, 'finite numbers', () => true)
  for (const s of width)
    requireNumber('sigma', s, 'finite numbers > 0', (v) => v > 0, 'For example sigma: 0.2.')
  for (const k of wave) requireNumber('k0', k, 'finite numbers', () => true)
  const at = (list: readonly number[], d: number): number => list[Math.min(d, list.length - 1)]
  return {
    momentum: center.map((_, d) => Math.abs(at(wave, d)) + REACH / (2 * at(width, d))),
    support: (D, s) =>
      center.map((x, d) => {
        const sigmaNow = Math.hypot(at(width, d), (D * s) / at(width, d))
        const end = x + 2 * D * at(wave, d) * s
        return [Math.min(x, end) - REACH * sigmaNow, Math.max(x, end) + REACH * sigmaNow]
      }),
    sample(grid) {
      if (center.length !== grid.axes.length)
        throw new PsilabError({
          code: 'parameter',
          parameter: 'x0',
          problem: 'wrong number of coordinates',
          allowed: `${grid.axes.length} (${grid.axes.map((a) => a.name).join(', ')})`,
          got: center,
        })
      const values = new Float64Array(2 * grid.size)
      for (let i = 0; i < grid.size; i++) {
        let exponent = 0
        let phase = 0
        for (let d = 0; d < center.length; d++) {
          const x = grid.columns[d][i] - center[d]
          exponent -= (x / (2 * at(width, d))) ** 2
          phase += at(wave, d) * x
        }
        const magnitude = Math.exp(exponent)
        values[2 * i] = magnitude * Math.cos(phase)
        values[2 * i + 1] = magnitude * Math.sin(phase)
      }
      return new WaveFunction(grid, values).normalized()
    },
    toString: () =>
      `Gaussian wave packet at ${center.join(', ')}, σ = ${width.join(', ')}, k₀ = ${wave.join(', ')}`,
  }
}

function toArray(value: number | readonly number[]): readonly number[] {
  return typeof value === 'number' ? [value] : value
}
