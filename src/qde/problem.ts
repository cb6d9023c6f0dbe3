/**
 * The quantum dynamic equation of one objective:  i ∂ψ/∂t = Hψ,  H = −D∇² + ζ.
 *
 * A problem holds ζ and D; grids are chosen for what is asked of it (unless one was given), so every result
 * carries its own grid.
 */
import { PsilabError, requireKeys, requireNumber } from '../error.js'
import { parseExpression } from '../expr/index.js'
import { Drawable, type ProblemFigure, type ProblemRecord } from '../figure/index.js'
import type { Grid, WaveFunction } from '../grid/index.js'
import type { Objective } from '../objective/index.js'
import type { ClassicalLimit, StateCooling, ThermalDensityMatrix, Thermodynamics } from '../thermal/index.js'
import { type GridChoice, type GridRequest, requireRegular } from './box/index.js'
import { Discretisation } from './discretisation.js'
import type { Evolution } from './evolve/index.js'
import { type EvolveOptions, run, runFrames } from './evolve/index.js'
import type { Hamiltonian } from './hamiltonian.js'
import type { InitialState } from './initialState.js'
import type { Eigenstates } from './levels/index.js'
import { hasRadialPole, lowestLevels } from './levels/index.js'
import { Portrait } from './portrait.js'
import { type PreciseLevels, preciseLevels } from './precise/index.js'
import type { Frame } from './propagation/index.js'
import { type Transmission, type TransmissionOptions, transmission } from './scattering/index.js'
import { shownGrid, shownProblem } from './shownProblem.js'
import {
  type ClassicalLimitOptions,
  classicalLimit,
  type DensityMatrixOptions,
  densityMatrix,
  type StateCoolingOptions,
  stateCooling,
  type ThermodynamicsOptions,
  thermodynamics,
} from './trace/index.js'

export class Problem extends Drawable {
  readonly objective: Objective
  /** Diffusion coefficient; mass m = 1/(2D) with ħ = 1. */
  readonly D: number
  private readonly space: Discretisation
  private readonly shown: GridChoice
  private ground: Eigenstates | undefined

  /** @param request what is fixed of the grid; each result chooses the rest for itself */
  constructor(objective: Objective, D: number, request: GridRequest = {}) {
    super()
    this.objective = objective
    this.D = D
    this.space = new Discretisation(objective, D, request)
    this.shown = shownGrid(this.space)
    // A ζ that is not finite is refused here rather than at the first result.
    const { zeta } = this.space.hamiltonian(this.grid)
    if (this.space.boxGiven || !hasRadialPole(objective))
      requireRegular(objective, this.grid, zeta, this.space.boxGiven)
  }

  /** The same equation with another D: ζ and what was fixed of the grid stay as they are. */
  withD(D: number): Problem {
    requireNumber('D', D, 'a finite number > 0', (d) => d > 0)
    return D === this.D ? this : new Problem(this.objective, D, this.space.request)
  }

  /** The grid shown with the problem: the one given, or one that holds the lowest levels. */
  get grid(): Grid {
    return this.shown.grid
  }

  /** Which grid and boundary, and why. */
  get notes(): readonly string[] {
    return this.shown.notes
  }

  /** ζ on `grid`. */
  get zeta(): Float64Array {
    return this.hamiltonian(this.grid).zeta
  }

  /** What figures on a grid say of the problem. */
  record(grid: Grid = this.grid): ProblemRecord {
    return this.space.record(grid)
  }

  /** H on a grid. */
  hamiltonian(grid: Grid): Hamiltonian {
    return this.space.hamiltonian(grid)
  }

  /**
   * ψ(s) = exp(−i e^{−iθ} s H) ψ(0) for 0 ≤ s ≤ until; with a schedule, the solution of ∂ψ/∂s = −i e^{−iθ} H(s) ψ.
   * A run that is interrupted, or whose condition is met, returns what it has: `complete` is false then.
   * @throws PsilabError `parameter` for options out of range or steps too long, `resolution` where a given grid cannot
   * hold ψ(0), `too-large` where the recorded states do not fit into memory, `not-finite` where ψ stops being finite
   */
  evolve(initial: InitialState | WaveFunction, options: EvolveOptions): Evolution {
    return run(this.space, initial, options, () => this.groundState().energy)
  }

  /**
   * The same without holding up the page or the notebook: each recorded frame as soon as it is there, and the whole
   * evolution as the value that the generator returns.
   * @example
   * for await (const { time, state } of problem.frames(packet, { until: 8 })) show(state)
   */
  frames(initial: InitialState | WaveFunction, options: EvolveOptions): AsyncGenerator<Frame, Evolution> {
    return runFrames(this.space, initial, options, () => this.groundState().energy)
  }

