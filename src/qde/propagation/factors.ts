/**
 * A splitting for one fixed complex step a, as tables of its factors in x and in k: exp(−a(H − E_ref)).
 */
import type { Hamiltonian } from '../hamiltonian.js'
import { type ComplexStep, complexStep } from './complexStep.js'
import type { IntegratorSettings } from './integrator.js'
import { SPLITTINGS, type SplittingName, type Stage } from './splitting.js'
import type { Stepper } from './stepControl.js'

export interface PropagatorOptions {
  readonly method: SplittingName
  readonly step: ComplexStep
  /** Energy subtracted from H, so that imaginary time neither under- nor overflows. */
  readonly reference: number
  /** |∇ζ|² on the grid, where the method needs it. */
  readonly gradientSquared?: Float64Array
}

/** Applies `count` steps to the interleaved field in place. */
export type Propagator = (psi: Float64Array, count: number) => void

export function propagator(hamiltonian: Hamiltonian, options: PropagatorOptions): Propagator {
  const { spectral } = hamiltonian
  const stages = SPLITTINGS[options.method].stages
  const tables = stages.map((stage) => factorTable(hamiltonian, options, stage))
  // The last V factor of a step and the first of the next are one factor.
  const joint = multiplied(tables[tables.length - 1], tables[0])
  const inner = stages.slice(1, -1)
  return (psi, count) => {
    if (count <= 0) return
    multiply(psi, tables[0])
    for (let n = 0; n < count; n++) {
      inner.forEach((stage, s) => {
        if (stage.part === 'V') multiply(psi, tables[s + 1])
        else {
          spectral.forward(psi)
          multiply(psi, tables[s + 1])
          spectral.inverse(psi)
        }
      })
      multiply(psi, n === count - 1 ? tables[tables.length - 1] : joint)
    }
  }
}

/** Tables of the last few step lengths that a stepper keeps: the step under trial, its half, and the one in use. */
const RECENT = 4

/** A splitting as a one-step method. */
export function splittingStepper(
  { hamiltonian, angle, reference }: IntegratorSettings,
  method: SplittingName,
  gradientSquared?: Float64Array,
): Stepper {
  const recent = new Map<number, Propagator>()
  return {
    name: method,
    order: SPLITTINGS[method].order,
    step(psi, h, count) {
      let apply = recent.get(h)
      if (apply === undefined) {
        apply = propagator(hamiltonian, {
          method,
          step: complexStep(angle, h),
          reference,
          ...(gradientSquared === undefined ? {} : { gradientSquared }),
        })
        if (recent.size >= RECENT) recent.delete(recent.keys().next().value as number)
        recent.set(h, apply)
      }
      apply(psi, count)
    },
  }
}

/** exp(−a·c·(V̂ − E_ref)) in x or exp(−a·c·Dκ²) in k, interleaved, length 2·size. */
function factorTable(
  { D, zeta, spectral, grid }: Hamiltonian,
  { step, reference, gradientSquared }: PropagatorOptions,
  stage: Stage,
): Float64Array {
  const table = new Float64Array(2 * grid.size)
  // a² of the commutator term a²·commutator·2D|∇ζ|².
  const square = { re: step.re * step.re - step.im * step.im, im: 2 * step.re * step.im }
  for (let i = 0; i < grid.size; i++) {
    let re = 0
    let im = 0
    if (stage.part === 'T') re = D * spectral.wavenumberSquared[i]
    else {
      const curvature = stage.commutator === undefined ? 0 : stage.commutator * 2 * D * gradientSquared![i]
      re = zeta[i] - reference + square.re * curvature
      im = square.im * curvature
    }
    const c = stage.coefficient
    // The exact factor of a forward stage never exceeds 1; that of the commutator can, far out where ψ has died away.
    const magnitude = Math.exp(Math.min(0, -c * (step.re * re - step.im * im)))
    const phase = -c * (step.re * im + step.im * re)
    table[2 * i] = magnitude * Math.cos(phase)
    table[2 * i + 1] = magnitude * Math.sin(phase)
  }
  return table
}

function multiply(psi: Float64Array, table: Float64Array): void {
  for (let i = 0; i < psi.length; i += 2) {
    const re = psi[i] * table[i] - psi[i + 1] * table[i + 1]
    psi[i + 1] = psi[i] * table[i + 1] + psi[i + 1] * table[i]
    psi[i] = re
  }
}

function multiplied(a: Float64Array, b: Float64Array): Float64Array {
  const product = Float64Array.from(a)
  multiply(product, b)
  return product
}
