/** Initial states: recipes for ψ(0) that can be put on any grid, and say how much room they need. */
import { PsilabError, perAxis, requireKeys, requireNumber } from '../error.js'
import { type Axis, type Grid, WaveFunction } from '../grid/index.js'
import { INSPECT } from '../shown.js'
import { boxOf } from './record.js'

/** A Gaussian packet in numbers, one an axis. */
export interface Packet {
  readonly x0: readonly number[]
  readonly sigma: readonly number[]
  readonly k0: readonly number[]
}

export interface InitialState {
  /** ψ(0) on the grid, normalised to ∫|ψ|² = 1. */
  sample(grid: Grid): WaveFunction
  /** The interval that |ψ|² occupies up to time s under free motion at a Wick angle (default 0), one an axis. */
  support?(D: number, s: number, angle?: number): readonly (readonly [number, number])[]
  /** Largest |k| that occurs, one an axis. */
  readonly momentum?: readonly number[]
  /** Least |k| that an absorbing layer has to take, one an axis. */
  readonly slowest?: readonly number[]
  /** Where it is a Gaussian packet, its numbers: figures offer them as sliders. */
  readonly packet?: Packet
  toString(): string
  /** What consoles and notebooks print. */
  [INSPECT]?(): string
}

export interface WavePacketOptions {
  /** Mean position: a number on a line, a list with one an axis otherwise. */
  readonly x0: number | readonly number[]
  /** Standard deviation of |ψ|²; a number for all axes, or one an axis. */
  readonly sigma: number | readonly number[]
  /** Mean wave number; default 0. The mean velocity is 2D·k0. */
  readonly k0?: number | readonly number[]
}

/** Standard deviations of |ψ|² after which ψ itself is below 1e-13. */
const REACH = 11

/**
 * A Gaussian wave packet: ψ(x) ∝ exp[−(x − x0)²/4σ² + i k0 (x − x0)], so that σ is the standard
 * deviation of |ψ|² (and √2·σ that of ψ itself).
 */
export function wavePacket(options: WavePacketOptions): InitialState {
  requireKeys('wavePacket', options, ['x0', 'sigma', 'k0'])
  const center = Array.isArray(options.x0) ? (options.x0 as readonly number[]) : [options.x0 as number]
  const axes = center.map((_, d) => `axis ${d + 1}`)
  const width = perAxis('sigma', options.sigma, axes)
  const wave = perAxis('k0', options.k0 ?? 0, axes)
  for (const x of center) requireNumber('x0', x, 'finite numbers', () => true)
  for (const s of width)
    requireNumber('sigma', s, 'finite numbers > 0', (v) => v > 0, 'For example sigma: 0.2.')
  for (const k of wave) requireNumber('k0', k, 'finite numbers', () => true)
  const text = `Gaussian wave packet at ${center.join(', ')}, σ = ${width.join(', ')}, k₀ = ${wave.join(', ')}`
  return {
    packet: { x0: center, sigma: width, k0: wave },
    momentum: center.map((_, d) => Math.abs(wave[d]) + REACH / (2 * width[d])),
    // Three standard deviations below the mean; a packet that stands still has no least |k|, and a fifth of its width is taken.
    slowest: center.map((_, d) => Math.max(Math.abs(wave[d]) - 1.5 / width[d], 0.1 / width[d])),
    support: (D, s, angle = 0) =>
      center.map((x, d) => {
        // 1/α = 2σ² grows by 2Die^{−iθ}s, and the variance is 1/(2 Re α).
        const still = width[d] ** 2 + D * s * Math.sin(angle)
        const reach = REACH * Math.hypot(still, D * s * Math.cos(angle)) * Math.sqrt(1 / still)
        const end = x + 2 * D * wave[d] * s * Math.cos(angle)
        return [Math.min(x, end) - reach, Math.max(x, end) + reach]
      }),
    sample(grid) {
      if (center.length !== grid.axes.length)
        throw new PsilabError({
          code: 'parameter',
          parameter: 'x0',
          problem: 'wrong number of coordinates',
          allowed: `${grid.axes.length} (${grid.axes.map((a) => a.name).join(', ')})`,
          got: options.x0,
        })
      const lines = grid.axes.map((a, d) => gaussianLine(a, center[d], width[d], wave[d]))
      const total = lines.reduce(
        (product, line) => product * line.reduce((sum, v) => sum + v * v, 0),
        grid.cell,
      )
      if (total === 0)
        throw new PsilabError({
          code: 'resolution',
          parameter: 'grid',
          problem: `the packet at ${center.join(', ')} lies between the points of ${grid.axes.map((a) => `${boxOf(a)}, ${a.spacing.toPrecision(2)} apart`).join(', ')}, or outside`,
          allowed: 'a packet that the grid sees',
          advice: 'Move or widen the packet, or give a grid: { lower, upper, points }.',
        })
      for (let i = 0; i < lines[0].length; i++) lines[0][i] /= Math.sqrt(total)
      return new WaveFunction(grid, lines.reduce(product))
    },
    toString: () => text,
    [INSPECT]: () => text,
  }
}

/** The field a(x)·b(y), interleaved, C order. */
function product(a: Float64Array, b: Float64Array): Float64Array {
  const result = new Float64Array((a.length * b.length) / 2)
  for (let i = 0, to = 0; i < a.length; i += 2) {
    const [re, im] = [a[i], a[i + 1]]
    for (let j = 0; j < b.length; j += 2, to += 2) {
      result[to] = re * b[j] - im * b[j + 1]
      result[to + 1] = re * b[j + 1] + im * b[j]
    }
  }
  return result
}

/** The packet along one axis, interleaved; on a ring the sum over its images, and with zero flux over its mirror images, so that no end is an edge. */
function gaussianLine(axis: Axis, center: number, sigma: number, k0: number): Float64Array {
  const length = axis.upper - axis.lower
  const flux = axis.boundary === 'zero-flux'
  const period = flux ? 2 * length : length
  const images = flux || axis.boundary === 'periodic' ? Math.min(50, Math.ceil((REACH * sigma) / period)) : 0
  const line = new Float64Array(2 * axis.points)
  axis.coordinates.forEach((at, j) => {
    for (let m = -images; m <= images; m++)
      for (const place of flux ? [at, 2 * axis.lower - at] : [at]) {
        const x = place - center + m * period
        const magnitude = Math.exp(-((x / (2 * sigma)) ** 2))
        line[2 * j] += magnitude * Math.cos(k0 * x)
        line[2 * j + 1] += magnitude * Math.sin(k0 * x)
      }
  })
  return line
}
