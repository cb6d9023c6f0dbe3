/**
 * How fast the density relaxes at a temperature: the slowest rate λ₁, and the lag behind an equilibrium that moves with
 * T. On a line L⁻¹ is two sums: with p = p_eq·u the flux between two points is J_i = p_eq,i r_i (u_i − u_{i+1}), and
 * Lp = f says J_i = −Σ_{j≤i} f_j. The sums have no small differences of large numbers, so that rates like e^{−B/T} come
 * out with all their digits.
 */
import { equilibriumOf, generatorAt } from './generator.js'

/** Iterations of the slowest mode, and change of its rate at which they end. */
const ITERATIONS = 200
const SETTLED = 1e-10

export interface Relaxation {
  /** λ₁, slowest rate of relaxation. */
  readonly gap: number
  /** A(T) = ‖L⁻¹ ∂p_eq/∂T‖ in the norm ∫p²/p_eq: what lags behind at Ṫ = 1. */
  readonly resistance: number
}

export function relaxationAt(x: Float64Array, zeta: Float64Array, h: number, T: number): Relaxation {
  const p = equilibriumOf(zeta, T)
  const { right } = generatorAt(zeta, h, T)
  const peak = p.reduce((best, v, i) => (v > p[best] ? i : best), 0)
  /** u of the solution p_eq·u of Lp = p_eq·f, Σ p_eq f = 0, with Σ p_eq u = 0. */
  const invert = (f: Float64Array): Float64Array => {
    const flux = new Float64Array(f.length)
    for (let i = 0, sum = 0; i < peak; i++) {
      sum += p[i] * f[i]
      flux[i] = -sum
    }
    for (let i = f.length - 1, sum = 0; i > peak; i--) {
      sum += p[i] * f[i]
      flux[i - 1] = sum
    }
    const u = new Float64Array(f.length)
    for (let i = peak; i + 1 < f.length; i++) u[i + 1] = u[i] - over(flux[i], p[i] * right[i])
    for (let i = peak - 1; i >= 0; i--) u[i] = u[i + 1] + over(flux[i], p[i] * right[i])
    return centred(u, p)
  }
  const mean = zeta.reduce((sum, v, i) => sum + p[i] * v, 0)
  const lag = invert(zeta.map((v) => (v - mean) / T ** 2))
  let u = centred(x.slice(), p)
  let gap = Number.NaN
  for (let k = 0; k < ITERATIONS; k++) {
    const size = norm(u, p)
    const next = invert(u.map((v) => v / size))
    const before = gap
    gap = 1 / norm(next, p)
    u = next
    if (Math.abs(gap - before) <= SETTLED * gap) break
  }
  return { gap, resistance: norm(lag, p) }
}

/** Far out, where nothing is, there is no flux either. */
function over(flux: number, weight: number): number {
  return weight > 0 ? flux / weight : 0
}

function centred(u: Float64Array, p: Float64Array): Float64Array {
  const mean = u.reduce((sum, v, i) => sum + p[i] * v, 0)
  return u.map((v) => v - mean)
}

function norm(u: Float64Array, p: Float64Array): number {
  return Math.sqrt(u.reduce((sum, v, i) => sum + p[i] * v * v, 0))
}
