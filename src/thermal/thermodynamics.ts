/** Thermodynamic curves of one problem, by whichever route its traces were taken. */
import { PsilabError } from '../error.js'
import {
  Drawable,
  type LiveThermodynamics,
  type PanelsFigure,
  type ProblemRecord,
  panelsFigure,
  STATE_FUNCTIONS,
  type ThermodynamicsFigure,
  thermodynamicsFigure,
  thermodynamicsStops,
} from '../figure/index.js'
import { column, writeCsv, writeNpz } from '../interchange/index.js'
import { requireTemperature, type ThermodynamicPoint } from './levelSums.js'

/**
 * How a trace is taken: `spectrum`, the sum over levels; `kernel`, the trace of e^{−βH} as a matrix, without levels;
 * `closed form`, the quadrature of Mehler's kernel and its relatives, where ζ is quadratic.
 */
export type Route = 'spectrum' | 'kernel' | 'closed form'

/** What is known at one temperature. */
export interface TracePoint extends ThermodynamicPoint {
  /** Share of Z that is left out at most: levels that the grid or the basis does not hold. */
  readonly truncation: number
  /** Estimated relative error of Z: of truncation, grid, levels and rounding together. */
  readonly error: number
}

/** A trace that can be taken at any temperature up to the one it was prepared for. */
export interface Trace {
  readonly route: Route
  /** Levels that are summed over; empty where none are. */
  readonly levels: Float64Array
  /** How it was taken, and what limits it, in sentences. */
  readonly notes: readonly string[]
  at(temperature: number): TracePoint
}

/** Largest share of Z that may be left out. */
export const MAX_TRUNCATION = 1e-8

/** @throws PsilabError `resolution` where too much of Z is left out, or nothing but rounding is left */
export function requireWhole(point: TracePoint): TracePoint {
  if (![point.F, point.U, point.S, point.C].every(Number.isFinite))
    throw new PsilabError({
      code: 'resolution',
      parameter: 'temperature',
      problem: `at T = ${point.temperature.toPrecision(4)} rounding leaves nothing of F, U, S and C`,
      allowed: 'temperatures that doubles can tell from 0',
      advice: "Raise the temperature, or take route: 'spectrum'.",
    })
  if (point.truncation <= MAX_TRUNCATION) return point
  throw new PsilabError({
    code: 'resolution',
    parameter: 'temperature',
    problem: `at T = ${point.temperature.toPrecision(4)} a share of ${point.truncation.toExponential(1)} of Z lies above the energies that the grid or the basis holds, so the box and not ζ would set Z`,
    allowed: `a share of at most ${MAX_TRUNCATION}`,
    advice:
      'Lower the temperature, give a larger and finer grid, or leave the grid out so that it is chosen for the temperature; where T is far above the spacing of the levels, problem.classicalLimit({ beta }) serves.',
  })
}

/** A line in equilibrium at some temperatures. */
export interface ThermalLine {
  readonly x: Float64Array
  readonly zeta: Float64Array
  /** Levels that weigh anything, and the probability of each, one array a temperature. */
  readonly energies: Float64Array
  readonly populations: readonly Float64Array[]
  /** ρ(x, x) and the classical density, one array a temperature, ∫ = 1. */
  readonly density: readonly Float64Array[]
  readonly classical: readonly Float64Array[]
}

export interface ThermodynamicsData {
  readonly trace: Trace
  readonly temperatures: readonly number[]
  readonly problem?: ProblemRecord
  /** Points that are known already, in the order of the temperatures; fewer where a run was stopped. */
  readonly points?: readonly TracePoint[]
  /** What a figure shows of a line beside the curves; undefined where it would take too long. */
  readonly line?: (temperatures: readonly number[]) => ThermalLine | undefined
  /** What computes the figure in a page. */
  readonly live?: () => LiveThermodynamics | undefined
}

/** Thermodynamic curves of one problem. */
export class Thermodynamics extends Drawable {
  /** T, in the order given, in the unit of ζ (k_B = 1). */
  readonly temperature: Float64Array
  /** Partition function at each temperature, without unit. */
  readonly Z: Float64Array
  /** Free energy at each temperature, in the unit of ζ. */
  readonly F: Float64Array
  /** Mean energy at each temperature, in the unit of ζ. */
  readonly U: Float64Array
  /** Entropy at each temperature, without unit (k_B = 1). */
  readonly S: Float64Array
  /** Heat capacity dU/dT at each temperature, without unit (k_B = 1). */
  readonly C: Float64Array
  /** Estimated relative error of Z at each temperature. */
  readonly errors: Float64Array
  /** Largest share of Z that is left out. */
  readonly truncation: number
  /** How the traces were taken. */
  readonly route: Route
  /** Levels that the sums run over, in the unit of ζ; empty for the other routes and for sums of axes. */
  readonly energies: Float64Array
  /** Whether all temperatures were done before the run was stopped. */
  readonly complete: boolean
  readonly notes: readonly string[]
  private readonly trace: Trace
  private readonly problem: ProblemRecord | undefined
  private readonly live: ThermodynamicsData['live']
  private readonly line: ThermodynamicsData['line']

