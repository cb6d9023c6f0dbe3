/**
 * The forward process of a diffusion model as the quantum dynamic equation, solved on a grid in imaginary time and held
 * against the exact marginals.
 *
 * Order 0, every schedule: in y = x/α the process is ∂ψ/∂τ = D∇²ψ, 2Dτ = v/α², and ψ itself is the density (population
 * reading).
 *
 * Order 2, schedules with v = 1 − ᾱ: the process is the Ornstein–Uhlenbeck process ∂_θ p = ½∂(xp) + ½∂²p in the time
 * θ = ∫β = −ln ᾱ, and p = e^{−x²/4} ψ turns it into ∂ψ/∂θ = −Hψ with H = −½∂² + x²/8 − ¼, whose levels are n/2.
 */
import { PsilabError, requireKeys, requireNumber } from '../../error.js'
import { Drawable, type Panel, type PanelsFigure, panelsFigure, type Tabulated } from '../../figure/index.js'
import { WaveFunction } from '../../grid/index.js'
import { expressionObjective } from '../../objective/index.js'
import { type Problem, qde } from '../../qde/index.js'
import type { GaussianMixture } from './mixture.js'
import type { NoiseSchedule } from './schedule.js'

export interface QdeComparisonOptions {
  /** Times t of the process, ascending, in (0, 1]; default 0.1, 0.2, 0.4 and 0.6. */
  readonly times?: readonly number[]
  /** Diffusion coefficient of the free equation; default ½. What is compared does not depend on it. */
  readonly D?: number
}

/** One time of one of the two forms. */
export interface QdeComparisonRow {
  /** 0: free motion in x/α. 2: Ornstein–Uhlenbeck. */
  readonly order: 0 | 2
  /** Time of the process. */
  readonly time: number
  /** Imaginary time of the equation. */
  readonly imaginaryTime: number
  /** Coordinates x of the process, p_t by the equation, and exactly. */
  readonly x: Float64Array
  readonly solved: Float64Array
  readonly exact: Float64Array
  /** max |solved − exact| / max exact. */
  readonly error: number
}

export interface QdeComparisonData {
  readonly rows: readonly QdeComparisonRow[]
  /** Lowest levels of H of order 2, whose exact values are n/2; empty where the schedule has no such form. */
  readonly levels: Float64Array
  readonly notes: readonly string[]
  readonly text: string
}

export class QdeComparison extends Drawable {
  readonly rows: readonly QdeComparisonRow[]
  readonly levels: Float64Array
  readonly notes: readonly string[]
  private readonly text: string

  constructor(data: QdeComparisonData) {
    super()
    this.rows = data.rows
    this.levels = data.levels
    this.notes = data.notes
    this.text = data.text
  }

  /** The largest of the errors. */
  get error(): number {
    return Math.max(...this.rows.map((row) => row.error))
  }

  override figure(): PanelsFigure {
    const panels = ([0, 2] as const).flatMap((order): Panel[] => {
      const rows = this.rows.filter((row) => row.order === order)
      if (rows.length === 0) return []
      return [
        {
          type: 'lines',
          heading: order === 0 ? 'Order 0: free motion of x/α' : 'Order 2: an oscillator',
          x: { label: 'x' },
          y: { label: 'density' },
          series: rows.flatMap((row) => [
            { label: `equation, t = ${row.time}`, ...visible(row.x, row.solved) },
            { label: `exact, t = ${row.time}`, role: 'reference' as const, ...visible(row.x, row.exact) },
          ]),
        },
      ]
    })
    return panelsFigure({
      title: 'Forward diffusion as the quantum dynamic equation',
      alt: this.toString(),
      panels,
      notes: this.notes,
    })
  }

  /** A table with one row a point of each comparison. */
  protected override tabulated(): Tabulated {
    const columns = { order: [], t: [], x: [], solved: [], exact: [] } as Record<string, number[]>
    for (const { order, time, x, solved, exact } of this.rows)
      x.forEach((at, i) => {
        columns.order.push(order)
        columns.t.push(time)
        columns.x.push(at)
        columns.solved.push(solved[i])
        columns.exact.push(exact[i])
      })
    return columns
  }

