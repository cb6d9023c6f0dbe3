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

/** Steps between which a continued field is made exactly symmetric again; see generated.ts. */
const SYMMETRIC_EVERY = 64

export function stepper(request: StepperRequest): Stepper {
  requireLengths(request.axes)
  const size = sizeOf(request.axes)
  const length = request.real === true ? size : 2 * size
  return checked(planned(request) ?? continued(request), length)
}

/** A stepper on the generated code; undefined where that does not cover the shape. */
function planned(request: StepperRequest): Stepper | undefined {
  const found = planFor(request)
  if (found === undefined) return undefined
  const threads = threadsFor(request.threads, request.axes)
  const inner = generatedStepper(found.plan, found.request, threads)
  return request.real === true && found.request.real !== true
    ? realStepper(inner, sizeOf(request.axes))
    : inner
}

/** A stepper for a box whose lines are continued to periodic ones, each of the length that its symmetry needs. */
function continued(request: StepperRequest): Stepper {
  if (request.axes.every(({ boundary }) => boundary === 'periodic')) return referenceStepper(request)
  const symmetry = symmetryOf(request.axes)
  const whole = continuedRequest(request, symmetry)
  const inner = planned(whole) ?? referenceStepper(whole)
  const width = request.real === true ? 1 : 2
  const psi = new Float64Array(width * sizeOf(request.axes))
  const store = (values: Float64Array): void => {
    const field = symmetry.continue(values, width)
    inner.store(field)
    symmetry.restrict(field, values, width)
  }
  return {
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
    read: (reader) => {
      store(psi)
      reader(psi, 0)
    },
  }
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
      problem: 'the last run ended within a step and left no field',
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
    read(reader) {
      requireWhole()
      inner.read(reader)
    },
    ...(inner.retable === undefined ? {} : { retable: inner.retable }),
  }
}

/** The plan of a request, and the request as the plan takes it. */
function planFor(request: StepperRequest): { plan: Plan; request: StepperRequest } | undefined {
  const real = request.real === true
  const factors = real ? 'real' : request.factors
  const numbers = {
    realKinetic: factors === 'real',
    potential: real ? 'separate' : potentialKind(factors, sizeOf(request.axes)),
    squares: request.axes.length > 1 && sizeOf(request.axes) >= SPARED_FROM,
    fma: request.fma === 'auto' && hasFMA(),
  } as const
  const plan = planOf(request.axes, numbers)
  if (plan !== undefined) return { plan, request }
  // A real field whose lines cannot be paired goes as a complex one.
  const complex = real ? planOf(request.axes, { ...numbers, potential: 'shared' }) : undefined
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

/**
 * Bytes that a stepper of this request takes beside the arrays given to it, without taking them.
 * @throws PsilabError as `stepper` does for its stages
 */
export function memoryOf(request: StepperRequest): number {
  requireLengths(request.axes)
  const found = planFor(request) ?? planFor(continuedRequest(request, symmetryOf(request.axes)))
  if (found === undefined) return 16 * sizeOf(request.axes)
  const { plan, request: inner } = found
  return arrangementOf(plan.layout, inner, threadsFor(request.threads, inner.axes)).bytes
}

/** A stepper of real fields from one of complex fields. */
function realStepper(inner: Stepper, size: number): Stepper {
  const store = (psi: Float64Array): void => {
    const field = new Float64Array(2 * size)
    inner.store(field)
    for (let i = 0; i < psi.length; i++) psi[i] = field[2 * i]
  }
  return {
    kind: inner.kind,
    get whole() {
      return inner.whole
    },
    load: (psi) => inner.load(interleaved(psi)),
    run: (count, cancelled) => inner.run(count, cancelled),
    store,
    read(reader) {
      const psi = new Float64Array(size)
      store(psi)
      reader(psi, 0)
    },
  }
}
