/**
 * The quantum dynamic equation in imaginary time for a population that is kept normal, N(m, Σ):
 *
 *   dΣ/dτ = 2D I − ΣHΣ,    dm/dτ = −Σ∇ζ(m),    H = ∇∇ζ(m).
 *
 * Gradient descent whose matrix of learning rates is the covariance of the population. For a quadratic ζ it is exact:
 * Σ goes to √(2D) H^{−½}, and the mean to the minimum with the rates √(2Dh) of the curvatures h, so that a condition
 * number κ acts as √κ (gradient descent: κ, Newton: 1): half a Newton method. Otherwise ζ is taken as its Taylor series
 * of order 2 at the mean, anew at each step.
 */
import { PsilabError, requireKeys, requireNumber } from '../../error.js'
import type { Course, Situation } from './course.js'
import { Dynamics } from './dynamics.js'
import { norm, requireTolerance } from './firstOrder.js'
import { type Population, quadraticFlow } from './riccati.js'
import { type Scheduled, scheduled } from './scheduled.js'
import { type Eigenbasis, eigenbasis, requireMatrixSize } from './symmetric.js'

export interface GaussianFlowOptions {
  /** Diffusion coefficient D > 0, or its course over the budget. */
  readonly D: Scheduled
  /** Step of the imaginary time τ; any length where ζ is quadratic. */
  readonly step: number
  /** Standard deviation of the population at the start, the same in all directions; default 1. */
  readonly sigma?: number
  /**
   * What becomes of negative curvatures, along which a population would spread without bound: `clip` makes them 0, so
   * that it spreads by diffusion alone (default); `flip` takes their absolute value (Dauphin and others, NIPS 2014).
   */
  readonly negative?: 'clip' | 'flip'
  /** Converged where |∇ζ| at the mean falls to this; default 1e-10. */
  readonly gradientTolerance?: number
}

/**
 * The Gaussian flow of the quantum dynamic equation.
 * @throws PsilabError `parameter` for options out of range
 * @example
 * gaussianFlow({ D: 0.5, step: 0.25 }).run('x^2/2 + 50*y^2', { start: [1, 1] })
 */
export function gaussianFlow(options: GaussianFlowOptions): Dynamics {
  requireKeys('gaussianFlow', options, ['D', 'step', 'sigma', 'negative', 'gradientTolerance'])
  const positive = (name: 'step' | 'sigma', value: unknown): number =>
    requireNumber(name, value, 'a finite number > 0', (v) => v > 0)
  const step = positive('step', options.step)
  const sigma = positive('sigma', options.sigma ?? 1)
  const D = scheduled('D', options.D)
  const negative = options.negative ?? 'clip'
  if (negative !== 'clip' && negative !== 'flip')
    throw new PsilabError({
      code: 'parameter',
      parameter: 'negative',
      problem: 'unknown',
      allowed: "'clip' or 'flip'",
      got: negative,
    })
  const tolerance = requireTolerance(options.gradientTolerance)
  return new Dynamics({
    name: 'QDE Gaussian flow',
    settings: { D: options.D, step, sigma, negative },
    course: (situation) => flow(situation, { D, step, sigma, negative, tolerance }),
  })
}

interface Flow {
  readonly D: (share: number) => number
  readonly step: number
  readonly sigma: number
  readonly negative: 'clip' | 'flip'
  readonly tolerance: number
}

function* flow({ ledger, start }: Situation, { D, step, sigma, negative, tolerance }: Flow): Course {
  const d = start.length
  requireMatrixSize(d, 'the Gaussian flow')
  let population: Population = {
    mean: start,
    covariance: Float64Array.from({ length: d * d }, (_, k) => (k % (d + 1) === 0 ? sigma * sigma : 0)),
  }
  let steps = 0
  let bent = 0
  let rates = new Float64Array(d)
  const end = (ended: 'converged' | 'budget' | 'diverged') => ({
    ended,
    covariance: population.covariance,
    notes: notesOf(rates, bent, steps, negative),
  })
  const observables = (diffusion: number) => ({
    tau: steps * step,
    D: diffusion,
    ...Object.fromEntries(Array.from({ length: Math.min(d, SHOWN) }, (_, i) => [`rate ${i + 1}`, rates[i]])),
  })
  yield { point: population.mean, observables: observables(D(0)) }
  while (ledger.affords(0, 1, 1)) {
    const diffusion = D(Math.min(1, ledger.cost / ledger.budget))
    const slope = ledger.gradient(population.mean)
    if (norm(slope) <= tolerance) return end('converged')
    const hessian = ledger.hessian(population.mean)
    if (!slope.every(Number.isFinite) || !hessian.every(Number.isFinite)) return end('diverged')
    const { basis, isBent } = allowed(eigenbasis(hessian, d), negative)
    rates = basis.values.map((h) => Math.sqrt(2 * diffusion * h))
    steps++
    if (isBent) bent++
    population = quadraticFlow(population, basis, slope, diffusion, step)
    yield { point: population.mean, observables: observables(diffusion) }
  }
  return end('budget')
}

/** Rates that are recorded. */
const SHOWN = 8

function allowed(
  basis: Eigenbasis,
  negative: 'clip' | 'flip',
): { readonly basis: Eigenbasis; readonly isBent: boolean } {
  if (basis.values[0] >= 0) return { basis, isBent: false }
  return {
    basis: {
      ...basis,
      values: basis.values.map((h) => (negative === 'clip' ? Math.max(0, h) : Math.abs(h))),
    },
    isBent: true,
  }
}

function notesOf(rates: Float64Array, bent: number, steps: number, negative: 'clip' | 'flip'): string[] {
  const notes: string[] = []
  const [slow, fast] = [Math.min(...rates), Math.max(...rates)]
  if (slow > 0)
    notes.push(
      rates.length === 1
        ? `half-Newton: rate √(2Dh) = ${slow.toPrecision(4)} at the end`
        : `half-Newton: rates √(2Dh) from ${slow.toPrecision(4)} to ${fast.toPrecision(4)} at the end; the condition ` +
            `number κ = ${((fast / slow) ** 2).toPrecision(4)} acts as √κ = ${(fast / slow).toPrecision(4)}`,
    )
  if (bent > 0)
    notes.push(
      `${bent} of ${steps} steps met negative curvatures, which were ${negative === 'clip' ? 'made 0' : 'taken as positive'}`,
    )
  return notes
}
