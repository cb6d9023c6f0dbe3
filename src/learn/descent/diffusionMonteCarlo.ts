/**
 * Diffusion Monte Carlo: walkers are the population reading ψ/∫ψ of the quantum dynamic equation in imaginary time. A
 * step of time Δτ is
 *
 *   e^{−ζΔτ/2} e^{D∇²Δτ} e^{−ζΔτ/2}:   x′ = x + √(2DΔτ) ξ,   weight w = e^{−[ζ(x) + ζ(x′)]Δτ/2 + E_ref Δτ},
 *
 * and a walker has w children on average. E_ref keeps the number of walkers: the copies are drawn together, by a comb of
 * equal teeth over the sum of the weights, which has the least variance. Where D is fixed the walkers sample φ₀/∫φ₀, and
 * the mean of ζ over them is E₀, since ∫∇²φ₀ = 0; the error of the step is of order Δτ². Walkers that leave the box die:
 * ψ = 0 at its walls.
 *
 * Annealing lets D fall, and with it the bias √(Dh/2) of the ground state. The answer is the lowest value that was met.
 *
 * Reference: Anderson, J. Chem. Phys. 63, 1499 (1975); Umrigar, Nightingale and Runge, J. Chem. Phys. 99, 2865 (1993);
 * Finnila and others, Chem. Phys. Lett. 219, 343 (1994), for annealing; Kitagawa, J. Comput. Graph. Stat. 5, 1 (1996), for
 * the comb.
 */
import { requireInteger, requireKeys, requireNumber } from '../../error.js'
import { blocking, type RandomStream } from '../../numeric/index.js'
import { type Cloud, cloudAt, covarianceOf, Lowest, meanOf, outside } from './cloud.js'
import type { Course, Ending, Situation } from './course.js'
import { Dynamics } from './dynamics.js'
import { requireFirst } from './ledger.js'
import { type Scheduled, scheduled } from './scheduled.js'
import { short } from './words.js'

export interface DiffusionMonteCarloOptions {
  /** Diffusion coefficient D > 0, or its course over the budget, for example geometric(1, 0.001). */
  readonly D: Scheduled
  /** Δτ > 0. */
  readonly timeStep: number
  /** Number of walkers, 2 to 10⁶; default 200. */
  readonly walkers?: number
  /** Standard deviation of the walkers about the start; default: uniform in the box. */
  readonly spread?: number
}

/**
 * Diffusion Monte Carlo, at fixed D or annealed.
 * @throws PsilabError `parameter` for options out of range
 * @example
 * diffusionMonteCarlo({ D: 0.5, timeStep: 0.1, walkers: 500, spread: 1 }).run('x^2/2', { start: [0] }).estimates.energy
 */
export function diffusionMonteCarlo(options: DiffusionMonteCarloOptions): Dynamics {
  requireKeys('diffusionMonteCarlo', options, ['D', 'timeStep', 'walkers', 'spread'])
  const D = scheduled('D', options.D)
  const timeStep = requireNumber('timeStep', options.timeStep, 'a finite number > 0', (t) => t > 0)
  const walkers = requireInteger('walkers', options.walkers ?? 200, 2, 1_000_000)
  const { spread } = options
  if (spread !== undefined) requireNumber('spread', spread, 'a finite number > 0', (s) => s > 0)
  return new Dynamics({
    name: 'diffusion Monte Carlo',
    settings: { D: options.D, timeStep, walkers, ...(spread === undefined ? {} : { spread }) },
    isRandom: true,
    course: (situation) =>
      branching(situation, { D, isFixed: typeof options.D === 'number', timeStep, walkers, spread }),
  })
}

/** Paths of the random numbers: the first walkers, and the steps. */
const FIRST = 0
const STEPS = 1

interface Branching {
  readonly D: (share: number) => number
  readonly isFixed: boolean
  readonly timeStep: number
  readonly walkers: number
  readonly spread: number | undefined
}

function* branching(
  { ledger, start, box, random }: Situation,
  { D, isFixed, timeStep, walkers, spread }: Branching,
): Course {
  const lowest = new Lowest(box)
  let cloud = cloudAt(start, spread, box, walkers, random.at(FIRST))
  requireFirst(ledger, walkers)
  let values = ledger.values(cloud)
  lowest.see(cloud, values)
  const energies: number[] = []
  const growth: number[] = []
  const moment = (diffusion: number, energy: number) => ({
    point: meanOf(cloud),
    ...(lowest.point === undefined ? {} : { answer: lowest.point }),
    observables: { D: diffusion, energy },
  })
  yield moment(D(0), values.reduce((sum, v) => sum + v, 0) / walkers)
  for (let step = 0; ledger.affords(walkers); step++) {
    const diffusion = D(ledger.cost / ledger.budget)
    const stream = random.at(STEPS, step)
    const moved = diffused(cloud, Math.sqrt(2 * diffusion * timeStep), stream)
    const found = ledger.values(moved)
    lowest.see(moved, found)
    const dead = box === undefined ? undefined : outside(box, moved)
    const weighted = weightsOf(values, found, timeStep, dead)
    if (weighted === undefined) return { ended: 'diverged', notes: ['all walkers have left the box'] }
    const { weights, top } = weighted
    const [total, energy] = sums(weights, found)
    const parents = comb(weights, total, stream.uniform())
    cloud = moved.map((column) => picked(column, parents))
    values = picked(found, parents)
    if (isFixed) {
      energies.push(energy)
      growth.push(top + Math.log(total / walkers))
    }
    yield moment(diffusion, energy)
  }
  const covariance = covarianceOf(cloud)
  return {
    ended: 'budget',
    ...(covariance === undefined ? {} : { covariance }),
    ...(isFixed ? groundEnergy(energies, growth) : {}),
  }
}

