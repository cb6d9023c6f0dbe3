/** The result of a run: states at the recorded times, and what can be read off them. */
import {
  Drawable,
  type EvolutionFigure,
  evolutionFigure,
  keepOrigin,
  type LandscapeFigure,
  type LiveEvolution,
  landscapeFigure,
  type ProblemRecord,
  type WaveFigure,
  waveFigure,
} from '../../figure/index.js'
import { interpolation, type Reading, type WaveFunction } from '../../grid/index.js'
import { column, coordinates, writeCsv, writeNpz } from '../../interchange/index.js'
import type { Hamiltonian } from '../hamiltonian.js'
import type { Line } from '../line.js'
import { planeOf } from '../plane.js'
import type { MethodName, Sample, Trajectory } from '../propagation/index.js'
import { type Observation, type Row, type Samples, samplesOf } from './samples.js'

/** What rounding leaves at least. */
const ROUNDING = 1e-15
/** Most frames of a figure over a plane. */
const FIELD_FRAMES = 12

export interface EvolutionContext {
  readonly hamiltonian: Hamiltonian
  readonly problem: ProblemRecord
  /** What a one-dimensional figure is drawn on. */
  readonly line: () => Line
  readonly angle: number
  readonly method: MethodName
  readonly reading: Reading | 'both'
  /** End that was asked for, and why the run ended before it. */
  readonly until: number
  readonly stopped: Stopped | undefined
  readonly observe: (sample: Sample) => Observation
  /** What was read off during the run, where something was. */
  readonly rows?: readonly Row[]
  /** What computes the figure in a page. */
  readonly live: () => LiveEvolution | undefined
  /** Asked for when a figure is drawn. */
  readonly groundEnergy: () => number | undefined
  readonly warnings: readonly string[]
  /** Largest ‖error‖ of a state by box and spacing. */
  readonly gridError: number
}

/** Why a run ended early: its condition was met, the user interrupted it, or its signal was aborted. */
export type Stopped = 'condition' | 'interrupt' | 'signal'

export class Evolution extends Drawable {
  /** Wick angle θ: 0 real time, π/2 imaginary time. */
  readonly angle: number
  readonly method: MethodName
  /** Recorded times s, ascending from the beginning of the run. */
  readonly times: Float64Array
  /** ψ at each time, the first of them ψ(0) itself: as evolved in real time, normalised otherwise. */
  readonly states: readonly WaveFunction[]
  /** ln ‖ψ(s)‖ of the solution before normalisation. */
  readonly logNorm: Float64Array
  /** Number of steps taken. */
  readonly steps: number
  /**
   * Error of the final state by the steps, as estimated during the run: no bound. With a fixed number of steps it is that
   * number times the error of the first.
   */
  readonly errorEstimate: number
  /** Whether the run reached the end that was asked for. */
  readonly complete: boolean
  /** Why it did not. */
  readonly stopped: Stopped | undefined
  /** Estimated ‖error‖ that box and spacing leave in the states, the largest of the run: no error of the steps. */
  readonly gridError: number
  /** Sentences about results that need care; empty where there are none. */
  readonly warnings: readonly string[]
  private readonly context: EvolutionContext
  private observed: Samples | undefined

  constructor(trajectory: Trajectory, context: EvolutionContext) {
    super()
    this.context = context
    this.angle = context.angle
    this.method = context.method
    this.times = trajectory.times
    this.states = trajectory.states
    this.logNorm = trajectory.logNorm
    this.steps = trajectory.steps
    this.errorEstimate = trajectory.errorEstimate
    this.stopped = context.stopped
    this.complete = context.stopped === undefined
    this.warnings = context.warnings
    this.gridError = context.gridError
    const { live, problem, hamiltonian } = context
    if (this.complete && hamiltonian.grid.axes.length === 1)
      this.states.forEach((state, index) => {
        keepOrigin(state, { problem, live, index })
      })
  }

  /** The last state. */
  get final(): WaveFunction {
    return this.states[this.states.length - 1]
  }

  /** The observables at the recorded times, and at those of the option `samples`. */
  get samples(): Samples {
    const { rows, observe } = this.context
    this.observed ??= samplesOf(
      rows ??
        this.states.map((state, k) => observe({ time: this.times[k], state, logNorm: this.logNorm[k] })),
    )
    return this.observed
  }

  /** ⟨H⟩ at each recorded time. */
  get energies(): Float64Array {
    const { times, energy } = this.samples
    const at = new Map(Array.from(times, (s, k) => [s, energy[k]]))
    return this.times.map((s) => at.get(s)!)
  }

  /** Mean position at each time, one array an axis. */
  mean(reading: Reading = 'born'): Float64Array[] {
    return perAxis(this.states.map((s) => s.mean(reading)))
  }

  /** Variance of the position at each time, one array an axis. */
  variance(reading: Reading = 'born'): Float64Array[] {
    return perAxis(this.states.map((s) => s.variance(reading)))
  }

  /** A .npz archive: coordinates by name, `times`, `psi` (times × grid, complex128), `energies`, `log_norm`. */
  override toNpz(): Uint8Array {
    const { axes, shape, size } = this.final.grid
    const psi = new Float64Array(2 * size * this.states.length)
    this.states.forEach((state, k) => {
      psi.set(state.values, 2 * size * k)
    })
    return writeNpz({
      ...coordinates(axes),
      times: column(this.times),
      psi: { dtype: 'complex128', shape: [this.states.length, ...shape], data: psi },
      energies: column(this.energies),
      log_norm: column(this.logNorm),
    })
  }

