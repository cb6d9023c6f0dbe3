/** What every method of propagation is to a run: something that carries ψ over an interval, to a tolerance. */
import type { Hamiltonian } from '../hamiltonian.js'

export interface Integrator {
  /** Replaces ψ by exp(−a(H − reference))ψ, a = i e^{−iθ}·interval, off the real axis up to the norm. */
  advance(psi: Float64Array, interval: number): Advance
}

export interface Advance {
  /** Steps, or products with H, that it took. */
  readonly steps: number
  /** Estimated ‖error‖ of the normalised state. */
  readonly error: number
  /** ln of the norm that was divided out; 0 in real time. */
  readonly growth: number
}

export interface IntegratorSettings {
  readonly hamiltonian: Hamiltonian
  /** Wick angle. */
  readonly angle: number
  /** Energy subtracted from H: min ζ, so that imaginary time neither under- nor overflows. */
  readonly reference: number
  /** Error allowed per unit of time. */
  readonly rate: number
}