  override toString(): string {
    const rows = this.rows.map(
      ({ order, time, imaginaryTime, error }) =>
        `order ${order}, t = ${time}, τ = ${imaginaryTime.toPrecision(6)}: largest difference ${error.toExponential(1)} of the peak`,
    )
    const levels =
      this.levels.length === 0 ? [] : [`levels ${Array.from(this.levels, (e) => e.toFixed(10)).join(', ')}`]
    return [this.text, ...rows, ...levels, ...this.notes].join('\n')
  }
}

/** The part of a curve that is not flat at 0. */
function visible(x: Float64Array, y: Float64Array): { x: Float64Array; y: Float64Array } {
  const least = 1e-4 * y.reduce((top, v) => Math.max(top, v), 0)
  let [from, to] = [0, y.length]
  while (from < to && y[from] < least) from++
  while (to > from && y[to - 1] < least) to--
  return { x: x.subarray(from, to), y: y.subarray(from, to) }
}

/** Standard deviations of a normal distribution beyond which it is below rounding; part of one that the grid resolves. */
const REACH = 9
const SPACING = 0.25
/** Most points of the grid. */
const MOST_POINTS = 2 ** 17
const LEVELS = 4

export function compareWithQde(
  model: { readonly data: GaussianMixture; readonly schedule: NoiseSchedule },
  options: QdeComparisonOptions,
): QdeComparison {
  requireKeys('compareWithQde', options, ['times', 'D'])
  const { data, schedule } = model
  const D = requireNumber('D', options.D ?? 0.5, 'a finite number > 0', (d) => d > 0)
  const times = options.times ?? [0.1, 0.2, 0.4, 0.6]
  let before = 0
  for (const t of times) {
    const from = before
    before = requireNumber('times', t, 'ascending times in (0, 1]', (at) => at > from && at <= 1)
  }
  const refuse = (problem: string, allowed: string): never => {
    throw new PsilabError({ code: 'parameter', parameter: 'data', problem, allowed, got: data.toString() })
  }
  if (data.dimension !== 1) refuse('the comparison is in one dimension', 'a mixture on a line')
  if (!data.components.every((c) => c.variances[0] > 0)) refuse('has no density', 'a mixture')
  const rows = [...freeRows(data, schedule, D, times)]
  const isPreserving = times.every((t) => Math.abs(schedule.alphaBar(t) + schedule.noise(t) - 1) < 1e-12)
  const widest = Math.max(...data.components.map((c) => c.variances[0]))
  const notes = ['Both equations are solved in imaginary time; the first is read as a population, P = ψ.']
  if (!isPreserving) notes.push('Only VP has the second form: its noise is 1 − ᾱ.')
  else if (widest >= WIDEST)
    notes.push(`The second form needs variances below ${WIDEST}: exp(x²/4) p₀ has no norm otherwise.`)
  else notes.push('The second is read by p = exp(−x²/4) ψ: its own densities, ψ and |ψ|², are others.')
  const hasOscillator = isPreserving && widest < WIDEST
  if (hasOscillator) rows.push(...oscillatorRows(data, schedule, times))
  return new QdeComparison({
    rows,
    levels: hasOscillator ? oscillator().eigenstates(LEVELS).energies : new Float64Array(),
    notes,
    text: `Forward process of ${data.toString()}; ${schedule.text}; D = ${D}`,
  })
}

/** Variance of a component up to which e^{x²/4} p₀ decays fast enough for a box. */
const WIDEST = 1.5

/** A periodic box for a mixture from its beginning to a width added at the end. */
function boxOf(data: GaussianMixture, added: number) {
  const ends = data.components.flatMap(({ mean, variances }) => {
    const reach = REACH * Math.sqrt(variances[0] + added)
    return [mean[0] - reach, mean[0] + reach]
  })
  const [lower, upper] = [Math.min(...ends), Math.max(...ends)]
  const narrowest = Math.sqrt(Math.min(...data.components.map((c) => c.variances[0])))
  const points = 2 ** Math.ceil(Math.log2((upper - lower) / (SPACING * narrowest)))
  if (points <= MOST_POINTS) return { lower, upper, points, boundary: 'periodic' as const }
  throw new PsilabError({
    code: 'too-large',
    parameter: 'times',
    problem: `${points} points would be needed for a box that holds the noise and resolves the data`,
    allowed: `${MOST_POINTS} points`,
    got: points,
    advice: 'Take earlier times, or wider components.',
  })
}

