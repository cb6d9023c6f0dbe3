/** A dynamics: a way to descend an objective, with its settings, that can be run from anywhere. */
import { requireInteger, requireKeys } from '../../error.js'
import { randomStream } from '../../numeric/index.js'
import { type Objective, type ObjectiveLike, objectiveFrom } from '../../objective/index.js'
import { type DriveOptions, requireDriving, Watchman } from '../../progress/index.js'
import { INSPECT } from '../../shown.js'
import { type Box, boxOf, startOf } from './box.js'
import type { Course, Ending, Situation } from './course.js'
import { Descent } from './descent.js'
import { Ledger } from './ledger.js'
import { Recorder } from './recorder.js'
import { settingsText } from './words.js'

export interface DescentOptions extends DriveOptions {
  /** Starting point, one number a coordinate; default: drawn from the box. */
  readonly start?: readonly number[]
  /**
   * Budget, in values of ζ: a gradient counts as d of them and a Hessian as d(d + 1)/2 in d coordinates; default 10 000.
   * A step that has begun is ended.
   */
  readonly evaluations?: number
  /** Where minima are looked for: ends for all coordinates, or one an axis; default the domain of the objective. */
  readonly box?: Box
  /** Key of all random numbers; default 1. */
  readonly seed?: number
  /** Which of the independent repetitions with this seed; default 0. */
  readonly repeat?: number
}

export const DESCENT_OPTIONS: readonly (keyof DescentOptions)[] = [
  'start',
  'evaluations',
  'box',
  'seed',
  'repeat',
  'progress',
  'signal',
]

export interface DynamicsData {
  readonly name: string
  /** Settings with their defaults, in the order in which they are shown. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Whether it draws random numbers; default false. */
  readonly isRandom?: boolean
  /** Whether it begins at the start of the run; default true. */
  readonly usesStart?: boolean
  readonly course: (situation: Situation) => Course
}

export class Dynamics {
  readonly name: string
  /** Settings with their defaults. */
  readonly settings: Readonly<Record<string, unknown>>
  /** Whether it draws random numbers: otherwise all repetitions from one start are the same. */
  readonly isRandom: boolean
  /** Whether it begins at the start of the run. */
  readonly usesStart: boolean
  /** The steps of a run. */
  readonly course: (situation: Situation) => Course

  constructor({ name, settings, isRandom = false, usesStart = true, course }: DynamicsData) {
    this.name = name
    this.settings = settings
    this.isRandom = isRandom
    this.usesStart = usesStart
    this.course = course
  }

  [INSPECT](): string {
    const settings = Object.entries(this.settings)
      .filter(([, value]) => typeof value !== 'object' && typeof value !== 'function')
      .map(([name, value]) => `${name} ${String(value)}`)
    return `${this.name}${settings.length > 0 ? ` (${settings.join(', ')})` : ''}: dynamics for run and compare`
  }

  /**
   * Runs from a start until it converges or the budget is spent. What diverges, or is interrupted, returns what it has.
   * @param given an objective, an expression or a function
   * @throws PsilabError `parameter` for options out of range, and where the objective lacks what the dynamics needs
   */
  run(given: ObjectiveLike, options: DescentOptions = {}): Descent {
    const objective = objectiveFrom(given)
    requireKeys(`${this.name}.run`, options, DESCENT_OPTIONS)
    requireDriving(options)
    const budget = requireBudget(options.evaluations)
    const watchman = new Watchman(0, budget, options)
    const descent = follow(this, objective, options, watchman, 0)
    if (descent.complete) watchman.poll(budget)
    watchman.report()
    return descent
  }

  /** Name and settings: "gradient descent (learningRate 0.1)". */
  toString(): string {
    const settings = settingsText(this.settings)
    return settings === '' ? this.name : `${this.name} (${settings})`
  }
}

/** Most values of ζ of one run. */
const MOST = 1_000_000_000

export function requireBudget(evaluations = 10_000): number {
  return requireInteger('evaluations', evaluations, 1, MOST)
}

/** A run under the eyes of a watchman whose time is the cost, `before` of which was spent by earlier runs. */
export function follow(
  dynamics: Dynamics,
  objective: Objective,
  options: DescentOptions,
  watchman: Watchman,
  before: number,
): Descent {
  const seed = requireInteger('seed', options.seed ?? 1, 0, Number.MAX_SAFE_INTEGER)
  const repeat = requireInteger('repeat', options.repeat ?? 0, 0, 2 ** 31)
  const ledger = new Ledger(objective, requireBudget(options.evaluations))
  const box = boxOf(objective, options.box)
  const stream = randomStream(seed, repeat)
  const start = startOf(objective, options.start, box, stream.at(START))
  const recorder = new Recorder(objective)
  const course = dynamics.course({
    objective,
    ledger,
    start,
    box,
    random: stream.at(STEPS),
    poll: (share) => watchman.poll(before + (share === undefined ? ledger.cost : share * ledger.budget)),
    signal: options.signal,
  })
  let ending: Ending | undefined
  const reached = (stopped: Descent['stopped']): Descent =>
    new Descent({
      name: dynamics.name,
      settings: dynamics.settings,
      objective,
      box,
      seed,
      repeat,
      stopped,
      ...(ending?.covariance === undefined ? {} : { covariance: ending.covariance }),
      ...(ending?.estimates === undefined ? {} : { estimates: ending.estimates }),
      notes: ending?.notes ?? [],
      ledger,
      record: recorder.close(),
    })
  watchman.snapshot = () => reached('interrupt').figure()
  while (ending === undefined) {
    const turn = course.next()
    if (turn.done === true) ending = turn.value
    else if (!recorder.note(turn.value, ledger)) ending = { ended: 'diverged' }
    else if (turn.value.isPast === true) continue
    if (watchman.poll(before + ledger.cost)) break
  }
  return reached(ending?.ended ?? watchman.halt!)
}

/** Paths of the random numbers of a run. */
const START = 0
const STEPS = 1
