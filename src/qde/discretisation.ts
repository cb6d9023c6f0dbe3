/** One objective with its D, on whatever grid is asked for: the grid that was given, or one chosen for a demand. */
import { PsilabError } from '../error.js'
import type { ProblemRecord } from '../figure/index.js'
import type { Grid } from '../grid/index.js'
import { evaluateFinite, type Objective } from '../objective/index.js'
import { chooseGrid, type GridChoice, type GridDemand } from './chooseGrid.js'
import { Hamiltonian } from './hamiltonian.js'
import { fineLine, type Line } from './line.js'
import { boxOf, problemRecord } from './record.js'
import { SPLITTINGS, type SplittingName } from './splitting.js'

/** Levels that a grid can hold where nothing else is asked for, by dimension. */
const LEVELS = [0, 32, 8] as const

/** The splitting of a run, and what it needs to know of ∇ζ. */
export interface Method {
  readonly method: SplittingName
  /** |∇ζ|² on the grid. */
  readonly gradientSquared?: Float64Array
}

export class Discretisation {
  readonly objective: Objective
  readonly D: number
  /** The grid that the user gave. */
  readonly given: Grid | undefined
  private readonly hamiltonians = new WeakMap<Grid, Hamiltonian>()

  constructor(objective: Objective, D: number, given: Grid | undefined) {
    this.objective = objective
    this.D = D
    this.given = given
  }

  get dimension(): number {
    return this.objective.variables.length
  }

  get defaultLevels(): number {
    return LEVELS[this.dimension]
  }

  choose(demand: GridDemand): GridChoice {
    if (this.given === undefined) return chooseGrid(this.objective, this.D, demand)
    return {
      grid: this.given,
      confinement: 'confining',
      energy: Number.NEGATIVE_INFINITY,
      notes: this.given.axes.map(
        (a) =>
          `${boxOf(a)}, ${a.points} points, ${a.boundary === 'walls' ? 'hard walls' : 'periodic'}, as given`,
      ),
    }
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
   * The wanted splitting, by default the one of highest order that the objective allows.
   * @throws PsilabError `parameter` for an unknown name, and for a method that needs a gradient where there is none
   */
  method(grid: Grid, wanted?: SplittingName): Method {
    const { gradient } = this.objective
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
    const method = wanted ?? (gradient === undefined ? 'strang' : 'chin4a')
    if (!SPLITTINGS[method].needsGradient) return { method }
    if (gradient === undefined)
      throw new PsilabError({
        code: 'parameter',
        parameter: 'method',
        problem: `${method} needs ∇ζ, and this objective has none`,
        allowed: "'strang'",
        got: wanted,
        advice: 'Give ζ as a differentiable expression.',
      })
    const slopes = gradient(grid.columns)
    return {
      method,
      gradientSquared: slopes[0].map((_, i) => slopes.reduce((sum, g) => sum + g[i] * g[i], 0)),
    }
  }

  record(grid: Grid): ProblemRecord {
    return problemRecord(this.objective, this.D, grid)
  }

  /** What one-dimensional figures on a grid are drawn on. */
  line(grid: Grid): Line {
    return fineLine(this.objective, grid.axes[0])
  }
}
