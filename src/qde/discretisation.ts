/** One objective with its D, on whatever grid is asked for: the grid that was given, or one chosen for a demand. */
import type { ProblemRecord } from '../figure/index.js'
import type { Grid } from '../grid/index.js'
import { evaluateOn, gradientSquaredOn, type Objective } from '../objective/index.js'
import { chooseGrid, type GridChoice, type GridDemand, type GridRequest } from './box/index.js'
import { Hamiltonian } from './hamiltonian.js'
import { fineLine, type Line } from './line.js'
import { problemRecord } from './record.js'

/** Levels that a grid can hold where nothing else is asked for, by dimension. */
const LEVELS = [0, 32, 8, 8] as const

export class Discretisation {
  readonly objective: Objective
  readonly D: number
  /** What the user fixed of the grid. */
  readonly request: GridRequest
  /** The grid, where the user fixed it all. */
  readonly given: Grid | undefined
  private readonly choices = new Map<string, GridChoice>()
  private readonly hamiltonians = new WeakMap<Grid, Hamiltonian>()

  constructor(objective: Objective, D: number, request: GridRequest) {
    this.objective = objective
    this.D = D
    this.request = request
    const { box, intervals } = request
    this.given =
      box === undefined || intervals === undefined ? undefined : chooseGrid(objective, D, {}, request).grid
  }

  /** Whether the user stated the box: then its ends are part of the problem. */
  get boxGiven(): boolean {
    return this.request.box !== undefined
  }

  get dimension(): number {
    return this.objective.variables.length
  }

  get defaultLevels(): number {
    return LEVELS[this.dimension]
  }

  choose(demand: GridDemand): GridChoice {
    const key = JSON.stringify(demand)
    let choice = this.choices.get(key)
    if (choice === undefined) {
      choice = chooseGrid(this.objective, this.D, demand, this.request)
      if (this.given !== undefined) choice = { ...choice, grid: this.given }
      this.choices.set(key, choice)
    }
    return choice
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
  gradientSquared(grid: Grid): Float64Array | undefined {
    return gradientSquaredOn(this.objective, grid)
  }

  record(grid: Grid): ProblemRecord {
    return problemRecord(this.objective, this.D, grid, this.boxGiven)
  }

  /** What one-dimensional figures on a grid are drawn on. */
  line(grid: Grid): Line {
    return fineLine(this.objective, grid.axes[0])
  }
}
