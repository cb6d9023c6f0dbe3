/**
 * Propagators of H = −D∇² + ζ for a quadratic, separable ζ = ζ₀ + Σ_d [g_d (x_d − a_d) + ½h_d (x_d − a_d)²], the
 * second Taylor order of any ζ: exp(−σH) with σ = i e^{−iθ} s, at every Wick angle.
 */
import { Complex } from 'complex.js'
import { PsilabError, requireKeys, requireNumber } from '../../error.js'
import { INSPECT } from '../../shown.js'
import { GaussianKernel } from './gaussianKernel.js'
import { type LineObjective, lineKernel } from './lineKernel.js'

export interface ClosedFormTime {
  /** Time s ≥ 0: t at θ = 0, τ or β at θ = π/2. */
  readonly s: number
  /** Wick angle θ in [0, π/2]: 0 real time (default), π/2 imaginary time. */
  readonly angle?: number
}

/** Largest Re ωσ: beyond it cosh ωσ is not a double any more. */
const LONGEST = 700

export class QuadraticPropagator {
  /** Diffusion coefficient; mass m = 1/(2D) with ħ = 1. */
  readonly D: number
  readonly zeta0: number
  readonly axes: readonly LineObjective[]

  constructor(D: number, zeta0: number, axes: readonly LineObjective[]) {
    this.D = D
    this.zeta0 = zeta0
    this.axes = axes
  }

  /**
   * The kernel of exp(−i e^{−iθ} s H).
   * @throws PsilabError `parameter` for s or θ out of range, `unbounded` where an inverted oscillator has no
   * propagator any more: at √(2D|h|) s sin θ ≥ π
   */
  at(time: ClosedFormTime): GaussianKernel {
    requireKeys('at', time, ['s', 'angle'])
    const { s, angle = 0 } = time
    requireNumber('s', s, 'a finite number ≥ 0', (v) => v >= 0)
    requireNumber(
      'angle',
      angle,
      '0 (real time) to π/2 (imaginary time)',
      (a) => a >= 0 && a <= Math.PI / 2,
      'τ = it is a Wick angle of +π/2; a negative angle would let every mode grow without bound.',
    )
    const sigma = new Complex(
      angle === 0 ? 0 : s * Math.sin(angle),
      angle === Math.PI / 2 ? 0 : s * Math.cos(angle),
    )
    for (const { curvature } of this.axes) requireWithinReach(this.D, curvature, sigma)
    const [first, ...rest] = this.axes.map((axis) => lineKernel(this.D, axis, sigma))
    // ζ₀ is the same for all axes; the first carries it.
    return new GaussianKernel([{ ...first, w: first.w.sub(sigma.mul(this.zeta0)) }, ...rest])
  }

  toString(): string {
    const terms = this.axes.flatMap(({ slope, curvature, center }, d) => {
      const name = this.axes.length === 1 ? 'x' : `x${d + 1}`
      const u = center === 0 ? name : `(${name} − ${center})`
      return [slope === 0 ? '' : `${slope}·${u}`, curvature === 0 ? '' : `½·${curvature}·${u}²`]
    })
    const zeta = [this.zeta0 === 0 ? '' : String(this.zeta0), ...terms].filter((term) => term !== '')
    return `exp(−i e^{−iθ} s H), H = −${this.D}∇² + ζ, ζ = ${zeta.join(' + ') || '0'}`
  }

  [INSPECT](): string {
    return this.toString()
  }
}

function requireWithinReach(D: number, curvature: number, sigma: Complex): void {
  const omega = Math.sqrt(2 * D * Math.abs(curvature))
  if (curvature < 0 && omega * sigma.re >= Math.PI)
    throw new PsilabError({
      code: 'unbounded',
      parameter: 's',
      problem: 'ζ has no lower bound, and beyond this imaginary time every path to the outside outweighs D',
      allowed: `s·sin θ < π/√(2D|h|) = ${(Math.PI / omega).toPrecision(6)}`,
      got: sigma.re,
      advice: 'Shorten s, or turn the Wick angle towards real time.',
    })
  const growth = omega * (curvature < 0 ? sigma.im : sigma.re)
  if (growth > LONGEST)
    throw new PsilabError({
      code: 'too-large',
      parameter: 's',
      problem: 'the classical motion grows beyond the numbers of double precision',
      allowed: `ωs up to ${LONGEST}, here s up to ${((LONGEST * sigma.abs()) / growth).toPrecision(6)}`,
      got: sigma.abs(),
      advice: 'The state is its limit long before: take a shorter s.',
    })
}
