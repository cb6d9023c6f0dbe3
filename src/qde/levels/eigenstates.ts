/** The lowest eigenstates of H: energies, wave functions, residuals. */
import {
  Drawable,
  type EigenstatesFigure,
  eigenstatesFigure,
  keepOrigin,
  type LiveEigenstates,
  type ProblemRecord,
  type WaveFigure,
  waveFigure,
} from '../../figure/index.js'
import { type Grid, interpolation, WaveFunction } from '../../grid/index.js'
import { column, coordinates, writeCsv, writeNpz } from '../../interchange/index.js'
import type { Hamiltonian } from '../hamiltonian.js'
import type { Line } from '../line.js'
import type { Eigenpairs } from './eigenpairs.js'

/** Rounding error of energies, as a share of their scale, which no estimate goes below. */
const ROUNDING = 1e-14

/**
 * The wave function of an eigenvector of any norm: ∫φ² = 1 on the grid, and φ > 0 at the last point where it is not small, so that
 * the ground state is positive and the sign does not depend on the solver.
 */
export function toWaveFunction(grid: Grid, vector: Float64Array): WaveFunction {
  const peak = vector.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
  const last = vector.findLastIndex((v) => Math.abs(v) > 0.05 * peak)
  const norm = Math.sqrt(vector.reduce((sum, v) => sum + v * v, 0) * grid.cell)
  const scale = Math.sign(vector[last]) / norm
  const values = new Float64Array(2 * grid.size)
  vector.forEach((v, i) => {
    values[2 * i] = v * scale
  })
  return new WaveFunction(grid, values)
}

/** The largest energy, from zero or from min ζ: a level near zero comes of parts that cancel. */
function scaleOf({ zeta }: Hamiltonian, energies: Float64Array): number {
  const least = zeta.reduce((low, v) => Math.min(low, v), Number.POSITIVE_INFINITY)
  return energies.reduce((most, e) => Math.max(most, Math.abs(e), e - least), 0)
}

/** Lowest eigenstates of one problem. */
export class Eigenstates extends Drawable {
  readonly grid: Grid
  /** E₀ ≤ E₁ ≤ …, in the unit of ζ. */
  readonly energies: Float64Array
  /** Real wave functions φₙ, ∫φₙ² = 1 on the grid. */
  readonly states: readonly WaveFunction[]
  /** ‖Hφₙ − Eₙφₙ‖ on the grid; the grid's level is within this of Eₙ. */
  readonly residuals: Float64Array
  /** Estimated error of each energy, from residual, basis and grid, and at least rounding. */
  readonly errors: Float64Array
  private readonly problem: ProblemRecord
  private readonly drawnOn: () => Line | Hamiltonian

  private live: () => LiveEigenstates | undefined = () => undefined

  /** @param drawnOn what figures are drawn on: a line in one dimension, else H on a grid of the same axes */
  constructor(
    hamiltonian: Hamiltonian,
    pairs: Eigenpairs,
    problem: ProblemRecord,
    drawnOn: () => Line | Hamiltonian,
  ) {
    super()
    this.drawnOn = drawnOn
    this.grid = hamiltonian.grid
    this.energies = pairs.energies
    this.states = pairs.vectors.map((v) => toWaveFunction(hamiltonian.grid, v))
    this.residuals = pairs.residuals
    const rounding = ROUNDING * scaleOf(hamiltonian, pairs.energies)
    this.errors = pairs.errors.map((e) => Math.max(rounding, e))
    this.problem = problem
  }

  /** The lowest level E₀ and its state φ₀. */
  get energy(): number {
    return this.energies[0]
  }

  get state(): WaveFunction {
    return this.states[0]
  }

  /** E₁ − E₀; NaN where only one level was computed. */
  get gap(): number {
    return this.energies.length > 1 ? this.energies[1] - this.energies[0] : Number.NaN
  }

  /** A .npz archive: coordinates by name, `energies`, `residuals`, `states` (levels × grid, float64). */
  override toNpz(): Uint8Array {
    const states = new Float64Array(this.grid.size * this.states.length)
    this.states.forEach((state, n) => {
      states.set(realPart(state.values), this.grid.size * n)
    })
    return writeNpz({
      ...coordinates(this.grid.axes),
      energies: column(this.energies),
      residuals: column(this.residuals),
      states: { dtype: 'float64', shape: [this.states.length, ...this.grid.shape], data: states },
    })
  }

  /** A table with one row a level: n, energy, residual. */
  override toCsv(): string {
    return writeCsv({ n: Array.from(this.energies.keys()), energy: this.energies, residual: this.residuals })
  }

  /** The same, with what computes the figure in a page. */
  withLive(live: () => LiveEigenstates | undefined): this {
    this.live = live
    const { problem } = this
    if (this.grid.axes.length === 1)
      this.states.forEach((state, index) => {
        keepOrigin(state, { problem, live, index })
      })
    return this
  }

  override figure(): EigenstatesFigure | WaveFigure {
    const live = this.live()
    return live === undefined ? this.drawn() : { ...this.drawn(), live }
  }

  private drawn(): EigenstatesFigure | WaveFigure {
    const ground = this.drawnOn()
    if ('grid' in ground) {
      const { grid, zeta } = ground
      return waveFigure({
        problem: this.problem,
        axes: grid.axes.map((axis) => axis.coordinates),
        zeta,
        psi: this.states.map((s) => s.on(grid).values),
        title: 'Eigenstates',
        frames: {
          symbol: 'n',
          values: Array.from(this.energies.keys()),
          labels: Array.from(this.energies, (e, n) => `n = ${n}, E = ${e.toPrecision(6)}`),
        },
      })
    }
    const { x, zeta } = ground
    const onLine = interpolation(this.grid, [x])
    return eigenstatesFigure({
      problem: this.problem,
      x,
      zeta,
      energies: this.energies,
      states: this.states.map((s) => realPart(onLine(s))),
    })
  }

  override toString(): string {
    const energies = Array.from(this.energies, (e, n) => `E${subscript(n)} = ${tidy(e)}`)
    const gap = this.energies.length > 1 ? `, gap ${tidy(this.gap)}` : ''
    return `${energies.join(', ')}${gap} (error ≲ ${Math.max(...this.errors).toExponential(0)})`
  }
}

function realPart(psi: Float64Array): Float64Array {
  return Float64Array.from({ length: psi.length / 2 }, (_, i) => psi[2 * i])
}

/** Ten decimals: what the default grids reach. */
function tidy(value: number): string {
  return value.toFixed(10)
}

function subscript(n: number): string {
  return Array.from(String(n), (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('')
}
