/**
 * The Gaussian population under a quadratic objective, in any number of coordinates and for any length of time:
 *
 *   dΣ/dτ = 2D I − ΣHΣ,    dm/dτ = −Σ(g + H(m − m₀)),
 *
 * in the eigenbasis of H, where H = diag(h), ω = √(2Dh) and all of C, S … are diagonal:
 *
 *   Σ(τ) = T₁ + K P K,   P = Σ₀(I + T₂Σ₀)⁻¹,   T₁ = (2D/ω) tanh ωτ,   T₂ = (h/ω) tanh ωτ,   K = 1/cosh ωτ,
 *   m(τ) = m₀ − [T₄ + K P T₃] g,               T₃ = (1/ω) tanh ωτ,    T₄ = (1 − K)/h.
 *
 * It is Radon's linearisation, Σ = UV⁻¹ with U̇ = 2DV and V̇ = HU, and δ̇ = −ΣHδ solved by V⁻ᵀ; written so that nothing
 * grows with τ and that h → 0 has its limits T₁ → 2Dτ, T₂ → 0, T₃ → τ, T₄ → Dτ².
 *
 * Reference: Reid, Riccati Differential Equations (1972), chapter 2; Mehler's kernel for one coordinate.
 */
import { cholesky } from '../../numeric/index.js'
import type { Eigenbasis } from './symmetric.js'

export interface Population {
  readonly mean: Float64Array
  /** Row-major d × d. */
  readonly covariance: Float64Array
}

/**
 * @param basis eigenbasis of H, no eigenvalue of it below 0
 * @param slope g = ∇ζ at the mean
 */
export function quadraticFlow(
  { mean, covariance }: Population,
  basis: Eigenbasis,
  slope: Float64Array,
  D: number,
  tau: number,
): Population {
  const d = mean.length
  const h = basis.values
  const [T1, T2, T3, T4, K] = [0, 0, 0, 0, 0].map(() => new Float64Array(d))
  h.forEach((curvature, i) => {
    const phase = Math.sqrt(2 * D * curvature) * tau
    // tanh(z)/z and (1 − 1/cosh z)/z², which is tanh(z/2)·tanh(z)/z²: both without cancellation at small z.
    const ratio = phase === 0 ? 1 : Math.tanh(phase) / phase
    const half = phase === 0 ? 1 : Math.tanh(phase / 2) / (phase / 2)
    T3[i] = tau * ratio
    T1[i] = 2 * D * T3[i]
    T2[i] = curvature * T3[i]
    T4[i] = D * tau * tau * half * ratio
    K[i] = 1 / Math.cosh(phase)
  })
  const P = resolved(rotated(covariance, d, basis.into), T2, d)
  const g = basis.into(slope)
  const shift = T4.map((t, i) => {
    let sum = t * g[i]
    for (let j = 0; j < d; j++) sum += K[i] * P[i * d + j] * T3[j] * g[j]
    return sum
  })
  const next = P.map((p, k) => {
    const [i, j] = [Math.floor(k / d), k % d]
    return K[i] * p * K[j] + (i === j ? T1[i] : 0)
  })
  const back = basis.outOf(shift)
  return { mean: mean.map((m, i) => m - back[i]), covariance: rotated(next, d, basis.outOf) }
}

/** Σ₀(I + T₂Σ₀)⁻¹ = Σ₀ − Σ₀ R (I + RΣ₀R)⁻¹ R Σ₀ with R = √T₂. */
function resolved(sigma: Float64Array, T2: Float64Array, d: number): Float64Array {
  const root = T2.map(Math.sqrt)
  const inner = sigma.map((s, k) => {
    const [i, j] = [Math.floor(k / d), k % d]
    return root[i] * s * root[j] + (i === j ? 1 : 0)
  })
  const solve = cholesky(inner, d)!
  const result = new Float64Array(d * d)
  for (let j = 0; j < d; j++) {
    const column = Float64Array.from({ length: d }, (_, i) => root[i] * sigma[i * d + j])
    solve(column)
    for (let i = 0; i < d; i++) {
      let sum = sigma[i * d + j]
      for (let k = 0; k < d; k++) sum -= sigma[i * d + k] * root[k] * column[k]
      result[i * d + j] = sum
    }
  }
  return symmetrised(result, d)
}

/** A matrix in another basis: the change applied to its rows, then to its columns. */
function rotated(
  matrix: Float64Array,
  d: number,
  change: (x: ArrayLike<number>) => Float64Array,
): Float64Array {
  const half = new Float64Array(d * d)
  for (let i = 0; i < d; i++) {
    change(matrix.subarray(i * d, (i + 1) * d)).forEach((v, j) => {
      half[j * d + i] = v
    })
  }
  const whole = new Float64Array(d * d)
  for (let j = 0; j < d; j++) whole.set(change(half.subarray(j * d, (j + 1) * d)), j * d)
  return symmetrised(whole, d)
}

function symmetrised(matrix: Float64Array, d: number): Float64Array {
  return matrix.map((v, k) => (v + matrix[(k % d) * d + Math.floor(k / d)]) / 2)
}
