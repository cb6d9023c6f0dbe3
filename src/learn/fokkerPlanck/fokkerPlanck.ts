/**
 * Langevin dynamics on a loss, dX = −∇U dt + √(2D) dW, as a quantum dynamic equation: its density obeys
 * ∂p/∂t = ∇·(p∇U) + D∇²p, and p = e^{−U/2D} ψ turns that into imaginary time of V_s (`effectivePotential.ts`). The rates
 * at which p relaxes are the levels of that H, of which the lowest is 0, with φ₀ ∝ e^{−U/2D} and the stationary density
 * φ₀² ∝ e^{−U/D}.
 */
import { PsilabError, perAxis, requireKeys, requireNumber } from '../../error.js'
import { Drawable, type Panel, type PanelsFigure, panelsFigure, type Tabulated } from '../../figure/index.js'
import { type Grid, WaveFunction } from '../../grid/index.js'
import {
  evaluateAt,
  evaluateOn,
  type Objective,
  type ObjectiveFunction,
  type ObjectiveLike,
  objectiveFrom,
} from '../../objective/index.js'
import type { DriveOptions } from '../../progress/index.js'
import { type Eigenstates, type GridOptions, type InitialState, type Problem, qde } from '../../qde/index.js'
import { DensityEvolution } from './densityEvolution.js'
import { effectivePotential } from './effectivePotential.js'
import { kramersRate } from './escape.js'
import { type Pass, type StationaryPoint, terrainOf } from './stationaryPoints.js'

export interface FokkerPlanckOptions {
  /** Diffusion coefficient D > 0 of the noise, which is the temperature of e^{−U/D}. */
  readonly D: number
  /** Named constants of an expression, and the names of its coordinates. */
  readonly parameters?: Readonly<Record<string, number>>
  readonly variables?: readonly string[]
  /** Box and points of the problem; chosen where left out. */
  readonly grid?: GridOptions
}

/** A density to start from: a Gaussian, or a function of the coordinates, of any norm. */
export type InitialDensity =
  | {
      /** Mean and standard deviation of the density itself, a number for all axes or one an axis. */
      readonly x0: number | readonly number[]
      readonly sigma: number | readonly number[]
    }
  | ObjectiveFunction

export interface DensityOptions extends DriveOptions {
  /** End of the run, t > 0. */
  readonly until: number
  /** Densities that are kept: a number of equal intervals, or a list of times; default 20. */
  readonly frames?: number | readonly number[]
  /** Wanted error of the final ψ; default that of `evolve`. */
  readonly tolerance?: number
}

/** Escape from wells: the exact rate beside Kramers'. */
export interface Escape {
  /** λ₁, the slowest rate of the Fokker–Planck equation. */
  readonly rate: number
  /** The slowest rate of the Markov chain of the wells, by Kramers' and Langer's rates. */
  readonly kramers: number
  /** rate/kramers, 1 + O(D). */
  readonly ratio: number
  /** Least height of a pass over the wells it joins, in units of D: Kramers' rate is meant for large ones. */
  readonly barrier: number
  readonly minima: readonly StationaryPoint[]
  readonly passes: readonly Pass[]
}

/**
 * The Fokker–Planck equation of a loss, as a quantum dynamic equation of another objective.
 *
 * @param loss U: an expression in x, y and z or fewer, a function of one to three numbers, or an objective
 * @throws PsilabError `parameter` for D ≤ 0, `not-confining` or `unbounded` where e^{−U/D} has no integral
 * @example
 * fokkerPlanck('x^4/4 - x^2/2', { D: 0.1 }).rates(2).values[1] // => 0.0335453
 */
export function fokkerPlanck(loss: ObjectiveLike, options: FokkerPlanckOptions): FokkerPlanck {
  requireKeys('fokkerPlanck', options, ['D', 'parameters', 'variables', 'grid'])
  const { D, parameters, variables, grid } = options
  requireNumber('D', D, 'a finite number > 0', (d) => d > 0, 'For example D: 0.1.')
  const U = objectiveFrom(loss, {
    ...(parameters === undefined ? {} : { parameters }),
    ...(variables === undefined ? {} : { variables }),
  })
  const problem = qde({ objective: effectivePotential(U, D), D, ...(grid === undefined ? {} : { grid }) })
  requireStationary(U, D, problem.grid)
  return new FokkerPlanck(U, D, problem)
}

