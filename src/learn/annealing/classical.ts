/**
 * Simulated annealing as an equation: the density of the overdamped Langevin equation dX = −∇ζ dt + √(2T(t)) dW, of
 * which simulated annealing draws samples, on a line and without sampling. The mobility is 1.
 */
import { PsilabError } from '../../error.js'
import type { Interval } from '../../grid/index.js'
import { evaluateAt, type Objective } from '../../objective/index.js'
import { type DriveOptions, Watchman } from '../../progress/index.js'
import type { Problem } from '../../qde/index.js'
import { Annealing } from './annealing.js'
import { followDensity } from './densityFlow.js'
import { DensityRecorder } from './densityRecord.js'
import { equilibriumOf } from './generator.js'
import { monitorOf, sayOutrun } from './monitor.js'
import { columnsOf, type Readings } from './readings.js'
import { relaxationAt } from './relaxation.js'
import { type AnnealingSchedule, dialOf, firstOf } from './schedule.js'
import { type Well, wellsOf } from './wells.js'

export interface ClassicalRequest extends DriveOptions {
  readonly schedule: AnnealingSchedule
  readonly until: number
  readonly region?: Interval
  readonly tolerance: number
  readonly frames: number
}

/** Height above the minimum at which the density has ended, in units of the first temperature. */
const GONE = 30
/** Spacing as a share of 1/√ζ″ of the sharpest well; fewest and most intervals. */
const SPACING = 0.03
const INTERVALS = [1024, 16384] as const
/** Widest reach of a density, as a multiple of the unit of length. */
const FARTHEST = 2 ** 20
/** Barrier, in units of T, beyond which rates are lost in rounding. */
const HIGHEST_BARRIER = 28

interface Line {
  readonly x: Float64Array
  readonly zeta: Float64Array
  readonly h: number
}

export function annealClassically(problem: Problem, request: ClassicalRequest): Annealing {
  const { schedule, until, tolerance, frames } = request
  const { objective } = problem
  const first = firstOf(schedule)
  const [lower, upper] = boxOf(problem, first)
  const wells = wellsOf(objective, lower, upper)
  if (wells.length === 0)
    throw new PsilabError({
      code: 'parameter',
      parameter: 'objective',
      problem: `ζ = ${objective.text} has no minimum between ${lower} and ${upper}, to which a density could be cooled`,
      allowed: 'an objective with a well',
    })
  const lowest = wells.reduce((low, w) => (w.value < low.value ? w : low))
  const fine = lineOf(objective, lower, upper, lowest, wells)
  const coarse = halved(fine)
  const monitored = halved(coarse)
  const relaxation = (T: number) => relaxationAt(monitored.x, monitored.zeta, monitored.h, T)
  const dial = dialOf(schedule, until, 'T', () => (T) => relaxation(T).resistance)
  const times = Array.from({ length: frames + 1 }, (_, k) => (until * k) / frames)
  const region = request.region ?? (wells.length > 1 ? lowest.basin : undefined)

  const highest = wells.reduce(
    (most, w) => (Number.isFinite(w.barrier) ? Math.max(most, w.barrier) : most),
    0,
  )
  const least = Math.max(highest / HIGHEST_BARRIER, 2 * fine.h ** 2)
  const monitor = monitorOf(dial, least, relaxation)
  const outrun = sayOutrun(monitor, 't', 'T', 'the slowest rate')
  const warnings = [
    ...outrun,
    ...(dial.to < least
      ? [`Below T = ${Number(least.toPrecision(2))} rates are lost in rounding: they are not computed there.`]
      : []),
  ]
  const watchman = new Watchman(0, 2 * until, request)
  const recorder = new DensityRecorder(fine.x, fine.zeta, times.length)
  const { problem: record } = problem.figure()
  const runs: Readings[][] = []
  /** What the runs begun have reached: of both grids, extrapolated to spacing 0. */
  const reached = (): Annealing => {
    const count = Math.min(...runs.map((rows) => rows.length))
    const [rough, good = rough] = runs
    const column = (name: keyof Readings): Float64Array =>
      Float64Array.from({ length: Math.max(1, count) }, (_, k) => {
        const [a, b] = [rough[k]?.[name] ?? Number.NaN, good[k]?.[name] ?? Number.NaN]
        return b + (b - a) / 3
      })
    const error = (name: keyof Readings): number => Math.abs(good[count - 1][name] - rough[count - 1][name])
    const complete = runs.length === 2 && count === times.length
    return new Annealing({
      time: 'classical',
      dial: 'T',
      schedule: dial.text,
      until,
      times: Float64Array.from(times.slice(0, count)),
      D: Float64Array.from(times.slice(0, count), (t) => dial.at(t)),
      ...columnsOf(column, region, objective.variables),
      monitor,
      error: Math.max(error('residual'), region === undefined ? 0 : error('probability')),
      notes: [
        ...warnings,
        ...(complete || watchman.halt === undefined
          ? []
          : [`stopped at t = ${Number(times[count - 1].toPrecision(6))} of ${until}`]),
      ],
      complete,
      ...(runs.length === 2 && count > 1 && { density: recorder.record() }),
      problem: record,
    })
  }
  watchman.snapshot = () => reached().figure()
  for (const [run, { x, zeta, h }] of [coarse, fine].entries()) {
    const rows: Readings[] = []
    runs.push(rows)
    const p = equilibriumOf(zeta, dial.from)
    const shares = region === undefined ? undefined : sharesOf(x, h, region)
    followDensity(
      { zeta, h, temperature: dial.at, tolerance },
      p,
      times,
      (k, density) => {
        rows.push(rowOf(density, zeta, lowest.value, dial.at(times[k]), shares))
        if (run === 1) recorder.keep(k, times[k], () => density)
      },
      (t) => watchman.poll(run * until + t),
    )
  }
  watchman.report()
  for (const note of outrun) console.warn(note)
  return reached()
}

