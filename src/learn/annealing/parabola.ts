/**
 * Annealing of one parabola ζ = ½kx² by a dial that falls linearly to 0, exactly. A Gaussian stays one: with
 * ψ ∝ e^{−x²/2b} the Schrödinger equation is Riccati's,
 *
 *   imaginary time  ḃ = 2D − kb²,   real time  ḃ = i(2D − kb²),   residual energy ε = k|b|²/(4 Re b),
 *
 * and with D = D₀(1 − t/τ), c = (2kD₀/τ)^{1/3}, z = c(τ − t) it is that of Airy's equation: y = −w_z/w with
 * w_zz = ±z w, y = √z·(1 or i) at the beginning. w is followed by its Taylor series. For τ → ∞
 *
 *   imaginary  ε = ¼ 3^{1/3} Γ(2/3)/Γ(1/3) · c,   real  ε = 2/√3 times that,   classical  ε = T₀/(4kτ),
 *
 * the classical density of dX = −kX dt + √(2T) dW having ε = T₀/(4kτ)·(1 − e^{−2kτ}) at any τ.
 * Reference: Stella, Santoro and Tosatti, Phys. Rev. B 72, 014303 (2005).
 */
import { PsilabError, requireKeys, requireNumber } from '../../error.js'
import type { AnnealingTime } from './annealing.js'

export interface ParabolaOptions {
  /** k > 0 of ζ = ½kx². */
  readonly curvature: number
  /** The dial at the beginning: D₀, in classical time T₀. */
  readonly from: number
  /** Annealing time τ. */
  readonly until: number
  readonly time: AnnealingTime
}

export interface ParabolaResidual {
  /** ⟨ζ⟩ at the end. */
  readonly residual: number
  /** What it tends to for long annealing times. */
  readonly slow: number
}

/** Γ(1/3) and Γ(2/3). */
const GAMMA_THIRD = 2.678938534707747
const GAMMA_TWO_THIRDS = 1.3541179394264005
/** −Ai′(0)/Ai(0). */
const AIRY_SLOPE = (Math.cbrt(3) * GAMMA_TWO_THIRDS) / GAMMA_THIRD
/** In imaginary time what was before z = 60 is forgotten, by e^{−(4/3)·60^{3/2}}. */
const FORGOTTEN = 60
/** Phase of one step of the Taylor series, its terms, and most steps. */
const PHASE = 1
const TERMS = 30
const MOST_STEPS = 1e7

/** @throws PsilabError `parameter` for numbers that are not above 0, `too-large` for more than 10⁷ oscillations in real time */
export function annealedParabola(options: ParabolaOptions): ParabolaResidual {
  requireKeys('annealedParabola', options, ['curvature', 'from', 'until', 'time'])
  const { time } = options
  const [k, from, until] = (['curvature', 'from', 'until'] as const).map((name) =>
    requireNumber(name, options[name], 'a finite number > 0', (v) => v > 0),
  )
  const c = Math.cbrt((2 * k * from) / until)
  switch (time) {
    case 'classical': {
      const slow = from / (4 * k * until)
      return { residual: -slow * Math.expm1(-2 * k * until), slow }
    }
    case 'imaginary': {
      const [y] = follow(Math.min(c * until, FORGOTTEN), 1)
      return { residual: (c * y) / 4, slow: (c * AIRY_SLOPE) / 4 }
    }
    case 'real': {
      const [re, im] = follow(c * until, -1)
      return { residual: (c * (re * re + im * im)) / (4 * im), slow: (c * AIRY_SLOPE) / (2 * Math.sqrt(3)) }
    }
    default:
      throw new PsilabError({
        code: 'parameter',
        parameter: 'time',
        problem: 'no such time',
        allowed: 'real, imaginary, classical',
        got: time,
      })
  }
}

/** y = −w_z/w at z = 0, as (re, im), of w_zz = sign·z·w with y = √Z or i√Z at z = Z. */
function follow(Z: number, sign: 1 | -1): readonly [number, number] {
  const steps = Math.ceil(Z ** 1.5 / PHASE) + Math.ceil(Z) + 1
  if (steps > MOST_STEPS)
    throw new PsilabError({
      code: 'too-large',
      parameter: 'until',
      problem: `the parabola would be followed for ${steps.toExponential(1)} steps`,
      allowed: `at most ${MOST_STEPS.toExponential(0)}`,
      got: Z,
      advice: 'Take the slow limit: the correction is smaller than doubles hold.',
    })
  const root = Math.sqrt(Z)
  // Two solutions side by side: the real and the imaginary part of w.
  let state = { w: [1, 0], slope: sign === 1 ? [-root, 0] : [0, -root] }
  for (let z = Z; z > 0; ) {
    const step = Math.min(z, 1 / Math.max(1, Math.sqrt(z)))
    const next = [0, 1].map((part) => taylor(z, -step, sign, state.w[part], state.slope[part]))
    const scale = 1 / Math.hypot(next[0].w, next[1].w, next[0].slope, next[1].slope)
    state = { w: next.map(({ w }) => w * scale), slope: next.map(({ slope }) => slope * scale) }
    z = step === z ? 0 : z - step
  }
  const [[a, b], [p, q]] = [state.w, state.slope]
  const square = a * a + b * b
  return [-(p * a + q * b) / square, -(q * a - p * b) / square]
}

/** w(z + h) and its slope: (n + 2)(n + 1)w_{n+2} = ±(z w_n + w_{n−1}). */
function taylor(z: number, h: number, sign: 1 | -1, w: number, slope: number): { w: number; slope: number } {
  let [before, here, next] = [0, w, slope]
  let [sum, rate, powers] = [w, 0, 1]
  for (let n = 0; n < TERMS; n++) {
    rate += (n + 1) * next * powers
    powers *= h
    sum += next * powers
    const after = (sign * (z * here + before)) / ((n + 2) * (n + 1))
    ;[before, here, next] = [here, next, after]
  }
  return { w: sum, slope: rate }
}