  /** `evolve` without holding up the page or the notebook. */
  async evolveAsync(initial: InitialState | WaveFunction, options: EvolveOptions): Promise<Evolution> {
    const frames = this.frames(initial, options)
    for (;;) {
      const turn = await frames.next()
      if (turn.done === true) return turn.value
    }
  }

  /**
   * The lowest `levels` eigenstates of H, 1 to 256.
   * @throws PsilabError `unbounded` or `not-confining` where ζ has no such states of its own
   */
  eigenstates(levels: number): Eigenstates
  /**
   * The lowest `levels` energies, 1 to 64, to 10–200 significant digits, for an expression in one coordinate: what
   * doubles cannot see, such as the splitting of a deep double well.
   * @throws PsilabError `parameter` where ζ is no expression, or a grid was given
   */
  eigenstates(levels: number, options: { readonly digits: number }): PreciseLevels
  eigenstates(levels: number, options?: { readonly digits: number }): Eigenstates | PreciseLevels {
    if (options === undefined) return lowestLevels(this.space, levels)
    requireKeys('eigenstates', options, ['digits'])
    const { source, parameters, variables } = this.objective
    if (source === undefined || Object.keys(this.space.request).length > 0)
      throw new PsilabError({
        code: 'parameter',
        parameter: 'digits',
        problem: 'levels to many digits need ζ as an expression, and choose their own basis',
        allowed: 'an objective in quotes, and no grid',
        got: options.digits,
      })
    const objective = parseExpression(source, { variables: [...variables], parameters: { ...parameters } })
    return preciseLevels({ objective, D: this.D, levels, digits: options.digits })
  }

  /** The ground state: `energy` and `state`. */
  groundState(): Eigenstates {
    this.ground ??= this.eigenstates(1)
    return this.ground
  }

  /**
   * Z, F, U, S, C against temperature in one to three dimensions, by the sum over levels (`spectrum`), the trace of
   * e^{−βH} as a matrix (`kernel`) or Mehler's kernel (`closed form`, where ζ is quadratic). What is left out of Z is
   * reported, and refused where it is more than a share of 1e-8.
   * @throws PsilabError `resolution` or `too-large` where the box or the basis and not ζ would set Z, `not-confining`
   * where ζ does not confine
   * @example
   * problem.thermodynamics({ beta: [1, 2, 5] })
   */
  thermodynamics(options: ThermodynamicsOptions = {}): Thermodynamics {
    return thermodynamics(this.space, options)
  }

  /**
   * The density matrix ρ(x, x′; β) = ⟨x|e^{−βH}|x′⟩/Z by the same routes: its diagonal, the density, with ∫ρ(x, x)dx = 1;
   * its values anywhere; purity, ⟨x²⟩ and von Neumann's entropy.
   * @throws PsilabError as `thermodynamics`
   */
  densityMatrix(options: DensityMatrixOptions): ThermalDensityMatrix {
    return densityMatrix(this.space, options)
  }

  /**
   * Z, F, U, S, C of the classical limit and of Wigner and Kirkwood's corrections of order D and D², beside the quantum
   * values where they are known; on a line the densities, too.
   * @throws PsilabError `not-confining` where ζ does not confine
   */
  classicalLimit(options: ClassicalLimitOptions): ClassicalLimit {
    return classicalLimit(this.space, options)
  }

  /**
   * e^{−Hτ}ψ(0), a pure state, beside thermal equilibrium at β = τ and β = 2τ: that cooling a state in imaginary time
   * does not make the thermal state, and how far from it it is.
   */
  stateCooling(initial: InitialState, options: StateCoolingOptions): StateCooling {
    return stateCooling(this.space, initial, options)
  }

  /**
   * How much of a wave of each energy that comes from the left passes ζ, and how much comes back, in one dimension. A
   * grid that was given plays no part.
   * @throws PsilabError `not-confining` where ζ does not become constant on both sides, `parameter` for an energy at
   * which no wave comes in
   */
  transmission(options: TransmissionOptions): Transmission {
    return transmission(this.space, options)
  }

  /**
   * A state over ζ, with its energy: what a notebook draws of `evolution.final` or `eigenstates.states[1]`.
   * @example
   * problem.portrait(problem.eigenstates(3).states[2])
   */
  portrait(state: WaveFunction): Portrait {
    const { grid } = state
    return new Portrait(this.hamiltonian(grid), this.space.record(grid), state, () => this.space.line(grid))
  }

  override figure(): ProblemFigure {
    return shownProblem(this.space, this.shown)
  }

  override toString(): string {
    return `${this.space.record(this.grid).text}\n${this.notes.join('; ')}`
  }
}
