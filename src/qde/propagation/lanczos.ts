/**
 * Short iterative Lanczos propagation. In the Krylov space of ψ, Hψ, … , H^{m−1}ψ the Hamiltonian is a real
 * tridiagonal matrix T, and
 *
 *   exp(−a(H − E_ref)) ψ ≈ ‖ψ‖ Q exp(−a(T − E_ref)) e₁ .
 *
 * The error of a step is estimated by β_m |[exp(−a(T − E_ref)) e₁]_m|·|a|/m, the weight that reaches the last
 * basis vector; the step is shortened until it is allowed.
 *
 * Reference: Park and Light, J. Chem. Phys. 85, 5870 (1986).
 */
import { symmetricEigen } from '../../numeric/index.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { complexStep } from './complexStep.js'
import type { Integrator, IntegratorSettings } from './integrator.js'
import { add, inner, norm, normalise, scale } from './vector.js'
import type { Work } from './work.js'

/** Dimension of the Krylov space. */
const DIMENSION = 20
/** Errors below this are rounding. */
const ROUNDING = 1e-15

export function lanczosIntegrator({
  hamiltonian,
  angle,
  reference,
  rate,
  unit,
}: IntegratorSettings): Integrator {
  const fixed = hamiltonian.at(0)
  return {
    *advance(psi, s, stop) {
      const rest = stop - s
      const space = yield* krylovSpace(fixed, psi, s)
      if (space === undefined) return { time: s, steps: 0, growth: 0, error: 0, due: false, halted: true }
      // The whole rest is tried first: a shorter step costs no further product with H.
      let h = rest
      let weights = exponential(space, angle, h, reference)
      let local = errorOf(space, weights, h)
      while (local > Math.max(rate * h, ROUNDING) && space.beta > 0) {
        h *= shrinking(local, rate * h)
        weights = exponential(space, angle, h, reference)
        local = errorOf(space, weights, h)
      }
      const length = norm(psi)
      psi.fill(0)
      space.basis.forEach((q, k) => {
        add(psi, q, length * weights[2 * k], length * weights[2 * k + 1])
      })
      return {
        time: h === rest ? stop : s + h,
        steps: space.basis.length,
        growth: angle === 0 ? 0 : normalise(psi, unit),
        error: local,
        due: true,
        halted: false,
      }
    },
  }
}

/** Factor by which a step with this error is shortened; the error grows as h^m. */
function shrinking(error: number, allowed: number): number {
  return Math.min(0.8, Math.max(0.2, 0.9 * (allowed / error) ** (1 / DIMENSION)))
}

interface KrylovSpace {
  readonly basis: readonly Float64Array[]
  /** Eigenvalues and vectors of T. */
  readonly values: Float64Array
  readonly vectors: readonly Float64Array[]
  /** Norm of what the last product with H added beyond the space; 0 where the space is invariant. */
  readonly beta: number
}

/** Lanczos with full reorthogonalisation; ends early in an invariant space. @returns undefined where it was stopped */
function* krylovSpace(hamiltonian: Hamiltonian, psi: Float64Array, s: number): Work<KrylovSpace | undefined> {
  const first = Float64Array.from(psi)
  scale(first, 1 / norm(first))
  const basis = [first]
  const alpha: number[] = []
  const beta: number[] = []
  for (;;) {
    const w = hamiltonian.apply(basis[basis.length - 1])
    alpha.push(inner(basis[basis.length - 1], w)[0])
    for (let pass = 0; pass < 2; pass++)
      for (const q of basis) {
        const [re, im] = inner(q, w)
        add(w, q, -re, -im)
      }
    const length = norm(w)
    const invariant = length <= 1e-13 * Math.max(1, Math.abs(alpha[0]))
    if (invariant || basis.length === DIMENSION)
      return { basis, ...tridiagonal(alpha, beta), beta: invariant ? 0 : length }
    if ((yield s) === true) return undefined
    beta.push(length)
    scale(w, 1 / length)
    basis.push(w as Float64Array<ArrayBuffer>)
  }
}

function tridiagonal(
  alpha: readonly number[],
  beta: readonly number[],
): Pick<KrylovSpace, 'values' | 'vectors'> {
  const m = alpha.length
  const matrix = new Float64Array(m * m)
  alpha.forEach((value, k) => {
    matrix[k * m + k] = value
  })
  beta.forEach((value, k) => {
    matrix[k * m + k + 1] = value
    matrix[(k + 1) * m + k] = value
  })
  return symmetricEigen(matrix, m)
}

/** exp(−a(T − E_ref)) e₁, interleaved. */
function exponential(
  { values, vectors }: KrylovSpace,
  angle: number,
  h: number,
  reference: number,
): Float64Array {
  const a = complexStep(angle, h)
  const m = values.length
  const result = new Float64Array(2 * m)
  vectors.forEach((v, n) => {
    const energy = values[n] - reference
    const magnitude = Math.exp(-a.re * energy) * v[0]
    const [re, im] = [magnitude * Math.cos(a.im * energy), -magnitude * Math.sin(a.im * energy)]
    for (let k = 0; k < m; k++) {
      result[2 * k] += re * v[k]
      result[2 * k + 1] += im * v[k]
    }
  })
  return result
}

/** Estimated error of the normalised state after a step. */
function errorOf({ beta, basis }: KrylovSpace, weights: Float64Array, h: number): number {
  const m = basis.length
  return (beta * h * Math.hypot(weights[2 * m - 2], weights[2 * m - 1])) / m / norm(weights)
}
