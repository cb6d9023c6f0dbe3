/** A run: ψ(s) = exp(−i e^{−iθ} s H) ψ(0) recorded at equal intervals, with its norm and the error that it leaves. */
import { PsilabError } from '../../error.js'
import { type Grid, WaveFunction } from '../../grid/index.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { complexStep } from './complexStep.js'
import { integrator, type MethodName } from './method.js'
import { add, norm, normalise } from './vector.js'

export interface TrajectorySettings {
  readonly method: MethodName
  readonly until: number
  /** Wick angle. */
  readonly angle: number
  /** Number of intervals between recorded states. */
  readonly frames: number
  /** Wanted ‖error‖ of the final state. */
  readonly tolerance: number
  /** Fixed number of steps instead of the tolerance; rounded up to a multiple of `frames`. */
  readonly steps?: number
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

export function trajectory(
  hamiltonian: Hamiltonian,
  initial: WaveFunction,
  settings: TrajectorySettings,
): Trajectory {
  const { until, angle, frames, tolerance, method } = settings
  const interval = until / frames
  const reference = hamiltonian.zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
  const { advance } = integrator(
    method,
    { hamiltonian, angle, reference, rate: tolerance / until },
    {
      ...(settings.gradientSquared === undefined ? {} : { gradientSquared: settings.gradientSquared }),
      ...(settings.steps === undefined ? {} : { count: Math.max(1, Math.ceil(settings.steps / frames)) }),
    },
  )
  // In real time ψ keeps its norm; elsewhere it runs with Σ|ψ|² = 1, and the logarithm of what was divided out is kept.
  const psi = Float64Array.from(initial.values)
  const rootCell = Math.sqrt(initial.grid.cell)
  const isReal = angle === 0
  let logarithm = isReal ? 0 : normalise(psi)
  const logNormNow = (): number => Math.log(rootCell) + (isReal ? Math.log(norm(psi)) : logarithm)
  const states = [recorded(initial.grid, psi, isReal ? 1 : 1 / rootCell, 0)]
  const logNorm = Float64Array.of(logNormNow(), ...new Float64Array(frames))
  let steps = 0
  let errorEstimate = 0
  for (let f = 1; f <= frames; f++) {
    const taken = advance(psi, interval)
    steps += taken.steps
    errorEstimate += taken.error
    logarithm += taken.growth
    const s = (until * f) / frames
    logNorm[f] = logNormNow() - reference * Math.sin(angle) * s
    if (!Number.isFinite(logNorm[f])) notFinite(s)
    states.push(recorded(initial.grid, psi, isReal ? 1 : 1 / rootCell, -reference * complexStep(angle, s).im))
  }
  return {
    states,
    times: Float64Array.from({ length: frames + 1 }, (_, f) => (until * f) / frames),
    logNorm,
    steps,
    ...(settings.steps === undefined ? { errorEstimate } : {}),
  }
}

/** A copy of the field times scale·e^{i·phase}: the phase and size that H − E_ref left out. */
function recorded(grid: Grid, psi: Float64Array, scale: number, phase: number): WaveFunction {
  const values = new Float64Array(psi.length)
  add(values, psi, scale * Math.cos(phase), scale * Math.sin(phase))
  return new WaveFunction(grid, values)
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
