/**
 * ∇ζ and the Hessian of any objective: exact where the objective knows them, else by central differences,
 *
 *   Δ(h) = [ζ(x + h e_u) − ζ(x − h e_u)]/2h = ∂_uζ + O(h²),
 *   Δ(h) = [ζ(x + h e_u + k e_v) − ζ(x + h e_u − k e_v) − ζ(x − h e_u + k e_v) + ζ(x − h e_u − k e_v)]/4hk,
 *
 * of the steps h, h/2 and h/4, from which Richardson's extrapolation takes the errors of order h² and h⁴. Second
 * derivatives of an objective with a gradient are first differences of that. The error that is reported is what the last
 * halving of the step changed, before the last extrapolation, and the rounding of ζ divided by the step.
 *
 * The step that balances truncation h⁶ and rounding ε/h^k is ε^{1/(6+k)} of the length over which ζ changes. That
 * length is unknown: it is taken as max(1, |x_u|), or a tenth of the domain where that is less, and points at which the
 * error is large, or a value no number, are done again with steps an eighth as long, and the best is kept.
 *
 * Reference: Ridders, Adv. Eng. Softw. 4, 75 (1982); Dennis and Schnabel, Numerical Methods for Unconstrained
 * Optimization (1983), section 5.4.
 */
import { type Columns, type Objective, symmetric } from './objective.js'
import { type ObjectiveLike, objectiveFrom } from './objectiveFrom.js'

/** ∇ζ at points, one array a variable. */
export interface Gradient {
  (columns: Columns): Float64Array[]
  /** Whether it comes from a formula; from differences of values otherwise. */
  readonly exact: boolean
  /** The same with an estimate of the error of each number, 0 where it is exact. */
  withError(columns: Columns): { readonly values: Float64Array[]; readonly errors: Float64Array[] }
}

/** ∂²ζ/∂u∂v at points, a row for each variable u. */
export interface Hessian {
  (columns: Columns): Float64Array[][]
  /** Whether it comes from a formula; from differences of gradients or values otherwise. */
  readonly exact: boolean
  /** The same with an estimate of the error of each number, 0 where it is exact. */
  withError(columns: Columns): { readonly values: Float64Array[][]; readonly errors: Float64Array[][] }
}

/** ∇ζ of any objective. */
export function gradientOf(given: ObjectiveLike): Gradient {
  const objective = objectiveFrom(given)
  const { gradient, variables } = objective
  if (gradient !== undefined) return exactly(gradient, (values) => values.map(zeros))
  return estimated((columns) => {
    const found = variables.map((_, u) => refined(objective, columns, 1, slopeOfValues(objective, u))[0])
    return { values: found.map(({ value }) => value), errors: found.map(({ error }) => error) }
  })
}

/** The Hessian of ζ of any objective. */
export function hessianOf(given: ObjectiveLike): Hessian {
  const objective = objectiveFrom(given)
  const { gradient, hessian, variables } = objective
  if (hessian !== undefined) return exactly(hessian, (values) => values.map((row) => row.map(zeros)))
  return estimated((columns) => {
    const rows =
      gradient === undefined
        ? symmetric(
            variables.map((_, u) =>
              variables
                .slice(0, u + 1)
                .map((__, v) => refined(objective, columns, 2, curvatureOfValues(objective, u, v))[0]),
            ),
          )
        : evenly(variables.map((_, u) => refined(objective, columns, 1, slopeOfGradient(gradient, u))))
    return {
      values: rows.map((row) => row.map(({ value }) => value)),
      errors: rows.map((row) => row.map(({ error }) => error)),
    }
  })
}

function exactly<T>(formula: (columns: Columns) => T, zerosLike: (values: T) => T): Derivative<T> {
  const withError = (columns: Columns) => {
    const values = formula(columns)
    return { values, errors: zerosLike(values) }
  }
  return Object.assign((columns: Columns) => formula(columns), { exact: true, withError })
}

function estimated<T>(withError: Derivative<T>['withError']): Derivative<T> {
  return Object.assign((columns: Columns) => withError(columns).values, { exact: false, withError })
}

interface Derivative<T> {
  (columns: Columns): T
  readonly exact: boolean
  withError(columns: Columns): { readonly values: T; readonly errors: T }
}

const zeros = ({ length }: Float64Array): Float64Array => new Float64Array(length)

/** Numbers at points, and for each either the size of what they are differences of or their error. */
interface Difference {
  readonly value: Float64Array
  readonly size: Float64Array
}
interface Estimate {
  readonly value: Float64Array
  readonly error: Float64Array
}

/** Differences at points with steps that are one array a variable. */
type Stencil = (points: Columns, steps: Columns) => Difference[]

/** Share of the domain, or of 1, over which ζ is first taken to change. */
const SHARE = 0.1
/** Error, as a share of ζ or its derivative on that length, above which the steps are shortened, and how often. */
const GOOD = 1e-7
const ROUNDS = 6
const SHORTER = 8
/** Share of ζ by which the differences of its values are off, of which extrapolation adds up several. */
const ROUNDING = 4 * Number.EPSILON

