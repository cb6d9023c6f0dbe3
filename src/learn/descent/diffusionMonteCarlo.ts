/**
 * Diffusion Monte Carlo: walkers are the population reading ψ/∫ψ of the quantum dynamic equation in imaginary time. A
 * step of time Δτ is
 *
 *   e^{−ζΔτ/2} e^{D∇²Δτ} e^{−ζΔτ/2}:   x′ = x + √(2DΔτ) ξ,   weight w = e^{−[ζ(x) + ζ(x′)]Δτ/2 + E_ref Δτ},
 *
 * and a walker has w children on average. E_ref keeps the number of walkers: the copies are drawn together, by a comb of
 * equal teeth over the sum of the weights, which has the least variance. Where D is fixed the walkers sample φ₀/∫φ₀, and
 * the mean of ζ over them is E₀, since ∫∇²φ₀ = 0; the error of the step is of order Δτ², that of a finite number N of
 * walkers of order 1/N. Walkers that leave the box die: ψ = 0 at its walls.
 *
 * Annealing lets D fall, and with it the bias √(Dh/2) of the ground state. The answer is the lowest value that was met.
 *
 * Reference: Anderson, J. Chem. Phys. 63, 1499 (1975); Umrigar, Nightingale and Runge, J. Chem. Phys. 99, 2865 (1993);
 * Finnila and others, Chem. Phys. Lett. 219, 343 (1994), for annealing; Kitagawa, J. Comput. Graph. Stat. 5, 1 (1996), for
 * the comb.
 */
import { requireInteger, requireKeys, requireNumber } from '../../error.js'
import type { RandomStream } from '../../numeric/index.js'
import { type Cloud, cloudAt, covarianceOf, Lowest, meanOf, outside } from './cloud.js'
import type { Course, Situation } from './course.js'
import { Dynamics } from './dynamics.js'
import { requireFirst } from './ledger.js'
import { type Scheduled, scheduled } from './scheduled.js'

export interface DiffusionMonteCarloOptions {
  /** Diffusion coefficient D > 0, or its course over the budget, for example { from: 1, to: 0.001 }. */
  readonly D: Scheduled
  /** Δτ > 0. */
  readonly timeStep: number
  /** Number of walkers, 2 to 10⁶; default 200. */
  readonly walkers?: number
  /** Standard deviation of the walkers about the start; default: uniform in the box. */
  readonly spread?: number
}

/** Diffusion Monte Carlo, at fixed D or annealed. @throws PsilabError `parameter` for options out of range */
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
    course: (situation) => branching(situation, D, timeStep, walkers, spread),
  })
}

/** Paths of the random numbers: the first walkers, and the steps. */
const FIRST = 0
const STEPS = 1

function* branching(
  { ledger, start, box, random }: Situation,
  D: (share: number) => number,
  timeStep: number,
  walkers: number,
  spread: number | undefined,
): Course {
  const lowest = new Lowest(box)
  let cloud = cloudAt(start, spread, box, walkers, random.at(FIRST))
  requireFirst(ledger, walkers)
  let values = ledger.values(cloud)
  lowest.see(cloud, values)
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
    // A walker where ζ is no number dies too.
    const logs = found.map((v, i) =>
      dead?.[i] === 1 || Number.isNaN(v) ? Number.NEGATIVE_INFINITY : (-(v + values[i]) * timeStep) / 2,
    )
    const top = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
    if (!Number.isFinite(top)) return { ended: 'diverged', notes: ['all walkers have left the box'] }
    const weights = logs.map((log) => Math.exp(log - top))
    const total = weights.reduce((sum, w) => sum + w, 0)
    const energy = found.reduce((sum, v, i) => (weights[i] === 0 ? sum : sum + weights[i] * v), 0) / total
    const parents = comb(weights, total, stream.uniform())
    cloud = moved.map((column) => Float64Array.from(parents, (i) => column[i]))
    values = Float64Array.from(parents, (i) => found[i])
    yield moment(diffusion, energy)
  }
  const covariance = covarianceOf(cloud)
  return { ended: 'budget', ...(covariance === undefined ? {} : { covariance }) }
}

function diffused(cloud: Cloud, size: number, random: RandomStream): Cloud {
  const noise = new Float64Array(cloud[0].length)
  return cloud.map((column) => {
    random.fillNormal(noise)
    return column.map((x, i) => x + size * noise[i])
  })
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