/** e^{−U/D} at the ends of the box, as a share of its largest value, beyond which it has no integral on the line. */
const ESCAPED = 1e-3

/** V_s confines wherever |∇U| grows, also where U falls: there nothing is stationary. */
function requireStationary(loss: Objective, D: number, { axes, shape, columns, size }: Grid): void {
  if (axes.some(({ boundary }) => boundary === 'zero-flux')) return
  const U = evaluateAt(loss, columns)
  let [least, edge] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let i = 0; i < size; i++) {
    least = Math.min(least, U[i])
    let rest = i
    for (let d = shape.length - 1; d >= 0; d--) {
      const j = rest % shape[d]
      rest = (rest - j) / shape[d]
      if (j === 0 || j === shape[d] - 1) edge = Math.min(edge, U[i])
    }
  }
  if (Math.exp(-(edge - least) / D) < ESCAPED) return
  throw new PsilabError({
    code: 'not-confining',
    parameter: 'loss',
    problem: 'e^(−U/D) has not decayed at the ends of the box, so there is no stationary density',
    allowed: 'a loss that rises on all sides',
    got: loss.text,
    advice: 'Take a loss that confines, or a box with boundary: zero-flux.',
  })
}

/** A loss with noise, and the quantum dynamic equation that it is. */
export class FokkerPlanck extends Drawable {
  /** U. */
  readonly loss: Objective
  readonly D: number
  /** The quantum dynamic equation of V_s, whose imaginary time is the time of the Langevin dynamics. */
  readonly problem: Problem
  private levels: Eigenstates | undefined
  private escaped: Escape | undefined

  constructor(loss: Objective, D: number, problem: Problem) {
    super()
    this.loss = loss
    this.D = D
    this.problem = problem
  }

  /** The grid on which densities are given. */
  get grid(): Grid {
    return this.problem.grid
  }

  /** e^{−U/D} on the grid, ∫ = 1. */
  get stationary(): Float64Array {
    const root = this.rootOn(this.grid)
    const total = root.reduce((sum, v) => sum + v * v, 0) * this.grid.cell
    return root.map((v) => (v * v) / total)
  }

  /**
   * The lowest `count` relaxation rates λₙ = Eₙ − E₀, ascending from 0, with an estimate of the error of each.
   * @throws PsilabError as `eigenstates` does
   */
  rates(count = 6): { readonly values: Float64Array; readonly errors: Float64Array } {
    if (this.levels === undefined || this.levels.energies.length < count)
      this.levels = this.problem.eigenstates(count)
    const energies = this.levels.energies.subarray(0, count)
    return { values: energies.map((e) => e - energies[0]), errors: this.levels.errors.slice(0, count) }
  }

  /**
   * p(t) from p(0), by imaginary time of ψ = e^{U/2D} p. ψ(0) must be a state: p(0) falls off faster than e^{−U/2D}.
   * @throws PsilabError `parameter` for options out of range, `resolution` where no grid holds ψ(0)
   */
  evolve(initial: InitialDensity, options: DensityOptions): DensityEvolution {
    requireKeys('evolve', options, ['until', 'frames', 'tolerance', 'progress', 'signal'])
    const { logarithm, room } = start(initial, this.loss.variables)
    const sample = (grid: Grid): WaveFunction => {
      const U = evaluateOn(this.loss, grid)
      const exponent = logarithm(grid.columns).map((p, i) => p + U[i] / (2 * this.D))
      const largest = exponent.reduce((most, v) => Math.max(most, v), Number.NEGATIVE_INFINITY)
      const values = new Float64Array(2 * grid.size)
      exponent.forEach((v, i) => {
        values[2 * i] = Math.exp(v - largest)
      })
      return new WaveFunction(grid, values).normalized()
    }
    const evolution = this.problem.evolve(
      { sample, ...room, toString: () => 'e^(U/2D) p(0)' },
      { frames: 20, ...options, angle: Math.PI / 2 },
    )
    return new DensityEvolution(evolution, this.rootOn(evolution.final.grid))
  }