/** Derivatives of an order by extrapolation of a stencil. */
function refined(objective: Objective, columns: Columns, order: 1 | 2, stencil: Stencil): Estimate[] {
  const n = columns[0].length
  const lengths = columns.map((column, u) => {
    const { lower, upper } = objective.domain?.[u] ?? { lower: 0, upper: Number.POSITIVE_INFINITY }
    return column.map((x) => Math.min(Math.max(1, Math.abs(x)), SHARE * (upper - lower)))
  })
  const best: Estimate[] = []
  let at = Array.from({ length: n }, (_, i) => i)
  let share = Number.EPSILON ** (1 / (6 + order))
  for (let round = 0; round < ROUNDS && at.length > 0; round++, share /= SHORTER) {
    const pick = (column: Float64Array): Float64Array => Float64Array.from(at, (i) => column[i])
    const points = columns.map(pick)
    const found = extrapolated(stencil, points, lengths.map(pick), share, order)
    const again = new Set<number>()
    found.forEach(({ value, error, coarse }, output) => {
      best[output] ??= {
        value: new Float64Array(n).fill(Number.NaN),
        error: new Float64Array(n).fill(Infinity),
      }
      at.forEach((i, k) => {
        if (error[k] < best[output].error[i]) {
          best[output].value[i] = value[k]
          best[output].error[i] = error[k]
        }
        if (coarse[k] === 1) again.add(i)
      })
    })
    at = at.filter((i) => again.has(i))
  }
  return best
}

/** Richardson's extrapolation of three steps; `coarse` where it has not settled. */
function extrapolated(
  stencil: Stencil,
  points: Columns,
  lengths: Columns,
  share: number,
  order: 1 | 2,
): (Estimate & { readonly coarse: Uint8Array })[] {
  const [wide, middle, narrow] = [1, 2, 4].map((parts) =>
    stencil(
      points,
      lengths.map((length, u) => length.map((l, i) => representable(points[u][i], (share / parts) * l))),
    ),
  )
  return narrow.map(({ value, size }, output) => {
    const error = zeros(value)
    const coarse = new Uint8Array(value.length)
    const limit = value.map((third, i) => {
      const [first, second] = [wide[output].value[i], middle[output].value[i]]
      const [before, after] = [(4 * second - first) / 3, (4 * third - second) / 3]
      const scale = size[i] / Math.max(...lengths.map((l) => l[i])) ** order
      const estimate = Math.abs(after - before) + (ROUNDING * scale) / (share / 4) ** order
      error[i] = Number.isFinite(estimate) ? estimate : Number.POSITIVE_INFINITY
      coarse[i] = error[i] <= GOOD * Math.max(Math.abs(after), scale) ? 0 : 1
      return (16 * after - before) / 15
    })
    return { value: limit, error, coarse }
  })
}

/** A step that is exactly the difference of two doubles near x. */
const representable = (x: number, step: number): number => x + step - x

function slopeOfValues(objective: Objective, u: number): Stencil {
  return (points, steps) => [
    central(
      objective.evaluate(shifted(points, steps, [u, 1])),
      objective.evaluate(shifted(points, steps, [u, -1])),
      steps[u],
    ),
  ]
}

function slopeOfGradient(gradient: NonNullable<Objective['gradient']>, u: number): Stencil {
  return (points, steps) => {
    const below = gradient(shifted(points, steps, [u, -1]))
    return gradient(shifted(points, steps, [u, 1])).map((above, v) => central(above, below[v], steps[u]))
  }
}

function central(above: Float64Array, below: Float64Array, step: Float64Array): Difference {
  return {
    value: above.map((a, i) => (a - below[i]) / (2 * step[i])),
    size: above.map((a, i) => Math.max(Math.abs(a), Math.abs(below[i]))),
  }
}

function curvatureOfValues(objective: Objective, u: number, v: number): Stencil {
  return (points, steps) => {
    const at = (...shifts: readonly Shift[]): Float64Array =>
      objective.evaluate(shifted(points, steps, ...shifts))
    if (u === v) {
      const [above, centre, below] = [at([u, 1]), at(), at([u, -1])]
      return [
        {
          value: centre.map((c, i) => (above[i] - c - (c - below[i])) / steps[u][i] ** 2),
          size: centre.map((c, i) => Math.max(Math.abs(c), Math.abs(above[i]), Math.abs(below[i]))),
        },
      ]
    }
    const [pp, pm] = [at([u, 1], [v, 1]), at([u, 1], [v, -1])]
    const [mp, mm] = [at([u, -1], [v, 1]), at([u, -1], [v, -1])]
    return [
      {
        value: pp.map((p, i) => (p - pm[i] - (mp[i] - mm[i])) / (4 * steps[u][i] * steps[v][i])),
        size: pp.map((p, i) => Math.max(...[p, pm[i], mp[i], mm[i]].map(Math.abs))),
      },
    ]
  }
}

type Shift = readonly [variable: number, times: number]

function shifted(points: Columns, steps: Columns, ...shifts: readonly Shift[]): Float64Array[] {
  const moved = [...points] as Float64Array[]
  for (const [u, times] of shifts) moved[u] = points[u].map((x, i) => x + times * steps[u][i])
  return moved
}

/** A matrix and its transpose, half each. */
function evenly(rows: readonly (readonly Estimate[])[]): Estimate[][] {
  const half = (a: Float64Array, b: Float64Array): Float64Array => a.map((x, i) => (x + b[i]) / 2)
  return rows.map((row, u) =>
    row.map(({ value, error }, v) => ({
      value: half(value, rows[v][u].value),
      error: half(error, rows[v][u].error),
    })),
  )
}