function freeRows(
  data: GaussianMixture,
  schedule: NoiseSchedule,
  D: number,
  times: readonly number[],
): QdeComparisonRow[] {
  const taus = times.map((t) => schedule.imaginaryTime(t, D))
  const until = taus[taus.length - 1]
  const problem = qde({ objective: expressionObjective('0'), D, grid: boxOf(data, 2 * D * until) })
  const { grid } = problem
  const y = grid.axes[0].coordinates
  const states = evolved(problem, data.density([y]), until, taus)
  return times.map((time, k) => {
    const alpha = schedule.signal(time)
    const x = y.map((v) => alpha * v)
    const solved = states[k].density('population').map((p) => p / alpha)
    return row(0, time, taus[k], x, solved, marginalOf(data, schedule, time, x))
  })
}

function oscillator(grid?: Parameters<typeof qde>[0]['grid']): Problem {
  return qde({
    objective: expressionObjective('x^2/8 - 1/4'),
    D: 0.5,
    ...(grid === undefined ? {} : { grid }),
  })
}

function oscillatorRows(
  data: GaussianMixture,
  schedule: NoiseSchedule,
  times: readonly number[],
): QdeComparisonRow[] {
  // e^{x²/4} N(m, s²) is normal again, with the mean 2m/(2 − s²) and the variance 2s²/(2 − s²).
  const lifted = data.components.map(({ mean, variances }) => ({
    mean: (2 * mean[0]) / (2 - variances[0]),
    reach: REACH * Math.sqrt((2 * variances[0]) / (2 - variances[0]) + 2),
  }))
  const lower = Math.min(...lifted.map(({ mean, reach }) => mean - reach))
  const upper = Math.max(...lifted.map(({ mean, reach }) => mean + reach))
  const narrowest = Math.sqrt(Math.min(...data.components.map((c) => c.variances[0])))
  const points = 2 ** Math.ceil(Math.log2((upper - lower) / (SPACING * narrowest)))
  const problem = oscillator({ lower, upper, points, boundary: 'periodic' })
  const x = problem.grid.axes[0].coordinates
  const thetas = times.map((t) => -2 * Math.log(schedule.signal(t)))
  const p0 = data.logDensity([x]).map((log, i) => Math.exp(log + x[i] ** 2 / 4))
  const states = evolved(problem, p0, thetas[thetas.length - 1], thetas)
  return times.map((time, k) => {
    const values = states[k].values
    const psi = Float64Array.from(x, (at, i) => values[2 * i] * Math.exp((-at * at) / 4))
    const total = psi.reduce((sum, v) => sum + v, 0) * problem.grid.cell
    return row(
      2,
      time,
      thetas[k],
      x,
      psi.map((v) => v / total),
      marginalOf(data, schedule, time, x),
    )
  })
}

function marginalOf(
  data: GaussianMixture,
  schedule: NoiseSchedule,
  t: number,
  x: Float64Array,
): Float64Array {
  return data.diffused(schedule.signal(t), schedule.noise(t)).density([x])
}

function evolved(
  problem: Problem,
  start: Float64Array,
  until: number,
  frames: readonly number[],
): readonly WaveFunction[] {
  const values = new Float64Array(2 * start.length)
  start.forEach((p, i) => {
    values[2 * i] = p
  })
  const { states } = problem.evolve(new WaveFunction(problem.grid, values), {
    until,
    angle: Math.PI / 2,
    frames,
    tolerance: 1e-12,
  })
  return states.slice(1)
}

function row(
  order: 0 | 2,
  time: number,
  imaginaryTime: number,
  x: Float64Array,
  solved: Float64Array,
  exact: Float64Array,
): QdeComparisonRow {
  const peak = exact.reduce((top, p) => Math.max(top, p), 0)
  const error = exact.reduce((worst, p, i) => Math.max(worst, Math.abs(solved[i] - p)), 0) / peak
  return { order, time, imaginaryTime, x, solved, exact, error }
}