  /** λ₁ beside Kramers' rate; undefined where U has a single well, or no passes join its wells. */
  get escape(): Escape | undefined {
    this.escaped ??= this.findEscape()
    return this.escaped
  }

  private findEscape(): Escape | undefined {
    const terrain = terrainOf(this.loss, this.grid.axes)
    const kramers = kramersRate(terrain, this.D)
    if (kramers === undefined) return undefined
    const rate = this.rates(2).values[1]
    const heights = terrain.passes.flatMap(({ value, joins }) =>
      joins.map((i) => value - terrain.minima[i].value),
    )
    return { rate, kramers, ratio: rate / kramers, barrier: Math.min(...heights) / this.D, ...terrain }
  }

  /** One row a point of the grid: U, V_s, and the stationary density. */
  protected override tabulated(): Tabulated {
    const { grid, loss, problem, stationary } = this
    return {
      ...Object.fromEntries(grid.axes.map(({ name }, d) => [name, grid.columns[d]])),
      U: evaluateOn(loss, grid),
      V_s: evaluateOn(problem.objective, grid),
      density: stationary,
    }
  }

  /** What the numbers are not. */
  get notes(): readonly string[] {
    const found = this.escape
    const notes = [
      'The noise is the same in all directions and at all places; that of a batch of samples seldom is.',
    ]
    if (found !== undefined && found.rate <= this.rates(2).errors[1] + this.rates(2).errors[0])
      notes.push(
        `λ₁ is smaller than its error: doubles do not tell it from 0, and its ratio to Kramers' rate of ${found.kramers.toExponential(2)} says nothing.`,
      )
    if (found !== undefined && found.barrier < LOW)
      notes.push(
        `The lowest barrier is ${found.barrier.toPrecision(2)} D: Kramers' rate is the leading order for high ones, and misses by ${(100 * Math.abs(1 / found.ratio - 1)).toPrecision(2)} % here.`,
      )
    return notes
  }

  override figure(): PanelsFigure {
    const { D, loss, problem, grid } = this
    const panels: Panel[] = []
    if (grid.axes.length === 1) {
      const x = seen(grid.axes[0].coordinates, this.stationary)
      const [U, V] = [loss.evaluate([x]), problem.objective.evaluate([x])]
      const logZ = this.logPartition()
      const density = U.map((v) => Math.exp(-v / D - logZ))
      const label = loss.variables[0]
      panels.push(
        {
          type: 'lines',
          heading: 'Loss',
          x: { label },
          y: { label: 'U' },
          series: [{ label: 'U', x, y: U }],
        },
        {
          type: 'lines',
          heading: 'Objective of its quantum dynamics',
          x: { label },
          y: { label: 'V_s' },
          series: [{ label: 'V_s = U′²/4D − U″/2', x, y: V }],
        },
        {
          type: 'lines',
          heading: 'Stationary density',
          x: { label },
          y: { label: 'density' },
          series: [{ label: 'exp(−U/D)/Z, which is φ₀²', x, y: density }],
        },
      )
    } else if (grid.axes.length === 2) {
      const [a, b] = grid.axes
      panels.push({
        type: 'field',
        heading: 'Stationary density exp(−U/D)/Z',
        labels: [a.name, b.name],
        axes: [a.coordinates, b.coordinates],
        values: this.stationary,
        quantity: 'φ₀²',
        points: [...(this.escape?.minima ?? []), ...(this.escape?.passes ?? [])].map(
          ({ point, curvatures }) => ({
            label: curvatures[0] > 0 ? 'minimum' : 'pass',
            x: point[0],
            y: point[1],
          }),
        ),
      })
    }
    panels.push({
      type: 'table',
      heading: 'Relaxation rates',
      columns: [{ label: 'rate' }, { label: 'value', align: 'right' }],
      rows: this.rows(),
    })
    return panelsFigure({
      title: `Fokker–Planck as quantum dynamics, D = ${D}`,
      alt: `Langevin dynamics on U = ${loss.text} with D = ${D}. ${this.summary()}`,
      panels,
      notes: this.notes,
    })
  }

