/**
 * Evolution ψ(s) = exp(−i e^{−iθ} s H) ψ(0) at a fixed Wick angle θ, with the step chosen from a tolerance.
 *
 * The local error of one step h is e(h) = ‖U_h ψ − U_{h/2}² ψ‖ ≈ C h^{p+1} for a method of order p (states
 * normalised first). The step keeps the sum over the run below the tolerance: C h^p · s_end ≤ tolerance. In
 * imaginary time later evolution contracts earlier errors, so the sum is an upper bound.
 */
import { PsilabError } from '../error.js'
import { WaveFunction } from '../grid/index.js'
import type { Hamiltonian } from './hamiltonian.js'
import { complexStep, type Propagator, propagator } from './propagator.js'
import { SPLITTINGS, type SplittingName } from './splitting.js'

export interface EvolveSettings {
  readonly until: number
  readonly angle: number
  /** Number of intervals between recorded frames. */
  readonly frames: number
  readonly tolerance: number
  /** Fixed number of steps instead of the tolerance; rounded up to a multiple of `frames`. */
  readonly steps?: number
  readonly method: SplittingName
  readonly gradientSquared?: Float64Array
}

export interface Trajectory {
  /** frames + 1 states; in real time as evolved, otherwise normalised. */
  readonly states: readonly WaveFunction[]
  readonly times: Float64Array
  /** ln ‖ψ(s)‖ of the unnormalised solution. */
  readonly logNorm: Float64Array
  readonly steps: number
  /** Estimated ‖error‖ of the final state; undefined with a fixed number of steps. */
  readonly errorEstimate?: number
}

/** Most steps of one run. */
const MAX_STEPS = 5e6
/** Steps between normalisations off the real axis. */
const NORMALISE_EVERY = 32
/** The step is chosen anew this often in a run. */
const CONTROLS = 16
/** Local errors below this are rounding. */
const ROUNDING = 1e-14

export function evolve(
  hamiltonian: Hamiltonian,
  initial: WaveFunction,
  settings: EvolveSettings,
): Trajectory {
  const { until, angle, frames, tolerance } = settings
  const interval = until / frames
  const reference = hamiltonian.zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
  const advance = stepper(hamiltonian, settings, reference)
  const psi = Float64Array.from(initial.values)
  const states = [new WaveFunction(initial.grid, Float64Array.from(psi))]
  const logNorm = new Float64Array(frames + 1)
  let growth = Math.log(norm(psi, initial.grid.cell))
  logNorm[0] = growth
  let steps = 0
  let errorEstimate = 0
  let count = settings.steps === undefined ? 0 : Math.max(1, Math.ceil(settings.steps / frames))
  const controlled = Math.max(1, Math.floor(frames / CONTROLS))
  let h = interval
  let localError = 0
  for (let f = 1; f <= frames; f++) {
    if (settings.steps === undefined && (f - 1) % controlled === 0) {
      const chosen = chooseStep(
        psi,
        h,
        interval,
        advance,
        tolerance / until,
        SPLITTINGS[settings.method].order,
      )
      count = chosen.count
      h = interval / count
      localError = chosen.localError
    }
    requireSteps(count * frames, settings)
    for (let done = 0; done < count; ) {
      const chunk = angle === 0 ? count : Math.min(NORMALISE_EVERY, count - done)
      advance(psi, interval / count, chunk)
      done += chunk
      if (angle !== 0) growth += normalise(psi, initial.grid.cell)
    }
    steps += count
    errorEstimate += count * localError
    const finite = angle === 0 ? Math.log(norm(psi, initial.grid.cell)) : growth
    logNorm[f] = finite - reference * Math.sin(angle) * interval * f
    if (!Number.isFinite(finite)) notFinite(f * interval)
    states.push(new WaveFunction(initial.grid, Float64Array.from(psi)))
  }
  return {
    states,
    times: Float64Array.from({ length: frames + 1 }, (_, f) => f * interval),
    logNorm,
    steps,
    ...(settings.steps === undefined ? { errorEstimate } : {}),
  }
}

/** Advances a field by `count` steps of length h; keeps the tables of the last few step lengths. */
type Stepper = (psi: Float64Array, h: number, count: number) => void

function stepper(hamiltonian: Hamiltonian, settings: EvolveSettings, reference: number): Stepper {
  const recent = new Map<number, Propagator>()
  return (psi, h, count) => {
    let apply = recent.get(h)
    if (apply === undefined) {
      apply = propagator(hamiltonian, {
        method: settings.method,
        step: complexStep(settings.angle, h),
        reference,
        ...(settings.gradientSquared === undefined ? {} : { gradientSquared: settings.gradientSquared }),
      })
      if (recent.size >= 4) recent.delete(recent.keys().next().value as number)
      recent.set(h, apply)
    }
    apply(psi, count)
  }
}

interface ChosenStep {
  readonly count: number
  readonly localError: number
}

/** The number of equal steps in `interval` whose local error per unit time is at most `rate`. */
function chooseStep(
  psi: Float64Array,
  guess: number,
  interval: number,
  advance: Stepper,
  rate: number,
  order: number,
): ChosenStep {
  let count = Math.max(1, Math.ceil(interval / guess - 1e-9))
  let localError = 0
  for (let attempt = 0; attempt < 40; attempt++) {
    const h = interval / count
    localError = stepError(psi, h, advance)
    const allowed = rate * h
    if (localError <= Math.max(allowed, ROUNDING)) {
      // Try a longer step only where the margin is wide, so that the choice settles.
      const longer = Math.max(1, Math.floor(count / 2))
      if (longer === count || localError > allowed / 2 ** (order + 2)) break
      count = longer
    } else {
      const factor = Number.isFinite(localError) ? (localError / allowed) ** (1 / order) * 1.1 : 4
      count = Math.ceil(count * Math.min(16, Math.max(1.2, factor)))
      if (count * 1 > MAX_STEPS) break
    }
  }
  return { count, localError }
}

/** ‖U_h ψ − U_{h/2}² ψ‖ between normalised states. */
function stepError(psi: Float64Array, h: number, advance: Stepper): number {
  const once = Float64Array.from(psi)
  const twice = Float64Array.from(psi)
  advance(once, h, 1)
  advance(twice, h / 2, 2)
  normalise(once, 1)
  normalise(twice, 1)
  let sum = 0
  for (let i = 0; i < psi.length; i++) sum += (once[i] - twice[i]) ** 2
  return Math.sqrt(sum)
}

function norm(psi: Float64Array, cell: number): number {
  let sum = 0
  for (const v of psi) sum += v * v
  return Math.sqrt(sum * cell)
}

/** Normalises in place and returns ln of the norm before. */
function normalise(psi: Float64Array, cell: number): number {
  const length = norm(psi, cell)
  for (let i = 0; i < psi.length; i++) psi[i] /= length
  return Math.log(length)
}

function requireSteps(steps: number, { method, tolerance, until }: EvolveSettings): void {
  if (steps <= MAX_STEPS) return
  throw new PsilabError({
    code: 'too-large',
    parameter: 'tolerance',
    problem: `the run to ${until} by ${method} needs about ${steps.toExponential(1)} steps`,
    allowed: `at most ${MAX_STEPS} steps`,
    got: tolerance,
    advice: 'Raise tolerance, shorten until, or give a smooth ζ with a gradient.',
  })
}

function notFinite(s: number): never {
  throw new PsilabError({
    code: 'not-finite',
    parameter: 'until',
    problem: `the wave function stopped being finite before s = ${s}`,
    advice:
      'Where ζ has no lower bound imaginary time grows without limit: shorten until, or narrow the box.',
  })
}
