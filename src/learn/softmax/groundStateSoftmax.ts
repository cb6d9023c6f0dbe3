/**
 * When is |ψ₀|² a softmax of ζ? The distance of the ground state's density to e^{−ζ/T}/Z, as Hellinger's
 *
 *   d(T)² = ½ ∫ (|ψ₀| − e^{−ζ/2T}/√Z)² dx = 1 − ⟨|ψ₀|, e^{−ζ/2T}/√Z⟩,
 *
 * made least over T. It is 0 where ψ₀ ∝ e^{−ζ/2T}, that is where ζ − E₀ = D ζ′²/4T² − D ζ″/2T. This is a linear
 * equation for ζ′² as a function of ζ, with the solutions ζ′² = (4T²/D)(ζ − E₀ + T) + C e^{ζ/T}. On the whole line, with
 * ζ → ∞ at its ends, only C = 0 will do: with C > 0 ζ is infinite at a finite x, with C < 0 it is bounded. So ζ is a
 * parabola ½k(x − x*)² + const, at T = √(Dk/2), half the frequency ω = √(2Dk).
 */
import { Drawable, type PanelsFigure, panelsFigure, type Tabulated } from '../../figure/index.js'
import { type Grid, interpolate, type WaveFunction } from '../../grid/index.js'
import { compensatedSum } from '../../numeric/index.js'
import type { Objective } from '../../objective/index.js'
import { type Problem, requireProblem } from '../../qde/index.js'

/**
 * The softmax e^{−ζ/T}/Z nearest to the density of the ground state of a problem.
 *
 * @example
 * groundStateSoftmax(qde({ objective: 'x^2/2', D: 0.5 })).temperature // => 0.5, at a distance of 0
 *
 * @throws PsilabError as `groundState` does
 */
export function groundStateSoftmax(problem: Problem): GroundStateSoftmax {
  requireProblem(problem)
  const { state, energy } = problem.groundState()
  return new GroundStateSoftmax(state, problem.hamiltonian(state.grid).zeta, energy, problem.objective)
}

/** Temperatures that are tried: between these multiples of E₀ − min ζ, evenly in ln T, then by golden section. */
const RANGE = [1e-3, 1e3] as const
const TRIED = 61
/** Width of ln T at which the search ends: d changes by no more than that. */
const SETTLED = 1e-13
const GOLDEN = (Math.sqrt(5) - 1) / 2
/** Points of a drawn curve, and the share of the highest density that is not seen. */
const DRAWN = 321
const UNSEEN = 1e-4
/** Distance that the grid's own error may make. */
const ZERO = 1e-7

export class GroundStateSoftmax extends Drawable {
  readonly grid: Grid
  /** |ψ₀|² on the grid, ∫|ψ₀|² dx = 1. */
  readonly density: Float64Array
  /** ζ on the grid. */
  readonly zeta: Float64Array
  readonly energy: number
  /** T of the nearest softmax. */
  readonly temperature: number
  /** d(T), from 0 to 1. */
  readonly distance: number
  /** Temperatures that were tried, and the distance at each. */
  readonly temperatures: Float64Array
  readonly distances: Float64Array
  readonly notes: readonly string[]

  private readonly state: WaveFunction
  private readonly objective: Objective

  constructor(state: WaveFunction, zeta: Float64Array, energy: number, objective: Objective) {
    super()
    this.state = state
    this.objective = objective
    this.grid = state.grid
    this.density = state.density('born')
    this.zeta = zeta
    this.energy = energy
    const least = zeta.reduce((m, z) => Math.min(m, z), Number.POSITIVE_INFINITY)
    const unit = energy - least
    const [from, to] = RANGE.map((share) => Math.log(share * unit))
    const steps = Float64Array.from({ length: TRIED }, (_, k) => from + ((to - from) * k) / (TRIED - 1))
    const d = (logT: number): number => this.distanceAt(Math.exp(logT))
    this.temperatures = steps.map(Math.exp)
    this.distances = steps.map(d)
    const best = this.distances.indexOf(Math.min(...this.distances))
    const found = goldenSection(d, steps[Math.max(0, best - 1)], steps[Math.min(TRIED - 1, best + 1)])
    this.temperature = Math.exp(found)
    this.distance = d(found)
    this.notes = [
      this.distance < ZERO
        ? '|ψ₀|² is this softmax, to the accuracy of the grid.'
        : '|ψ₀|² is no softmax of ζ: this one is the nearest.',
      'T here is set by D: a ground state is not in equilibrium at a temperature that could be chosen.',
    ]
  }

