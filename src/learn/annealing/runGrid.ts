/** The grid of a quantum annealing run: the box of the largest D with the spacing of the smallest that ψ still follows. */
import { type Grid, WaveFunction } from '../../grid/index.js'
import { radicesOf } from '../../numeric/index.js'
import { evaluateAt } from '../../objective/index.js'
import { type Problem, qde } from '../../qde/index.js'
import type { Dial } from './schedule.js'
import { lowestOn } from './wells.js'

/** Share of the D at which ψ freezes to which its grid goes down, and share from which on a schedule is followed to its end. */
const BEYOND = 1 / 8
const NEARBY = 1e-3
/** Times at which a schedule is compared with the oscillation of its well. */
const LOOKS = 128
/** Halvings of a logarithmic interval of lengths, and the interval in units of the box. */
const HALVINGS = 60
const SHORTEST = 1e-9

/**
 * The least D to which a run is resolved. A D that falls at the rate Ḋ is followed while |Ḋ|/D < ω; after that ψ keeps
 * its width, however small D becomes. ω = 2D/ℓ² with D/ℓ² = ζ(x* ± ℓ) − ζ(x*), in a well of curvature k exactly √(2Dk).
 */
export function leastFollowed(problem: Problem, dial: Dial): number {
  const { objective, grid, zeta } = problem
  const { point, value } = lowestOn(objective, grid, zeta)
  /** Height of ζ at a distance from the lowest point, the mean of both sides, along the steepest axis. */
  const height = (length: number): number =>
    Math.max(
      ...point.map((_, d) => {
        const sides = [-length, length].map((step) => point.map((at, e) => (e === d ? at + step : at)))
        const values = evaluateAt(
          objective,
          point.map((__, e) => Float64Array.from(sides, (side) => side[e])),
        )
        return (values[0] + values[1]) / 2 - value
      }),
    )
  const size = Math.max(...grid.axes.map((a) => (a.upper - a.lower) / 2))
  const frequency = (D: number): number => {
    let [short, long] = [Math.log(SHORTEST * size), Math.log(size)]
    for (let k = 0; k < HALVINGS; k++) {
      const middle = (short + long) / 2
      const length = Math.exp(middle)
      if (height(length) * length ** 2 < D) short = middle
      else long = middle
    }
    return 2 * D * Math.exp(-2 * short)
  }
  let followed = dial.from
  for (let i = 0; i < LOOKS; i++) {
    const t = (dial.until * i) / LOOKS
    const D = dial.at(t)
    if (D < followed && Math.abs(dial.slope(t)) < D * frequency(D)) followed = D
  }
  return dial.to >= NEARBY * followed ? dial.to : Math.max(dial.to, BEYOND * followed)
}

/** A problem on one grid that holds the ground states from one D to another. */
export function problemOnOneGrid(problem: Problem, from: number, to: number, finer = 1): Problem {
  const grids = [from, Math.sqrt(from * to), to].map((D) => problem.withD(D).grid)
  const axes = grids[0].axes.map((_, d) => {
    const each = grids.map((g) => g.axes[d])
    const lower = Math.min(...each.map((a) => a.lower))
    const upper = Math.max(...each.map((a) => a.upper))
    const spacing = Math.min(...each.map((a) => a.spacing)) / finer
    return { lower, upper, points: smooth(Math.round((upper - lower) / spacing)), boundary: each[0].boundary }
  })
  return qde({
    objective: problem.objective,
    D: from,
    grid: {
      lower: axes.map((a) => a.lower),
      upper: axes.map((a) => a.upper),
      points: axes.map((a) => a.points),
      boundary: axes.map((a) => a.boundary),
    },
  })
}

/** The next number of factors 2, 3 and 5. */
function smooth(n: number): number {
  let m = Math.max(8, n)
  while (radicesOf(m) === undefined) m++
  return m
}

/** A real field as a state of norm 1. */
export function stateOf(grid: Grid, field: Float64Array): WaveFunction {
  const values = new Float64Array(2 * grid.size)
  field.forEach((v, i) => {
    values[2 * i] = v
  })
  return new WaveFunction(grid, values).normalized()
}
