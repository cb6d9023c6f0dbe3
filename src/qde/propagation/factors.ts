/**
 * A splitting for one fixed complex step a, as tables of its factors in x and in k: exp(−a(H − E_ref)).
 */
import { type Factors, stepper } from '../../engine/index.js'
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
  const { stages } = SPLITTINGS[options.method]
  // The mirrored stages of a symmetric method have the same factors, so they are one function.
  const factors = new Map<string, Factors>()
  const factorOf = (stage: Extract<Stage, { part: 'V' }>): Factors => {
    const key = `${stage.coefficient} ${stage.commutator}`
    const factor = factors.get(key) ?? potentialFactor(hamiltonian, options, stage)
    factors.set(key, factor)
    return factor
  }
  const plan = stepper({
    axes: engineAxes(hamiltonian.grid),
    factors: kindOf(hamiltonian, options.step),
    stages: stages.map((stage) =>
      stage.part === 'V'
        ? { part: 'V', table: factorOf(stage) }
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

/** What the factors of a step are. */
function kindOf({ absorption }: Hamiltonian, { re, im }: ComplexStep): 'real' | 'phases' | 'complex' {
  if (absorption !== undefined) return 'complex'
  return im === 0 ? 'real' : re === 0 ? 'phases' : 'complex'
}

/** exp(−a·c·(V̂ − iW − E_ref)) at the points from `first` on, interleaved. */
function potentialFactor(
  { D, zeta, absorption }: Hamiltonian,
  { step, reference, gradientSquared }: PropagatorOptions,
  { coefficient, commutator }: Extract<Stage, { part: 'V' }>,
): Factors {
  // a² of the commutator term a²·commutator·2D|∇ζ|².
  const square = { re: step.re * step.re - step.im * step.im, im: 2 * step.re * step.im }
  return (first, out) => {
    for (let j = 0; j < out.length / 2; j++) {
      const i = first + j
      // Of (∇ζ − i∇W)² without −2i∇ζ·∇W: ζ is level where a box is open.
      const slopes = commutator === undefined ? 0 : gradientSquared![i] - (absorption?.slopeSquared[i] ?? 0)
      const curvature = commutator === undefined ? 0 : commutator * 2 * D * slopes
      const re = zeta[i] - reference + square.re * curvature
      const im = square.im * curvature - (absorption?.rate[i] ?? 0)
      // The exact factor of a forward stage never exceeds 1; that of the commutator can, far out where ψ has died away.
      const magnitude = Math.exp(Math.min(0, -coefficient * (step.re * re - step.im * im)))
      const phase = -coefficient * (step.re * im + step.im * re)
      out[2 * j] = magnitude * Math.cos(phase)
      out[2 * j + 1] = magnitude * Math.sin(phase)
    }
  }
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
