/**
 * Optimisers with the two loops of the quantum dynamic equation: Gaussian samples at a scale σ and greedy selection in
 * the inner loop, a smaller σ in the outer one. After the MQHOA family of Wang and co-workers.
 *
 * A sample is taken for a step of imaginary time of length 1 at D, σ² = 2D: halving σ divides D by 4. Where σ is read as
 * the width of the ground state at curvature h, σ² = √(2D/h) (population reading), halving it divides D by 16. The papers
 * do not say which is meant, so both are recorded, the second for h = 1.
 *
 * Coordinates are measured in widths of the box, so that σ is the same share of it in each.
 */
import { requireInteger, requireKeys, requireNumber } from '../../error.js'
import type { RandomStream } from '../../numeric/index.js'
import { requireBox, type SearchBox } from './box.js'
import { type Cloud, covarianceOf, deviations, Lowest, meanOf, setWalker, uniformCloud } from './cloud.js'
import type { Course, Situation } from './course.js'
import { Dynamics } from './dynamics.js'
import { requireFirst } from './ledger.js'

export interface MqhoaOptions {
  /** Number of walkers k, 2 to 10⁵; default 30. */
  readonly walkers?: number
  /** Converged where σ falls to this share of the box; default 1e-10. */
  readonly precision?: number
}

export interface MpssMqhoaOptions extends MqhoaOptions {
  /** Samples of a pass, shared out among the walkers; default 300. */
  readonly samples?: number
}

interface Scheme {
  readonly walkers: number
  readonly precision: number
  /** Samples of each walker in a pass, the best walker first. */
  readonly samples: readonly number[]
  /** Standard deviation of a sample, as a share of σ. */
  readonly width: number
  /** What σ is divided by where a pass was without success, and where the walkers have come together. */
  readonly shrink: number
  /** Whether the one or the other is one event, at which the worst walker goes to the mean; else each divides σ. */
  readonly joined: boolean
}

/**
 * MQHOA: every walker tries one sample N(x, (σ/2)²) a pass and goes there if it is better. Where none was, the worst
 * walker goes to the mean of all and σ is halved; it is also halved where the walkers have come together to σ.
 * @throws PsilabError `parameter` for options out of range
 * @example
 * mqhoa().run(testFunction('schwefel'), { evaluations: 20_000 })
 */
export function mqhoa(options: MqhoaOptions = {}): Dynamics {
  requireKeys('mqhoa', options, ['walkers', 'precision'])
  const { walkers, precision } = requireCommon(options)
  return new Dynamics({
    name: 'MQHOA',
    settings: { walkers },
    isRandom: true,
    course: (situation) =>
      twoLoops(situation, {
        walkers,
        precision,
        samples: Array.from({ length: walkers }, () => 1),
        width: 0.5,
        shrink: 2,
        joined: false,
      }),
  })
}

/**
 * MPSS-MQHOA: the samples N(x, σ²) of a pass are shared out among the walkers in proportion to the cube of their rank,
 * the best with the most, and each goes to its best sample if that is better. σ is divided by 1.2.
 * @throws PsilabError `parameter` for options out of range
 */
export function mpssMqhoa(options: MpssMqhoaOptions = {}): Dynamics {
  requireKeys('mpssMqhoa', options, ['walkers', 'precision', 'samples'])
  const { walkers, precision } = requireCommon(options)
  const samples = requireInteger('samples', options.samples ?? 300, walkers, 1_000_000)
  return new Dynamics({
    name: 'MPSS-MQHOA',
    settings: { walkers, samples },
    isRandom: true,
    course: (situation) =>
      twoLoops(situation, {
        walkers,
        precision,
        samples: shares(walkers, samples),
        width: 1,
        shrink: 1.2,
        joined: true,
      }),
  })
}

function requireCommon({ walkers, precision }: MqhoaOptions): { walkers: number; precision: number } {
  return {
    walkers: requireInteger('walkers', walkers ?? 30, 2, 100_000),
    precision: requireNumber('precision', precision ?? 1e-10, 'a number > 0 and < 1', (p) => p > 0 && p < 1),
  }
}