  /** e^{−ζ/T}/Z on the grid, with ∫ = 1. */
  softmaxAt(temperature: number): Float64Array {
    const least = this.zeta.reduce((m, z) => Math.min(m, z), Number.POSITIVE_INFINITY)
    const weights = this.zeta.map((z) => Math.exp(-(z - least) / temperature))
    const norm = compensatedSum(weights) * this.grid.cell
    return weights.map((w) => w / norm)
  }

  /** d(T). */
  distanceAt(temperature: number): number {
    const square = this.softmaxAt(temperature).map((p, i) => (Math.sqrt(p) - Math.sqrt(this.density[i])) ** 2)
    return Math.sqrt((compensatedSum(square) * this.grid.cell) / 2)
  }

  /** A table with one row a grid point of a line: x, ζ, |ψ₀|² and the nearest softmax; of planes and spaces, by columns. */
  protected override tabulated(): Tabulated {
    const coordinates = Object.fromEntries(
      this.grid.axes.map(({ name }, d) => [name, this.grid.columns[d]] as const),
    )
    return {
      ...coordinates,
      zeta: this.zeta,
      density: this.density,
      softmax: this.softmaxAt(this.temperature),
    }
  }

  override figure(): PanelsFigure {
    const { grid, temperature } = this
    const curve = {
      type: 'lines',
      heading: 'Distance',
      x: { label: 'T', scale: 'log' },
      y: { label: 'd(T)' },
      series: [{ label: 'd(T)', x: this.temperatures, y: this.distances }],
    } as const
    const title = `The ground state and the nearest softmax, T = ${Number(temperature.toPrecision(6))}`
    if (grid.axes.length > 1)
      return panelsFigure({ title, alt: this.summary(), panels: [curve], notes: this.notes })
    const { x, density, softmax } = this.line()
    return panelsFigure({
      title,
      alt: this.summary(),
      panels: [
        {
          type: 'lines',
          heading: 'Densities',
          x: { label: grid.axes[0].name },
          y: { label: 'density' },
          series: [
            { label: '|ψ₀|²', x, y: density },
            { label: 'nearest softmax', role: 'reference', x, y: softmax },
          ],
        },
        curve,
      ],
      notes: this.notes,
    })
  }

  /** Both densities of one coordinate at points for the eye, where either can be seen. */
  private line(): {
    readonly x: Float64Array
    readonly density: Float64Array
    readonly softmax: Float64Array
  } {
    const coarse = this.softmaxAt(this.temperature)
    const highest = Math.max(...this.density, ...coarse)
    const seen = (i: number): boolean => Math.max(this.density[i], coarse[i]) > UNSEEN * highest
    const [{ coordinates }] = this.grid.axes
    const places = Array.from(coordinates, (_, i) => i).filter(seen)
    const [from, to] = [coordinates[places[0]], coordinates[places.at(-1)!]]
    const x = Float64Array.from({ length: DRAWN }, (_, i) => from + ((to - from) * i) / (DRAWN - 1))
    const psi = interpolate(this.state.normalized(), [x])
    const zeta = this.objective.evaluate([x])
    const top = coarse.reduce((best, p, i) => (p > coarse[best] ? i : best), 0)
    return {
      x,
      density: x.map((_, i) => psi[2 * i] ** 2 + psi[2 * i + 1] ** 2),
      softmax: zeta.map((z) => coarse[top] * Math.exp((this.zeta[top] - z) / this.temperature)),
    }
  }

  override toString(): string {
    return [this.summary(), ...this.notes].join('\n')
  }

  private summary(): string {
    return `|ψ₀|² is nearest to e^{−ζ/T}/Z at T = ${this.temperature.toPrecision(10)}, at a distance of ${this.distance.toPrecision(4)} (Hellinger)`
  }
}

/** The place of the least value of f between two points. */
function goldenSection(f: (x: number) => number, left: number, right: number): number {
  let [low, high] = [left, right]
  let [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)]
  let [fa, fb] = [f(a), f(b)]
  while (high - low > SETTLED * Math.max(1, Math.abs(low))) {
    if (fa <= fb) {
      ;[high, b, fb] = [b, a, fa]
      a = high - GOLDEN * (high - low)
      fa = f(a)
    } else {
      ;[low, a, fa] = [a, b, fb]
      b = low + GOLDEN * (high - low)
      fb = f(b)
    }
  }
  return fa <= fb ? a : b
}
