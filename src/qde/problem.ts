/**
 * The quantum dynamic equation of one objective:  i ∂ψ/∂t = Hψ,  H = −D∇² + ζ.
 *
 * A problem holds ζ and D; grids are chosen for what is asked of it (unless one was given), so every result
 * carries its own grid.
 */
import { PsilabError, requireInteger, requireNumber } from '../error.js'
import { Drawable, type ProblemFigure, type ProblemRecord, problemFigure } from '../figure/index.js'
import { type Grid, type Reading, sameGrid, WaveFunction } from '../grid/index.js'
import { evaluateFinite, type Objective } from '../objective/index.js'
import { Thermodynamics } from '../thermal/index.js'
import { chooseGrid, type GridChoice, type GridDemand } from './chooseGrid.js'
import { DENSE_LIMIT, Eigenstates, solveEigenstates } from './eigenstates.js'
import { Evolution, timeSymbol } from './evolution.js'
import { evolve } from './evolve.js'
import { edgeShare, requireRoom, tailShare } from './fit.js'
import { Hamiltonian } from './hamiltonian.js'
import type { InitialState } from './initialState.js'
import { fineLine, type Line } from './line.js'
import { problemRecord } from './record.js'
import { SPLITTINGS, type SplittingName } from './splitting.js'

export interface EvolveOptions {
  /** End of the run, s > 0. */
  readonly until: number
  /** Wick angle θ in [0, π/2]: 0 real time (default), π/2 imaginary time. */
  readonly angle?: number
  /** Number of intervals between recorded states; default 100. */
  readonly frames?: number
  /** Wanted ‖error‖ of the final state; default 1e-8. */
  readonly tolerance?: number
  /** A fixed number of steps instead of the tolerance; rounded up to a multiple of `frames`. */
  readonly steps?: number
  /** Splitting; default `chin4a` where ∇ζ is known, else `strang`. */
  readonly method?: SplittingName
  /** Reading of ψ that the figure shows; default `born`. `both` and `population` need a real ψ ≥ 0. */
  readonly reading?: Reading | 'both'
}

/** Levels that the grid shown with a problem can hold, by dimension. */
const DEFAULT_LEVELS = [0, 32, 8] as const
/** Share of |ψ|² at the edge of the box up to which the box does not hold the state. */
const HARMLESS = 1e-9
/** Share of a level's spectrum at the largest momenta that leaves its energy exact to about 1e-12 on a line, 1e-9 in a plane. */
const RESOLVED = [0, 1e-13, 1e-10] as const
/** Share above which the user is warned. */
const UNRESOLVED = 1e-8
/** Doublings of the resolution that levels may ask for, and the largest grid that they may lead to, by dimension. */
const MAX_REFINEMENT = 3
const FINEST = [0, DENSE_LIMIT, 2 ** 15] as const

export class Problem extends Drawable {
  readonly objective: Objective
  readonly D: number
  private readonly given: Grid | undefined
  private readonly shown: GridChoice
  private ground: Eigenstates | undefined
  private readonly hamiltonians = new WeakMap<Grid, Hamiltonian>()

