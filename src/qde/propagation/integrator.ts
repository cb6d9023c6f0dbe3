/** What every method of propagation is to a run: something that carries ψ on, to a tolerance. */
import type { TimedHamiltonian } from '../timedHamiltonian.js'
import type { Work } from './work.js'

export interface Integrator {
  /**
   * Replaces ψ(s) by ψ at a later time, at most `stop`, of H − reference; off the real axis with √Σ|ψ|² = unit.
   */
  advance(psi: Float64Array, s: number, stop: number): Work<Advance>
  /**
   * Looks at the way since the last verification, where a method can only do so afterwards: its estimated ‖error‖, or
   * undefined where that exceeds what is allowed, and ψ has to go that way again. `halted`: without further work.
   */
  verify?(psi: Float64Array, s: number, halted: boolean): Work<number | undefined>
}

export interface Advance {
  /** The time reached. */
  readonly time: number
  /** Steps, or products with H, that it took. */
  readonly steps: number
  /** ln of the norm that was divided out; 0 in real time. */
  readonly growth: number
  /** Estimated ‖error‖ of the normalised state that came with it, where it is known at once. */
  readonly error: number
  /** Whether the way so far is to be verified now. */
  readonly due: boolean
  /** Whether it stopped on request. */
  readonly halted: boolean
}

export interface IntegratorSettings {
  readonly hamiltonian: TimedHamiltonian
  /** Wick angle. */
  readonly angle: number
  /** Energy subtracted from H: least ζ off the real axis, so that ψ neither under- nor overflows; else 0. */
  readonly reference: number
  /** Error allowed per unit of time. */
  readonly rate: number
  /** Longest step that is tried. */
  readonly longest: number
  /** Numbers a point of ψ: interleaved complex (2), or real (1). */
  readonly width: 1 | 2
  /** √Σ|ψ|² of a normalised state. */
  readonly unit: number
  /** ψ as the run begins with it, where that is kept apart from the ψ that goes on. */
  readonly initial?: Float64Array
  /** How the engine computes. */
  readonly engine: EngineOptions
}

export interface EngineOptions {
  /** The same bits on every machine, without fused multiply-add. */
  readonly reproducible: boolean
  /** Default: the cores, where the field is large enough to gain by them. */
  readonly threads?: number
  /** Asked every few milliseconds, also within a long step, whether to stop. */
  readonly cancelled?: () => boolean
}