  constructor({ trace, temperatures, problem, points, line, live }: ThermodynamicsData) {
    super()
    this.live = live
    this.line = line
    const done = points ?? temperatures.map((T) => trace.at(T))
    done.forEach(requireWhole)
    this.trace = trace
    this.problem = problem
    this.route = trace.route
    this.energies = trace.levels
    this.notes = trace.notes
    this.complete = done.length === temperatures.length
    this.temperature = Float64Array.from(done, (p) => p.temperature)
    this.Z = Float64Array.from(done, (p) => p.Z)
    this.F = Float64Array.from(done, (p) => p.F)
    this.U = Float64Array.from(done, (p) => p.U)
    this.S = Float64Array.from(done, (p) => p.S)
    this.C = Float64Array.from(done, (p) => p.C)
    this.errors = Float64Array.from(done, (p) => p.error)
    this.truncation = done.reduce((most, p) => Math.max(most, p.truncation), 0)
  }

  /**
   * Z, F, U, S, C at another temperature.
   * @throws PsilabError `resolution` beyond what the grid or the basis holds
   */
  at(temperature: number): TracePoint {
    return requireWhole(this.trace.at(requireTemperature(temperature)))
  }

  /** A .npz archive: `T`, `Z`, `F`, `U`, `S`, `C`, `errors` of Z, and the `levels` that the sums run over. */
  override toNpz(): Uint8Array {
    const { temperature: T, Z, F, U, S, C, errors, energies: levels } = this
    return writeNpz(
      Object.fromEntries(
        Object.entries({ T, Z, F, U, S, C, errors, levels }).map(([name, v]) => [name, column(v)]),
      ),
    )
  }

  /** A table with one row a temperature: T, Z, F, U, S, C. */
  override toCsv(): string {
    const { temperature: T, Z, F, U, S, C } = this
    return writeCsv({ T, Z, F, U, S, C })
  }

  override figure(): ThermodynamicsFigure | PanelsFigure {
    const order = Array.from(this.temperature.keys()).sort(
      (a, b) => this.temperature[a] - this.temperature[b],
    )
    const sorted = (values: Float64Array): Float64Array => Float64Array.from(order, (k) => values[k])
    const temperature = sorted(this.temperature)
    const [Z, F, U, S, C] = STATE_FUNCTIONS.map((name) => sorted(this[name]))
    if (this.problem !== undefined) {
      const stops = thermodynamicsStops(temperature)
      const line = this.line?.(stops.map((k) => temperature[k]))
      const drawn = thermodynamicsFigure({
        problem: this.problem,
        temperature,
        Z,
        F,
        U,
        S,
        C,
        notes: this.notes,
        ...(line && { line: { ...line, stops } }),
      })
      const live = this.live?.()
      return live === undefined ? drawn : { ...drawn, live }
    }
    const line = (label: string, y: Float64Array) => ({ label, x: temperature, y })
    return panelsFigure({
      title: 'Thermodynamics',
      alt: `Free energy, energy, entropy and heat capacity for ${temperature.length} temperatures from ${temperature[0]} to ${temperature[temperature.length - 1]}.`,
      panels: [
        {
          type: 'lines',
          heading: 'Energies',
          x: { label: 'T' },
          y: { label: 'energy' },
          series: [line('U', U), line('F', F)],
        },
        {
          type: 'lines',
          heading: 'Entropy and heat capacity',
          x: { label: 'T' },
          y: { label: 'S, C' },
          series: [line('S', S), line('C', C)],
        },
      ],
      notes: this.notes,
    })
  }

  override toString(): string {
    const rows = [0, Math.floor(this.temperature.length / 2), this.temperature.length - 1]
    const row = (k: number): string =>
      `T = ${this.temperature[k].toPrecision(4)}: Z = ${this.Z[k].toPrecision(10)}, F = ${this.F[k].toFixed(9)}, ` +
      `U = ${this.U[k].toFixed(9)}, S = ${this.S[k].toFixed(9)}, C = ${this.C[k].toFixed(9)}`
    const error = this.errors.reduce((most, e) => Math.max(most, e), 0)
    return [
      ...[...new Set(rows)].filter((k) => k >= 0 && k < this.temperature.length).map(row),
      `(${this.route}; truncation ≤ ${this.truncation.toExponential(0)}, error of Z ≲ ${error.toExponential(0)})`,
      ...(this.complete ? [] : ['(stopped before all temperatures were done)']),
      ...this.notes,
    ].join('\n')
  }
}
