/** The methods of propagation by name: splittings, and polynomial or rational functions of H. */
import { PsilabError } from '../../error.js'
import { chebyshevIntegrator } from './chebyshev.js'
import { crankNicolsonStepper } from './crankNicolson.js'
import { splittingStepper } from './factors.js'
import type { Integrator, IntegratorSettings } from './integrator.js'
import { lanczosIntegrator } from './lanczos.js'
import { magnusStepper } from './magnus.js'
import { isForward, SPLITTINGS, type SplittingName } from './splitting.js'
import { type Stepper, stepIntegrator } from './stepControl.js'

export type MethodName = SplittingName | 'chebyshev' | 'lanczos' | 'crankNicolson'

const NAMES: readonly MethodName[] = [
  ...(Object.keys(SPLITTINGS) as SplittingName[]),
  'chebyshev',
  'lanczos',
  'crankNicolson',
]

export const isSplitting = (name: MethodName): name is SplittingName => name in SPLITTINGS
/** Methods that fail with absorbing layers: their spectrum is complex, and a step backward makes ψ grow in them. */
const NEED_HERMITIAN: readonly MethodName[] = ['chebyshev', 'lanczos', 'blanesMoan4']
/** Methods whose accuracy does not come from a step, so that a number of steps means nothing to them. */
const isStepless = (name: MethodName): boolean => name === 'chebyshev' || name === 'lanczos'

export interface MethodRequest {
  readonly angle: number
  /** Whether ∇ζ is known and finite on the grid; asked only where that matters. */
  readonly known: () => boolean
  /** Whether H is the same at all times. */
  readonly fixed: boolean
  /** Whether H absorbs, so that it is not Hermitian. */
  readonly absorbs?: boolean
  readonly wanted?: MethodName
  readonly steps?: number
}

/**
 * The wanted method where it can serve. By default `chin4a` where ∇ζ is known; where it is not, ζ may be rough, and
 * `chebyshev`, which has no step to shorten, serves any ζ (`strang` where a number of steps is given). Where H follows
 * a schedule it is a splitting in any case.
 * @throws PsilabError `parameter` for an unknown name, a gradient that is missing, backward substeps off the real axis,
 * and a number of steps asked of a method without steps
 */
export function chooseMethod(request: MethodRequest): MethodName {
  const { angle, fixed, absorbs, wanted, steps } = request
  const name = wanted ?? defaultMethod(request)
  if (!NAMES.includes(name)) refuse('unknown method', NAMES.map((n) => `'${n}'`).join(', '), wanted)
  if (isSplitting(name) && SPLITTINGS[name].needsGradient && !request.known())
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
  if (!isSplitting(name) && !fixed)
    refuse(
      `${name} is for an H that stays as it is`,
      "'strang', 'chin4a' or 'blanesMoan4' with a schedule",
      wanted,
    )
  if (isStepless(name) && steps !== undefined)
    refuse(`${name} has no steps to count`, 'tolerance instead of steps', steps)
  return name
}

function defaultMethod({ angle, known, fixed, absorbs, steps }: MethodRequest): MethodName {
  if (known()) return 'chin4a'
  if (absorbs === true) return 'strang'
  if (!fixed) return angle === 0 ? 'blanesMoan4' : 'strang'
  return steps === undefined ? 'chebyshev' : 'strang'
}

/** @param length of the steps, instead of the tolerance */
export function integrator(name: MethodName, settings: IntegratorSettings, length?: number): Integrator {
  if (name === 'chebyshev') return chebyshevIntegrator(settings)
  if (name === 'lanczos') return lanczosIntegrator(settings)
  return stepIntegrator(stepperOf(name, settings), settings, length)
}

function stepperOf(name: SplittingName | 'crankNicolson', settings: IntegratorSettings): Stepper {
  if (name === 'crankNicolson') return crankNicolsonStepper(settings)
  return settings.hamiltonian.fixed ? splittingStepper(settings, name) : magnusStepper(settings, name)
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
