/** Brownian bridges: paths of dX = √(2D) dW between given ends. */
import type { RandomStream } from '../../../numeric/index.js'
import type { Trajectories } from '../sampling.js'

/**
 * One path from each start to its end over `until`, at equal times: given x at t and the end y, x at t + h is normal with
 * the mean x + (y − x) h/(T − t) and the variance 2Dh (T − t − h)/(T − t).
 */
export function brownianPaths(
  starts: readonly Float64Array[],
  ends: readonly Float64Array[],
  D: number,
  until: number,
  steps: number,
  stream: RandomStream,
): Trajectories {
  const count = starts[0].length
  const times = Float64Array.from({ length: steps + 1 }, (_, k) => (until * k) / steps)
  const columns = starts.map((start, d) => {
    const column = new Float64Array(count * times.length)
    for (let p = 0; p < count; p++) {
      const draws = stream.at(d, p)
      const [row, end] = [p * times.length, ends[d][p]]
      column[row] = start[p]
      for (let k = 1; k < steps; k++) {
        const [left, step] = [until - times[k - 1], times[k] - times[k - 1]]
        const before = column[row + k - 1]
        const spread = Math.sqrt((2 * D * step * (left - step)) / left)
        column[row + k] = before + ((end - before) * step) / left + spread * draws.normal()
      }
      column[row + steps] = end
    }
    return column
  })
  return { count, times, columns }
}