  override toString(): string {
    return [this.summary(), ...this.notes].join('\n')
  }

  private summary(): string {
    return this.rows()
      .map(([name, value]) => `${name} = ${value}`)
      .join(', ')
  }

  private rows(): [string, string][] {
    const { values } = this.rates()
    const found = this.escape
    return [
      ...Array.from(values, (v, n): [string, string] => [`λ${subscript(n)}`, tidy(v)]),
      ...(found === undefined
        ? []
        : ([
            ['Kramers', tidy(found.kramers)],
            ['λ₁/Kramers', found.ratio.toFixed(4)],
          ] satisfies [string, string][])),
    ]
  }

  /** ln ∫ e^{−U/D}. */
  private logPartition(): number {
    const U = evaluateOn(this.loss, this.grid)
    const least = U.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
    const sum = U.reduce((total, v) => total + Math.exp(-(v - least) / this.D), 0)
    return Math.log(sum * this.grid.cell) - least / this.D
  }

  /** e^{−(U − min U)/2D} at the points of a grid. */
  private rootOn(grid: Grid): Float64Array {
    const U = evaluateOn(this.loss, grid)
    const least = U.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
    return U.map((v) => Math.exp(-(v - least) / (2 * this.D)))
  }
}

/** Barrier, in units of D, below which Kramers' rate is not meant. */
const LOW = 4

/** ln p(0) + a constant at points, and where a recipe says so the box and the momenta of p(0). */
interface Start {
  readonly logarithm: (columns: readonly Float64Array[]) => Float64Array
  readonly room?: Pick<InitialState, 'support' | 'momentum'>
}

/** Standard deviations at which a Gaussian has fallen to 1e-15. */
const REACH = 8.3

function start(initial: InitialDensity, variables: readonly string[]): Start {
  if (typeof initial === 'function')
    return {
      logarithm: (columns) =>
        columns[0].map((_, i) => {
          const p = initial(...columns.map((column) => column[i]))
          return Math.log(requireNumber('initial', p, 'numbers ≥ 0', (v) => v >= 0))
        }),
    }
  requireKeys('initial', initial, ['x0', 'sigma'])
  const x0 = perAxis('x0', initial.x0, variables)
  const sigma = perAxis('sigma', initial.sigma, variables)
  for (const x of x0) requireNumber('x0', x, 'finite numbers', () => true)
  for (const s of sigma) requireNumber('sigma', s, 'finite numbers > 0', (v) => v > 0)
  return {
    logarithm: (columns) =>
      columns[0].map((_, i) =>
        columns.reduce((sum, column, d) => sum - (column[i] - x0[d]) ** 2 / (2 * sigma[d] ** 2), 0),
      ),
    room: {
      support: () => x0.map((x, d) => [x - REACH * sigma[d], x + REACH * sigma[d]]),
      momentum: sigma.map((s) => REACH / s),
    },
  }
}

/** Share of the highest density that is drawn, and points of a curve. */
const SEEN = 1e-4
const POINTS = 401

/** Equidistant places where a density is seen. */
function seen(x: Float64Array, density: Float64Array): Float64Array {
  const peak = density.reduce((most, v) => Math.max(most, v), 0)
  const is = (v: number): boolean => v >= SEEN * peak
  const [from, to] = [x[density.findIndex(is)], x[density.findLastIndex(is)]]
  return Float64Array.from({ length: POINTS }, (_, i) => from + ((to - from) * i) / (POINTS - 1))
}

function tidy(value: number): string {
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(6) : value.toFixed(9)
}

function subscript(n: number): string {
  return Array.from(String(n), (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('')
}
