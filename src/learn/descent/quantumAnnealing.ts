/**
 * Quantum annealing on a grid, in one to three dimensions: the quantum dynamic equation with a D that falls, in real or
 * imaginary time. Its point is the mean of |ψ|², and its answer the place where |ψ|² is largest.
 *
 * A wave knows ζ everywhere: a value at each point of the grid is counted, all of them before the first step; steps ask
 * for no more. A grid is what budget and box allow, so the number of its points grows as a power of the dimension.
 *
 * Reference: Kadowaki and Nishimori, Phys. Rev. E 58, 5355 (1998); Stella, Santoro and Tosatti, Phys. Rev. B 72, 014303
 * (2005).
 */
import { PsilabError, requireInteger, requireKeys, requireNumber } from '../../error.js'
import { type Evolution, qde, wavePacket } from '../../qde/index.js'
import { requireBox, type SearchBox } from './box.js'
import type { Course, Situation } from './course.js'
import { Dynamics } from './dynamics.js'
import { requireFirst } from './ledger.js'
import { type Scheduled, scheduled } from './scheduled.js'

export interface QuantumAnnealingOptions {
  /** Course of D over the run, for example geometric(1, 0.01). */
  readonly D: Scheduled
  /** Length of the run, in units of time. */
  readonly until: number
  /** `real` (default) or `imaginary`. */
  readonly time?: 'real' | 'imaginary'
  /** Standard deviation of |ψ|² of a packet at the start; default: no packet, but the ground state at the first D. */
  readonly sigma?: number
  /** Parts of the box along each axis; default: what the budget allows, up to 512, 100 and 40 in 1, 2 and 3 dimensions. */
  readonly points?: number
}

/** Most parts of an axis where none are given, by dimension; and the largest dimension. */
const MOST = [0, 512, 100, 40] as const
/** ‖error‖ of the last state by its steps. */
const TOLERANCE = 1e-2
/** Recorded states. */
const FRAMES = 50

/**
 * Quantum annealing of a wave function on a grid.
 * @throws PsilabError `parameter` for options out of range
 * @example
 * quantumAnnealing({ D: geometric(1, 0.01), until: 20, time: 'imaginary' }).run(testFunction('doubleWell'))
 */
export function quantumAnnealing(options: QuantumAnnealingOptions): Dynamics {
  requireKeys('quantumAnnealing', options, ['D', 'until', 'time', 'sigma', 'points'])
  const D = scheduled('D', options.D)
  const until = requireNumber('until', options.until, 'a finite number > 0', (s) => s > 0)
  const time = options.time ?? 'real'
  const { sigma, points } = options
  if (time !== 'real' && time !== 'imaginary')
    throw new PsilabError({
      code: 'parameter',
      parameter: 'time',
      problem: 'unknown',
      allowed: "'real' or 'imaginary'",
      got: time,
    })
  if (sigma !== undefined) requireNumber('sigma', sigma, 'a finite number > 0', (s) => s > 0)
  if (points !== undefined) requireInteger('points', points, 8, 100_000)
  return new Dynamics({
    name: `quantum annealing, ${time} time`,
    settings: { D: options.D, until, ...(sigma === undefined ? {} : { sigma }), ...(points && { points }) },
    usesStart: sigma !== undefined,
    course: (situation) =>
      annealed(situation, {
        D,
        until,
        angle: time === 'real' ? 0 : Math.PI / 2,
        ...(sigma === undefined ? {} : { sigma }),
        ...(points === undefined ? {} : { points }),
      }),
  })
}

interface Wave {
  readonly D: (share: number) => number
  readonly until: number
  readonly angle: number
  readonly sigma?: number
  readonly points?: number
}

function* annealed(situation: Situation, { D, until, angle, sigma, points }: Wave): Course {
  const { ledger, start, poll, signal } = situation
  const { variables } = ledger.objective
  const box = requireBox(situation.box, 'a wave on a grid')
  const parts = partsOf(variables.length, ledger.budget, points)
  requireFirst(ledger, (parts - 1) ** variables.length)
  // What the equation itself asks for is not counted: it looks at ζ more often than at each point once, in search of
  // poles and of its slope, which follows from the values.
  const problem = qde({
    objective: situation.objective,
    D: D(0),
    grid: { lower: [...box.lower], upper: [...box.upper], points: parts },
  })
  const initial =
    sigma === undefined ? problem.groundState().state : wavePacket({ x0: Array.from(start), sigma })
  ledger.charge((parts - 1) ** variables.length)
  const run = problem.evolve(initial, {
    until,
    angle,
    tolerance: TOLERANCE,
    frames: FRAMES,
    schedule: { D: (s) => D(Math.min(1, s / until)) },
    progress: ({ fraction }) => {
      poll(fraction)
    },
    ...(signal === undefined ? {} : { signal }),
  })
  yield* moments(run, (s) => D(Math.min(1, s / until)))
  return {
    ended: run.stopped === 'interrupt' || run.stopped === 'signal' ? run.stopped : 'schedule',
    covariance: covariance(run, box),
    notes: run.warnings,
  }
}

function* moments(run: Evolution, D: (s: number) => number) {
  for (const [k, state] of run.states.entries()) {
    yield {
      point: state.mean(),
      answer: state.peak(),
      isPast: true,
      observables: { time: run.times[k], D: D(run.times[k]), energy: run.energies[k] },
    }
  }
}

/** Covariance of |ψ|² at the end, row-major. */
function covariance({ final }: Evolution, { lower }: SearchBox): Float64Array {
  const d = lower.length
  const { columns, cell } = final.grid
  const density = final.density()
  const mean = final.mean()
  return Float64Array.from({ length: d * d }, (_, k) => {
    const [a, b] = [columns[Math.floor(k / d)], columns[k % d]]
    const [ma, mb] = [mean[Math.floor(k / d)], mean[k % d]]
    return density.reduce((sum, p, i) => sum + p * (a[i] - ma) * (b[i] - mb), 0) * cell
  })
}

/**
 * Parts of each axis whose inner points the budget pays for, made of the factors 2, 3 and 5.
 * @throws PsilabError `parameter` above three dimensions
 */
function partsOf(d: number, budget: number, given: number | undefined): number {
  if (d >= MOST.length)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'objective',
      problem: 'too many coordinates for a wave on a grid',
      allowed: 'one, two or three',
      got: d,
      advice: 'In more dimensions take the Gaussian flow or diffusion Monte Carlo.',
    })
  const affordable = Math.floor(budget ** (1 / d) + 1e-9) + 1
  if (given !== undefined) return given
  let parts = Math.min(MOST[d], affordable)
  while (parts >= LEAST && !isSmooth(parts)) parts--
  return Math.max(LEAST, parts)
}

/** Fewest parts of an axis. */
const LEAST = 8

function isSmooth(n: number): boolean {
  let rest = n
  for (const factor of [2, 3, 5]) while (rest % factor === 0) rest /= factor
  return rest === 1
}
