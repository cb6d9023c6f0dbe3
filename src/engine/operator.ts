/**
 * H·ψ = Σ_d T_d ψ + ζψ on the generated code, in memory of its own; the reference where that does not cover the
 * shape. A box with walls or zero flux is continued to a periodic one, as for steps.
 */
import { PsilabError } from '../error.js'
import { symmetryOf } from './boundary.js'
import { threadsFor } from './cores.js'
import { crewOf } from './crew.js'
import { fill, readField, writeField, writePotential } from './field.js'
import { instanceOf } from './instance.js'
import { aligned, type Layout } from './layout.js'
import { hasFMA, type Plan, planOf } from './plan.js'
import { sumOf } from './product.js'
import { referenceOperator } from './reference.js'
import { interleaved, requireLengths, type StepperAxis, type StepperRequest, sizeOf } from './request.js'
import { unitsOf } from './sweeps.js'
import { writeKinetic } from './tables.js'
import { settleTeam } from './team.js'

export interface OperatorRequest extends Pick<StepperRequest, 'real' | 'fma' | 'threads'> {
  readonly axes: readonly StepperAxis[]
  /** For each axis the kinetic energies Dκ² of its modes, as many as points. */
  readonly kinetic: readonly Float64Array[]
  /** ζ at each point, C order: real, length size, or with an absorbing layer complex, interleaved, 2·size. */
  readonly potential: Float64Array
}

export interface Operator {
  readonly kind: 'webassembly' | 'reference'
  /**
   * Writes Hψ to `result`, which may be `psi`. Both are interleaved, of length 2·size, or with `real` of length
   * size.
   */
  apply(psi: Float64Array, result: Float64Array): void
}

/**
 * @throws PsilabError `parameter` where a table has another length, a length has no fast transform, or a real field
 *   meets a complex potential; `too-large` where the memory is not to be had
 */
export function operator(request: OperatorRequest): Operator {
  const { axes, kinetic, potential, real } = request
  requireLengths(axes)
  const size = sizeOf(axes)
  const complex = potential.length === 2 * size
  if (kinetic.length !== axes.length || kinetic.some((table, d) => table.length !== axes[d].points))
    refuse('kinetic', 'not one number for each mode of each axis')
  if (!complex && potential.length !== size)
    refuse('potential', 'neither one nor two numbers for each point', potential.length)
  if (complex && real === true) refuse('potential', 'a real field has a real potential')
  const width = real === true ? 1 : 2
  return checked(planned(request) ?? continued(request), width * size)
}

/** The operator for a box whose lines are continued to periodic ones. */
function continued(request: OperatorRequest): Operator {
  const { axes, kinetic, potential, real } = request
  if (axes.every(({ boundary }) => boundary === 'periodic')) return referenceOperator(request)
  const symmetry = symmetryOf(axes)
  const whole = {
    ...request,
    axes: symmetry.axes,
    kinetic: symmetry.kinetic(kinetic, 1),
    potential: symmetry.potential(potential, potential.length === 2 * sizeOf(axes) ? 2 : 1),
  }
  const inner = planned(whole) ?? referenceOperator(whole)
  const width = real === true ? 1 : 2
  return {
    kind: inner.kind,
    apply(psi, result) {
      const field = symmetry.continue(psi, width)
      inner.apply(field, field)
      symmetry.restrict(field, result, width)
    },
  }
}

function checked(inner: Operator, length: number): Operator {
  return {
    kind: inner.kind,
    apply(psi, result) {
      for (const field of [psi, result])
        if (field.length !== length) refuse('psi', 'the field has the wrong length', field.length)
      inner.apply(psi, result)
    },
  }
}

/** H·ψ on the generated code; undefined where that does not cover the shape. */
function planned(request: OperatorRequest): Operator | undefined {
  const { axes, potential, real = false } = request
  const numbers = {
    realKinetic: true,
    potential: real ? 'separate' : potential.length === sizeOf(axes) ? 'shared' : 'complex',
    squares: false,
    fma: request.fma === 'auto' && hasFMA(),
  } as const
  const plan = planOf(axes, numbers)
  if (plan !== undefined) return generatedOperator(plan, request)
  // A real field whose lines cannot be paired goes as a complex one.
  const complex = real ? planOf(axes, { ...numbers, potential: 'shared' }) : undefined
  if (complex === undefined) return undefined
  const inner = generatedOperator(complex, request)
  return {
    kind: inner.kind,
    apply(psi, result) {
      const field = interleaved(psi)
      inner.apply(field, field)
      for (let i = 0; i < result.length; i++) result[i] = field[2 * i]
    },
  }
}

const SWEEPS = ['sum0', 'sum1'] as const

function generatedOperator(plan: Plan, request: OperatorRequest): Operator {
  const { layout } = plan
  const threads = threadsFor(request.threads, request.axes)
  const { result, K, V, work, bytes } = addressesOf(layout, threads)
  const { memory, module, exports, field } = instanceOf(plan, 'operator', bytes, threads)
  writeKinetic(field.doubles, K, layout, request.kinetic.map(interleaved))
  const { potential } = request
  writePotential(
    field,
    V,
    potential.length === 2 * sizeOf(request.axes)
      ? potential
      : (first, out) => {
          for (let i = 0; i < out.length / 2; i++) out[2 * i] = potential[first + i]
        },
  )
  const crew = crewOf({ module, memory, sweeps: SWEEPS, work }, exports, sizeOf(request.axes))
  const units = unitsOf(layout)
  return {
    kind: 'webassembly',
    apply(psi, out) {
      settleTeam()
      writeField(field, layout.field, psi)
      crew.gather()
      for (const [g, each] of units.entries()) crew.sweep(SWEEPS[g], each, { K, V })
      readField(field, result, work[0], undefined, fill(out))
    },
  }
}

/** Where the sum, the tables and the workspaces lie. */
function addressesOf(layout: Layout, threads: number) {
  const result = sumOf(layout)
  const K = result + aligned(layout.fieldBytes)
  const V = K + layout.kineticBytes
  const start = V + aligned(layout.potentialBytes)
  const work = Array.from({ length: threads }, (_, t) => start + t * layout.workBytes)
  return { result, K, V, work, bytes: start + threads * layout.workBytes }
}

function refuse(parameter: string, problem: string, got?: unknown): never {
  throw new PsilabError({
    code: 'parameter',
    parameter,
    problem,
    ...(got === undefined ? {} : { got }),
  })
}
