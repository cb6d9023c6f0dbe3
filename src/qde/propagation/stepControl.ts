/**
 * Chooses the step of a one-step method from the tolerance. The local error of one step h is
 * e(h) = ‖U_h ψ − U_{h/2}² ψ‖ ≈ C h^{p+1} for a method of order p (states normalised first); the step keeps
 * e(h) ≤ rate·h, and is measured anew every few intervals. In imaginary time later evolution contracts earlier
 * errors, so the sum of the estimates is an upper bound.
 */
import { PsilabError } from '../../error.js'
import type { Integrator, IntegratorSettings } from './integrator.js'
import { norm, normalise } from './vector.js'

/** A one-step method: advances a field in place by `count` steps of length h. */
export interface Stepper {
  readonly name: string
  readonly order: number
  step(psi: Float64Array, h: number, count: number): void
}

export interface StepSettings extends Pick<IntegratorSettings, 'angle' | 'rate'> {
  /** A fixed number of steps in every interval instead of the tolerance. */
  readonly count?: number
}

/** Most steps in one interval. */
const MAX_STEPS = 5e6
/** Steps between normalisations off the real axis. */
const NORMALISE_EVERY = 32
/** Intervals between two measurements of the local error. */
const CONTROL_EVERY = 6
/** Local errors below this are rounding. */
const ROUNDING = 1e-14

export function stepIntegrator(stepper: Stepper, settings: StepSettings): Integrator {
  let chosen: ChosenStep = { count: settings.count ?? 1, localError: 0 }
  let age = 0
  return {
    advance(psi, interval) {
      if (settings.count === undefined && age++ % CONTROL_EVERY === 0)
        chosen = chooseStep(psi, chosen.count, interval, stepper, settings.rate)
      const { count, localError } = chosen
      let growth = 0
      for (let done = 0; done < count; ) {
        const chunk = settings.angle === 0 ? count : Math.min(NORMALISE_EVERY, count - done)
        stepper.step(psi, interval / count, chunk)
        done += chunk
        if (settings.angle !== 0) growth += normalise(psi)
      }
      return { steps: count, error: count * localError, growth }
    },
  }
}

interface ChosenStep {
  readonly count: number
  readonly localError: number
}

/** The number of equal steps in the interval whose local error per unit of time is at most the rate. */
function chooseStep(
  psi: Float64Array,
  guess: number,
  interval: number,
  stepper: Stepper,
  rate: number,
): ChosenStep {
  const { order } = stepper
  let count = guess
  for (;;) {
    const h = interval / count
    const localError = stepError(psi, h, stepper)
    const allowed = rate * h
    if (localError <= Math.max(allowed, ROUNDING)) {
      // Try a longer step only where the margin is wide, so that the choice settles.
      const longer = Math.max(1, Math.floor(count / 2))
      if (longer === count || localError > allowed / 2 ** (order + 2)) return { count, localError }
      count = longer
    } else {
      const factor = Number.isFinite(localError) ? (localError / allowed) ** (1 / order) * 1.1 : 4
      count = Math.ceil(count * Math.min(16, Math.max(1.2, factor)))
      if (count > MAX_STEPS) tooManySteps(count, stepper.name)
    }
  }
}

/** ‖U_h ψ − U_{h/2}² ψ‖ between normalised states. */
function stepError(psi: Float64Array, h: number, stepper: Stepper): number {
  const once = Float64Array.from(psi)
  const twice = Float64Array.from(psi)
  stepper.step(once, h, 1)
  stepper.step(twice, h / 2, 2)
  normalise(once)
  normalise(twice)
  return norm(once.map((v, i) => v - twice[i]))
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
