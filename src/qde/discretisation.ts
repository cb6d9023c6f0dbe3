/** One objective with its D, on whatever grid is asked for: the grid that was given, or one chosen for a demand. */
import type { ProblemRecord } from '../figure/index.js'
import type { Grid } from '../grid/index.js'
import { evaluateOn, gradientSquaredOn, type Objective } from '../objective/index.js'
import { chooseGrid, type GridChoice, type GridDemand } from './box/index.js'
import { Hamiltonian } from './hamiltonian.js'
import { fineLine, type Line } from './line.js'
import { divisionOf, problemRecord } from './record.js'

/** Levels that a grid can hold where nothing else is asked for, by dimension. */
const LEVELS = [0, 32, 8, 8] as const

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
        (a) => `${divisionOf(a)}, ${a.boundary === 'walls' ? 'hard walls' : 'periodic'}, as given`,
      ),
    }
  }

  /** H on a grid; ζ is evaluated, and checked, once a grid. */
  hamiltonian(grid: Grid): Hamiltonian {
    let found = this.hamiltonians.get(grid)
    if (found === undefined) {
      found = new Hamiltonian(grid, this.D, evaluateOn(this.objective, grid))
      this.hamiltonians.set(grid, found)
    }
    return found
  }

  /** |∇ζ|² on a grid, where ζ has a known gradient that is finite at every point. */
  gradientSquared(grid: Grid): { readonly gradientSquared?: Float64Array } {
    const gradientSquared = gradientSquaredOn(this.objective, grid)
    return gradientSquared === undefined ? {} : { gradientSquared }
  }

  record(grid: Grid): ProblemRecord {
    return problemRecord(this.objective, this.D, grid)
  }

  /** What one-dimensional figures on a grid are drawn on. */
  line(grid: Grid): Line {
    return fineLine(this.objective, grid.axes[0])
  }
}