/** Whole numbers in proportion to the cubes of walkers, walkers − 1, … 1, each at least 1, with a given sum. */
export function shares(walkers: number, samples: number): number[] {
  const cubes = Array.from({ length: walkers }, (_, k) => (walkers - k) ** 3)
  const total = cubes.reduce((sum, c) => sum + c, 0)
  const counts = cubes.map((c) => Math.max(1, Math.floor((c / total) * samples)))
  // What rounding leaves over goes to the best; what the least shares took too much comes from the largest.
  let left = samples - counts.reduce((sum, c) => sum + c, 0)
  for (let k = 0; left > 0; k = (k + 1) % walkers, left--) counts[k]++
  for (; left < 0; left++) counts[counts.lastIndexOf(counts[0])]--
  return counts
}

/** Paths of the random numbers: the first walkers, and the passes. */
const FIRST = 0
const PASSES = 1

function* twoLoops({ ledger, box: given, random }: Situation, scheme: Scheme): Course {
  const { walkers, samples, width, shrink, joined, precision } = scheme
  const box = requireBox(given, 'MQHOA')
  const total = samples.reduce((sum, n) => sum + n, 0)
  const d = ledger.dimension
  const lowest = new Lowest()
  const cloud = uniformCloud(box, walkers, random.at(FIRST))
  requireFirst(ledger, walkers)
  const values = ledger.values(cloud)
  lowest.see(cloud, values)
  let sigma = 1
  let jumps = 0
  const moment = () => ({
    point: meanOf(cloud),
    ...(lowest.point === undefined ? {} : { answer: lowest.point }),
    observables: {
      sigma,
      'D of the samples': (sigma * width) ** 2 / 2,
      'D of the ground state': sigma ** 4 / 2,
      'sampling jumps': jumps,
    },
  })
  const end = (ended: 'converged' | 'budget') => {
    const covariance = covarianceOf(cloud)
    return {
      ended,
      ...(covariance === undefined ? {} : { covariance }),
      notes: [
        `${jumps} sampling jumps: Gaussian samples that were better and were taken; nothing tunnels here`,
      ],
    }
  }
  yield moment()
  for (let pass = 0; ledger.affords(total + 1); pass++) {
    const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b])
    const parents = Int32Array.from(
      order.flatMap((i, rank) => Array.from({ length: samples[rank] }, () => i)),
    )
    const tried = sampled(cloud, parents, sigma * width, box, random.at(PASSES, pass))
    const found = ledger.values(tried)
    lowest.see(tried, found)
    let improved = 0
    parents.forEach((i, k) => {
      // A value that is no number is never better.
      if (!(found[k] < values[i])) return
      for (let c = 0; c < d; c++) cloud[c][i] = tried[c][k]
      values[i] = found[k]
      improved++
    })
    jumps += improved
    const together = deviations(cloud).every((s, c) => s <= sigma * box.width[c])
    const idle = improved === 0
    if (idle || (joined && together)) {
      const worst = values.reduce((at, v, i) => (v > values[at] ? i : at), 0)
      const mean = meanOf(cloud)
      setWalker(cloud, worst, mean)
      values[worst] = ledger.value(mean)
      lowest.seePoint(mean, values[worst])
    }
    sigma /= shrink ** (joined ? Number(idle || together) : Number(idle) + Number(together))
    yield moment()
    if (sigma <= precision) return end('converged')
  }
  return end('budget')
}

/** Gaussian samples about their parents; a coordinate outside the box is drawn anew, uniformly in it. */
function sampled(
  cloud: Cloud,
  parents: Int32Array,
  sigma: number,
  { lower, upper, width }: SearchBox,
  random: RandomStream,
): Cloud {
  return cloud.map((column, c) => {
    const tried = new Float64Array(parents.length)
    random.fillNormal(tried)
    const size = sigma * width[c]
    for (let k = 0; k < tried.length; k++) {
      const x = column[parents[k]] + size * tried[k]
      tried[k] = x >= lower[c] && x <= upper[c] ? x : lower[c] + width[c] * random.uniform()
    }
    return tried
  })
}
