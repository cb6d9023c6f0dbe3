/** Steppers for every request: the generated code where it covers the shape, the reference elsewhere. */
import { PsilabError, requireInteger } from '../error.js'
import { symmetryOf } from './boundary.js'
import { generatedStepper } from './generated.js'
import { hasFMA, planOf } from './plan.js'
import { referenceStepper } from './reference.js'
import { requireLengths, type Stepper, type StepperRequest } from './request.js'

/**
 * Steps between which a field with walls or zero flux is made exactly symmetric again, so that rounding does
 * not grow in the other symmetry (in imaginary time that of lower energy).
 */
const SYMMETRIC_EVERY = 64

export function stepper(request: StepperRequest): Stepper {
  requireLengths(request.axes)
  const size = request.axes.reduce((product, { points }) => product * points, 1)
  const length = request.real === true ? size : 2 * size
  if (request.axes.every(({ boundary }) => boundary === 'periodic'))
    return checked(periodicStepper(request), length)
  const symmetry = symmetryOf(request)
  const inner = periodicStepper(symmetry.request)
  const psi = new Float64Array(length)
  const store = (values: Float64Array): void => {
    const continued = symmetry.continue(values)
    inner.store(continued)
    symmetry.restrict(continued, values)
  }
  const symmetric: Stepper = {
    kind: inner.kind,
    load: (values) => inner.load(symmetry.continue(values)),
    run(count) {
      for (let left = count; left > 0; left -= SYMMETRIC_EVERY) {
        inner.run(Math.min(left, SYMMETRIC_EVERY))
        store(psi)
        inner.load(symmetry.continue(psi))
      }
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
  return {
    kind: inner.kind,
    load(psi) {
      requireField(psi)
      inner.load(psi)
    },
    run: (count) => inner.run(requireInteger('steps', count, 0, Number.MAX_SAFE_INTEGER)),
    store(psi) {
      requireField(psi)
      inner.store(psi)
    },
  }
}

function periodicStepper(request: StepperRequest): Stepper {
  const points = request.axes.map((axis) => axis.points)
  const fma = request.fma === 'auto' && hasFMA()
  const real = request.real === true
  const plan = planOf(points, real, fma)
  if (plan !== undefined) return generatedStepper(plan, request)
  // A real field whose lines cannot be paired goes as a complex one.
  const complex = real ? planOf(points, false, fma) : undefined
  return complex === undefined
    ? referenceStepper(request)
    : realStepper(generatedStepper(complex, { ...request, real: false }), points)
}

/** A stepper of real fields from one of complex fields. */
function realStepper(inner: Stepper, points: readonly number[]): Stepper {
  const field = new Float64Array(2 * points.reduce((product, n) => product * n, 1))
  return {
    kind: inner.kind,
    load(psi) {
      field.fill(0)
      psi.forEach((value, i) => {
        field[2 * i] = value
      })
      inner.load(field)
    },
    run: (count) => inner.run(count),
    store(psi) {
      inner.store(field)
      for (let i = 0; i < psi.length; i++) psi[i] = field[2 * i]
    },
  }
}