/** Share of the steps in which the walkers come to φ₀. */
const BEGINNING = 0.2

/** Correlation times of the energy over which the growth of the population is remembered. */
const MEMORY = 10

/**
 * E₀ as the mean over the steps after the beginning, with its statistical error. Keeping the number of walkers takes away
 * from each generation the weight by which it would have grown, which biases the mean by 1/N; each generation is given
 * back the growth of the last steps (Nightingale and Umrigar, in Nightingale and Umrigar (eds.), Quantum Monte Carlo Methods
 * in Physics and Chemistry (1999), chapter 1).
 *
 * @param growth ln of the mean weight at each step
 */
function groundEnergy(
  energies: readonly number[],
  growth: readonly number[],
): Pick<Ending, 'estimates' | 'notes'> {
  const from = Math.ceil(BEGINNING * energies.length)
  const series = Float64Array.from(energies.slice(from))
  const memory = Math.min(from, Math.ceil(MEMORY * blocking([series]).autocorrelation) || 0)
  let recent = 0
  const weights = series.map((_, k) => {
    recent += growth[from + k] - growth[from + k - memory]
    return Math.exp(recent)
  })
  const [total, energy] = sums(weights, series)
  // The ratio of two means, to first order in what they scatter.
  const linear = series.map((e, k) => energy + ((weights[k] * (e - energy)) / total) * series.length)
  const estimate = { ...blocking([linear]), mean: energy }
  return {
    estimates: { energy: estimate },
    notes: [
      `E₀ = ${short(energy, 6)} ± ${short(estimate.error, 2)}, the mean of ζ over the walkers after the first fifth of the steps` +
        `${estimate.settled ? '' : ' (too few steps: the error is a lower bound)'}; the error of the step Δτ is not in it`,
    ],
  }
}

function diffused(cloud: Cloud, size: number, random: RandomStream): Cloud {
  return cloud.map((column) => {
    const moved = new Float64Array(column.length)
    random.fillNormal(moved)
    for (let i = 0; i < moved.length; i++) moved[i] = column[i] + size * moved[i]
    return moved
  })
}

/** e^{−[ζ + ζ′]Δτ/2} over the largest of these; 0 for the dead, and where ζ is no number. Undefined where none is left. */
function weightsOf(
  before: Float64Array,
  after: Float64Array,
  timeStep: number,
  dead: Uint8Array | undefined,
): { readonly weights: Float64Array; readonly top: number } | undefined {
  const weights = new Float64Array(after.length)
  let top = Number.NEGATIVE_INFINITY
  for (let i = 0; i < weights.length; i++) {
    const log = (-(before[i] + after[i]) * timeStep) / 2
    weights[i] = dead?.[i] === 1 || Number.isNaN(log) ? Number.NEGATIVE_INFINITY : log
    if (weights[i] > top) top = weights[i]
  }
  if (!Number.isFinite(top)) return undefined
  for (let i = 0; i < weights.length; i++) weights[i] = Math.exp(weights[i] - top)
  return { weights, top }
}

/** Σw, and the mean of the values with these weights. */
function sums(weights: Float64Array, values: Float64Array): readonly [total: number, mean: number] {
  let [total, sum] = [0, 0]
  for (let i = 0; i < weights.length; i++) {
    total += weights[i]
    if (weights[i] > 0) sum += weights[i] * values[i]
  }
  return [total, sum / total]
}

function picked(column: Float64Array, parents: Int32Array): Float64Array {
  const result = new Float64Array(parents.length)
  for (let k = 0; k < parents.length; k++) result[k] = column[parents[k]]
  return result
}

/** Indices of the parents: as many as there are weights, each about w·n/Σw times. @param offset of the comb, in [0, 1) */
function comb(weights: Float64Array, total: number, offset: number): Int32Array {
  const n = weights.length
  const parents = new Int32Array(n)
  let [i, reached] = [0, weights[0]]
  for (let k = 0; k < n; k++) {
    const tooth = ((k + offset) * total) / n
    while (reached <= tooth && i < n - 1) reached += weights[++i]
    parents[k] = i
  }
  return parents
}
