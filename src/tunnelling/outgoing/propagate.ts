/**
 * iM ∂ψ/∂t = (H − E M)ψ on the contour, on which what runs out dies out: by the diagonal Padé approximation of e^z,
 * z = −iτ(M⁻¹H − E), of order 4,
 *
 *   e^z ≈ (1 + z/2 + z²/12)/(1 − z/2 + z²/12) = 1 + Σ r/(z − p),   p = 3 ± i√3,   r = 6 ∓ 6i√3,
 *
 * which damps whatever decays, at any step.
 */
import type { ComplexBand } from './band.js'
import type { OutgoingOperator } from './operator.js'

const POLES = [1, -1].map((sign) => ({
  p: [3, sign * Math.sqrt(3)] as const,
  r: [6, -6 * sign * Math.sqrt(3)] as const,
}))

/** A step of length τ; E is an energy near those that matter. */
export function stepper(
  operator: OutgoingOperator,
  tau: number,
  energy: number,
): (x: Float64Array) => Float64Array {
  // (z − p)⁻¹ = (i/τ)(H − (E + ip/τ)M)⁻¹M
  const parts = POLES.map(({ p, r }) => ({
    factors: operator.shifted(energy - p[1] / tau, p[0] / tau) as ComplexBand,
    weight: [-r[1] / tau, r[0] / tau] as const,
  }))
  return (x) => {
    const b = operator.weighted(x)
    const next = x.slice()
    for (const { factors, weight } of parts) {
      const y = b.slice()
      factors.solve(y)
      for (let i = 0; i < y.length; i += 2) {
        next[i] += weight[0] * y[i] - weight[1] * y[i + 1]
        next[i + 1] += weight[0] * y[i + 1] + weight[1] * y[i]
      }
    }
    return next
  }
}
