/** The methods of propagation by name: splittings, and polynomial or rational functions of H. */
import { PsilabError } from '../../error.js'
import { chebyshevIntegrator } from './chebyshev.js'
import { crankNicolsonStepper } from './crankNicolson.js'
import { splittingStepper } from './factors.js'
import type { Integrator, IntegratorSettings } from './integrator.js'
import { lanczosIntegrator } from './lanczos.js'
import { isForward, SPLITTINGS, type SplittingName } from './splitting.js'
import { stepIntegrator } from './stepControl.js'

export type MethodName = SplittingName | 'chebyshev' | 'lanczos' | 'crankNicolson'

const NAMES: readonly MethodName[] = [
  ...(Object.keys(SPLITTINGS) as SplittingName[]),
  'chebyshev',
  'lanczos',
  'crankNicolson',
]

const isSplitting = (name: MethodName): name is SplittingName => name in SPLITTINGS
/** Methods that fail with absorbing layers: their spectrum is complex, and a step backward makes ψ grow in them. */
const NEED_HERMITIAN: readonly MethodName[] = ['chebyshev', 'lanczos', 'blanesMoan4']
/** Methods whose accuracy does not come from a step, so that a number of steps means nothing to them. */
const isStepless = (name: MethodName): boolean => name === 'chebyshev' || name === 'lanczos'

export interface MethodRequest {
  readonly angle: number
  /** Whether ∇ζ is known and finite on the grid. */
  readonly known: boolean
  /** Whether H absorbs, so that it is not Hermitian. */
  readonly absorbs?: boolean
  readonly wanted?: MethodName
  readonly steps?: number
}

/**
 * The wanted method where it can serve. By default `chin4a` where ∇ζ is known; where it is not, ζ may be rough, and
 * `chebyshev`, which has no step to shorten, serves any ζ (`strang` where a number of steps is given).
 * @throws PsilabError `parameter` for an unknown name, a gradient that is missing, backward substeps off the real axis,
 * and a number of steps asked of a method without steps
 */
export function chooseMethod({ angle, known, absorbs, wanted, steps }: MethodRequest): MethodName {
  const name = wanted ?? defaultMethod(known, absorbs === true ? 1 : steps)
  if (!NAMES.includes(name)) refuse('unknown method', NAMES.map((n) => `'${n}'`).join(', '), wanted)
  if (isSplitting(name) && SPLITTINGS[name].needsGradient && !known)
    refuse(
      `${name} needs a ∇ζ that is known and finite on the grid, and this objective has none`,
      "'strang', 'lanczos' or 'chebyshev'",
      wanted,
      'Give ζ as a differentiable expression.',
    )
  if (absorbs === true && NEED_HERMITIAN.includes(name))
    refuse(
      `${name} needs a Hermitian H, or steps that only go forward, and absorbing layers make it neither`,
      "'chin4a', 'strang' or 'crankNicolson'",
      wanted,
    )
  if (isSplitting(name) && angle > 0 && !isForward(SPLITTINGS[name]))
    refuse(
      `${name} has substeps that go backward, and off the real axis a backward step is a diffusion run in reverse, which grows without bound`,
      'real time for this method (angle: 0)',
      `angle ${angle}`,
      "Take 'chin4a', which goes forward only.",
    )
  if (isStepless(name) && steps !== undefined)
    refuse(`${name} has no steps to count`, 'tolerance instead of steps', steps)
  return name
}

function defaultMethod(known: boolean, steps: number | undefined): MethodName {
  if (known) return 'chin4a'
  return steps === undefined ? 'chebyshev' : 'strang'
}

/** @param count a fixed number of steps in every interval instead of the tolerance */
export function integrator(
  name: MethodName,
  settings: IntegratorSettings,
  options: { readonly gradientSquared?: Float64Array; readonly count?: number },
): Integrator {
  if (name === 'chebyshev') return chebyshevIntegrator(settings)
  if (name === 'lanczos') return lanczosIntegrator(settings)
  const stepper = isSplitting(name)
    ? splittingStepper(settings, name, options.gradientSquared)
    : crankNicolsonStepper(settings)
  return stepIntegrator(stepper, {
    hamiltonian: settings.hamiltonian,
    angle: settings.angle,
    rate: settings.rate,
    ...(options.count === undefined ? {} : { count: options.count }),
  })
}

function refuse(problem: string, allowed: string, got: unknown, advice?: string): never {
  throw new PsilabError({
    code: 'parameter',
    parameter: 'method',
    problem,
    allowed,
    got,
    ...(advice === undefined ? {} : { advice }),
  })
}