  constructor(objective: Objective, D: number, given?: Grid) {
    super()
    this.objective = objective
    this.D = D
    this.given = given
    this.shown = this.chooseGrid({ levels: DEFAULT_LEVELS[objective.variables.length] })
    this.hamiltonian(this.shown.grid)
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

  /** H on a grid; ζ is evaluated, and checked, once a grid. */
  hamiltonian(grid: Grid): Hamiltonian {
    let found = this.hamiltonians.get(grid)
    if (found === undefined) {
      found = new Hamiltonian(grid, this.D, evaluateFinite(this.objective, grid.columns))
      this.hamiltonians.set(grid, found)
    }
    return found
  }

  /**
   * ψ(s) = exp(−i e^{−iθ} s H) ψ(0) for 0 ≤ s ≤ until.
   * @throws PsilabError `resolution` where a given grid cannot hold ψ(0)
   */
  evolve(initial: InitialState | WaveFunction, options: EvolveOptions): Evolution {
    const until = requireNumber('until', options.until, 'a finite number > 0', (s) => s > 0)
    const angle = requireNumber(
      'angle',
      options.angle ?? 0,
      '0 (real time) to π/2 (imaginary time)',
      (a) => a >= 0 && a <= Math.PI / 2,
      'τ = it is a Wick angle of +π/2; a negative angle would let every mode grow without bound.',
    )
    const frames = requireInteger('frames', options.frames ?? 100, 1, 10_000)
    const tolerance = requireNumber(
      'tolerance',
      options.tolerance ?? 1e-8,
      '1e-13 to 0.1',
      (t) => t >= 1e-13 && t <= 0.1,
    )
    if (options.steps !== undefined) requireInteger('steps', options.steps, 1, 5_000_000)
    const { state, choice } = this.place(initial, angle, until)
    const hamiltonian = this.hamiltonian(choice.grid)
    const method = this.method(options.method)
    const gradientSquared = method === 'strang' ? undefined : this.gradientSquared(choice.grid)
    const reading = options.reading ?? 'born'
    if (reading !== 'born') requirePopulation(state, angle, reading)
    const trajectory = evolve(hamiltonian, state, {
      until,
      angle,
      frames,
      tolerance,
      method,
      ...(options.steps === undefined ? {} : { steps: options.steps }),
      ...(gradientSquared === undefined ? {} : { gradientSquared }),
    })
    const warnings = this.given?.axes.some((a) => a.boundary === 'walls')
      ? []
      : edgeWarnings(trajectory, angle)
    for (const warning of warnings) console.warn(warning)
    return new Evolution(trajectory, {
      hamiltonian,
      problem: this.record(choice.grid),
      line: () => this.line(choice.grid),
      angle,
      method,
      reading,
      warnings,
      ...(angle > 0 && choice.confinement === 'confining' && choice.grid.size <= DENSE_LIMIT
        ? { groundEnergy: this.groundState().energy }
        : {}),
    })
  }

  /**
   * The lowest `levels` eigenstates of H.
   * @throws PsilabError `unbounded` or `not-confining` where ζ has no bound states of its own
   */
  eigenstates(levels: number): Eigenstates {
    requireInteger('levels', levels, 1, 256)
    const dimension = this.objective.variables.length
    const room = dimension === 1 ? Math.max(DEFAULT_LEVELS[1], levels + 8) : levels + 1
    for (let refinement = 0; ; refinement++) {
      const choice = this.chooseGrid({ levels: room, refinement })
      this.requireGroundState(choice)
      if (choice.levels !== undefined && choice.levels < levels) this.tooFewBound(choice.levels, levels)
      const hamiltonian = this.hamiltonian(choice.grid)
      const method = this.method()
      const gradientSquared = method === 'strang' ? undefined : this.gradientSquared(choice.grid)
      const lowest = hamiltonian.zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
      const window = Number.isFinite(choice.energy)
        ? choice.energy - lowest
        : spectralWindow(hamiltonian, lowest)
      const pairs = solveEigenstates(hamiltonian, {
        levels,
        method,
        window,
        ...(gradientSquared === undefined ? {} : { gradientSquared }),
      })
      const result = new Eigenstates(hamiltonian, pairs, this.record(choice.grid), () =>
        this.line(choice.grid),
      )
      const tail = Math.max(...result.states.map((s) => tailShare(s, hamiltonian)))
      const finer = choice.grid.size * 2 ** dimension
      const last = this.given !== undefined || refinement === MAX_REFINEMENT || finer > FINEST[dimension]
      if (tail <= RESOLVED[dimension] || last) {
        this.checkBound(choice, result, tail)
        return result
      }
    }
  }

  /** The ground state: `energy` and `state`. */
  groundState(): Eigenstates {
    this.ground ??= this.eigenstates(1)
    return this.ground
  }

  /**
   * Z, F, U, S, C against temperature, one dimension.
   * Default temperatures: 81, from 1/20 of the mean spacing of the lowest levels to 4 times it.
   */
  thermodynamics(options: { readonly temperatures?: readonly number[] } = {}): Thermodynamics {
    if (this.objective.variables.length !== 1)
      throw new PsilabError({
        code: 'too-large',
        parameter: 'objective',
        problem: 'the trace over a plane is not available',
        allowed: 'one coordinate',
        got: this.objective.variables,
        advice: 'Sum the levels that you need: thermodynamicsOfLevels(problem.eigenstates(40).energies, T).',
      })
    if (
      (this.shown.levels ?? DEFAULT_LEVELS[1]) < DEFAULT_LEVELS[1] ||
      this.shown.confinement !== 'confining'
    )
      throw new PsilabError({
        code: 'not-confining',
        parameter: 'objective',
        problem: `ζ = ${this.objective.text} does not confine at every energy, so Z grows with the box without limit`,
        allowed: 'an objective that rises on all sides',
        advice: 'State the box that you mean: grid: { lower, upper, points }.',
      })
    const lowest = this.eigenstates(8)
    const spacing =
      (lowest.energies[lowest.energies.length - 1] - lowest.energy) / (lowest.energies.length - 1)
    const temperatures = options.temperatures ?? logarithmic(spacing / 20, 4 * spacing, 81)
    if (temperatures.length === 0) requireInteger('temperatures.length', 0, 1, 100_000)
    for (const T of temperatures) requireNumber('temperatures', T, 'finite numbers > 0', (t) => t > 0)
    const energy = lowest.energy + THERMAL_REACH * Math.max(...temperatures)
    const choice = this.chooseGrid({ levels: DEFAULT_LEVELS[1], energy })
    if (choice.grid.size > 2 * DENSE_LIMIT)
      throw new PsilabError({
        code: 'too-large',
        parameter: 'temperatures',
        problem: `the trace needs all levels of a grid of ${choice.grid.size} points`,
        allowed: `at most ${2 * DENSE_LIMIT} points`,
        got: Math.max(...temperatures),
        advice:
          'Lower the highest temperature; so many levels are classical, and quadrature of e^{−βζ} serves.',
      })
    const energies = this.hamiltonian(choice.grid).levels()
    const trusted = this.given === undefined ? choice.energy : trustedEnergy(this.hamiltonian(choice.grid))
    return new Thermodynamics(energies, temperatures, trusted, this.record(choice.grid))
  }

  override figure(): ProblemFigure {
    const { axes } = this.grid
    const problem = this.record(this.grid)
    const notes = [...this.notes]
    if (axes.length > 1)
      return problemFigure({ problem, axes: axes.map((a) => a.coordinates), zeta: this.zeta, notes })
    const { x, zeta } = this.line(this.grid)
    return problemFigure({ problem, axes: [x], zeta, notes })
  }

  override toString(): string {
    return `${this.record(this.grid).text}\n${this.notes.join('; ')}`
  }

  private line(grid: Grid): Line {
    return fineLine(this.objective, grid.axes[0])
  }

  private record(grid: Grid): ProblemRecord {
    return problemRecord(this.objective, this.D, grid)
  }

  private chooseGrid(demand: GridDemand): GridChoice {
    if (this.given === undefined) return chooseGrid(this.objective, this.D, demand)
    return {
      grid: this.given,
      confinement: 'confining',
      energy: Number.NEGATIVE_INFINITY,
      notes: this.given.axes.map(
        (a) =>
          `${a.name} ∈ [${a.lower}, ${a.upper}], ${a.points} points, ${a.boundary === 'walls' ? 'hard walls' : 'periodic'}, as given`,
      ),
    }
  }

  private method(wanted?: SplittingName): SplittingName {
    const known = this.objective.gradient !== undefined
    if (wanted !== undefined && !(wanted in SPLITTINGS))
      throw new PsilabError({
        code: 'parameter',
        parameter: 'method',
        problem: 'unknown splitting',
        allowed: Object.keys(SPLITTINGS)
          .map((name) => `'${name}'`)
          .join(' or '),
        got: wanted,
      })
    if (wanted === 'chin4a' && !known)
      throw new PsilabError({
        code: 'parameter',
        parameter: 'method',
        problem: 'chin4a needs ∇ζ, and this objective has none',
        allowed: "'strang'",
        got: wanted,
        advice: 'Give ζ as a differentiable expression.',
      })
    return wanted ?? (known ? 'chin4a' : 'strang')
  }

  private gradientSquared(grid: Grid): Float64Array {
    const parts = this.objective.gradient!(grid.columns)
    return parts[0].map((_, i) => parts.reduce((sum, g) => sum + g[i] * g[i], 0))
  }

  /** Puts ψ(0) on a grid that holds it. */
  private place(
    initial: InitialState | WaveFunction,
    angle: number,
    until: number,
  ): { readonly state: WaveFunction; readonly choice: GridChoice } {
    if (initial instanceof WaveFunction) {
      const choice = { ...this.shown, grid: initial.grid }
      if (this.given !== undefined && !sameGrid(this.given, initial.grid))
        throw new PsilabError({
          code: 'parameter',
          parameter: 'initial',
          problem: "the state lives on another grid than the problem's",
          allowed: 'a state on the grid that was given',
          got: initial.grid.shape,
        })
      return { state: initial, choice }
    }
    const open = this.shown.confinement !== 'confining'
    const support = initial.support?.(this.D, open && angle === 0 ? until : 0)
    let demand: GridDemand = {
      levels: DEFAULT_LEVELS[this.objective.variables.length],
      ...(support === undefined ? {} : { support }),
      ...(initial.momentum === undefined ? {} : { momentum: initial.momentum }),
    }
    for (let attempt = 0; ; attempt++) {
      const choice = this.chooseGrid(demand)
      const hamiltonian = this.hamiltonian(choice.grid)
      const state = initial.sample(choice.grid)
      const { mean, deviation } = hamiltonian.energy(state)
      const reach = mean + ENERGY_REACH * deviation
      if (
        this.given !== undefined ||
        choice.confinement !== 'confining' ||
        reach <= choice.energy ||
        attempt === 2
      ) {
        requireRoom(state, hamiltonian)
        return { state, choice }
      }
      demand = { ...demand, energy: reach }
    }
  }

  private requireGroundState(choice: GridChoice): void {
    if (choice.confinement !== 'unbounded') return
    throw new PsilabError({
      code: 'unbounded',
      parameter: 'objective',
      problem: `ζ = ${this.objective.text} has no lower bound, so H has no ground state and no levels`,
      allowed: 'an objective that is bounded below',
      advice:
        'Add a confining term such as 0.1*x^4, or state the box that you mean: grid: { lower: -5, upper: 5, points: 256 }.',
    })
  }

  private tooFewBound(held: number, wanted: number): never {
    throw new PsilabError({
      code: 'not-confining',
      parameter: 'levels',
      problem: `ζ = ${this.objective.text} is a well of finite depth that holds about ${held} levels`,
      allowed: `1 to ${held}`,
      got: wanted,
      advice:
        'Above them the spectrum is continuous; state the box that you mean to make it discrete: grid: { lower, upper, points }.',
    })
  }

  /** Refuses levels that the box holds rather than ζ, and warns of levels that the grid does not resolve. */
  private checkBound(choice: GridChoice, result: Eigenstates, tail: number): void {
    const edge = Math.max(...result.states.map(edgeShare))
    if (choice.confinement === 'open' && edge > HARMLESS)
      throw new PsilabError({
        code: 'not-confining',
        parameter: 'objective',
        problem: `ζ = ${this.objective.text} does not hold these states: they reach the edge of the box`,
        allowed: 'levels below the values of ζ far away',
        advice:
          'Ask for fewer levels, or state the box that you mean: grid: { lower, upper, points, boundary }.',
      })
    if (tail > UNRESOLVED)
      console.warn(
        `grid.points: a share of ${tail.toExponential(0)} of the highest level lies at the largest momenta of the grid, so its energy is not converged; give more points or a smaller box.`,
      )
  }
}

/** e^{−THERMAL_REACH} ≈ 7e-13: weight of the highest levels that a thermal grid holds. */
const THERMAL_REACH = 28
/** Standard deviations of H that the grid of an evolution holds above ⟨H⟩. */
const ENERGY_REACH = 8

/** Energies up to which a given grid is trusted: half of the kinetic cut-off, and below ζ at open ends of the box. */
function trustedEnergy({ grid, zeta, D, spectral }: Hamiltonian): number {
  const cutoff = spectral.wavenumberSquared.reduce((most, k) => Math.max(most, k), 0) * D
  const lowest = zeta.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY)
  const [axis] = grid.axes
  const ends =
    axis.boundary === 'periodic' ? Number.POSITIVE_INFINITY : Math.min(zeta[0], zeta[zeta.length - 1])
  const physicalWalls = ends - lowest < 1e-9 * Math.max(1, Math.abs(lowest))
  return Math.min(lowest + cutoff / 2, physicalWalls ? Number.POSITIVE_INFINITY : ends)
}

