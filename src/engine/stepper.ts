/** Steppers for every request: the generated code where it covers the shape, the reference elsewhere. */
import { PsilabError, requireInteger } from '../error.js'
import { arrangementOf } from './arrangement.js'
import { continuedRequest, symmetryOf } from './boundary.js'
import { threadsFor } from './cores.js'
import { generatedStepper } from './generated.js'
import type { PotentialKind } from './passes.js'
import { hasFMA, type Plan, planOf } from './plan.js'
import { referenceStepper } from './reference.js'
import { interleaved, requireLengths, type Stepper, type StepperRequest, sizeOf } from './request.js'

/**
 * Steps between which a field with walls or zero flux is made exactly symmetric again, so that rounding does
 * not grow in the other symmetry (in imaginary time that of lower energy).
 */
const SYMMETRIC_EVERY = 64

export function stepper(request: StepperRequest): Stepper {
  requireLengths(request.axes)
  const size = sizeOf(request.axes)
  const length = request.real === true ? size : 2 * size
  if (request.axes.every(({ boundary }) => boundary === 'periodic'))
    return checked(periodicStepper(request), length)
  const symmetry = symmetryOf(request.axes)
  const inner = periodicStepper(continuedRequest(request, symmetry))
  const width = request.real === true ? 1 : 2
  const psi = new Float64Array(length)
  const store = (values: Float64Array): void => {
    const continued = symmetry.continue(values, width)
    inner.store(continued)
    symmetry.restrict(continued, values, width)
  }
  const symmetric: Stepper = {
    kind: inner.kind,
    get whole() {
      return inner.whole
    },
    load: (values) => inner.load(symmetry.continue(values, width)),
    run(count, cancelled) {
      let done = 0
      while (done < count) {
        const some = Math.min(count - done, SYMMETRIC_EVERY)
        const steps = inner.run(some, cancelled)
        done += steps
        if (!inner.whole) break
        store(psi)
        inner.load(symmetry.continue(psi, width))
        if (steps < some) break
      }
      return done
    },
    store,
  }
  return checked(symmetric, length)
}

/** The same stepper, with its arguments checked. */
function checked(inner: Stepper, length: number): Stepper {
  const requireField = (psi: Float64Array): void => {
    if (psi.length === length) return
    throw new PsilabError({
      code: 'parameter',
      parameter: 'psi',
      problem: 'the field has the wrong length',
      allowed: `${length} numbers`,
      got: psi.length,
    })
  }
  const requireWhole = (): void => {
    if (inner.whole) return
    throw new PsilabError({
      code: 'parameter',
      parameter: 'psi',
      problem: 'the last run was cancelled within a step and left no field',
      advice: 'Load a field first.',
    })
  }
  return {
    kind: inner.kind,
    get whole() {
      return inner.whole
    },
    load(psi) {
      requireField(psi)
      inner.load(psi)
    },
    run(count, cancelled) {
      requireWhole()
      return inner.run(requireInteger('steps', count, 0, Number.MAX_SAFE_INTEGER), cancelled)
    },
    store(psi) {
      requireField(psi)
      requireWhole()
      inner.store(psi)
    },
  }
}

/** The plan of a request on periodic axes, and the request as the plan takes it. */
function planFor(request: StepperRequest): { plan: Plan; request: StepperRequest } | undefined {
  const points = request.axes.map((axis) => axis.points)
  const real = request.real === true
  const factors = real ? 'real' : request.factors
  const numbers = {
    realKinetic: factors === 'real',
    potential: real ? 'separate' : potentialKind(factors, sizeOf(request.axes)),
    squares: points.length > 1 && sizeOf(request.axes) >= SPARED_FROM,
    fma: request.fma === 'auto' && hasFMA(),
  } as const
  const plan = planOf(points, numbers)
  if (plan !== undefined) return { plan, request }
  // A real field whose lines cannot be paired goes as a complex one.
  const complex = real ? planOf(points, { ...numbers, potential: 'shared' }) : undefined
  return complex && { plan: complex, request: { ...request, real: false, factors: 'real' } }
}

/** Points from which phases are kept in half the space: below, the division that they need costs more than memory. */
const COMPACT_FROM = 2 ** 18
/** Points from which the table of V² is spared. */
const SPARED_FROM = 2 ** 20

function potentialKind(factors: StepperRequest['factors'], size: number): PotentialKind {
  if (factors === 'real') return 'shared'
  return factors === 'phases' && size >= COMPACT_FROM ? 'phase' : 'complex'
}

function periodicStepper(request: StepperRequest): Stepper {
  const threads = threadsFor(
    request.threads,
    request.axes.map(({ points }) => points),
  )
  const found = planFor(request)
  if (found === undefined) return referenceStepper(request)
  const inner = generatedStepper(found.plan, found.request, threads)
  return request.real === true && found.request.real !== true
    ? realStepper(inner, sizeOf(request.axes))
    : inner
}

/**
 * Bytes that a stepper of this request takes beside the arrays given to it, without taking them.
 * @throws PsilabError as `stepper` does for its stages
 */
export function memoryOf(request: StepperRequest): number {
  requireLengths(request.axes)
  const periodic = request.axes.every(({ boundary }) => boundary === 'periodic')
  const { plan, request: inner } =
    planFor(periodic ? request : continuedRequest(request, symmetryOf(request.axes))) ?? {}
  if (plan === undefined || inner === undefined) return 16 * sizeOf(request.axes)
  return arrangementOf(plan.layout, inner, threadsFor(request.threads, plan.layout.points)).bytes
}

/** A stepper of real fields from one of complex fields. */
function realStepper(inner: Stepper, size: number): Stepper {
  return {
    kind: inner.kind,
    get whole() {
      return inner.whole
    },
    load: (psi) => inner.load(interleaved(psi)),
    run: (count, cancelled) => inner.run(count, cancelled),
    store(psi) {
      const field = new Float64Array(2 * size)
      inner.store(field)
      for (let i = 0; i < psi.length; i++) psi[i] = field[2 * i]
    },
  }
}