  /**
   * A table with one row a sample: time, energy, ln ‖ψ‖, mean, variance (Born) and current of each coordinate, flux
   * where a plane was given, survival amplitude, and the observables of one's own by name.
   */
  override toCsv(): string {
    const { times, energy, logNorm, mean, variance, current, flux, survival, own } = this.samples
    return writeCsv({
      [timeSymbol(this.angle)]: times,
      energy,
      log_norm: logNorm,
      ...Object.fromEntries(
        this.final.grid.axes.flatMap(({ name }, d) => [
          [`mean_${name}`, mean[d]],
          [`variance_${name}`, variance[d]],
          [`current_${name}`, current[d]],
        ]),
      ),
      ...(flux === undefined ? {} : { flux }),
      survival_re: survival.filter((_, k) => k % 2 === 0),
      survival_im: survival.filter((_, k) => k % 2 === 1),
      ...own,
    })
  }

  override figure(): EvolutionFigure | WaveFigure | LandscapeFigure {
    const live = this.complete ? this.context.live() : undefined
    return live === undefined ? this.drawn() : { ...this.drawn(), live }
  }

  private drawn(): EvolutionFigure | WaveFigure | LandscapeFigure {
    const { hamiltonian, problem, angle, reading } = this.context
    if (hamiltonian.grid.axes.length > 1) return reading === 'population' ? this.populations() : this.waves()
    const line = this.context.line()
    const groundEnergy = this.context.groundEnergy()
    return evolutionFigure({
      problem,
      angle,
      readings: reading === 'both' ? ['born', 'population'] : [reading],
      x: line.x,
      zeta: line.zeta,
      times: Array.from(this.times),
      psi: this.states.map(interpolation(hamiltonian.grid, [line.x])),
      energy: Array.from(this.energies),
      ...(groundEnergy === undefined ? {} : { groundEnergy }),
    })
  }

  private waves(): WaveFigure {
    const { hamiltonian, problem, angle } = this.context
    return waveFigure({
      problem,
      axes: hamiltonian.grid.axes.map((axis) => axis.coordinates),
      zeta: hamiltonian.zeta,
      psi: this.states.map((state) => state.values),
      frames: { symbol: timeSymbol(angle), values: Array.from(this.times) },
      angle,
      energy: this.energies,
    })
  }

  /** ψ itself as a density, in the plane of the first two coordinates. */
  private populations(): LandscapeFigure {
    const { hamiltonian, problem, angle } = this.context
    const plane = planeOf(hamiltonian)
    const stride = Math.max(1, Math.ceil((this.states.length - 1) / (FIELD_FRAMES - 1)))
    const shown = [...this.states.keys()].filter((k) => k % stride === 0)
    return landscapeFigure({
      problem,
      axes: plane.axes,
      zeta: plane.zeta,
      densities: shown.map((k) => plane.density(this.states[k], 'population')),
      title: `Density in ${angle === Math.PI / 2 ? 'imaginary' : 'complex'} time${plane.remark}`,
      quantity: plane.quantity('ψ/∫ψ'),
      frames: { symbol: timeSymbol(angle), values: shown.map((k) => this.times[k]) },
      points: [],
      paths: [],
    })
  }

  override toString(): string {
    const { angle, final } = this
    const until = this.times[this.times.length - 1]
    const drift = Math.abs(Math.expm1(2 * (this.logNorm[this.logNorm.length - 1] - this.logNorm[0])))
    const parts = [
      `${timeSymbol(angle)} from ${this.times[0]} to ${until} in ${this.steps} ${this.method} steps`,
      `error of the steps ≲ ${Math.max(ROUNDING, this.errorEstimate).toExponential(0)}`,
      `grid error ≲ ${Math.max(ROUNDING, this.gridError).toExponential(0)}`,
      this.context.hamiltonian.absorption !== undefined
        ? `∫|ψ|² = ${this.final.normSquared.toPrecision(6)} left in the box`
        : angle === 0
          ? `norm kept to ${drift.toExponential(0)}`
          : `ln‖ψ‖ = ${this.logNorm[this.logNorm.length - 1].toFixed(6)}`,
      `⟨H⟩ = ${this.context.hamiltonian.energy(final).mean.toFixed(10)}`,
      ...final.grid.axes.map((a, d) => `⟨${a.name}⟩ = ${unsigned(final.mean()[d].toFixed(8))}`),
      ...this.warnings,
    ]
    return parts.join('; ')
  }
}

/** A zero without the sign that rounding left. */
function unsigned(text: string): string {
  return Number(text) === 0 ? text.replace('-', '') : text
}

/** Name of the time variable at a Wick angle. */
export function timeSymbol(angle: number): 't' | 'τ' | 's' {
  return angle === 0 ? 't' : angle === Math.PI / 2 ? 'τ' : 's'
}

function perAxis(rows: readonly number[][]): Float64Array[] {
  return rows[0].map((_, d) => Float64Array.from(rows, (row) => row[d]))
}
