import type { Points } from './sampling.js'

/** Most points of ζ along an axis, by dimension: contours between them are smooth. */
const SIDE = [0, 0, 72, 26] as const

/** ζ at equidistant points between the first and the last of the points, linear between those of the grid and beyond them. */
export function surfaceOver(
  zeta: Float64Array,
  grid: readonly number[],
  points: Points,
): { readonly values: Float64Array; readonly shape: number[] } {
  const side = SIDE[grid.length as 2 | 3]
  const shape = points.map((indices) => Math.min(side, indices[indices.length - 1]! - indices[0]! + 1))
  let field: Float64Array = zeta
  const lengths = [...grid]
  points.forEach((indices, d) => {
    const [first, last] = [indices[0]!, indices[indices.length - 1]!]
    const count = shape[d]!
    field = along(
      field,
      lengths,
      d,
      Array.from({ length: count }, (_, k) => first + ((last - first) * k) / (count - 1)),
    )
    lengths[d] = count
  })
  return { values: field, shape }
}

/** The field at places of axis d, counted in its points. */
function along(
  field: Float64Array,
  lengths: readonly number[],
  d: number,
  places: readonly number[],
): Float64Array {
  const n = lengths[d]!
  const inner = lengths.slice(d + 1).reduce((product, m) => product * m, 1)
  const outer = lengths.slice(0, d).reduce((product, m) => product * m, 1)
  const result = new Float64Array(outer * places.length * inner)
  for (let o = 0; o < outer; o++) {
    for (const [p, place] of places.entries()) {
      const below = Math.min(n - 2, Math.max(0, Math.floor(place)))
      const share = place - below
      for (let i = 0; i < inner; i++) {
        const at = (o * n + below) * inner + i
        result[(o * places.length + p) * inner + i] = (1 - share) * field[at]! + share * field[at + inner]!
      }
    }
  }
  return result
}
