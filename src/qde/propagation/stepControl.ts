/**
 * Chooses the step of a one-step method from the tolerance.
 *
 * The local error of one step h is e(h) = ‖U_h ψ − U_{h/2}² ψ‖ / (1 − 2^{−p}) ≈ C h^{p+1} for a method of order p,
 * between normalised states. Steps go in blocks: e is at most half of rate·h at the start of a block, and is measured
 * again at its end; a block at whose end it exceeds rate·h is done again with a shorter step.
 *
 * No step is longer than the time in which the state changes by itself, 1/(2ΔH) (Mandelstam and Tamm, J. Phys. USSR
 * 9, 249 (1945)): a packet could otherwise jump over a barrier that neither a whole step nor its halves have seen.
 *
 * The sum of the local errors estimates the error of the run; it is no bound. In imaginary time an error along a
 * level below those that ψ mostly holds grows with the ratio of their weights.
 */
import { PsilabError } from '../../error.js'
import type { Hamiltonian } from '../hamiltonian.js'
import type { Integrator, IntegratorSettings } from './integrator.js'
import { norm, normalise } from './vector.js'

/** A one-step method: advances a field in place by `count` steps of length h. */
export interface Stepper {
  readonly name: string
  readonly order: number
  step(psi: Float64Array, h: number, count: number): void
}

export interface StepSettings extends Pick<IntegratorSettings, 'hamiltonian' | 'angle' | 'rate'> {
  /** A fixed number of steps in every interval instead of the tolerance. */
  readonly count?: number
}

/** Most steps in one interval. */
const MAX_STEPS = 5e6
/** Steps in a block, which is also how often a state off the real axis is normalised. */
const BLOCK = 32
/** Local errors below this are rounding. */
const ROUNDING = 1e-14

export function stepIntegrator(stepper: Stepper, settings: StepSettings): Integrator {
  return settings.count === undefined
    ? controlled(stepper, settings)
    : { advance: (psi, interval) => fixed(stepper, settings.angle, psi, interval, settings.count!) }
}

function fixed(
  stepper: Stepper,
  angle: number,
  psi: Float64Array,
  interval: number,
  count: number,
): { steps: number; error: number; growth: number } {
  let growth = 0
  for (let done = 0; done < count; done += BLOCK) {
    stepper.step(psi, interval / count, Math.min(BLOCK, count - done))
    if (angle !== 0) growth += normalise(psi)
  }
  return { steps: count, error: 0, growth }
}

function controlled(stepper: Stepper, { hamiltonian, angle, rate }: StepSettings): Integrator {
  let wanted = Number.POSITIVE_INFINITY
  return {
    advance(psi, interval) {
      let left = interval
      let steps = 0
      let error = 0
      let growth = 0
      while (left > 1e-12 * interval) {
        const { h, local } = acceptable(
          stepper,
          psi,
          Math.min(left, wanted, ownTime(hamiltonian, psi)),
          rate / 2,
        )
        const count = Math.ceil(left / h - 1e-9)
        if (interval / h > MAX_STEPS) tooManySteps(interval / h, stepper.name)
        const length = left / count
        const block = Math.min(BLOCK, count)
        const before = Float64Array.from(psi)
        stepper.step(psi, length, block)
        const logarithm = angle === 0 ? 0 : normalise(psi)
        const after = block > 1 ? localError(stepper, psi, length) : local
        if (!(after <= Math.max(rate * length, ROUNDING))) {
          psi.set(before)
          wanted = length * shortening(after, (rate * length) / 2, stepper.order)
          continue
        }
        wanted = after < (rate * length) / 2 ** (stepper.order + 2) ? 2 * length : Math.max(length, h)
        left -= block * length
        steps += block
        growth += logarithm
        error += block * Math.max(local, after)
      }
      return { steps, error, growth }
    },
  }
}

/** The longest step up to `from` whose local error is allowed, found by shortening. */
function acceptable(
  stepper: Stepper,
  psi: Float64Array,
  from: number,
  rate: number,
): { readonly h: number; readonly local: number } {
  for (let h = from; ; ) {
    const local = localError(stepper, psi, h)
    if (local <= Math.max(rate * h, ROUNDING)) return { h, local }
    h *= shortening(local, rate * h, stepper.order)
    if (from / h > MAX_STEPS) tooManySteps(from / h, stepper.name)
  }
}

function shortening(error: number, allowed: number, order: number): number {
  return Number.isFinite(error)
    ? Math.min(0.8, Math.max(1 / 16, 0.9 * (allowed / error) ** (1 / order)))
    : 1 / 4
}

function localError(stepper: Stepper, psi: Float64Array, h: number): number {
  const once = Float64Array.from(psi)
  const twice = Float64Array.from(psi)
  stepper.step(once, h, 1)
  stepper.step(twice, h / 2, 2)
  normalise(once)
  normalise(twice)
  for (let i = 0; i < once.length; i++) once[i] -= twice[i]
  return norm(once) / (1 - 2 ** -stepper.order)
}

/** 1/(2ΔH) of the state. */
function ownTime(hamiltonian: Hamiltonian, psi: Float64Array): number {
  const image = hamiltonian.apply(psi)
  const square = norm(psi) ** 2
  let mean = 0
  for (let i = 0; i < psi.length; i++) mean += psi[i] * image[i]
  mean /= square
  for (let i = 0; i < psi.length; i++) image[i] -= mean * psi[i]
  return (0.5 * Math.sqrt(square)) / norm(image)
}

function tooManySteps(count: number, method: string): never {
  throw new PsilabError({
    code: 'too-large',
    parameter: 'tolerance',
    problem: `the run by ${method} needs about ${count.toExponential(1)} steps between two recorded states`,
    allowed: `at most ${MAX_STEPS}`,
    advice: 'Raise tolerance, shorten until, or give a smooth ζ with a gradient.',
  })
}