function rowOf(
  p: Float64Array,
  zeta: Float64Array,
  lowest: number,
  T: number,
  shares?: Float64Array,
): Readings {
  const still = equilibriumOf(zeta, T)
  let [residual, equilibrium, overlap, probability] = [0, 0, 0, 0]
  for (let i = 0; i < p.length; i++) {
    residual += p[i] * (zeta[i] - lowest)
    equilibrium += still[i] * (zeta[i] - lowest)
    overlap += Math.sqrt(Math.max(0, p[i]) * still[i])
    if (shares !== undefined) probability += shares[i] * p[i]
  }
  return { residual, excess: residual - equilibrium, fidelity: overlap ** 2, probability }
}

/** The share of each point's cell that lies in a region. */
function sharesOf(x: Float64Array, h: number, [a, b]: Interval): Float64Array {
  return x.map((at) => Math.max(0, Math.min(b, at + h / 2) - Math.max(a, at - h / 2)) / h)
}

/** Where the density of the first temperature lives; a box that was given stays. */
function boxOf(problem: Problem, T: number): Interval {
  const [near, far] = [problem, problem.withD(64 * problem.D)].map(({ grid }) => grid.axes[0])
  if (near.lower === far.lower && near.upper === far.upper) return [near.lower, near.upper]
  const { objective, grid, zeta } = problem
  const start = grid.columns[0][zeta.indexOf(zeta.reduce((low, v) => Math.min(low, v)))]
  for (let reach = 1; reach <= FARTHEST; reach *= 2) {
    const x = Float64Array.from({ length: 4097 }, (_, i) => start + (reach * (i - 2048)) / 2048)
    const height = evaluateAt(objective, [x])
    const limit = height.reduce((low, v) => Math.min(low, v)) + GONE * T
    const inside = [height.findIndex((v) => v < limit), height.findLastIndex((v) => v < limit)]
    if (inside[0] > 64 && inside[1] < 4032) return [x[inside[0] - 1], x[inside[1] + 1]]
  }
  throw new PsilabError({
    code: 'not-confining',
    parameter: 'objective',
    problem: `ζ does not hold a density at T = ${T}: it has no equilibrium`,
    allowed: 'an objective that rises without bound on both sides, or a box',
    advice: 'Give the problem a grid: { lower, upper }.',
  })
}

/** Points one of which, and of every second and fourth, is the lowest. */
function lineOf(
  objective: Objective,
  lower: number,
  upper: number,
  lowest: Well,
  wells: readonly Well[],
): Line {
  const sharpest = wells.reduce((most, w) => Math.max(most, w.curvature), 0)
  const wanted = ((upper - lower) * Math.sqrt(Math.max(sharpest, 0))) / SPACING
  const intervals = Math.min(INTERVALS[1], Math.max(INTERVALS[0], 2 ** Math.ceil(Math.log2(wanted))))
  const h = (upper - lower) / intervals
  const before = 4 * Math.floor((lowest.x - lower) / h / 4)
  const after = 4 * Math.floor((upper - lowest.x) / h / 4)
  const x = Float64Array.from({ length: before + after + 1 }, (_, i) => lowest.x + (i - before) * h)
  return { x, h, zeta: evaluateAt(objective, [x]) }
}

function halved({ x, zeta, h }: Line): Line {
  const even = (v: Float64Array): Float64Array => v.filter((_, i) => i % 2 === 0)
  return { x: even(x), zeta: even(zeta), h: 2 * h }
}
