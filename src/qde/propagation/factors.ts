/**
 * A splitting for one fixed complex step a, as tables of its factors in x and in k: exp(−a(H − E_ref)).
 */
import { stepper } from '../../engine/index.js'
import type { Axis } from '../../grid/index.js'
import { engineAxes } from '../engineAxes.js'
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
  const { axes } = hamiltonian.grid
  const plan = stepper({
    axes: engineAxes(hamiltonian.grid),
    stages: SPLITTINGS[options.method].stages.map((stage) =>
      stage.part === 'V'
        ? { part: 'V', table: potentialFactor(hamiltonian, options, stage) }
        : {
            part: 'T',
            tables: axes.map((a) => kineticFactor(a, hamiltonian.D, options.step, stage.coefficient)),
          },
    ),
  })
  return (psi, count) => {
    if (count <= 0) return
    plan.load(psi)
    plan.run(count)
    plan.store(psi)
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

/** exp(−a·c·(V̂ − iW − E_ref)) at every point, interleaved. */
function potentialFactor(
  { D, zeta, grid, absorption }: Hamiltonian,
  { step, reference, gradientSquared }: PropagatorOptions,
  { coefficient, commutator }: Extract<Stage, { part: 'V' }>,
): Float64Array {
  const table = new Float64Array(2 * grid.size)
  // a² of the commutator term a²·commutator·2D|∇ζ|².
  const square = { re: step.re * step.re - step.im * step.im, im: 2 * step.re * step.im }
  for (let i = 0; i < grid.size; i++) {
    // Of (∇ζ − i∇W)² without −2i∇ζ·∇W: ζ is level where a box is open.
    const slopes = commutator === undefined ? 0 : gradientSquared![i] - (absorption?.slopeSquared[i] ?? 0)
    const curvature = commutator === undefined ? 0 : commutator * 2 * D * slopes
    const re = zeta[i] - reference + square.re * curvature
    const im = square.im * curvature - (absorption?.rate[i] ?? 0)
    // The exact factor of a forward stage never exceeds 1; that of the commutator can, far out where ψ has died away.
    const magnitude = Math.exp(Math.min(0, -coefficient * (step.re * re - step.im * im)))
    const phase = -coefficient * (step.re * im + step.im * re)
    table[2 * i] = magnitude * Math.cos(phase)
    table[2 * i + 1] = magnitude * Math.sin(phase)
  }
  return table
}

/** exp(−a·c·Dκ²) for every mode of one axis, interleaved. */
function kineticFactor(
  { wavenumbers }: Axis,
  D: number,
  step: ComplexStep,
  coefficient: number,
): Float64Array {
  const table = new Float64Array(2 * wavenumbers.length)
  wavenumbers.forEach((kappa, k) => {
    const energy = coefficient * D * kappa * kappa
    const magnitude = Math.exp(-step.re * energy)
    table[2 * k] = magnitude * Math.cos(step.im * energy)
    table[2 * k + 1] = -magnitude * Math.sin(step.im * energy)
  })
  return table
}
