/** Minima of an objective to the last digits. */
import { cholesky } from '../../numeric/index.js'
import { zerosOf } from '../breaks.js'
import { hessianOf } from '../derivatives.js'
import type { Minimum, Objective } from '../objective.js'

const at = (point: readonly number[]): Float64Array[] => point.map((x) => Float64Array.of(x))

const valued = (objective: Objective, point: readonly number[]): Minimum => ({
  point,
  value: objective.evaluate(at(point))[0],
})

const lowestFirst = (minima: readonly Minimum[]): readonly Minimum[] =>
  minima.toSorted((a, b) => a.value - b.value)

/** All minima of one coordinate in an interval: where ζ′ goes from negative to positive. */
export function minimaOnLine(objective: Objective, lower: number, upper: number): readonly Minimum[] {
  const slope = (x: Float64Array): Float64Array => objective.gradient!([x])[0]
  const reach = (upper - lower) * 1e-6
  return lowestFirst(
    zerosOf([slope], lower, upper)
      .filter((x) => {
        const [before, after] = slope(Float64Array.of(x - reach, x + reach))
        return before < 0 && after > 0
      })
      .map((x) => valued(objective, [x])),
  )
}

/** The point itself, with its value. */
export const minimaAt = (objective: Objective, points: readonly (readonly number[])[]): readonly Minimum[] =>
  lowestFirst(points.map((point) => valued(objective, point)))

/** Most Newton steps. */
const STEPS = 50

/** The minima near points, by Newton's method; those are left out near which there is none. */
export function minimaNear(objective: Objective, points: readonly (readonly number[])[]): readonly Minimum[] {
  const polished = points.flatMap((point) => {
    const found = polish(objective, point)
    return found === undefined ? [] : [found]
  })
  return minimaAt(objective, polished)
}

/** x ← x − H⁻¹∇ζ as long as |∇ζ| falls; undefined where H is not positive definite on the way. */
export function polish(objective: Objective, start: readonly number[]): readonly number[] | undefined {
  const hessian = hessianOf(objective)
  const gradient = (point: readonly number[]): Float64Array =>
    Float64Array.from(objective.gradient!(at(point)), ([slope]) => slope)
  let point = start
  let slope = gradient(point)
  for (let step = 0; step < STEPS; step++) {
    const matrix = Float64Array.from(hessian(at(point)).flat(), ([h]) => h)
    const solve = cholesky(matrix, point.length)
    if (solve === undefined) return undefined
    const move = slope.slice()
    solve(move)
    const next = point.map((x, d) => x - move[d])
    const slopeThere = gradient(next)
    if (!(Math.hypot(...slopeThere) < Math.hypot(...slope))) return point
    point = next
    slope = slopeThere
  }
  return point
}
