/**
 * A ζ with jumps on an equidistant grid. Its first and last jump lie midway between two points, and each point holds the mean of ζ
 * over its cell: what passes then errs by O(h²), so that spacings h and h/2 tell the limit (4T_{h/2} − T_h)/3 and its error.
 */
import type { Objective } from '../objective/index.js'
import { Problem } from '../qde/index.js'
import { smooth } from './smooth.js'
import { along } from './wells.js'

/** Cells between the first and the last jump, at least. */
const CELLS = 10
/** Largest wave number of the grid, as a multiple of that of the packet. */
const ROOM = 2
/** Points in a cell that a jump cuts. */
const MEAN = 64

/**
 * The problem on such a grid.
 * @param breaks places of the jumps, ascending
 * @param support what the packet reaches
 * @param momentum its largest wave number
 * @param refinement how often the widest spacing that will do is halved
 */
export function onCells(
  { objective, D }: Problem,
  breaks: readonly number[],
  [from, to]: readonly [number, number],
  momentum: number,
  refinement: number,
): Problem {
  const [first, last] = [breaks[0], breaks[breaks.length - 1]]
  const widest = Math.PI / (ROOM * momentum)
  const width = last > first ? last - first : CELLS * widest
  const h = width / Math.max(CELLS, Math.ceil(width / widest)) / 2 ** refinement
  const lower = first - h * (Math.ceil((first - from) / h) + 0.5)
  const points = smooth(Math.ceil((to - lower) / h))
  return new Problem(averaged(objective, h, breaks), D, {
    box: [{ lower, upper: lower + points * h }],
    intervals: [points],
    boundary: ['periodic'],
  })
}

/** ζ, and its mean over the cell where a jump lies within it. */
function averaged(objective: Objective, h: number, breaks: readonly number[]): Objective {
  const { variables, tex, text } = objective
  const zeta = along(objective)
  return {
    variables,
    tex,
    text,
    evaluate([x]) {
      const v = zeta(x)
      x.forEach((at, i) => {
        // A jump at the very edge of a cell is no concern of it.
        if (!breaks.some((b) => Math.abs(b - at) < (0.5 - 1e-9) * h)) return
        const cell = zeta(Float64Array.from({ length: MEAN }, (_, j) => at + h * ((j + 0.5) / MEAN - 0.5)))
        v[i] = cell.reduce((sum, u) => sum + u, 0) / MEAN
      })
      return v
    },
  }
}
