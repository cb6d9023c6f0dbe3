/**
 * A splitting for one fixed complex step a, as tables of its factors in x and in k: exp(−a(H − E_ref)).
 */
import {
  type Stepper as EngineStepper,
  type Factors,
  type StepperStage,
  stepper,
} from '../../engine/index.js'
import type { Axis } from '../../grid/index.js'
import { engineAxes } from '../engineAxes.js'
import type { Hamiltonian } from '../hamiltonian.js'
import { type ComplexStep, complexStep } from './complexStep.js'
import type { EngineOptions, IntegratorSettings } from './integrator.js'
import { SPLITTINGS, type SplittingName, type Stage } from './splitting.js'
import type { Reader, Stepper } from './stepControl.js'
import { finish, stepsBetweenPauses, type Work } from './work.js'

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
  const advance = plan(hamiltonian, options, 2, { reproducible: true })
  return (psi, count) => {
    finish(advance(psi, count))
  }
}

/**
 * Advances a field by `count` steps, in place or to a reader, with pauses; returns the steps made, fewer where it was
 * stopped.
 */
type Plan = (psi: Float64Array, count: number, reader?: Reader) => Work<number>

/** @param width numbers a point of the field */
function plan(
  hamiltonian: Hamiltonian,
  options: PropagatorOptions,
  width: 1 | 2,
  engine: EngineOptions,
): Plan {
  return planner(width, engine)(hamiltonian, options)
}

/** Makes plans on one grid in one memory: each is of use until the next is made. */
export function planner(
  width: 1 | 2,
  { reproducible, threads, cancelled }: EngineOptions,
): (hamiltonian: Hamiltonian, options: PropagatorOptions) => Plan {
  let last: EngineStepper | undefined
  return (hamiltonian, options) => {
    const { size } = hamiltonian.grid
    const stages = stagesOf(hamiltonian, options)
    if (last?.retable?.(stages) !== true)
      last = stepper({
        axes: engineAxes(hamiltonian.grid),
        factors: kindOf(hamiltonian, options.step),
        stages,
        real: width === 1,
        fma: reproducible ? 'off' : 'auto',
        ...(threads === undefined ? {} : { threads }),
      })
    const engine = last
    const piece = stepsBetweenPauses(size)
    return function* (psi, count, reader) {
      if (count <= 0) return 0
      engine.load(psi)
      let done = 0
      for (;;) {
        const next = Math.min(piece, count - done)
        const made = engine.run(next, cancelled)
        // A step that was left in the middle is none: ψ is as it was.
        if (!engine.whole) return 0
        done += made
        if (made < next || done === count || (yield done) === true) break
      }
      if (reader === undefined) engine.store(psi)
      else engine.read(reader)
      return done
    }
  }
}

/** Tables of the last few step lengths that a stepper keeps: the step under trial, its half, and the one in use. */
const RECENT = 4
/** Points from which one step length at a time has tables: their memory is then worth more than the time for new ones. */
const LARGE = 2 ** 20

/** A splitting of a fixed H as a one-step method. */
export function splittingStepper(
  { hamiltonian, angle, reference, width, engine }: IntegratorSettings,
  method: SplittingName,
): Stepper {
  const fixed = hamiltonian.at(0)
  const square = SPLITTINGS[method].needsGradient ? hamiltonian.gradientSquared : undefined
  const gradientSquared = square === undefined ? {} : { gradientSquared: square }
  const recent = new Map<number, Plan>()
  const large = fixed.grid.size >= LARGE
  const inOneMemory = planner(width, engine)
  const planFor = (h: number): Plan => {
    let advance = recent.get(h)
    if (advance === undefined) {
      const options = { method, step: complexStep(angle, h), reference, ...gradientSquared }
      if (large) recent.clear()
      else if (recent.size >= RECENT) recent.delete(recent.keys().next().value as number)
      advance = large ? inOneMemory(fixed, options) : plan(fixed, options, width, engine)
    }
    recent.delete(h)
    recent.set(h, advance)
    return advance
  }
  return {
    name: method,
    order: SPLITTINGS[method].order,
    step: (psi, s, h, count) => timed(planFor(h)(psi, count), s, h),
    stepTo: (psi, s, h, count, reader) => timed(planFor(h)(psi, count, reader), s, h),
  }
}

/** The same work, with the time reached at its pauses instead of the steps. */
export function* timed(work: Work<number>, s: number, h: number): Work<number> {
  let turn = work.next()
  while (turn.done !== true) turn = work.next(yield s + (turn.value as number) * h)
  return turn.value
}

/** The factors of the stages; stages of equal coefficients share their tables. */
function stagesOf(hamiltonian: Hamiltonian, options: PropagatorOptions): StepperStage[] {
  const made = new Map<string, StepperStage>()
  return SPLITTINGS[options.method].stages.map((stage) => {
    const key = `${stage.part} ${stage.coefficient}`
    const found = made.get(key)
    if (found !== undefined) return found
    const { coefficient } = stage
    const factors: StepperStage =
      stage.part === 'V'
        ? { part: 'V', table: potentialFactor(hamiltonian, options, stage) }
        : {
            part: 'T',
            tables: hamiltonian.grid.axes.map((a) =>
              kineticFactor(a, hamiltonian.D, options.step, coefficient),
            ),
          }
    made.set(key, factors)
    return factors
  })
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
  // The exact factor of a forward stage is at most that of the lowest ζ; that of the commutator can exceed it, far out
  // where ψ has died away.
  const lowest = step.re === 0 ? 0 : zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
  const most = -coefficient * step.re * (lowest - reference)
  // a² of the commutator term a²·commutator·2D|∇ζ|².
  const square = { re: step.re * step.re - step.im * step.im, im: 2 * step.re * step.im }
  const slopes = commutator === undefined ? undefined : gradientSquared
  const [inRe, inIm] = [2 * D * (commutator ?? 0) * square.re, 2 * D * (commutator ?? 0) * square.im]
  return (first, out) => {
    for (let j = 0, i = first; j < out.length; j += 2, i++) {
      let re = zeta[i] - reference
      let im = 0
      if (slopes !== undefined) {
        // Of (∇ζ − i∇W)² without −2i∇ζ·∇W: ζ is level where a box is open.
        const curvature = slopes[i] - (absorption === undefined ? 0 : absorption.slopeSquared[i])
        re += inRe * curvature
        im = inIm * curvature
      }
      if (absorption !== undefined) im -= absorption.rate[i]
      const exponent = Math.min(most, -coefficient * (step.re * re - step.im * im))
      const magnitude = exponent === 0 ? 1 : Math.exp(exponent)
      const phase = -coefficient * (step.re * im + step.im * re)
      out[j] = phase === 0 ? magnitude : magnitude * Math.cos(phase)
      out[j + 1] = phase === 0 ? 0 : magnitude * Math.sin(phase)
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