/** Energy range of a few low levels where the grid was given: a tenth of what ζ spans, at least the box's own. */
function spectralWindow({ grid, zeta, D }: Hamiltonian, lowest: number): number {
  const mean = zeta.reduce((sum, v) => sum + v, 0) / zeta.length
  const box = grid.axes.reduce((sum, a) => sum + D * ((3 * Math.PI) / (a.upper - a.lower)) ** 2, 0)
  return Math.max(0.1 * (mean - lowest), box)
}

/** @throws PsilabError `parameter` where ψ does not stay real and ≥ 0, so that it is no density of a population */
function requirePopulation(state: WaveFunction, angle: number, reading: string): void {
  if (angle === Math.PI / 2 && state.isPopulation) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'reading',
    problem: 'only a real ψ ≥ 0 in imaginary time is the density of a population',
    allowed: "'born' here",
    got: reading,
    advice: 'Set angle: Math.PI / 2 and start from a packet with k0: 0, or leave reading out.',
  })
}

function logarithmic(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => from * (to / from) ** (k / (count - 1)))
}

function edgeWarnings(
  { states, times }: { readonly states: readonly WaveFunction[]; readonly times: Float64Array },
  angle: number,
): string[] {
  const first = states.findIndex((s) => edgeShare(s) > 1e-6)
  if (first < 0) return []
  return [
    `grid: the wave function reaches the edge of the box at ${timeSymbol(angle)} ≈ ${times[first].toPrecision(3)}; from there on the box shapes it. Give a wider grid: { lower, upper, points }.`,
  ]
}
