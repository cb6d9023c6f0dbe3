/**
 * What a run asks of its objective, and what that costs.
 *
 * The unit is one value of ζ. A gradient tells d numbers and counts d, a Hessian tells d(d + 1)/2 and counts so many:
 * what forward differentiation or differences would need at least. Backward differentiation has a gradient for a few
 * values whatever d is (Baur and Strassen, Theor. Comput. Sci. 22, 317 (1983)); whoever has it reads `calls`, where
 * each value, gradient and Hessian counts one. Derivatives that are made of differences count the values they take.
 */
import { PsilabError } from '../../error.js'
import {
  type Columns,
  gradientOf,
  hessianOf,
  type Objective,
  type SampleGradients,
} from '../../objective/index.js'

export interface Cost {
  /** Values of ζ. */
  readonly evaluations: number
  /** Gradients; those of a share of the samples count as that share. */
  readonly gradients: number
  readonly hessians: number
  /** Values + d·gradients + d(d + 1)/2·Hessians. */
  readonly cost: number
  /** Values + gradients + Hessians. */
  readonly calls: number
}

export class Ledger implements Cost {
  evaluations = 0
  gradients = 0
  hessians = 0
  readonly dimension: number
  readonly budget: number
  /** The objective, each use of which is counted. */
  readonly objective: Objective
  private readonly slope: (columns: Columns) => Float64Array[]
  private readonly curvature: (columns: Columns) => Float64Array[][]
  /** Columns of one point, filled anew for each. */
  private readonly point: Float64Array[]
  /** What the last gradient and Hessian cost: those of differences may refine themselves. */
  private slopePrice: number
  private curvaturePrice: number

  constructor(objective: Objective, budget: number) {
    const d = objective.variables.length
    const { gradient, hessian } = objective
    this.dimension = d
    this.budget = budget
    this.objective = {
      ...objective,
      evaluate: (columns) => {
        this.evaluations += columns[0].length
        return objective.evaluate(columns)
      },
      ...(gradient === undefined
        ? {}
        : {
            gradient: (columns: Columns) => {
              this.gradients += columns[0].length
              return gradient(columns)
            },
          }),
      ...(hessian === undefined
        ? {}
        : {
            hessian: (columns: Columns) => {
              this.hessians += columns[0].length
              return hessian(columns)
            },
          }),
    }
    this.point = Array.from({ length: d }, () => new Float64Array(1))
    this.slope = this.objective.gradient ?? gradientOf(this.objective)
    this.curvature = this.objective.hessian ?? hessianOf(this.objective)
    this.slopePrice = gradient === undefined ? 2 * d : d
    this.curvaturePrice = hessian === undefined ? 2 * d * this.slopePrice : (d * (d + 1)) / 2
  }

  get cost(): number {
    const d = this.dimension
    return this.evaluations + d * this.gradients + ((d * (d + 1)) / 2) * this.hessians
  }

  get calls(): number {
    return this.evaluations + this.gradients + this.hessians
  }

  /** Whether the budget has room for so many values, gradients and Hessians more. */
  affords(values: number, gradients = 0, hessians = 0): boolean {
    return this.cost + values + gradients * this.slopePrice + hessians * this.curvaturePrice <= this.budget
  }

  /** Counts values that are known without having been asked for here. */
  charge(values: number): void {
    this.evaluations += values
  }

  /** ζ at one point. */
  value(point: ArrayLike<number>): number {
    return this.objective.evaluate(this.columnsOf(point))[0]
  }

  /** ζ at points. */
  values(columns: Columns): Float64Array {
    return this.objective.evaluate(columns)
  }

  /** The mean gradient over some samples of a loss, at one point: it counts as their share of a gradient. */
  sampleGradient(samples: SampleGradients, point: ArrayLike<number>, indices: Int32Array): Float64Array {
    this.gradients += indices.length / samples.count
    const mean = new Float64Array(this.dimension)
    for (const row of samples.at(point, indices))
      for (let d = 0; d < mean.length; d++) mean[d] += row[d] / indices.length
    return mean
  }

  /** ∇ζ at one point. */
  gradient(point: ArrayLike<number>): Float64Array {
    const before = this.cost
    const slope = this.slope(this.columnsOf(point))
    this.slopePrice = this.cost - before
    const g = new Float64Array(this.dimension)
    for (let d = 0; d < g.length; d++) g[d] = slope[d][0]
    return g
  }

  /** The Hessian at one point, row-major d × d. */
  hessian(point: ArrayLike<number>): Float64Array {
    const before = this.cost
    const rows = this.curvature(this.columnsOf(point))
    this.curvaturePrice = this.cost - before
    return Float64Array.from(rows.flatMap((row) => row.map((h) => h[0])))
  }

  private columnsOf(point: ArrayLike<number>): Float64Array[] {
    for (let d = 0; d < this.point.length; d++) this.point[d][0] = point[d]
    return this.point
  }
}

/** @throws PsilabError `parameter` where the budget does not pay for the first values */
export function requireFirst({ budget }: Ledger, values: number): void {
  if (values <= budget) return
  throw new PsilabError({
    code: 'parameter',
    parameter: 'evaluations',
    problem: `${values} values of ζ are needed to begin`,
    allowed: `at least ${values}`,
    got: budget,
  })
}
