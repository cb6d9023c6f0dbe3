/**
 * Gaussian states in closed form,
 *
 *   ψ(x) = Π_d exp{−½α_d(x_d − q_d)² + ik_d(x_d − q_d) + κ_d},   Re α_d > 0,
 *
 * with exact moments in both readings, norm and phase. They are what Gaussian kernels act on without a grid, and
 * initial states of any problem.
 */
import { Complex } from 'complex.js'
import { PsilabError } from '../../error.js'
import { type Grid, type Reading, WaveFunction } from '../../grid/index.js'
import { INSPECT } from '../../shown.js'
import type { InitialState } from '../initialState.js'
import { type LineGaussian, logIntegral, logNorm, logOverlap, logValue } from './lineGaussian.js'
import { separableField } from './separable.js'

/** Number of standard deviations of |ψ|² after which ψ itself is below 1e-13 of its peak. */
const REACH = 11
/** Imaginary part, relative to |α|, and phase that rounding leaves in a real ψ. */
const REAL = 1e-12

export class GaussianState implements InitialState {
  /** One factor an axis. */
  readonly factors: readonly LineGaussian[]

  constructor(factors: readonly LineGaussian[]) {
    this.factors = factors
  }

  get dimension(): number {
    return this.factors.length
  }

  /** Mean of each coordinate. @throws PsilabError `parameter` for the population reading of a complex ψ */
  mean(reading: Reading = 'born'): number[] {
    this.requireReading(reading)
    return this.factors.map(({ q }) => q)
  }

  /** Variance of each coordinate: 1/(2 Re α) of |ψ|², 1/α of ψ. */
  variance(reading: Reading = 'born'): number[] {
    this.requireReading(reading)
    return this.factors.map(({ alpha }) => (reading === 'born' ? 0.5 : 1) / alpha.re)
  }

  /** Mean wave number ⟨−i∂⟩ along each axis; the mean velocity is 2D times it. */
  get meanMomentum(): number[] {
    return this.factors.map(({ k }) => k)
  }

  /** Variance of the wave number along each axis, |α|²/(2 Re α). */
  get momentumVariance(): number[] {
    return this.factors.map(({ alpha }) => (alpha.re + (alpha.im * alpha.im) / alpha.re) / 2)
  }

  /** ln ‖ψ‖. */
  get logNorm(): number {
    return this.factors.reduce((sum, f) => sum + logNorm(f), 0)
  }

  /** The argument of ψ at its mean, followed continuously in time and so not taken modulo 2π. */
  get phase(): number {
    return this.factors.reduce((sum, f) => sum + f.kappa.im, 0)
  }

  /** ∫ψ dx: the mass of a population. */
  get integral(): Complex {
    return this.factors.reduce((sum, f) => sum.add(logIntegral(f)), new Complex(0)).exp()
  }

  /** Whether ψ is real and > 0, so that the population reading exists. */
  get isPopulation(): boolean {
    return (
      Math.abs(Math.sin(this.phase / 2)) <= REAL &&
      this.factors.every(
        ({ alpha, k }) => Math.abs(alpha.im) <= REAL * alpha.re && Math.abs(k) <= REAL * Math.sqrt(alpha.re),
      )
    )
  }

  /** ψ(x), x a number or one an axis. */
  value(x: number | readonly number[]): Complex {
    const point = typeof x === 'number' ? [x] : x
    requireDimension('x', point.length, this.dimension)
    return this.factors.reduce((sum, f, d) => sum.add(logValue(f, point[d])), new Complex(0)).exp()
  }

  /** ⟨this|other⟩ = ∫ ψ* φ dx; with the state at another time, the survival amplitude. */
  overlap(other: GaussianState): Complex {
    requireDimension('other', other.dimension, this.dimension)
    return this.factors.reduce((sum, f, d) => sum.add(logOverlap(f, other.factors[d])), new Complex(0)).exp()
  }

  /** ψ/‖ψ‖ on a grid, phase kept: an initial state for `problem.evolve`. */
  sample(grid: Grid): WaveFunction {
    return new WaveFunction(grid, this.field(grid, logNorm)).normalized()
  }

  /** ψ on a grid with its norm. */
  on(grid: Grid): WaveFunction {
    return new WaveFunction(
      grid,
      this.field(grid, () => 0),
    )
  }

  /** The interval that |ψ|² occupies up to time s under free motion at a Wick angle (default 0), one an axis. */
  support(D: number, s: number, angle = 0): [number, number][] {
    return this.factors.map(({ alpha, q, k }) => {
      // 1/α grows by 2Die^{−iθ}s, and the variance is 1/(2 Re α).
      const grown = alpha.inverse().add(2 * D * s * Math.sin(angle), 2 * D * s * Math.cos(angle))
      const [now, then] = [
        REACH * Math.sqrt(0.5 / alpha.re),
        REACH * Math.sqrt(grown.abs() ** 2 / (2 * grown.re)),
      ]
      const end = q + 2 * D * k * s * Math.cos(angle)
      return [Math.min(q - now, end - then), Math.max(q + now, end + then)]
    })
  }

  /** Largest |k| that occurs, one an axis. */
  get momentum(): number[] {
    return this.factors.map(({ k }, d) => Math.abs(k) + REACH * Math.sqrt(this.momentumVariance[d]))
  }

  toString(): string {
    const parts = this.factors.map(
      ({ alpha, q, k }) =>
        `⟨x⟩ = ${q.toPrecision(6)}, σ = ${Math.sqrt(0.5 / alpha.re).toPrecision(4)}, ⟨k⟩ = ${k.toPrecision(4)}`,
    )
    return `Gaussian state: ${parts.join('; ')}; ln‖ψ‖ = ${this.logNorm.toPrecision(6)}`
  }

  [INSPECT](): string {
    return this.toString()
  }

  /** ψ with e^{−less} of every factor. */
  private field(grid: Grid, less: (factor: LineGaussian) => number): Float64Array {
    requireDimension('grid', grid.axes.length, this.dimension)
    const logScale = this.factors.map(less)
    return separableField(grid, (d, x) => logValue(this.factors[d], x).sub(logScale[d]))
  }

  private requireReading(reading: Reading): void {
    if (reading === 'born' || this.isPopulation) return
    throw new PsilabError({
      code: 'parameter',
      parameter: 'reading',
      problem: "the 'population' reading needs a real ψ > 0",
      allowed: "'born' for this state",
      got: reading,
      advice: 'Imaginary time (angle: Math.PI / 2) keeps a real packet, k0: 0, real; real time does not.',
    })
  }
}

/** @throws PsilabError `parameter` where a number of coordinates is not the dimension */
export function requireDimension(parameter: string, got: number, dimension: number): void {
  if (got === dimension) return
  throw new PsilabError({
    code: 'parameter',
    parameter,
    problem: 'wrong number of coordinates',
    allowed: String(dimension),
    got,
  })
}
